"""Lines that say when a text was published and who wrote it: "Publié le 3 mars 2024", "Par Jeanne Martin, à Rome".

Each is judged by itself. It knows nothing of where a line stands, nor of lines that say several such things.
"""

from __future__ import annotations

import re
from typing import Final

from indexer.read.stamps import DATE, STAMP, TIME

_ISSUED: Final = (
    r"(?:date(?:\s+de\s+(?:publication|parution|mise\s+à\s+jour))?|publié(?:e|s)?|publie|publication|paru(?:e)?|posté|"
    r"mis(?:e)?\s+(?:à|a)\s+jour|mis\s+en\s+ligne|modifié|actualisé|créé|écrit|publish(?:ed)?|posted|updated|last\s+"
    r"(?:updated|modified)|created|first\s+published|written|dernière\s+(?:mise\s+à\s+jour|modification))"
)
STAMPED: Final = rf"{_ISSUED}\s*(?:\s(?:le|on|at|à|du|in|dans)\b\s*(?:the\s+)?)?:?\s*"
MONTH_ONLY: Final = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march|"
    r"april|may|june|july|august|september|october|november|december)\s+(?:19|20)\d\d"
)
_DATE_LINE: Final = re.compile(
    rf"^\W*(?:(?:cet\s+|this\s+)?(?:article|texte|billet|post|story|tribune|page)\s+)?(?:(?:{STAMPED}|le\s+|"
    rf"on\s+)?(?:{STAMP}|{MONTH_ONLY})|{STAMPED}.{{0,60}}\d{{1,4}}.{{0,30}}|"
    rf"(?:[A-ZÀ-Ý][\w’' -]{{1,30}}),\s+(?:le\s+)?{DATE})"
    rf"(?:[\s(|•·,–—/-]*(?:(?:et\s+)?{STAMPED}|le\s+|and\s+)?(?:{STAMP}|{TIME})?[\s)]*)*"
    r"(?:(?:[|•·–—-]\s*(?:par|by)?|\b(?:par|by))\s*[^.!?]{1,60})?\W*$",
    re.IGNORECASE,
)
_LABELLED_DATE: Final = re.compile(rf"\W*{_ISSUED}", re.IGNORECASE)
_PERSON: Final = r"[A-ZÀ-Ý][\w’'.-]*(?:[ \u00a0](?:de|du|des|d[’']|la|le|von|van|der|den|bin|ben|al|el|&|et|and|y)\b)*"
_BYLINE: Final = re.compile(
    rf"^\W*(?:(?:[Pp]ar|PAR|[Bb]y|BY|[Tt]exte(?:s)?\s*:|[Tt]exte(?:s)?\s+de|[ÉEé]crit\s+par|[Ww]ritten\s+by|"
    rf"[Pp]ropos\s+"
    rf"recueillis\s+par|[Rr]ecueilli\s+par|[Aa]uteure?\s*:|[Aa]uthor\s*:|[Uu]n\s+article\s+de|"
    rf"[Dd]e\s+notre\s+(?:correspondante?|envoyée?)(?:\s+spéciale?)?(?:\s+(?:à|en|au|aux)\s+[A-ZÀ-Ý][\w-]+,?)?|[Ss]ignature\s*:|"
    rf"(?:[A-ZÀ-Ý]\w+\s*:\s*)?[Tt]extes?(?:\s+et\s+(?:photos?|images?|dessins?))?\s*:?|"
    rf"[Ww]ords(?:\s+and\s+(?:pictures|photographs))?(?:\s+by|\s*:))\s*:?\s*"
    rf"(?P<name>{_PERSON}(?:[\s,]+{_PERSON}){{0,7}}|l[’']équipe\s.{{0,30}}|la\s+rédaction.{{0,40}}|"
    rf"[Rr]édaction.{{0,40}}|"
    r"our\s+.{1,40}|staff.{0,30})(?P<role>\s*(?:[,(|–—•·-]|\.\s+(?:[Pp]ictures|[Pp]hotos?|[Ii]mages?)\b).{0,90})?"
    r"|(?P<agency>(?:[Ll]a\s+)?[Rr]édaction(?:\s+.{1,40})?|(?:[\w’. -]{1,40}\s)?(?:avec|with)\s+(?:l[’'])?(?:AFP|AP|"
    r"Reuters|"
    r"agences?)(?:.{0,30})?|AFP|Reuters|Associated Press))\W*$"
)


def is_date_line(text: str) -> bool:
    """Whether a line only says when a text was published."""
    return len(text) <= 140 and bool(_DATE_LINE.match(text)) and any(c.isdigit() for c in text)


def is_labelled_date(text: str) -> bool:
    """Whether a line begins with a word such as "Publié" or "Updated"."""
    return bool(_LABELLED_DATE.match(text))


def byline(text: str) -> str | None:
    """The author a line names ("Par Jeanne Martin, envoyée spéciale"), or None when it is no byline."""
    match = _BYLINE.match(text) if len(text) <= 140 and not text.endswith(("!", "?", ":")) else None
    if match is None:
        return None
    return re.split(r"\s*[|•–—]", match["name"] or match["agency"])[0].strip(" ,.-")
