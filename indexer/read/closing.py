"""What papers print under a text: calls to follow or to write to them, what else they sell, the imprint under a rule.

A line counts only where it stands at the foot; the callers know that. Patterns match folded text without quotations.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.read.imprint import outlet_name
from rag.text import fold

_LONGEST: Final = 240  # characters
_QUOTATION: Final = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_NETWORK: Final = (
    r"(?:facebook|instagram|twitter|x|bluesky|mastodon|whatsapp|telegram|linkedin|tiktok|youtube|threads|snapchat|"
    r"discord|twitch|messenger|(?:les |nos )?reseaux(?: sociaux)?|social media|google (?:news|actualites|discover))"
)
_FOLLOW: Final = re.compile(
    r"^\W*(?:et )?(?:re)?(?:suivez|retrouvez|rejoignez|likez|aimez|follow|find|join|like)\b.{0,90}"
    rf"\b(?:sur|on|via)\b.{{0,30}}\b{_NETWORK}\b.{{0,70}}$"
)
_WRITE: Final = re.compile(
    r"(?:^|[.!?:,] ?)\W*(?:n'hesitez pas a |please |alors )?(?:(?:ecrivez|envoyez|contactez|racontez|temoignez|appelez|"
    r"joignez|signalez|alertez|partagez|dites|donnez|faites[ -]\w+|adressez|confiez|transmettez|indiquez|soumettez)"
    r"-(?:le-|la-|les-|moi-)?(?:nous|moi)\b|(?:write to|e-?mail|send|tell|contact|call|text|message) us\b|"
    r"get in touch(?: with us\b|\W*$)|let us know\b|"
    r"(?:ecrivez|temoignez|contactez|adressez\W.{1,40}) (?:a|au|aupres de) "
    r"(?:la redaction|notre|nos|mediateur|redaction|l'adresse)\b|"
    r"(?:ecrivez|contactez|temoignez|write|contact)\b.{0,40}\S+@\S+)"
)
_OURS: Final = (
    r"\b(?:notre|nos|our)\b (?:[\w-]+ ){0,2}?(?:application|appli|app|numeros?|hors-series?|podcasts?|newsletters?|"
    r"infolettres?|chaine|boutique|kiosque|editions?|page|pages|site|sites|compte|issue|dossiers?|direct|live|archives|"
    r"cartes?|website|channel|supplement|magazine|revue|lettre)\b"
)
_OFFER: Final = re.compile(rf"^[^.!?]{{0,150}}\b(?:sur|dans|avec|via|a|on|in|with|from) {_OURS}.{{0,30}}$")
_READ: Final = re.compile(
    r"^\W*(?:a )?(?:re)?(?:lire|retrouver|suivre|decouvrir|voir|ecouter|retrouvez|lisez|ecoutez|regardez|decouvrez|"
    rf"voyez|read|find|see|watch|listen)\b[^.!?]{{0,140}}{_OURS}.{{0,40}}$"
)
_SAID: Final = re.compile(
    r"\b(?:dit|dit-il|dit-elle|declare|affirme|explique|souligne|ajoute|selon|says?|said|told|nous a|we have|avons|"
    r"j'ai)\b"
)
_NOTE: Final = re.compile(
    r"\b(?:(?:cet |ce |l')?(?:article|texte|reportage|entretien) (?:a ete |est )?(?:paru|publie|initialement|traduit|"
    r"extrait)|(?:paru|publie) (?:dans|initialement|pour la premiere fois|en partenariat)|"
    r"(?:traduit|translated|adapte) (?:de|du|par|from|by)|creative commons|licence cc|cc[ -]by|first published|"
    r"originally published|reader-(?:funded|supported)|"
    r"directeur de (?:la )?publication|directrice de (?:la )?publication|issn|depot legal)\b|©|https?://|\S+@\S+\.\w+"
)
_TO_READERS: Final = re.compile(
    rf"{_OURS}|\b(?:nos|notre|our|chers?) (?:lecteurs?|lectrices?|readers?|abonnes?)\b|-(?:vous|nous)\b"
)


def closing_reason(text: str) -> str | None:
    """Why a short last line is no text of the article: "contact line", "promotion"; None when it may be one."""
    if len(text) > _LONGEST:
        return None
    folded = fold(_QUOTATION.sub(" ", text))
    said = _SAID.search(folded)
    if _WRITE.search(folded) and not said:
        return "contact line"
    if _FOLLOW.match(folded):
        return "promotion"
    offered = _OFFER.match(folded) or _READ.match(folded)
    return "promotion" if offered and not said else None


def is_colophon(text: str) -> bool:
    """Whether a line under a rule at the foot presents the paper or says where the text was printed before."""
    folded = fold(_QUOTATION.sub(" ", text))
    if len(text) > _LONGEST:
        return False
    presents = outlet_name(text.strip(" *_.")) is not None
    return presents or bool(_NOTE.search(folded) or _TO_READERS.search(folded)) or closing_reason(text) is not None
