"""The frames of answers in French and English. It words what others decided and decides nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from rag.dates import format_date
from rag.types import ArticleRef, Citation, Language, PublicationDate

QUOTE_MARKS: Final[dict[Language, tuple[str, str]]] = {"fr": ("«\u00a0", "\u00a0»"), "en": ("“", "”")}
_INNER: Final = {"«": "“", "»": "”"}


def day(value: date, language: Language) -> str:
    """A day as one says it: "3 février 2026", "3 February 2026"."""
    return format_date(value, value, "day", language)


def published(when: PublicationDate, language: Language) -> str:
    """A publication date in words, with a mark when it was deduced or is not known."""
    if when.first_day is None or when.last_day is None:
        return {"fr": "date inconnue", "en": "date unknown"}[language]
    said = format_date(when.first_day, when.last_day, when.precision, language)
    if when.method == "inferred":
        said += {"fr": " (date déduite)", "en": " (inferred date)"}[language]
    return said


def quoted(text: str, language: Language) -> str:
    """A verbatim quote between the language's quotation marks."""
    left, right = QUOTE_MARKS[language]
    return f"{left}{text}{right}"


def source(article: ArticleRef, language: Language) -> str:
    """An article as the sentence before its quote names it."""
    name = article.outlet or quoted(article.title, language)
    return f"{name}, {published(article.published, language)}"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def full_stop(text: str) -> str:
    """The text as a sentence."""
    return text if re.search(r"[.!?…][»”\"')\s]*$", text) else f"{text}."


def says(citation: Citation, language: Language, *, again: bool = False) -> str:
    """A sentence that gives a quote with its source."""
    said = quoted(" ".join(citation.quote.split("\n")), language)
    if again:
        return {"fr": f"Et aussi : {said}", "en": f"And also: {said}"}[language]
    where = source(citation.article, language)
    return {"fr": f"{capital(where)} : {said}", "en": f"{capital(where)}: {said}"}[language]


def reader_says(citation: Citation, language: Language) -> str:
    """A sentence that gives a reader's remark as that reader's."""
    who = citation.comment.author if citation.comment and citation.comment.author else None
    said = quoted(" ".join(citation.quote.split("\n")), language)
    if language == "fr":
        return f"Un lecteur ({who}) écrit : {said}" if who else f"Un lecteur écrit : {said}"
    return f"A reader ({who}) writes: {said}" if who else f"A reader writes: {said}"


def operator_short(short: str, operator: str, as_of: date | None, language: Language) -> str:
    """The short answer of a "last"/"first" question, told with the archive's as-of date."""
    until = ""
    if as_of is not None:
        until = {"fr": f" (archive arrêtée au {day(as_of, 'fr')})", "en": f" (as of {day(as_of, 'en')})"}[language]
    if language == "fr":
        which = "La dernière mention dans l'archive" if operator == "last" else "La première mention dans l'archive"
        return f"{which}{until} : {short}."
    which = "The latest in the archive" if operator == "last" else "The earliest in the archive"
    return f"{which}{until}: {short}."


def not_found(
    looked_for: tuple[str, ...], missing: tuple[str, ...], window: str, closest: ArticleRef | None, language: Language
) -> str:
    """An abstention: what was looked for, what is missing, the closest article found."""
    about = ", ".join(quoted(word, language) for word in looked_for)
    lacks = ", ".join(quoted(name, language) for name in missing)
    if language == "fr":
        said = "L'archive ne permet pas de répondre."
        said += f" Recherché : {about}{f' ({window})' if window else ''}." if about else ""
        said += f" Aucun article ne parle de {lacks} à ce sujet." if lacks else ""
        said += (
            f" Le plus proche : {quoted(closest.title, 'fr')} ({published(closest.published, 'fr')})."
            if closest
            else ""
        )
        return said
    said = "The archive does not answer this."
    said += f" Looked for: {about}{f' ({window})' if window else ''}." if about else ""
    said += f" No article speaks of {lacks} in this matter." if lacks else ""
    said += f" The closest: {quoted(closest.title, 'en')} ({published(closest.published, 'en')})." if closest else ""
    return said


def opinions_intro(shown: int, total: int, article: ArticleRef, language: Language) -> str:
    """How many readers' remarks an answer about opinions rests on."""
    title = quoted(article.title, language)
    if language == "fr":
        remarks = "remarque de lecteur" if total == 1 else "remarques de lecteurs"
        return f"Sous {title}, {total} {remarks}, dont {shown} citée{'s' if shown > 1 else ''} ici."
    remarks = "remark by a reader" if total == 1 else "remarks by readers"
    return f"Under {title} there {'is' if total == 1 else 'are'} {total} {remarks}; {shown} quoted here."


def left_out(undated: int, language: Language) -> tuple[str, ...]:
    """The note on articles that a filter on dates left out for want of a date; empty when there are none."""
    if not undated:
        return ()
    if language == "fr":
        articles = (
            "1 article sans date n'a pas été lu" if undated == 1 else f"{undated} articles sans date n'ont pas été lus"
        )
        return (f"Le filtre de dates est actif : {articles}.",)
    articles = "1 undated article was not read" if undated == 1 else f"{undated} undated articles were not read"
    return (f"With the filter on dates, {articles}.",)
