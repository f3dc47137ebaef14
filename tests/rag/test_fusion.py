"""Cosine and BM25 made one score: what each is worth, and the order that users see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.fusion import bm25_ceiling, convex
from rag.names import terms_of
from rag.retrieve import Retriever
from rag.settings import Settings, load_settings
from rag.store import schema
from rag.store.base import Point, Store
from rag.store.open import open_store
from rag.store.sparse import Bm25Encoder
from rag.types import ArticleRef, Passage, PublicationDate
from tests.support import HashedWords

COSINES = np.array([0.9, 0.5, 0.7])
BM25 = np.array([2.0, 8.0, 0.0])


def order(scores: np.ndarray) -> list[int]:
    return np.argsort(-scores).tolist()


def test_a_score_is_the_weighted_sum_of_the_stretched_cosine_and_the_share_of_the_possible_bm25():
    assert convex(COSINES, BM25, 10.0, dense=0.25, sparse=0.75) == pytest.approx([0.25 + 0.15, 0.6, 0.125])


def test_only_the_proportion_of_the_weights_counts():
    assert convex(COSINES, BM25, 10.0, dense=1, sparse=3) == pytest.approx(
        convex(COSINES, BM25, 10.0, dense=0.25, sparse=0.75)
    )


@pytest.mark.parametrize(("dense", "sparse", "first"), [(1.0, 0.0, 0), (0.0, 1.0, 1)])
def test_a_weight_of_nothing_leaves_the_other_score_alone(dense: float, sparse: float, first: int):
    assert order(convex(COSINES, BM25, 10.0, dense=dense, sparse=sparse))[0] == first


def test_a_model_that_spreads_its_cosines_less_counts_as_much():
    narrow = 0.8 + COSINES / 10
    assert convex(narrow, BM25, 10.0, dense=0.5, sparse=0.5) == pytest.approx(
        convex(COSINES, BM25, 10.0, dense=0.5, sparse=0.5)
    )


def test_words_that_meet_little_of_the_question_do_not_outweigh_its_meaning():
    few_words, many_words = 4.0, 40.0
    assert order(convex(COSINES, BM25, many_words, dense=0.5, sparse=0.5))[0] == 0
    assert order(convex(COSINES, BM25, few_words, dense=0.5, sparse=0.5))[0] == 1


@pytest.mark.parametrize("cosines", [[], [0.4], [0.4, 0.4]])
def test_candidates_that_cannot_be_told_apart_by_cosine_get_nothing_from_it(cosines: list[float]):
    assert convex(np.array(cosines), np.zeros(len(cosines)), 1.0, dense=1, sparse=1).tolist() == [0.0] * len(cosines)


def test_weights_of_zero_give_zero_and_not_nan():
    assert convex(COSINES, BM25, 10.0, dense=0, sparse=0).tolist() == [0.0, 0.0, 0.0]


def test_the_ceiling_grows_with_content_words_and_with_the_archive():
    assert bm25_ceiling("Quand le pont a-t-il rouvert ?", 100) == pytest.approx(2 * np.log(1 + 99.5 / 1.5))
    assert bm25_ceiling("pont", 1000) > bm25_ceiling("pont", 100) > bm25_ceiling("pont", 0) > 0


def test_the_ceiling_of_a_question_of_stop_words_alone_is_above_zero():
    assert bm25_ceiling("qui est-ce ?", 10) > 0


TEXTS = ("Le pont rouvre lundi.", "Le pont et le maire.", "La grève du port continue.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three passages, each of an article of its own."""
    embedder, encoder = HashedWords(), Bm25Encoder()
    made = open_store(tmp_path / "s", settings=load_settings(), embedder_name=embedder.name, dimension=64, create=True)
    points = []
    for number, (text, vector) in enumerate(zip(TEXTS, embedder.embed_passages(TEXTS), strict=True)):
        article = ArticleRef(schema.article_id(f"{number}.txt", ""), "", PublicationDate(), f"{number}.txt")
        passage = Passage(
            schema.passage_id(article.id, 0, len(text)), "article", text, article.id, 0, len(text), article
        )
        payload = schema.passage_payload(passage, terms_of(text))
        points.append(Point(passage.id, payload, vector, encoder.passage(text, "fr")))
    made.upsert(points)
    yield made
    made.close()


def found(store: Store, query: str, **settings: float) -> list[tuple[str, float]]:
    chosen: Settings = load_settings(**settings)
    return [(hit.text, hit.score) for hit in Retriever(store, HashedWords(), chosen).search(query)]


def test_hits_come_by_their_fused_score_with_both_scores_kept(store: Store):
    hits = Retriever(store, HashedWords(), load_settings()).search("Quand le pont rouvre-t-il ?")
    assert hits[0].text == TEXTS[0]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].bm25 > 0 and hits[0].dense > 0


def test_the_order_does_not_hang_on_how_many_hits_are_asked_for(store: Store):
    retriever = Retriever(store, HashedWords(), load_settings())
    assert [h.text for h in retriever.search("le maire", limit=1)] == [h.text for h in retriever.search("le maire")][:1]


def test_a_search_that_meets_no_word_still_finds_by_cosine(store: Store):
    assert len(found(store, "zzz")) == 3
