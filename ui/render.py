"""From an answer to the markup that the page shows. Pure functions: values in, a string of HTML out.

Whatever comes from an article, a reader, a model or the user is escaped here, and only here. Escaped text holds no
ASCII punctuation but entities, so that neither HTML, Markdown, LaTeX nor a JavaScript template finds anything to act
on; and the markup holds no line end, so that a Markdown renderer takes it for one HTML block. Knows nothing of Gradio,
of archives or of files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Final
from urllib.parse import urlsplit

from babel.dates import format_date, format_skeleton

from rag.types import Answer, Citation, Language, PublicationDate, Sentence
from ui.page_words import WORDS

# Directional embeddings, overrides and isolates: they reorder what a reader sees and carry no letter.
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
_PUNCTUATION: Final = re.compile(r"[!-/:-@\[-`{-~]")
_LOCALES: Final[dict[Language, str]] = {"fr": "fr_FR", "en": "en_GB"}
# Characters of the paragraph shown on each side of a quote; about five lines of the sources column.
SURROUNDING: Final = 280


def escape(text: str) -> str:
    """Text that is text wherever it is put: in HTML, an attribute, Markdown, LaTeX or a template. Line ends become
    `<br>`."""
    shown = _BIDI.sub("", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    entities = _PUNCTUATION.sub(lambda found: f"&#{ord(found.group())};", shown)
    return entities.replace("\n", "<br>")


def attribute(text: str) -> str:
    """Escaped text for an attribute: on one line."""
    return escape(" ".join(text.split()))


def safe_url(url: str | None) -> str | None:
    """The URL if it is absolute http or https and a browser will read it as we do, else None."""
    if not url or any(character.isspace() or not character.isprintable() for character in url) or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else None


def human_day(day: date, language: Language) -> str:
    """A day in words: "3 février 2026", "3 February 2026"."""
    return format_date(day, format="long", locale=_LOCALES[language])


def human_date(published: PublicationDate, language: Language) -> str:
    """A publication date in words, no more precise than it is known."""
    first = published.first_day
    if first is None or published.precision == "unknown":
        return WORDS[language].date_unknown
    if published.precision == "year":
        return str(first.year)
    if published.precision == "month":
        return format_skeleton("yMMMM", first, locale=_LOCALES[language])
    return human_day(first, language)


def question_html(question: str, scope: Sequence[str] = ()) -> str:
    """What the user asked, and under it the filters it was asked with."""
    note = f'<div class="gz-scope">{escape(" · ".join(scope))}</div>' if scope else ""
    return f'<div class="gz-question" dir="auto">{escape(question.strip())}</div>{note}'


def pending_html(language: Language) -> str:
    """The state of a question that has no text yet."""
    return f'<div class="gz-pending"><i></i><i></i><i></i>{escape(WORDS[language].pending)}</div>'


def draft_html(text: str) -> str:
    """An answer that is still being written."""
    return f'<div class="gz-answer gz-draft" dir="auto"><p>{escape(text)}</p></div>'


def message_html(title: str, text: str) -> str:
    """Something that is no answer: an error, or an interruption."""
    body = f'<p dir="auto">{escape(text)}</p>' if text else ""
    return f'<div class="gz-failed"><strong>{escape(title)}</strong>{body}</div>'


def answer_html(answer: Answer, turn: int) -> str:
    """The settled answer, its citations as links to the cards that `sources_html` makes for the same turn."""
    words = WORDS[answer.language]
    if answer.abstained:
        said = [answer.text, answer.reason if answer.reason and answer.reason not in answer.text else ""]
        body = "".join(f'<p dir="auto">{escape(text)}</p>' for text in said if text)
        main = f'<div class="gz-abstained"><strong>{escape(words.abstained)}</strong>{body}</div>'
    else:
        main = _lead(answer) + "".join(f'<p dir="auto">{paragraph}</p>' for paragraph in _body(answer, turn))
    return f'<div class="gz-answer" lang="{answer.language}">{main}{_remarks(answer)}</div>'


def _cited(sentence: Sentence, answer: Answer) -> list[tuple[int, Citation]]:
    """The citations of a sentence with their numbers, from 1; places that hold none are passed over."""
    places = [place for place in dict.fromkeys(sentence.citations) if 0 <= place < len(answer.citations)]
    return [(place + 1, answer.citations[place]) for place in places]


def _lead(answer: Answer) -> str:
    words = WORDS[answer.language]
    cited = [citation for sentence in answer.sentences for _, citation in _cited(sentence, answer)]
    readers = bool(cited) and all(citation.kind == "comment" for citation in cited)
    label = f'<div class="gz-readers">{escape(words.readers)}</div>' if readers else ""
    short = (answer.short or "").strip()
    if short and short != answer.text.strip():
        label += f'<p class="gz-short" dir="auto">{escape(short)}</p>'
    return label


def _body(answer: Answer, turn: int) -> list[str]:
    """The paragraphs of the answer, citation marks behind their sentences. Text between sentences is kept; sentences
    that are not found in the text in their order are shown instead of it. A sentence that quotes its source is a
    paragraph of its own."""
    text = answer.text if _in_order(answer) else " ".join(sentence.text for sentence in answer.sentences)
    parts: list[str] = []
    place = 0
    for sentence in answer.sentences:
        cited = _cited(sentence, answer)
        found = text.index(sentence.text, place)
        said = " ".join(sentence.text.split())
        apart = "<br>" if any(" ".join(citation.quote.split()) in said for _, citation in cited) else ""
        marked = escape(sentence.text) + _marks(cited, turn, WORDS[answer.language].source)
        parts += [escape(text[place:found]), apart, marked, apart]
        place = found + len(sentence.text)
    parts.append(escape(text[place:]))
    return [paragraph for paragraph in "".join(parts).split("<br>") if paragraph.strip()]


def _in_order(answer: Answer) -> bool:
    place = 0
    for sentence in answer.sentences:
        found = answer.text.find(sentence.text, place)
        if found < 0:
            return False
        place = found + len(sentence.text)
    return True


def _marks(cited: Sequence[tuple[int, Citation]], turn: int, spoken: str) -> str:
    links = [
        f'<a class="gz-cite gz-cite-{"comment" if citation.kind == "comment" else "article"}" '
        f'href="#{card_id(turn, number)}"><span class="gz-unseen">{escape(spoken)} </span>&#91;{number}&#93;</a>'
        for number, citation in cited
    ]
    return f'<sup class="gz-cites">{"".join(links)}</sup>' if links else ""


def _remarks(answer: Answer) -> str:
    words = WORDS[answer.language]
    lines = [f'<li dir="auto">{escape(note)}</li>' for note in answer.notes]
    if answer.as_of:
        try:
            day = human_day(date.fromisoformat(answer.as_of), answer.language)
        except ValueError:
            day = answer.as_of
        lines.append(f"<li>{escape(words.as_of.format(day=day))}</li>")
    if answer.confidence is not None:
        lines.append(f"<li>{escape(words.confidence.format(percent=round(100 * answer.confidence)))}</li>")
    return f'<ul class="gz-remarks">{"".join(lines)}</ul>' if lines else ""


def card_id(turn: int, number: int) -> str:
    """The element id of a source card: the answer's turn in the conversation and the citation's number, from 1."""
    return f"gz-{turn}-{number}"


def no_sources_html(language: Language) -> str:
    """The sources panel before the first answer."""
    return f'<p class="gz-none">{escape(WORDS[language].no_sources_yet)}</p>'


def sources_html(answer: Answer, texts: Sequence[str | None], turn: int) -> str:
    """The cards of an answer's citations. `texts[i]` is the stored text of `answer.citations[i]`, None if it could not
    be had; then the quote stands alone."""
    words = WORDS[answer.language]
    cards = "".join(
        _card(citation, text, card_id(turn, number), number, answer.language)
        for number, (citation, text) in enumerate(zip(answer.citations, texts, strict=True), start=1)
    )
    body = f'<ol class="gz-cards">{cards}</ol>' if cards else f'<p class="gz-none">{escape(words.no_sources)}</p>'
    return (
        f'<section class="gz-turn" data-turn="{turn}" lang="{answer.language}">'
        f'<p class="gz-asked" dir="auto">{escape(_clip(answer.question, 160))}</p>{body}</section>'
    )


def _card(citation: Citation, text: str | None, identity: str, number: int, language: Language) -> str:
    words, article = WORDS[language], citation.article
    kind = "comment" if citation.kind == "comment" else "article"
    badge = words.comment if kind == "comment" else words.article
    facts = [escape(article.outlet)] if article.outlet else []
    when = escape(human_date(article.published, language))
    if article.published.method == "inferred" and article.published.first_day:
        when += f' <em class="gz-inferred">({escape(words.inferred)})</em>'
    facts.append(f'<span class="gz-when">{when}</span>')
    if kind == "comment":
        author = citation.comment.author if citation.comment else None
        facts.append(escape(words.comment_by.format(author=author) if author else words.unsigned))
    separator = '<span class="gz-dot" aria-hidden="true">·</span>'
    return (
        f'<li class="gz-card gz-{kind}" id="{identity}" tabindex="-1">'
        f'<div class="gz-head"><span class="gz-number">{number}</span>'
        f'<span class="gz-badge">{escape(badge)}</span></div>'
        f'<h3 class="gz-title" dir="auto" lang="{article.language}">{escape(article.title)}</h3>'
        f'<p class="gz-facts">{separator.join(facts)}</p>'
        f'<blockquote><p class="gz-quote" dir="auto">{quote_html(citation, text)}</p></blockquote>'
        f"{_origin(citation, language)}</li>"
    )


def quote_html(citation: Citation, text: str | None) -> str:
    """The quote marked inside its paragraph; alone, when the stored text is missing or holds something else there."""
    quote = f"<mark>{escape(citation.quote)}</mark>"
    if text is None or text[citation.start : citation.end] != citation.quote:
        return quote
    left = text.rfind("\n", 0, citation.start) + 1
    right = text.find("\n", citation.end)
    before = text[left : citation.start]
    after = text[citation.end : right if right >= 0 else len(text)]
    return f"{_clip_left(before)}{quote}{_clip_right(after)}"


def _clip_left(text: str) -> str:
    if len(text) > SURROUNDING:
        kept = text[-SURROUNDING:]
        text = "… " + kept[kept.find(" ") + 1 :]
    return escape(text)


def _clip_right(text: str) -> str:
    if len(text) > SURROUNDING:
        text = text[:SURROUNDING].rpartition(" ")[0] + " …"
    return escape(text)


def _clip(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rstrip() + "…"


def _origin(citation: Citation, language: Language) -> str:
    """Where the article is to be read: a link when it has a web address, else the name of its file."""
    words, article = WORDS[language], citation.article
    url = safe_url(article.url) or safe_url(article.source)
    if url:
        return (
            f'<p class="gz-origin"><a href="{attribute(url)}" target="_blank" rel="noopener noreferrer nofollow" '
            f'referrerpolicy="no-referrer">{escape(words.open_article)}</a> '
            f'<span class="gz-host">{escape(urlsplit(url).hostname or "")}</span></p>'
        )
    name = PurePath(article.source).name
    return f'<p class="gz-origin">{escape(words.file.format(name=name))}</p>' if name else ""
