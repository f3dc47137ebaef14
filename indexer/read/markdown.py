"""Markdown to the lines of an article: front matter, headings, syntax taken off.

It knows nothing of what is boilerplate or a comment; its lines go the way of plain text, with the headings known.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any, Final

import yaml

from indexer.read.comments import thread_heading
from indexer.read.lines import Line, ends_sentence
from indexer.read.names import could_be_outlet, is_outlet, is_person, is_proper
from indexer.read.plain import Known, build_article
from rag.errors import ReadError
from rag.text import fold, normalise
from rag.types import Article, Language, LeftOut

_FRONT: Final = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML_FRONT: Final = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_ATX: Final = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_SETEXT: Final = re.compile(r"^\s{0,3}(=+|-{3,})\s*$")
_RULE: Final = re.compile(r"^\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_FENCE: Final = re.compile(r"^\s*(?:```|~~~)")
_REFERENCE: Final = re.compile(r"^\s{0,3}\[[^\]]+\]:\s+\S+.*$")
_IMAGE: Final = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LINK: Final = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])")
_AUTOLINK: Final = re.compile(r"<((?:https?://|mailto:)[^>\s]+)>")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_HTML_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_STRONG: Final = re.compile(r"(\*\*\*|\*\*|___|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS: Final = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?![\w_])"
)
_CODE: Final = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_STRIKE: Final = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~")
_FOOTNOTE: Final = re.compile(r"\[\^[^\]]+\](?!:)")
_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_WHOLE_PARAGRAPH: Final = 160  # characters of a line that is no line of a wrapped paragraph
_TITLE: Final = ("title", "titre", "headline")
_DATE: Final = ("date", "published", "date_published", "publication_date", "datepublished", "publish_date")
_AUTHOR: Final = ("author", "authors", "auteur", "by", "byline")
_OUTLET: Final = ("outlet", "site", "source", "publisher", "journal", "publication", "media")
_URL: Final = ("url", "link", "canonical", "canonical_url", "permalink", "lien")
_LANGUAGE: Final = ("language", "lang", "langue")
_LANGUAGES: Final[dict[str, Language]] = {"fr": "fr", "en": "en"}


def read_markdown(text: str, source: str) -> Article:
    """One article from normalised Markdown. Raises `ReadError` when there is nothing to read in it."""
    if not text.strip():
        raise ReadError(f"{source}: the file is empty; give a file that holds the text of an article")
    fields, rest = _front_matter(text, source)
    lines, left = _lines(rest)
    title = _text(fields, *_TITLE)
    lines, first, paper = _take_title(lines, title)
    language = (_text(fields, *_LANGUAGE) or "").lower()[:2]
    left = [*_unread(fields), *left]
    known = Known(
        title=title or first,
        date=_text(fields, *_DATE),
        author=_text(fields, *_AUTHOR),
        outlet=_text(fields, *_OUTLET) or paper,
        url=_text(fields, *_URL),
        language=_LANGUAGES.get(language),
        left=tuple(left),
    )
    return build_article(lines, source, known)


def _front_matter(text: str, source: str) -> tuple[dict[str, Any], str]:
    """The fields of the YAML block at the head and the text below it."""
    if found := _TOML_FRONT.match(text):
        pairs = re.findall(r"^\s*([\w-]+)\s*=\s*[\"']?(.*?)[\"']?\s*$", found[1], re.MULTILINE)
        return {key.lower(): value for key, value in pairs}, text[found.end() :]
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    try:
        loaded = yaml.load(found[1], Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f" at line {place.line + 2}" if place else ""
        raise ReadError(f"{source}: the front matter is not valid YAML{where}; quote values that hold ': '") from error
    if not isinstance(loaded, dict):
        return {}, text
    return {str(key).lower(): value for key, value in loaded.items()}, text[found.end() :]


def _unread(fields: dict[str, Any]) -> list[LeftOut]:
    """The fields that no part of an article stands for, as they would be written on one line."""
    read = {
        next((name for name in names if _text(fields, name)), "") for names in (_TITLE, _DATE, _AUTHOR, _OUTLET, _URL)
    }
    held = {name: _text(fields, name) for name in fields if name not in read and name not in _LANGUAGE}
    return [LeftOut(f"{name}: {value}", "front matter") for name, value in held.items() if value]


def _text(fields: dict[str, Any], *names: str) -> str | None:
    """The first of these fields that holds something, as one line."""
    for name in names:
        value = fields.get(name.lower())
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, list):
            value = ", ".join(str(item.get("name", "")) if isinstance(item, dict) else str(item) for item in value)
        if isinstance(value, datetime.date):
            value = value.isoformat()
        if isinstance(value, str) and (cleaned := " ".join(normalise(value).split())):
            return cleaned
    return None


def _take_title(lines: list[Line], title: str | None) -> tuple[list[Line], str | None, str | None]:
    """The lines without the title, the title and, where a heading with the paper's name stands over it, that name.

    The first heading is the title when it opens the text; one that repeats a known title is taken off.
    """
    for place, line in enumerate(lines[:6]):
        if line.heading and (title is None or fold(line.text) == fold(title)):
            if any(len(other.text) > 160 for other in lines[:place]):
                break
            rest = [*lines[:place], *lines[place + 1 :]]
            below = rest[place] if title is None and place < len(rest) and rest[place].heading else None
            if below is not None and _names_paper(line.text, below.text):
                return [*rest[:place], *rest[place + 1 :]], below.text, line.text
            return rest, line.text, None
    return lines, None, None


def _names_paper(text: str, below: str) -> bool:
    named = is_outlet(text) or could_be_outlet(text) or (len(text.split()) <= 3 and is_proper(text))
    return named and not is_person(text) and len(below.split()) >= 4 and len(below) > 1.5 * len(text)


def _lines(text: str) -> tuple[list[Line], list[LeftOut]]:
    """The lines without syntax; wrapped paragraphs are joined, as Markdown means them."""
    left = [LeftOut(found.strip(), "hidden note") for found in _HTML_COMMENT.findall(text)]
    text = _HTML_COMMENT.sub("", text)
    lines: list[Line] = []
    blanks, fenced, in_thread, open_paragraph, ruled = 0, False, False, False, False
    rows = text.split("\n")
    for number, raw in enumerate(rows):
        if _FENCE.match(raw):
            left.append(LeftOut(raw.strip(), "markup"))
            fenced, open_paragraph = not fenced, False
            continue
        if not raw.strip() or (not fenced and _RULE.match(raw) and not open_paragraph):
            if raw.strip():
                left.append(LeftOut(raw.strip(), "markup"))
                ruled = True
            blanks, open_paragraph = blanks + 1, False
            continue
        if fenced:
            lines.append(Line(raw.strip(), 0, blanks, False))
            blanks = 0
            continue
        if _REFERENCE.match(raw):
            left.append(LeftOut(raw.strip(), "link target"))
            continue
        if open_paragraph and _SETEXT.match(raw) and not blanks:
            lines[-1] = Line(lines[-1].text, 0, lines[-1].blanks, True)
            open_paragraph = False
            continue
        heading = _ATX.match(raw)
        made = _line(heading[2] if heading else raw, blanks, bool(heading), in_thread, left)
        if made is None:
            continue
        if heading and thread_heading(made.text):
            in_thread = True
        hard = number > 0 and (rows[number - 1].endswith(("  ", "\\")))
        starts_item = re.match(r"^\s*(?:>|[-*+]\s|\d+[.)]\s|\|)", raw)
        joins = open_paragraph and not blanks and not in_thread and not heading and not starts_item and not hard
        if joins and _continues(lines[-1].text, made.text):
            lines[-1] = Line(f"{lines[-1].text} {made.text}", lines[-1].indent, lines[-1].blanks, lines[-1].heading)
        else:
            lines.append(replace(made, ruled=ruled))
        ruled = False
        blanks, open_paragraph = 0, not heading
    return lines, left


def _continues(above: str, text: str) -> bool:
    """Whether a line goes on with the paragraph above it: not where each line is a whole paragraph."""
    return len(above) <= _WHOLE_PARAGRAPH or not ends_sentence(above) or text[:1].islower()


def _line(raw: str, blanks: int, heading: bool, in_thread: bool, left: list[LeftOut]) -> Line | None:
    """One line without its syntax; None when nothing is left of it."""
    indent = len(raw) - len(raw.lstrip())
    stripped = raw.strip()
    quote = re.match(r"^(?:>\s?)+", stripped)
    if quote:
        depth = quote.group().count(">")
        stripped = stripped[quote.end() :].strip()
        indent += 4 * depth
    item = re.match(r"^([-*+])\s+(?=\S)", stripped)
    if item:
        stripped = stripped[item.end() :] if in_thread else f"- {stripped[item.end() :]}"
    for image in _IMAGE.finditer(stripped):
        if image[1].strip():
            left.append(LeftOut(image[1].strip(), "image caption"))
    text = inline(stripped).strip()
    if not text or text == "-":
        return None
    flag = True if heading and not in_thread and not thread_heading(text) else None
    return Line(text, indent, blanks, flag)


def inline(text: str) -> str:
    """Text without inline syntax: links become their words, images go, emphasis and code marks go."""
    codes: list[str] = []

    def keep(found: re.Match[str]) -> str:
        codes.append(found[2].strip())
        return f"\ue000{len(codes) - 1}\ue001"

    text = _CODE.sub(keep, text)
    text = _ESCAPE.sub(lambda found: f"\ue002{ord(found[1])}\ue003", text)
    text = _IMAGE.sub("", text)
    while (simpler := _LINK.sub(r"\1", text)) != text:
        text = simpler
    text = _FOOTNOTE.sub("", _TAG.sub("", _AUTOLINK.sub(r"\1", text)))
    while (simpler := _STRONG.sub(r"\2", text)) != text:
        text = simpler
    text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    text = _STRIKE.sub(r"\1", text)
    text = re.sub("\ue002(\\d+)\ue003", lambda found: chr(int(found[1])), text)
    return re.sub("\ue000(\\d+)\ue001", lambda found: codes[int(found[1])], text)
