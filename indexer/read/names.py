"""Names in the head of an article: is a short phrase the name of a person, of a paper, of a section?

Judges by shape (capitals, articles, length) and by the words that papers call themselves by. It knows nothing of lines
and of what stands around them.
"""

from __future__ import annotations

import re
from typing import Final

from rag.gazetteer import flat, is_place
from rag.text import fold

# Words that newspapers, magazines, stations and sites put in their names (folded).
_PRESS: Final = frozenset(
    """actu actus actualite actualites agence ami argus aurore avenir bulletin cahier cahiers canard carillon chronique
    chroniques citoyen citoyenne clairon courrier croix depeche depeches devoir dimanche echo echos eclair eclaireur eco
    elan etoile eveil express fanal feuille fil flash gazette gazettes guetteur hebdo hebdomadaire humanite
    independant independante info infos informateur journal lanterne lettre liberte magazine mag matin media medias
    memorial mercure messager meridional minute minutes moniteur monde nouvelles nouvelliste observateur observatoire
    obs opinion parisien patriote petit petite phare populaire post presse progres provencal publicateur quotidien
    quotidienne radio reflet reflets regard regards republicain republique reveil revue semaine sentinelle soir temps
    telegramme tele television tocsin tribune tv union vigie voix webzine
    advertiser banner beacon bugle chronicle clarion courier daily digest dispatch examiner fm gazetteer globe guardian
    herald independent inquirer ledger mail mercury mirror monitor news newspaper observer press record register
    reporter review sentinel standard star sun telegraph times today tribune weekly wire world sports eco""".split()
)
_KNOWN: Final = frozenset(
    """le monde|le figaro|liberation|mediapart|ouest france|sud ouest|le parisien|20 minutes|l humanite|la croix|
    les echos|le point|l express|l obs|franceinfo|france info|france inter|france culture|france 24|rfi|bfmtv|bfm tv|
    midi libre|le progres|la provence|nice matin|var matin|mediacites|reporterre|streetpress|le dauphine libere|
    l est republicain|la voix du nord|paris normandie|la montagne|la marseillaise|corse matin|l alsace|
    le telegramme|euronews|le soir|la libre|le temps|la presse|le devoir|radio canada|rts|rtbf|arte|the guardian|
    the times|the economist|the new york times|the washington post|bbc|bbc news|bbc afrique|cnn|politico|reuters|
    associated press|bloomberg|al jazeera|npr|the atlantic|the independent|the verge|wired|jeune afrique""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
_STATION: Final = re.compile(
    r"(?:france (?:bleu|3|2|24|culture|inter|info)|ici|bfm|bbc|radio france|rfi|rtl|cnews|tf1|m6|rmc|lci|europe 1)"
    r"(?: (?!est\b|a\b)[a-z0-9]+){0,2}$"
)
_DETERMINERS: Final = frozenset("le la les l the".split())
_LINKS: Final = frozenset("de du des d la le les l en et a au aux sur of the and for in on & y".split())
_PARTICLES: Final = frozenset("de du des d la le les von van der den bin ben al el di da dos del zu af mac y".split())
_JOINS: Final = re.compile(r"\s+(?:et|and|&|avec|with)\s+|,\s+")
_NAME_WORD: Final = re.compile(r"[A-ZÀ-ÖØ-ÝŒ][\w-]*(?:[’'][A-ZÀ-ÖØ-ÝŒ][\w-]*)?\.?(?:-[A-ZÀ-Ý]\.)?")
# First words that no person's name begins with, though they are written with a capital there (folded).
_NO_PERSON: Final = frozenset(
    """le la les l un une des the a an ce cette ces nos notre vos votre au aux en dans sur sous pour par avec sans chez
    quand comment pourquoi qui que quoi ou vers mais et entre apres avant depuis faut tout tous toute toutes plus moins
    photo photos image credit publie article texte texte voir lire suite note notes source sources mon ma mes son sa ses
    saint sainte nord sud est ouest new rue place avenue quai port pont mont monsieur madame
    our your my his her this that these those how why what when where who after before in on at for with from""".split()
)
# Small words that open a phrase and no name (folded).
_NO_OPENING: Final = frozenset(
    "a au aux en dans sur sous pour par avec sans chez hier de du des in on at for with".split()
)
SECTION: Final = re.compile(
    r"^\W*(?:monde|international|etranger|politique|economie|entreprises?|societe|cultures?|sports?|france|europe|"
    r"afrique|amerique|amerique latine|asie|sante|sciences?|environnement|climat|planete|justice|education|"
    r"tech(?:nologie)?s?|numerique|medias?|idees|debats?|opinions?|tribunes?|editos?|editorial|chroniques?|regions?|"
    r"locale?|vie (?:locale|municipale|pratique|politique|quotidienne)|municipalites?|faits[ -]divers|"
    r"actualites?|a la une|une|agriculture|transports?|logement|energie|histoire|patrimoine|musique|cinema|livres|"
    r"theatre|gastronomie|voyages?|reportages?|enquetes?|entretiens?|portraits?|analyses?|decryptages?|direct|breves?|"
    r"world|news|politics|business|economy|finance|markets|society|arts|health|science|environment|climate|technology|"
    r"comment|local news|local|national|uk|us|life|lifestyle|travel|books|film|music|features?|"
    r"analysis|football|rugby|handball|tennis|cyclisme|basket)(?: (?:et|&|and) [a-z]+| locale?s?| municipale?s?)?\W*$"
)


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(r"[\s\u00a0]+|(?<=[’'])", text) if token]


def _bare(token: str) -> str:
    return fold(token).strip(".,'’-")


def is_section(text: str) -> bool:
    """Whether a short phrase names a section of a paper: "International", "Faits divers"."""
    return len(text) <= 40 and bool(SECTION.match(fold(text)))


def is_outlet(text: str) -> bool:
    """Whether a phrase is surely the name of a paper: "La Voix du Brémontois", "Plaine Info", "The Valley Reporter"."""
    if (
        flat(text) in _KNOWN
        or _STATION.match(flat(text))
        or re.fullmatch(r"(?:www\.)?[\w-]+\.(?:fr|com|org|net|info|eu|ch|be|ca|uk|news)", text)
    ):
        return True
    tokens = _tokens(text)
    if not tokens or _bare(tokens[0]) in _NO_OPENING or re.search(r"ez$|ez-", _bare(tokens[0])):
        return False
    return _capitalised(tokens, strict=False) and any(_is_press(token) for token in tokens)


def could_be_outlet(text: str) -> bool:
    """Whether a phrase has the shape of a paper's name and may be something else: "Le Méridien", "Le Havre"."""
    tokens = _tokens(text)
    led = len(tokens) > 1 and _bare(tokens[0]) in _DETERMINERS
    return led and len(tokens) <= 4 and _capitalised(tokens, strict=True) and not is_place(flat(text))


def is_proper(text: str) -> bool:
    """Whether every word that is no small word begins with a capital: "Contre-Jour", "Lot-et-Garonne"."""
    tokens = _tokens(text)
    return _capitalised(tokens, strict=True) and _bare(tokens[0]) not in _NO_OPENING


def _is_press(token: str) -> bool:
    parts = re.split(r"[-‑]", token)
    return token[:1].isupper() and any(_bare(part) in _PRESS for part in parts)


def _capitalised(tokens: list[str], *, strict: bool) -> bool:
    """Capitals throughout, small words aside; unless `strict` an adjective may follow the word for a paper."""
    if not 1 <= len(tokens) <= 8 or not tokens[0][:1].isupper() or re.search(r"[?!:;,«»“”\"()]", "".join(tokens)):
        return False
    led = _bare(tokens[0]) in _DETERMINERS
    adjectives = 0
    for place, token in enumerate(tokens[1:], 1):
        if token[:1].isupper() or token[:1].isdigit() or _bare(token) in _LINKS:
            continue
        if strict or not led or not _is_press(tokens[place - 1]) or adjectives:
            return False
        adjectives += 1
    return _bare(tokens[-1]) not in _LINKS or tokens[-1][:1].isupper()


def is_person(text: str) -> bool:
    """Whether a phrase has the shape of one person's name, or of two or three: "Jeanne Le Goff", "M. K. et Léo Rey"."""
    names = _JOINS.split(text)
    return 1 <= len(names) <= 4 and len(text) <= 80 and all(_one_person(name) for name in names)


def _one_person(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or _bare(words[0]) in _NO_PERSON or is_outlet(text) or is_section(text):
        return False
    words = [re.sub(r"^[dl][’'](?=[A-ZÀ-Ý])", "", word) for word in words]
    names = [word for word in words if fold(word) not in _PARTICLES]
    whole = all(_NAME_WORD.fullmatch(word) for word in names)
    spelled = any(len(word.strip(".")) > 2 for word in names)
    return 2 <= len(names) <= 4 and whole and spelled and names[0] is words[0] and not is_place(flat(text))
