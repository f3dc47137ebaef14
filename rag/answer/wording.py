"""The frames of answers in French and English. It words what others decided and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rag.answer.document import site
from rag.answer.voices import Voice
from rag.dates import format_date
from rag.text import fold
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
    """An article as the sentence before its quote names it: by its outlet, else by its site, else by its title."""
    name = article.outlet or site(article.url) or quoted(article.title, language)
    return f"{name}, {published(article.published, language)}"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def full_stop(text: str) -> str:
    """The text as a sentence."""
    return text if re.search(r"[.!?…][»”\"')\s]*$", text) else f"{text}."


def says(
    citation: Citation,
    language: Language,
    *,
    again: bool = False,
    voice: Voice | None = None,
    corrects: bool = False,
    cut: tuple[bool, bool] = (False, False),
) -> str:
    """A sentence that gives a quote with its source, and with its speaker where the quote itself does not name one.

    `voice`: whose word the quote is, see `rag.answer.voices`; `corrects`: its article puts an earlier one right; `cut`:
    whether the quote leaves out the beginning and the end of its sentence."""
    left, right = ("… " if cut[0] else ""), (" …" if cut[1] else "")
    quote = " ".join(citation.quote.split("\n"))
    said = quoted(f"{left}{quote}{right}", language)
    colon: str = {"fr": " :", "en": ":"}[language]
    if again and voice is None:
        return {"fr": f"Et aussi : {said}", "en": f"And also: {said}"}[language]
    marks = [{"fr": "rectificatif", "en": "correction"}[language]] if corrects else []
    if voice is not None and voice.kind == "outlet":
        marks.append({"fr": "texte d'opinion", "en": "opinion piece"}[language])
    elif voice is not None and not voice.told and voice.who is None:
        marks.append({"fr": "propos rapportés", "en": "quoting somebody"}[language])
    elif voice is not None and not voice.told:
        marks.append({"fr": f"selon {speaker(voice)}", "en": f"according to {speaker(voice)}"}[language])
    return f"{_headed(citation.article, language, marks)}{colon} {said}"


def _headed(article: ArticleRef, language: Language, marks: Sequence[str]) -> str:
    """A source with remarks, as a sentence begins with it; a site keeps its small letters."""
    where = _marked(source(article, language), marks)
    return capital(where) if article.outlet or not site(article.url) else where


def _marked(where: str, marks: Sequence[str]) -> str:
    """A source with remarks in one pair of brackets, behind those that it has ("inferred date")."""
    if not marks:
        return where
    return f"{where[:-1]}, {', '.join(marks)})" if where.endswith(")") else f"{where} ({', '.join(marks)})"


def speaker(voice: Voice) -> str:
    """The words that name a speaker, as they stand within a sentence."""
    who = " ".join((voice.who or "").split())
    return re.sub(r"^(?:L['’]|(?:Le|La|Les|Une?|Des|The|An?) (?=[^\W\dA-ZÀ-Ý]))", lambda m: m.group().lower(), who)


def short_said(short: str, voice: Voice | None, language: Language) -> str:
    """A short answer as a sentence; one that somebody said is told as theirs."""
    if voice is None or voice.kind != "speaker" or voice.who is None or fold(short) in fold(voice.who):
        return full_stop(capital(short))
    by = {"fr": "selon", "en": "according to"}[language]
    return full_stop(f"{capital(short)}, {by} {speaker(voice)}")


def differs(citation: Citation, short: str, language: Language) -> str:
    """A sentence that gives another article's value for the same thing."""
    said = quoted(" ".join(citation.quote.split("\n")), language)
    mark = {"fr": f"les sources divergent : {short}", "en": f"the sources differ: {short}"}[language]
    where = _headed(citation.article, language, [mark])
    return {"fr": f"{where} : {said}", "en": f"{where}: {said}"}[language]


def reader_says(
    citation: Citation, language: Language, *, reply: bool = False, answers: str | None = None, cites: bool = False
) -> str:
    """A sentence that gives a reader's remark as that reader's. `reply`: it answers another remark, by `answers` where
    that is signed; `cites`: it comes after words of the article that it quotes."""
    who = citation.comment.author if citation.comment and citation.comment.author else None
    said = quoted(" ".join(citation.quote.split("\n")), language)
    if language == "fr":
        told = f"Un lecteur ({who})" if who else "Un lecteur"
        told += (
            f", en réponse à {'lui-même' if answers and answers == who else answers or 'un autre'}," if reply else ""
        )
        told += f"{'' if reply else ','} après avoir cité l'article," if cites else ""
        return f"{told} écrit : {said}"
    told = f"A reader ({who})" if who else "A reader"
    told += f", in reply to {'themselves' if answers and answers == who else answers or 'another'}," if reply else ""
    told += f"{'' if reply else ','} after quoting the article," if cites else ""
    return f"{told} writes: {said}"


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


def counted(number: int, listed: str, told: int, language: Language) -> str:
    """How often the archive tells of something, with the dates of the first `told` times."""
    more, often = number > told, spelled(number, language)
    if language == "fr":
        return f"L'archive en rapporte {often}{', dont' if more else ''} : {listed}"
    return f"The archive tells of {often}{', among them' if more else ''}: {listed}"


def times(number: int, language: Language) -> str:
    """How often something has been, twice at least."""
    return f"{spelled(number, language)} {'fois' if language == 'fr' else 'times'}"


_SPELLED: Final[dict[Language, tuple[str, ...]]] = {
    "fr": ("1", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}


def spelled(number: int, language: Language) -> str:
    """A number of times as a newspaper writes it: in words up to ten, but for the French one, which has a gender."""
    return _SPELLED[language][number - 1] if 1 <= number <= 10 else str(number)


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


@dataclass(frozen=True, slots=True)
class ReaderCount:
    """How many readers speak of a matter under an article."""

    readers: int  # who speak of it, each unsigned remark counted as one
    unsigned: int  # remarks of these without an author
    remarks: int  # in which they do
    total: int  # remarks under the article
    quoted: int


def readers(count: ReaderCount, language: Language) -> str:
    """How many readers: "3 lecteurs", "1 reader"."""
    noun = {"fr": "lecteur", "en": "reader"}[language]
    return f"{count.readers} {noun}{'s' if count.readers > 1 else ''}"


def opinions_intro(count: ReaderCount, article: ArticleRef, language: Language) -> str:
    """How many readers speak of the matter, in how many remarks, and how many of these are quoted."""
    title, who = quoted(article.title, language), readers(count, language)
    if language == "fr":
        remarks = "remarque" if count.remarks == 1 else "remarques"
        unsigned = f", dont {count.unsigned} non signée{'s' if count.unsigned > 1 else ''}" if count.unsigned else ""
        speak = "s'exprime" if count.readers == 1 else "s'expriment"
        said = f"Sous {title}, {who} {speak} à ce sujet en {count.remarks} {remarks}{unsigned}"
        said += f" (sur {count.total})" if count.total > count.remarks else ""
        return f"{said} ; {count.quoted} citée{'s' if count.quoted > 1 else ''} ici."
    remarks = "remark" if count.remarks == 1 else "remarks"
    unsigned = f", {count.unsigned} of them unsigned" if count.unsigned else ""
    speak = "speaks" if count.readers == 1 else "speak"
    said = f"Under {title}, {who} {speak} of this in {count.remarks} {remarks}{unsigned}"
    said += f" (of {count.total})" if count.total > count.remarks else ""
    return f"{said}; {count.quoted} quoted here."


def readers_of_what(language: Language) -> str:
    """An abstention: readers are asked about, and nothing says on what."""
    return {
        "fr": "La question ne dit pas de quoi : nommez le sujet dont parlent les lecteurs.",
        "en": "The question does not say about what: name the matter that readers speak of.",
    }[language]


def tones(favourable: int, hostile: int, unclear: int, language: Language) -> str:
    """How many readers sound favourable, hostile, or neither. Tone is all that is judged."""
    if language == "fr":
        parts = [f"{favourable} plutôt favorable{'s' if favourable > 1 else ''}"] if favourable else []
        parts += [f"{hostile} plutôt hostile{'s' if hostile > 1 else ''}"] if hostile else []
        parts += [f"{unclear} sans parti net"] if unclear else []
        return f"D'après leur ton : {', '.join(parts)}."
    parts = [f"{favourable} rather favourable"] if favourable else []
    parts += [f"{hostile} rather hostile"] if hostile else []
    parts += [f"{unclear} taking no clear side"] if unclear else []
    return f"By their tone: {', '.join(parts)}."


def reader_claims(article: ArticleRef, language: Language) -> str:
    """What is added to an abstention when a reader claims an answer: that one does, and where, not what."""
    title, when = quoted(article.title, language), published(article.published, language)
    if language == "fr":
        return (
            f"Un lecteur en affirme quelque chose sous {title} ({when}), mais aucun article ne le confirme ; demandez "
            "ce qu'en disent les lecteurs pour lire ses mots."
        )
    return (
        f"A reader claims something about it under {title} ({when}), but no article bears it out; ask what readers say "
        "of it to read the words."
    )


def understood(question: str, language: Language) -> str:
    """The note that shows how a follow-up was understood."""
    said = quoted(question, language)
    return {"fr": f"Question comprise ainsi : {said}", "en": f"Question understood as: {said}"}[language]


def premise(short: str, citation: Citation, language: Language) -> str:
    """An abstention: the question takes something for granted that the answer before has told otherwise."""
    said = says(citation, language)
    if language == "fr":
        return f"L'archive dit autre chose ({short}). {said}"
    return f"The archive says otherwise ({short}). {said}"


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
