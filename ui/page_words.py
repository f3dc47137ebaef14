"""The words of the web page, in French and English.

Holds texts and nothing else: no markup, no component, no archive. Texts with `{...}` are filled with `str.format`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rag.types import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Every text that the page itself says in one language."""

    tagline: str
    question_label: str
    question_hint: str
    send: str
    stop: str
    starters: str
    conversation: str
    empty_chat: str
    new_conversation: str
    filters: str
    kind: str
    everything: str
    articles_only: str
    comments_only: str
    since: str
    until: str
    outlet: str
    any_outlet: str
    interface: str
    sources: str
    no_sources_yet: str
    no_sources: str
    pending: str
    interrupted: str
    abstained: str
    failed: str
    as_of: str
    confidence: str
    readers: str
    article: str
    comment: str
    source: str  # read aloud before a citation's number
    comment_by: str
    unsigned: str
    open_article: str
    file: str
    date_unknown: str
    inferred: str
    too_long: str
    bad_date: str
    dates_swapped: str


WORDS: Final[dict[Language, Words]] = {
    "fr": Words(
        tagline="Interrogez l’archive : chaque réponse cite le passage sur lequel elle repose.",
        question_label="Votre question",
        question_hint="Posez une question à l’archive…",
        send="Demander",
        stop="Arrêter",
        starters="Pour commencer",
        conversation="Conversation",
        empty_chat="Les réponses sont tirées des articles et des commentaires de lecteurs de cette archive, "
        "avec leurs sources.",
        new_conversation="Nouvelle conversation",
        filters="Filtres",
        kind="Chercher dans",
        everything="Tout",
        articles_only="Articles seuls",
        comments_only="Commentaires seuls",
        since="Publié à partir du",
        until="Publié jusqu’au",
        outlet="Titre de presse",
        any_outlet="Tous",
        interface="Langue de la page",
        sources="Sources",
        no_sources_yet="Les passages cités s’afficheront ici, avec leur article et leur date.",
        no_sources="Cette réponse ne cite aucun passage.",
        pending="Recherche dans l’archive…",
        interrupted="Réponse interrompue. Vous pouvez reposer la question.",
        abstained="L’archive ne le dit pas",
        failed="La question n’a pas abouti",
        as_of="Réponse arrêtée au {day}.",
        confidence="Confiance : {percent} %.",
        readers="Avis de lecteurs",
        article="Article",
        comment="Commentaire de lecteur",
        source="source",
        comment_by="lecteur {author}",
        unsigned="lecteur sans signature",
        open_article="Ouvrir l’article",
        file="Fichier : {name}",
        date_unknown="date inconnue",
        inferred="date déduite",
        too_long="Votre question compte {length} caractères ; la limite est de {limit}. Raccourcissez-la, puis "
        "renvoyez-la.",
        bad_date="« {value} » n’est pas une date. Écrivez-la sous la forme AAAA-MM-JJ, par exemple 2025-07-01.",
        dates_swapped="La date de début est postérieure à la date de fin. Corrigez les filtres.",
    ),
    "en": Words(
        tagline="Ask the archive: every answer cites the passage it rests on.",
        question_label="Your question",
        question_hint="Ask the archive a question…",
        send="Ask",
        stop="Stop",
        starters="To begin with",
        conversation="Conversation",
        empty_chat="Answers are drawn from the articles and readers’ comments of this archive, with their sources.",
        new_conversation="New conversation",
        filters="Filters",
        kind="Search in",
        everything="Everything",
        articles_only="Articles only",
        comments_only="Comments only",
        since="Published from",
        until="Published until",
        outlet="Outlet",
        any_outlet="All",
        interface="Language of the page",
        sources="Sources",
        no_sources_yet="The passages cited will appear here, with their article and date.",
        no_sources="This answer cites no passage.",
        pending="Searching the archive…",
        interrupted="The answer was interrupted. You can ask again.",
        abstained="The archive does not say",
        failed="The question could not be answered",
        as_of="Answer as of {day}.",
        confidence="Confidence: {percent}%.",
        readers="Readers’ opinions",
        article="Article",
        comment="Reader’s comment",
        source="source",
        comment_by="reader {author}",
        unsigned="unsigned reader",
        open_article="Open the article",
        file="File: {name}",
        date_unknown="date unknown",
        inferred="inferred date",
        too_long="Your question has {length} characters; the limit is {limit}. Shorten it and send it again.",
        bad_date="“{value}” is not a date. Write it as YYYY-MM-DD, for example 2025-07-01.",
        dates_swapped="The first date is later than the last one. Correct the filters.",
    ),
}


def language_of_browser(accept_language: str | None) -> Language:
    """The page's language for an `Accept-Language` header: the first of French and English that it prefers.

    Weights (`;q=`) are honoured as RFC 9110, section 12.5.4 orders them; with neither language named, English.
    """
    preferred: list[tuple[float, int, Language]] = []
    for place, part in enumerate((accept_language or "").split(",")):
        tag, _, parameter = part.strip().partition(";")
        _, _, weight = parameter.strip().partition("q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        primary = tag.strip().lower().split("-")[0]
        if quality > 0 and primary in ("fr", "en"):
            preferred.append((-quality, place, "fr" if primary == "fr" else "en"))
    return min(preferred)[2] if preferred else "en"
