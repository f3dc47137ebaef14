"""The line or lines that open one reader's comment: who wrote it, when, and in reply to whom.

Knows the printed forms of WordPress (old and new themes), Disqus, forums, newspapers and mail quotations, in French and
English. It knows nothing of where a thread begins or ends, nor of how comments nest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.read.boilerplate import label_reason
from indexer.read.lines import Line, is_name, same_name
from indexer.read.stamps import SHORT_RELATIVE, STAMP, find_stamp, is_stamp_line
from rag.text import fold

STRONG, MEDIUM, WEAK = 2, 1, 0  # alone enough; enough in company; enough under a thread's own heading only


@dataclass(frozen=True, slots=True)
class Header:
    """What opens a comment: lines[start:end]."""

    start: int
    end: int
    author: str | None
    stamp: str | None = None  # as printed
    lead: str = ""  # the comment's first words, where they stand on the header line
    number: int | None = None  # printed number
    indent: int = 0
    reply_to: str | None = None  # the name it says it answers
    level: int | None = None  # depth, where marks such as "> >" or "2.1" give it
    strength: int = MEDIUM


_FLAGS: Final = re.IGNORECASE
_NUMBER: Final = (
    r"(?:(?:#|n°\s?)?(?P<number>\d{1,4}(?:\.\d{1,3}){0,4})(?:[.):]|\s*[-–—]|(?=\s))\s*|#(?P<hash>\d{1,4})\s+)?"
)
_LEVEL_MARKS: Final = re.compile(r"^((?:>|↳|└─*|├─*|│|\|--|»|—>|-->|⤷|↪)\s*)+")
_SAID: Final = (
    r"(?:a\s+dit|dit|says|said|a\s+écrit|a\s+ecrit|écrit|wrote|writes|a\s+répondu|répond|replied|a\s+commenté|"
    r"commented|"
    r"a\s+réagi|a\s+posté)"
)
_LINKS: Final = (
    r"(?:[\s•·|–—,.›>-]*(?:répondre|reply|citer|quote|signaler|permalien|permalink|modifié|edited|#\d*|auteur|author|"
    r"abonnée?))*"
)
_AVATAR: Final = re.compile(
    rf"^{_NUMBER}(?:(?:Avatar|Gravatar|Photo(?:\s+de\s+profil)?|Profile\s+(?:photo|picture)|Portrait|"
    rf"Image\s+de\s+profil)\s+"
    r"(?:de\s+l[’'](?=\w)|de\s+|d[’']\s*|du\s+|des\s+|for\s+|of\s+|by\s+|:\s*)(?P<name>.{1,60})|"
    r"(?P<owner>.{1,60}?)(?:[’']s|[’'])\s+(?:avatar|gravatar|profile\s+(?:photo|picture))|"
    r"(?P<bare>.{1,60}?)\s+avatar)$",
    _FLAGS,
)
_SAYS: Final = re.compile(
    rf"^{_NUMBER}(?P<name>.{{1,60}}?)\s*(?:[,(–—-]?\s*(?:le\s+|on\s+)?(?P<before>{STAMP})\)?\s*,?\s*)?\s{_SAID}"
    rf"(?:\s+(?:à|to)\s+(?P<to>[^:]{{1,40}}?))?(?:[\s,(]+(?:le\s+|on\s+)?(?P<after>{STAMP})\)?)?\s*(?P<colon>:?)$",
    _FLAGS,
)
_WROTE: Final = re.compile(
    rf"^{_NUMBER}(?:le\s+|on\s+|\[|\()?(?P<stamp>{STAMP})[\])]?\s*[,:–—-]?\s*(?:par\s+|"
    rf"by\s+)?(?P<name>.{{1,60}}?)\s+{_SAID}"
    r"\s*:\s*(?P<lead>.*)$",
    _FLAGS,
)
_POSTED: Final = (
    r"(?:(?:posté|poste|publié|publie|écrit|ajouté|envoyé|rédigé|posted|written|submitted|commentaire|comment|"
    r"message|réaction)"
    r"\s+(?:de|par|by|from)\s+|(?:par|by)\s+|(?:de|from|auteur|author|nom|name|pseudo)\s*:\s*)?"
)
_ARROW: Final = r"(?:→|➤|►|▶|⇒|»|>|@|↩|&gt;)"
_INLINE: Final = re.compile(
    rf"^{_NUMBER}(?P<posted>{_POSTED})(?P<name>.{{1,60}}?)(?:\s+{_ARROW}\s*(?P<to>.{{1,60}}?))?\s*"
    rf"(?P<sep>[•·|–—,:*~/-]+\s*(?:(?:le|on|posted|posté|publié|ajouté)\s+)*|\s(?:le|on)\s+|[(\[]\s*(?:(?:le|"
    rf"on)\s+)?|\s+(?=\d))"
    rf"(?P<stamp>{STAMP}|{SHORT_RELATIVE})\s*(?P<close>[)\]]?){_LINKS}\s*(?::\s*(?P<lead>.*)|[.:]?)$",
    _FLAGS,
)
_STAMP_FIRST: Final = re.compile(
    rf"^{_NUMBER}[(\[]?(?:le\s+|on\s+)?(?P<stamp>{STAMP})[)\]]?\s*(?:[•·|–—,:-]|\s(?=(?:par|by|de)\s))\s*(?:(?:par|"
    rf"by|de)\s+)?"
    rf"(?P<name>[^:]{{1,60}}?){_LINKS}\s*(?::\s*(?P<lead>.*))?$",
    _FLAGS,
)
_REPLY_TO: Final = re.compile(
    r"^(?:[↳→>⤷↪]\s*)*(?:en\s+réponse\s+(?:à|au\s+commentaire\s+de)|réponse\s+à|in\s+(?:reply|response)\s+to|"
    r"replying\s+to|"
    r"reply\s+to|répond\s+à|(?:replied|responded)\s+to|@)\s*(?P<to>.{1,60}?)\s*[:.]?$",
    _FLAGS,
)
_NO_NAME: Final = re.compile(
    r"^(?:publie|poste|mis a jour|modifie|ecrit|updated|published|posted|last updated|edited|created|paru|"
    r"(?:le|on|since|depuis|en|in|au|du) \d|photo|source|credit|date|reserve|temps de|il y a|copyright|©)\b"
)
_BADGE: Final = re.compile(
    r"^(?:auteure?(?: de l'article)?|author|post author|moderat(?:eur|rice|or)|admin(?:istrat(?:eur|rice|or))?|"
    r"abonnee?|"
    r"subscriber|invitee?|guest|membre|member|top (?:fan|contributor)|super fan|inscrit.{0,30}|verified|verifie|"
    r"redaction|staff)$"
)
_MARKUP_TOKEN: Final = (
    r"(?:repondre(?: a .{1,40})?|reply(?: to .{1,40})?|citer|quote|signaler(?: .{1,30})?|report(?: .{1,20})?|flag|"
    r"partager|share|"
    r"j'aime|j'adore|je n'aime pas|j'aime pas|likes?|dislikes?|upvote|downvote|votes?|points?|permalien|permalink|"
    r"modifier|modifie|edit|edited|voir plus|see more|show more|plus|more|moins|less|lien|link|"
    r"(?:voir|afficher|masquer|view|show|hide)(?: les| the| all| toutes les)?(?: autres?| more| previous)? "
    r"(?:reponses?|repl(?:y|ies)|commentaires?|comments?)|reponses?|repl(?:y|ies)|avatar|copier le lien|copy link|"
    r"bloquer|block|follow|suivre|traduire|see translation|voir la traduction|utile|helpful|recommander|recommend)"
)
_MARKUP: Final = re.compile(rf"^ ?(?:{_MARKUP_TOKEN} ?)+$")
_VOTES: Final = re.compile(r"^(?:[▲▼△▽⬆⬇↑↓👍👎❤♥•·|‹›∧∨^+\-−–\s\ufe0f()]|\d{1,4})+$")
_NOTICE: Final = re.compile(
    r"^[\W_]*(?:(?:trier|triez|sort|tri)(?:er)?(?: by| par)?\b.{0,60}|(?:afficher|voir|charger|load|show|"
    r"view)(?: \w+){0,3} "
    r"(?:commentaires?|comments?|reponses|replies|reactions)(?: \(?\d+\)?)?|(?:les )?(?:plus|most) (?:recents?|"
    r"anciens?|"
    r"pertinents?|recent|relevant)(?: d'abord)?|(?:newest|oldest|best|top)(?: first| comments)?|"
    r"commentaires pertinents|"
    r"(?:votre|your) (?:commentaire|comment) (?:est en attente|is awaiting).{0,60}|en attente de moderation|"
    r"toutes les reactions ?:?.{0,20}|all reactions ?:?.{0,20}|\d+ partages?|abonnez-vous aux commentaires.{0,40}|"
    r"(?:commentaires?|comments?) (?:plus (?:anciens|recents)|precedents|suivants)|(?:older|"
    r"newer) comments.{0,5})[\W_]*$"
)


def is_markup(text: str) -> bool:
    """Whether a line holds only a comment's buttons and counters: "Répondre", "▲ 4 ▼ • Reply • Share ›"."""
    folded = fold(text)
    if len(folded) > 120:
        return False
    return bool(_MARKUP.match(_letters(_without_stamp(folded))) or _NOTICE.match(folded) or is_votes(text))


def _letters(folded: str) -> str:
    """The words of a line of buttons, its signs and counts left aside."""
    return re.sub(r"[^a-z']+", " ", folded)


def is_votes(text: str) -> bool:
    return bool(_VOTES.match(text)) and not text.strip().isdigit()


def is_footer(text: str) -> bool:
    """Whether a line closes a comment with its buttons and its age: "J'aime · Répondre · 2 h"."""
    folded = fold(text)
    bare = _without_stamp(folded)
    return len(folded) <= 100 and bare != folded and bool(_MARKUP.match(_letters(bare)))


def _without_stamp(folded: str) -> str:
    return re.sub(rf"(?:{STAMP}|\b{SHORT_RELATIVE})", " ", folded, count=1, flags=re.IGNORECASE)


def reply_target(text: str) -> str | None:
    """The name in a line such as "En réponse à Paul"."""
    found = _REPLY_TO.match(text)
    return found["to"].strip() if found and is_name(found["to"].strip()) else None


def header_at(lines: Sequence[Line], place: int) -> Header | None:
    """The header that begins at `place`, or None. It takes in the stamp, badge and reply lines that follow it."""
    line = lines[place]
    if len(line.text) > 1500:
        return None
    marks = _LEVEL_MARKS.match(line.text)
    if marks:
        rest = replace(line, text=line.text[marks.end() :].strip())
        found = _match([*lines[:place], rest, *lines[place + 1 : place + 6]], place) if rest.text else None
        level = len(re.findall(r">|↳|└|├|⤷|↪|»", marks.group()))
        return replace(found, level=level) if found else None
    bare = re.fullmatch(r"(?:#|n°\s?)?(\d{1,4})[.)]?", line.text)
    if bare and place + 1 < len(lines):
        found = _match(lines, place + 1)
        return replace(found, start=place, number=int(bare[1]), indent=line.indent) if found else None
    return _match(lines, place)


def _match(lines: Sequence[Line], place: int) -> Header | None:
    if is_markup(lines[place].text):
        return None
    for form in _FORMS:
        if found := form(lines, place):
            return _with_trailers(lines, found)
    return None


def _number(match: re.Match[str]) -> tuple[int | None, int | None]:
    """Printed number and, for "2.1", the depth it shows."""
    printed = match["number"] or match["hash"]
    if not printed:
        return None, None
    parts = printed.split(".")
    return int(parts[-1]), len(parts) - 1 if len(parts) > 1 else None


def _named(name: str | None) -> str | None:
    """A cleaned author name, or None where the words cannot be one."""
    name = re.sub(r"^[*_@\s]+|[*_\s]+$", "", name or "").strip(" ,:-–—•·|")
    if not name or not is_name(name, most_words=6) or _NO_NAME.match(fold(name)):
        return None
    return name


def _avatar(lines: Sequence[Line], place: int) -> Header | None:
    match = _AVATAR.match(lines[place].text)
    if not match:
        return None
    printed = (match["name"] or match["owner"] or match["bare"]).strip()
    number, level = _number(match)
    end, stamp, strength = place + 1, None, WEAK
    if end < len(lines):
        text = lines[end].text
        said = _SAYS.match(text)
        if same_name(text, printed):
            end, strength = end + 1, STRONG
        elif said and same_name(said["name"], printed):
            end, strength, stamp = end + 1, STRONG, said["after"] or said["before"]
        elif (signed := _INLINE.match(text)) and same_name(signed["name"], printed):
            end, strength, stamp = end + 1, STRONG, signed["stamp"]
        elif is_stamp_line(text):
            strength = STRONG
    return Header(place, end, printed.rstrip(" :"), stamp, "", number, lines[place].indent, None, level, strength)


def _says(lines: Sequence[Line], place: int) -> Header | None:
    match = _SAYS.match(lines[place].text)
    if not match or not (name := _named(match["name"])):
        return None
    stamp = match["before"] or match["after"]
    if not (match["colon"] or stamp):
        return None
    followed = place + 1 < len(lines) and is_stamp_line(lines[place + 1].text)
    number, level = _number(match)
    strength = STRONG if stamp or followed else WEAK
    return Header(place, place + 1, name, stamp, "", number, lines[place].indent, match["to"], level, strength)


def _wrote(lines: Sequence[Line], place: int) -> Header | None:
    match = _WROTE.match(lines[place].text)
    if not match or not (name := _named(match["name"])):
        return None
    number, level = _number(match)
    return Header(
        place, place + 1, name, match["stamp"], match["lead"].strip(), number, lines[place].indent, None, level, STRONG
    )


def _inline(lines: Sequence[Line], place: int) -> Header | None:
    text = lines[place].text
    match = _INLINE.match(text)
    if not match or not (name := _named(match["name"])):
        return None
    stamp, lead = match["stamp"], (match["lead"] or "").strip()
    dotted = bool(re.search(r"[•·|]", match["sep"]))
    if re.fullmatch(SHORT_RELATIVE, stamp, _FLAGS) and not (
        dotted or (match["sep"].strip() in "([" and match["close"])
    ):
        return None
    target = _named(match["to"])
    number, level = _number(match)
    relative = dotted and not re.search(r"(?:19|20)\d\d", stamp)
    strength = STRONG if relative else MEDIUM
    return Header(place, place + 1, name, stamp, lead, number, lines[place].indent, target, level, strength)


def _stamp_first(lines: Sequence[Line], place: int) -> Header | None:
    match = _STAMP_FIRST.match(lines[place].text)
    if not match or not (name := _named(match["name"])):
        return None
    timed = re.search(r"\d\s?(?:h|:|[ap]\.?m)", match["stamp"], _FLAGS)
    number, level = _number(match)
    return Header(
        place,
        place + 1,
        name,
        match["stamp"],
        (match["lead"] or "").strip(),
        number,
        lines[place].indent,
        None,
        level,
        MEDIUM if timed else WEAK,
    )


def _stacked(lines: Sequence[Line], place: int) -> Header | None:
    """A name on its own line, then a line with the stamp (perhaps after "•" or "→ Paul")."""
    printed = re.match(r"#?(\d{1,4})[.)]\s+|#(\d{1,4})\s+", lines[place].text)
    name = lines[place].text[printed.end() :] if printed else lines[place].text
    target: str | None = None
    if arrow := re.match(rf"^(.{{1,60}}?)\s+{_ARROW}\s*(.{{1,60}})$", name):
        name, target = arrow[1], _named(arrow[2])
    author = _named(name)
    if author is None or label_reason(lines[place].text) or is_stamp_line(lines[place].text):
        return None
    end = place + 1
    while end < len(lines) and end <= place + 3:
        text = lines[end].text
        if is_stamp_line(text):
            number = int(printed[1] or printed[2]) if printed else None
            return Header(place, end, author, None, "", number, lines[place].indent, target, None, MEDIUM)
        target = target or reply_target(text)
        if not (re.fullmatch(r"[•·|\W]{1,3}", text) or reply_target(text) or _BADGE.match(fold(text))):
            return None
        end += 1
    return None


_FORMS: Final[tuple[Callable[[Sequence[Line], int], Header | None], ...]] = (
    _avatar,
    _wrote,
    _says,
    _inline,
    _stamp_first,
    _stacked,
)


def _with_trailers(lines: Sequence[Line], header: Header) -> Header:
    """Take in what may follow a header before the text: its stamp, "En réponse à X", a badge, buttons."""
    end, stamp, target = header.end, header.stamp, header.reply_to
    if header.lead:
        return header
    while end < len(lines) and end - header.start < 8:
        text = lines[end].text
        if is_stamp_line(text) and stamp is None:
            stamp = find_stamp(text)
        elif (named := reply_target(text)) and target is None and not text.startswith("@"):
            target = named
        elif not (_BADGE.match(fold(text)) or re.fullmatch(r"[•·|:]{1,3}", text)):
            break
        end += 1
    return replace(header, end=end, stamp=stamp, reply_to=target)
