"""A small real archive with its golden questions, and wrappers that each break one thing in what it answers.

Every wrapper is a plain class around an open archive, as a program under test would be.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from rag import Archive
from rag.conversation import Conversation
from rag.types import Answer, Citation, CommentRef, Hit, Sentence

TEXTS = {
    "pont.txt": """Un pont pour Valmont

Publié le 12 mars 2025

Le conseil municipal de Valmont a voté mardi la construction du pont de la Loue.

Le pont de la Loue sera inauguré le 15 mai 2026, selon la mairie de Valmont.

Le chantier du pont de la Loue coûtera 3,2 millions d'euros.

Commentaires

Gaston Pellerin : Moi je sais que le pont de la Loue a coûté neuf millions, on nous ment.

Odile Varin : Ce pont est une très bonne idée pour les cyclistes de Valmont.
""",
    "musee.txt": """Le musée des Horloges rouvre à Brévanne

Publié le 4 juin 2024

Le musée des Horloges de Brévanne a rouvert ses portes le 1er juin 2024 après quatre ans de travaux.

La directrice du musée des Horloges, Hélène Castaing, a accueilli 1 250 visiteurs le premier jour.
""",
    "usine.txt": """L'usine Ferrand supprime des postes à Orsanne

Publié le 20 septembre 2023

L'usine Ferrand d'Orsanne va supprimer 140 postes, a annoncé son directeur Paul Lestrade le 18 septembre 2023.

Le syndicat de l'usine Ferrand a appelé à la grève à Orsanne.
""",
    "harbour.txt": """Storm closes Kelmouth harbour

Published on 9 November 2022

Storm Ada closed the harbour of Kelmouth on 8 November 2022, and 36 boats were damaged.

The harbour master of Kelmouth, Fiona Grant, said the harbour would reopen within three weeks.
""",
}
# twin, French, English, answers, gold, quote, kind, category
ASKED: tuple[tuple[str, str, str, tuple[str, ...], str, str, str, str], ...] = (
    ("pont", "Quand le pont de la Loue sera-t-il inauguré ?", "When will the Loue bridge be inaugurated?",
     ("15 mai 2026", "15 May 2026", "May 15, 2026"), "pont.txt", "sera inauguré le 15 mai 2026", "date", "when"),
    ("cout", "Combien coûtera le chantier du pont de la Loue ?", "How much will the Loue bridge cost?",
     ("3,2 millions", "3.2 million"), "pont.txt", "coûtera 3,2 millions d'euros", "number", "how-many"),
    ("musee", "Quand le musée des Horloges a-t-il rouvert ?", "When did the musée des Horloges reopen?",
     ("1er juin 2024", "1 June 2024", "June 1, 2024"), "musee.txt", "le 1er juin 2024", "date", "when"),
    ("directrice", "Qui est la directrice du musée des Horloges ?", "Who is the director of the musée des Horloges?",
     ("Hélène Castaing",), "musee.txt", "Hélène Castaing", "person", "who"),
    ("postes", "Combien de postes l'usine Ferrand va-t-elle supprimer ?", "How many posts will the Ferrand plant cut?",
     ("140",), "usine.txt", "va supprimer 140 postes", "number", "how-many"),
    ("bateaux", "Combien de bateaux ont été endommagés à Kelmouth ?", "How many boats were damaged in Kelmouth?",
     ("36",), "harbour.txt", "36 boats were damaged", "number", "how-many"),
    ("ada", "Quand la tempête Ada a-t-elle fermé le port de Kelmouth ?", "When did storm Ada close Kelmouth harbour?",
     ("8 novembre 2022", "8 November 2022", "November 8, 2022"), "harbour.txt", "on 8 November 2022", "date", "when"),
    ("visiteurs", "Combien de visiteurs le musée des Horloges a-t-il accueillis ?",
     "How many visitors did the musée des Horloges receive?", ("1 250", "1,250"), "musee.txt", "1 250 visiteurs",
     "number", "how-many"),
)  # fmt: skip
UNANSWERABLE = (
    (
        "sous-marin",
        "Qui a dessiné le sous-marin du capitaine Oberstein ?",
        "Who designed Captain Oberstein's submarine?",
    ),
    ("volcan", "Quand le volcan de Tarsovie est-il entré en éruption ?", "When did the Tarsovia volcano erupt?"),
    ("opera", "Combien a coûté l'opéra de Zellingen ?", "How much did the Zellingen opera cost?"),
)


def rows() -> list[dict[str, Any]]:
    """The golden items of the small archive."""
    made = []
    for twin, french, english, answers, gold, quote, kind, category in ASKED:
        for language, question in (("fr", french), ("en", english)):
            made.append({
                "id": f"{twin}-{language}", "twin": twin, "language": language, "event": twin, "part": "test",
                "category": category, "question": question, "kind": kind, "answerable": True,
                "answers": list(answers), "forbidden": ["neuf millions"] if twin == "cout" else [], "gold": [gold],
                "quote": quote, "nuggets": [list(answers)],
            })  # fmt: skip
    for twin, french, english in UNANSWERABLE:
        for language, question in (("fr", french), ("en", english)):
            made.append({
                "id": f"{twin}-{language}", "twin": twin, "language": language, "event": twin, "part": "test",
                "category": "near-miss-event", "question": question, "kind": "unanswerable", "answerable": False,
                "answers": [], "forbidden": [], "gold": [], "quote": "", "nuggets": [],
            })  # fmt: skip
    return made


def written(folder: Path) -> tuple[Path, Path]:
    """The texts and the golden set on disk."""
    texts = folder / "texts"
    texts.mkdir()
    for name, text in TEXTS.items():
        (texts / name).write_text(text, "utf-8")
    golden = folder / "golden.jsonl"
    golden.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows()) + "\n", "utf-8")
    return texts, golden


class Whole:
    """An archive as it is; the wrappers below change one thing each."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def ask(self, question: str, *, now: str | None = None) -> Answer:
        return self.changed(self.archive.ask(question, now=now))

    def chat(self) -> Conversation:
        return self.archive.chat()

    def search(self, query: str, *, limit: int = 10) -> list[Hit]:
        return self.archive.search(query, limit=limit)

    def text_of(self, citation: Citation) -> str:
        return self.archive.text_of(citation)

    def changed(self, answer: Answer) -> Answer:
        return answer


class WrongIds(Whole):
    """Every citation names an article that is not in the archive."""

    def changed(self, answer: Answer) -> Answer:
        nowhere = "00000000-0000-5000-8000-000000000000"
        gone = tuple(
            replace(one, text_id=nowhere, article=replace(one.article, id=nowhere)) for one in answer.citations
        )
        return replace(answer, citations=gone)


class EditedQuotes(Whole):
    """Every quote has one letter more than its source, in the citation and in the text."""

    def changed(self, answer: Answer) -> Answer:
        text, sentences = answer.text, answer.sentences
        for one in answer.citations:
            text = text.replace(one.quote, f"{one.quote}s")
            sentences = tuple(replace(s, text=s.text.replace(one.quote, f"{one.quote}s")) for s in sentences)
        edited = tuple(replace(one, quote=f"{one.quote}s") for one in answer.citations)
        return replace(answer, text=text, sentences=sentences, citations=edited)


class LaterYears(Whole):
    """Every year that is said is the year after; the citations stay as they are."""

    def changed(self, answer: Answer) -> Answer:
        def later(text: str) -> str:
            return re.sub(r"\b(19|20)\d\d\b", lambda found: str(int(found[0]) + 1), text)

        sentences = tuple(replace(one, text=later(one.text)) for one in answer.sentences)
        return replace(answer, text=later(answer.text), sentences=sentences, short=later(answer.short or "") or None)


class RemarksAsFacts(Whole):
    """Questions on the bridge are answered with what a reader says under the article, as a fact."""

    def changed(self, answer: Answer) -> Answer:
        remarks = [
            hit for hit in self.archive.search("pont de la Loue neuf millions", kind="comment") if hit.passage.comment
        ]
        if answer.abstained or not remarks:
            return answer
        passage = remarks[0].passage
        remark = CommentRef(passage.comment.id, None) if passage.comment else None
        cited = Citation(passage.text, "comment", passage.start, passage.end, passage.article, remark, passage.text_id)
        return replace(answer, text=passage.text, sentences=(Sentence(passage.text, (0,)),), citations=(cited,))


class NeverRefuses(Whole):
    """What would be an abstention is an answer from whatever is found first."""

    def changed(self, answer: Answer) -> Answer:
        if not answer.abstained:
            return answer
        passage = self.archive.search("le", limit=1)[0].passage
        cited = Citation(passage.text, "article", passage.start, passage.end, passage.article, None, passage.text_id)
        said = (Sentence(passage.text, (0,)),)
        return replace(answer, abstained=False, reason=None, text=passage.text, sentences=said, citations=(cited,))


class AlwaysRefuses(Whole):
    """Nothing is answered."""

    def changed(self, answer: Answer) -> Answer:
        nothing = "Je ne trouve rien."
        return replace(answer, abstained=True, text=nothing, short=None, sentences=(Sentence(nothing),), citations=())


class BlindSearch(Whole):
    """The search finds nothing."""

    def search(self, query: str, *, limit: int = 10) -> list[Hit]:
        del query, limit
        return []


class Failing(Whole):
    """Every question ends in an error."""

    def changed(self, answer: Answer) -> Answer:
        del answer
        raise RuntimeError("the answerer fell over")


class Gibberish(Whole):
    """Every answer is a heap of words, with the right citations."""

    def changed(self, answer: Answer) -> Answer:
        words = "Zorglub fnord blip xyzzy."
        places = tuple(range(len(answer.citations)))
        return replace(answer, abstained=False, text=words, short=None, sentences=(Sentence(words, places),))
