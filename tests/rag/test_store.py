"""What both stores promise: the same tests run on a real Edge shard and on qdrant-client's in-process engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from qdrant_client import QdrantClient

from rag.errors import StoreError
from rag.store import Point, Store, StoreInfo, Where
from rag.store.base import SparseVector
from rag.store.edge import create_edge
from rag.store.schema import SCHEMA_VERSION, passage_id
from rag.store.served import open_served

INFO = StoreInfo(schema_version=SCHEMA_VERSION, embedder="test@0", dimension=4)
pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect:UserWarning")


@pytest.fixture(scope="module", params=["embedded", "served"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "embedded":
        made: Store = create_edge(str(tmp_path_factory.mktemp("edge") / "store"), INFO)
    else:
        made = open_served(QdrantClient(":memory:"), "gazette", "http://test", INFO)
    yield made
    made.close()


@pytest.fixture
def store(engine: Store) -> Store:
    engine.delete([point.id for point in engine.scroll()])
    return engine


def vector(*values: float) -> Any:
    return np.asarray(values, dtype=np.float32)


def point(number: int, **payload: Any) -> Point:
    """A passage: number 0 points along the first axis, higher numbers turn away from it."""
    dense = vector(np.cos(number / 10), np.sin(number / 10), 0, 0)
    sparse = SparseVector((7, 100 + number), (1.0, 1.0))
    return Point(passage_id("t", number, number + 1), {"kind": "article", "n": number, **payload}, dense, sparse)


def bare(number: int, **payload: Any) -> Point:
    return replace(point(number, **payload), dense=None, sparse=None)


def dated(number: int, first: str, last: str, **payload: Any) -> Point:
    return point(number, published_from=f"{first}T00:00:00Z", published_to=f"{last}T00:00:00Z", **payload)


def numbers(found: Any) -> list[int]:
    return [each.payload["n"] for each in found]


def test_an_empty_store_answers_everything_with_nothing(store: Store) -> None:
    assert store.count() == 0
    assert list(store.scroll()) == []
    assert store.facet("terms") == {}
    assert store.latest_day() is None
    assert store.get([point(1).id]) == []
    assert store.search(dense=vector(1, 0, 0, 0), sparse=SparseVector((7,), (1.0,))) == []


def test_no_points_and_no_ids_are_no_error(store: Store) -> None:
    store.upsert([])
    store.delete([])
    assert store.get([]) == []


def test_a_payload_comes_back_as_it_went_in(store: Store) -> None:
    payload = {
        "text": "« L’été »\n\tü 😀",
        "outlet": None,
        "start": 0,
        "nested": {"list": [1, 2.5, "x", None], "yes": True},
    }
    store.upsert([point(1, **payload)])
    assert store.get([point(1).id])[0].payload == {"kind": "article", "n": 1, **payload}


def test_get_keeps_the_order_asked_and_leaves_out_what_is_missing(store: Store) -> None:
    store.upsert([point(n) for n in range(3)])
    assert numbers(store.get([point(2).id, point(9).id, point(0).id])) == [2, 0]


def test_upsert_replaces_a_point_of_the_same_id(store: Store) -> None:
    store.upsert([point(1, text="old")])
    store.upsert([bare(1, text="new")])
    assert store.count() == 1
    assert store.get([point(1).id])[0].payload["text"] == "new"
    assert store.search(dense=vector(1, 0, 0, 0)) == []


def test_delete_removes_and_forgives_unknown_ids(store: Store) -> None:
    store.upsert([point(1), point(2)])
    store.delete([point(1).id, point(9).id])
    assert numbers(store.scroll()) == [2]


def test_dense_search_ranks_by_cosine(store: Store) -> None:
    store.upsert([point(n) for n in (3, 1, 2, 0)])
    found = store.search(dense=vector(2, 0, 0, 0), limit=3)
    assert numbers(found) == [0, 1, 2]
    assert found[1].score == pytest.approx(np.cos(0.1), abs=1e-4)


def test_sparse_search_weighs_rare_words_more(store: Store) -> None:
    store.upsert([point(n) for n in range(6)])
    found = store.search(sparse=SparseVector((7, 103), (1.0, 1.0)), limit=6)
    assert numbers(found)[0] == 3
    assert found[0].score > 2 * found[1].score > 0


def test_a_question_without_words_finds_nothing_by_bm25(store: Store) -> None:
    store.upsert([point(1)])
    assert store.search(sparse=SparseVector((), ())) == []


def test_points_without_vectors_are_never_search_results(store: Store) -> None:
    store.upsert([point(1), bare(2, role="article")])
    assert numbers(store.search(dense=vector(1, 0, 0, 0), sparse=SparseVector((7,), (1.0,)))) == [1]


def test_fusion_adds_reciprocal_ranks_of_both_searches(store: Store) -> None:
    store.upsert([point(n) for n in range(5)])
    found = store.search(dense=vector(1, 0, 0, 0), sparse=SparseVector((104,), (1.0,)), rrf_k=20)
    scores = {each.payload["n"]: each.score for each in found}
    assert numbers(found)[:2] == [4, 0]  # 4 is first by words and last by meaning, 0 first by meaning alone
    assert scores[4] == pytest.approx(1 / 20 + 1 / 24)
    assert scores[0] == pytest.approx(1 / 20)


def test_weights_say_which_search_counts_more(store: Store) -> None:
    store.upsert([point(n) for n in range(60)])
    words = SparseVector((150,), (1.0,))
    by_meaning = store.search(dense=vector(1, 0, 0, 0), sparse=words, weights=(3.0, 0.3), prefetch=5)
    by_words = store.search(dense=vector(1, 0, 0, 0), sparse=words, weights=(0.3, 3.0), prefetch=5)
    assert numbers(by_meaning)[0] == 0
    assert numbers(by_words)[0] == 50


def test_a_filter_holds_inside_both_prefetches(store: Store) -> None:
    store.upsert([point(n, language="fr" if n < 80 else "en") for n in range(82)])
    found = store.search(
        dense=vector(1, 0, 0, 0), sparse=SparseVector((7,), (1.0,)), where=Where(languages=("en",)), prefetch=5
    )
    assert sorted(numbers(found)) == [80, 81]


def test_a_search_without_a_vector_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="dense or a sparse"):
        store.search()


@pytest.mark.parametrize("wrong", [vector(1, 0, 0), vector(np.nan, 0, 0, 0)])
def test_a_vector_that_does_not_fit_is_refused(store: Store, wrong: Any) -> None:
    with pytest.raises(StoreError):
        store.search(dense=wrong)
    with pytest.raises(StoreError):
        store.upsert([replace(point(1), dense=wrong)])


def test_an_id_that_is_no_uuid_is_refused(store: Store) -> None:
    for refused in (lambda: store.get(["x"]), lambda: store.delete(["x"]), lambda: store.count(Where(ids=("x",)))):
        with pytest.raises(StoreError, match="not the id"):
            refused()


FILTERED = (
    point(0, article_id="a", text_id="a", language="fr", outlet="Le Jour"),
    point(1, article_id="a", text_id="c", language="en", outlet="Le Jour", kind="comment", comment={"author": "p1"}),
    point(2, article_id="b", text_id="b", language="en", outlet=None),
    bare(3, article_id="b", text_id="b", language="en", kind="text", role="article"),
    bare(4, article_id="b", text_id="d", language="en", kind="text", role="comment"),
)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Where(), {0, 1, 2, 3, 4}),
        (Where(kinds=("article",)), {0, 2}),
        (Where(kinds=("article", "comment")), {0, 1, 2}),
        (Where(article_ids=("b",)), {2, 3, 4}),
        (Where(text_ids=("a", "d")), {0, 4}),
        (Where(languages=("fr",)), {0}),
        (Where(outlets=("Le Jour",)), {0, 1}),
        (Where(outlets=("le jour",)), set()),
        (Where(role="comment"), {4}),
        (Where(ids=(point(1).id, point(4).id)), {1, 4}),
        (Where(ids=()), set()),
        (Where(match={"comment.author": "p1"}), {1}),
        (Where(kinds=("article",), languages=("en",), article_ids=("b",)), {2}),
    ],
)
def test_conditions_must_all_hold(store: Store, where: Where, expected: set[int]) -> None:
    store.upsert(FILTERED)
    assert set(numbers(store.scroll(where))) == expected
    assert store.count(where) == len(expected)


DATED = (
    dated(0, "2025-07-01", "2025-07-01"),
    dated(1, "2025-07-01", "2025-07-31"),  # known to the month
    dated(2, "2025-01-01", "2025-12-31"),  # known to the year
    point(3),
)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2025, 7, 1), date(2025, 7, 1), {0, 1, 2}),
        (date(2025, 7, 2), None, {1, 2}),
        (date(2025, 7, 31), date(2025, 8, 1), {1, 2}),
        (date(2025, 8, 1), None, {2}),
        (None, date(2025, 6, 30), {2}),
        (None, date(2024, 12, 31), set()),
        (date(2026, 1, 1), None, set()),
    ],
)
def test_a_date_filter_keeps_what_overlaps(
    store: Store, since: date | None, until: date | None, expected: set[int]
) -> None:
    store.upsert(DATED)
    assert set(numbers(store.scroll(Where(since=since, until=until)))) == expected


def test_undated_points_can_be_counted_and_left_out(store: Store) -> None:
    store.upsert(DATED)
    assert numbers(store.scroll(Where(undated=True))) == [3]
    assert store.count(Where(undated=False)) == 3


def test_what_was_published_after_a_day_is_left_out_and_undated_points_stay(store: Store) -> None:
    store.upsert(DATED)
    known = numbers(store.scroll(Where(known_by=date(1900, 1, 1))))
    assert known == [3]
    assert len(numbers(store.scroll(Where(known_by=date(2100, 1, 1))))) == 4


def test_the_latest_day_is_the_end_of_the_latest_interval(store: Store) -> None:
    store.upsert([*DATED, dated(4, "2025-09-05", "2025-09-05")])
    assert store.latest_day() == date(2025, 12, 31)


def test_days_before_1970_are_days_like_others(store: Store) -> None:
    store.upsert([dated(0, "1944-08-25", "1944-08-25")])
    assert store.latest_day() == date(1944, 8, 25)
    assert store.count(Where(since=date(1944, 8, 1), until=date(1944, 8, 31))) == 1
    assert store.count(Where(since=date(1944, 8, 26))) == 0


def test_facet_counts_points_by_value(store: Store) -> None:
    store.upsert([point(0, terms=["paris", "kiev"]), point(1, terms=["paris"], kind="comment"), point(2, terms=[])])
    assert store.facet("terms") == {"paris": 2, "kiev": 1}
    assert store.facet("terms", Where(kinds=("comment",))) == {"paris": 1}


def test_scroll_goes_through_all_batches_in_id_order(store: Store) -> None:
    store.upsert([point(n) for n in range(25)])
    found = [each.id for each in store.scroll(batch=4)]
    assert found == sorted(found)
    assert len(found) == 25


def test_scroll_gives_vectors_that_make_an_equal_store(store: Store) -> None:
    store.upsert([point(1), bare(2)])
    found = {each.payload["n"]: each for each in store.scroll(vectors=True)}
    assert np.allclose(found[1].dense, point(1).dense, atol=1e-6)
    assert found[1].sparse == point(1).sparse
    assert found[2].dense is None and found[2].sparse is None
    assert next(store.scroll()).dense is None


def test_a_bulk_load_is_written_whole_and_can_be_optimized(store: Store) -> None:
    store.upsert([point(n) for n in range(600)])
    store.optimize()
    assert store.count() == 600
    assert numbers(store.search(dense=vector(1, 0, 0, 0), limit=1)) == [0]


def test_a_store_says_what_it_was_made_with(store: Store) -> None:
    assert store.info == INFO
