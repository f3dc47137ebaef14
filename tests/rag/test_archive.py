"""Questions to a small archive, end to end: a real shard, the bundled model, no language model."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import numpy as np
import pytest

from rag import Answer, Archive
from rag.errors import UsageError


def holds(answer: Answer, *words: str) -> bool:
    return all(any(word in citation.quote for citation in answer.citations) for word in words)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Quand Ferrandier a-t-il parlé à Vandamme au téléphone pour la dernière fois ?", "novembre 2023"),
        ("When did Ferrandier last phone Vandamme?", "November 2023"),
    ],
)
def test_the_last_event_is_found_where_the_two_are_named_by_a_phrase_only(
    own_archive: Archive, question: str, short: str
) -> None:
    answer = own_archive.ask(question)
    assert answer.short == short
    assert "les deux responsables" in answer.citations[0].quote
    assert answer.citations[0].article.published.value == "2024-03-12"
    assert answer.as_of == "2024-05-02"


def test_the_answer_is_in_the_language_of_the_question_and_the_quote_in_that_of_the_text(own_archive: Archive) -> None:
    answer = own_archive.ask("How much did the north bridge cost?")
    assert answer.language == "en"
    assert answer.short == "14 million euros"
    assert holds(answer, "14 millions d'euros")


def test_a_duration(own_archive: Archive) -> None:
    assert own_archive.ask("Combien de temps a duré l'entretien ?").short == "quarante minutes"


def test_a_list_of_countries(own_archive: Archive) -> None:
    answer = own_archive.ask("Quels pays ont financé les ponts ?")
    assert answer.short is not None
    assert all(country in answer.short for country in ("Belgique", "Pays-Bas", "Allemagne"))


def test_a_comparison_quotes_both_sides(own_archive: Archive) -> None:
    answer = own_archive.ask("Lequel a coûté le plus cher, le pont Nord ou le pont Sud ?")
    assert holds(answer, "14 millions", "9 millions")


def test_a_refusal_answers_no(own_archive: Archive) -> None:
    answer = own_archive.ask("La commune a-t-elle accepté la subvention du département ?")
    assert answer.short == "Non"
    assert holds(answer, "refusé")


@pytest.mark.parametrize(
    "question",
    [
        "When did Ferrandier last phone Xi Jinping?",
        "Quand Ferrandier a-t-il parlé à Marie Vandamme ?",
        "Qui a remporté le Tour de France ?",
        "Combien a coûté le pont Est de Tokyo ?",
    ],
)
def test_what_the_archive_does_not_say_is_an_abstention_that_says_what_was_looked_for(
    own_archive: Archive, question: str
) -> None:
    answer = own_archive.ask(question)
    assert answer.abstained
    assert answer.reason
    assert answer.citations == ()
    assert answer.short is None


def test_opinions_are_quoted_and_attributed_to_readers(own_archive: Archive) -> None:
    answer = own_archive.ask("Que pensent les lecteurs du jumelage ?")
    assert {citation.kind for citation in answer.citations} == {"comment"}
    assert "lecteur" in answer.text
    assert holds(answer, "bonne idée", "gaspillage")
    assert all(c.comment and c.comment.author not in ("Odile", "Rémi T.", "Max") for c in answer.citations)


def test_what_only_a_comment_claims_is_not_told_as_fact(own_archive: Archive) -> None:
    answer = own_archive.ask("Combien le maire a-t-il touché pour le jumelage ?")
    assert "12 000" not in (answer.short or "")
    assert all(citation.kind == "article" for citation in answer.citations)


def test_every_quote_stands_at_its_offsets(own_archive: Archive) -> None:
    for question in ("How much did the north bridge cost?", "Que pensent les lecteurs du jumelage ?"):
        for citation in own_archive.ask(question).citations:
            assert own_archive.text_of(citation)[citation.start : citation.end] == citation.quote


def test_the_json_form_has_the_keys_of_the_contract(own_archive: Archive) -> None:
    found = json.loads(json.dumps(own_archive.ask("How much did the north bridge cost?").to_dict()))
    assert found.keys() >= {"text", "short", "language", "abstained", "reason", "as_of", "citations"}
    citation = found["citations"][0]
    assert citation.keys() >= {"quote", "kind", "start", "end", "article", "comment"}
    assert citation["article"].keys() >= {"id", "title", "published", "source"}
    assert citation["article"]["published"] == {"value": "2024-05-02", "precision": "day", "method": "metadata"}


def test_search_gives_hits_with_their_scores_and_keeps_to_its_filters(own_archive: Archive) -> None:
    hits = own_archive.search("jumelage", kind="comment", limit=2)
    assert len(hits) == 2
    assert all(hit.kind == "comment" and -1 <= hit.dense <= 1 and hit.bm25 >= 0 for hit in hits)
    assert own_archive.search("pont", until="2024-04")[0].article.published.value == "2024-03-12"
    assert hits[0].to_dict()["article"]["id"] == hits[0].article.id


def test_a_date_filter_bounds_the_articles_that_are_read(own_archive: Archive) -> None:
    answer = own_archive.ask("Combien a coûté le pont Nord ?", until="2024-04-01")
    assert not any(citation.article.published.value == "2024-05-02" for citation in answer.citations)


def test_an_answer_has_a_confidence_and_an_abstention_has_none(own_archive: Archive) -> None:
    answer = own_archive.ask("Quand Ferrandier a-t-il parlé à Vandamme au téléphone pour la dernière fois ?")
    assert answer.confidence is not None
    assert 0 < answer.confidence < 1
    assert own_archive.ask("Quand le tsar a-t-il visité la Patagonie ?").confidence is None


def test_nothing_published_after_the_day_of_asking_is_cited(own_archive: Archive) -> None:
    question = "Quand Ferrandier a-t-il parlé à Vandamme au téléphone pour la dernière fois ?"
    cited = own_archive.ask(question).citations
    last = max(c.article.published.first_day for c in cited if c.article.published.first_day)
    earlier = own_archive.ask(question, now=last - timedelta(days=1))
    days = [c.article.published.first_day for c in earlier.citations]
    assert all(day is None or day < last for day in days)


@pytest.mark.parametrize(
    "options", [{"since": "hier peut-être"}, {"kind": "rumour"}, {"since": "2025", "until": "2024"}, {"language": "de"}]
)
def test_a_filter_that_is_none_is_refused(own_archive: Archive, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        own_archive.ask("Combien a coûté le pont ?", **options)  # type: ignore[arg-type]


def test_streaming_ends_with_the_answer_whose_text_it_gave(own_archive: Archive) -> None:
    *pieces, last = own_archive.stream("How much did the north bridge cost?")
    assert isinstance(last, Answer)
    assert "".join(str(piece) for piece in pieces).strip() == last.text


def test_a_follow_up_takes_its_subject_from_the_question_before(own_archive: Archive) -> None:
    chat = own_archive.chat()
    chat.ask("Combien a coûté le pont Nord ?")
    answer = chat.ask("Et le pont Sud ?")
    assert "Sud" in answer.question
    assert holds(answer, "9 millions")


def test_embed_gives_unit_vectors(own_archive: Archive) -> None:
    vectors = own_archive.embed(["une phrase", "a sentence"])
    assert vectors.shape == (2, own_archive.embedder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_the_same_question_gives_the_same_answer_from_many_threads(own_archive: Archive) -> None:
    question = "Combien de temps a duré l'entretien ?"
    expected = own_archive.ask(question)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(own_archive.ask, [question] * 16)) == {expected}
