"""A retrieval run: what is asked, what is judged, what the systems are, and what the command prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from evals.dataset import InvalidEvaluationError, load_dataset
from evals.retrieval import BM25, DENSE, HYBRID, RERANKED, Prepared, Systems, paragraph_store, prepared
from evals.retrieval_report import RetrievalReport
from evals.retrieval_sets import Topic, golden_topics, is_squad, read_squad
from rag.errors import UsageError
from rag.rerank import Scores
from rag.settings import load_settings
from rag.store.base import Store
from rag.types import ArticleRef, PublicationDate
from tests.support import HashedWords
from ui.cli import app

BRIDGE = "Le pont de Sorvane a rouvert lundi après deux ans de travaux."
STRIKE = "La grève des éboueurs continue dans le port de Brisse."
TOWER = "The old tower of Mirefield was sold to a hotel."
CLOSED = "Le musée est fermé."


def squad(*articles: list[tuple[str, list[dict[str, Any]]]]) -> dict[str, Any]:
    """Articles as lists of (paragraph, its questions)."""
    return {
        "data": [
            {"title": "t", "paragraphs": [{"context": context, "qas": qas} for context, qas in paragraphs]}
            for paragraphs in articles
        ]
    }


def asked(text: str, **more: Any) -> dict[str, Any]:
    return {"question": text, "answers": [{"text": "x", "answer_start": 0}], **more}


TWO_ARTICLES = squad(
    [(BRIDGE, [asked("Quand le pont a-t-il rouvert ?", id="bridge")])],
    [
        (STRIKE, [asked("Où est la grève des éboueurs ?", id="strike"), asked("Who is on strike?", id="cross")]),
        (TOWER, [asked("What was the old tower sold to?", id="tower")]),
    ],
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def made(content: Any, name: str = "set.json") -> Path:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return made


def test_a_question_in_squad_s_form_is_about_its_paragraph(write: Callable[..., Path]):
    found = read_squad(write(TWO_ARTICLES))
    assert found.paragraphs == (BRIDGE, STRIKE, TOWER)
    assert [(t.id, t.gains, t.group) for t in found.topics] == [
        ("bridge", {"0": 1}, "French"),
        ("strike", {"1": 1}, "French"),
        ("cross", {"1": 1}, "cross-language"),
        ("tower", {"2": 1}, "English"),
    ]
    assert len({t.cluster for t in found.topics}) == 2


def test_a_paragraph_that_stands_twice_is_one_passage(write: Callable[..., Path]):
    twice = squad([(BRIDGE, [asked("Quel pont ?")])], [(BRIDGE, [asked("Quel pont ?")])])
    found = read_squad(write(twice))
    assert found.paragraphs == (BRIDGE,)
    assert [t.gains for t in found.topics] == [{"0": 1}, {"0": 1}]


def test_a_second_file_adds_its_paragraphs_and_none_of_its_questions(write: Callable[..., Path]):
    first, second = write(TWO_ARTICLES), write(squad([(CLOSED, [asked("Quoi ?")]), (BRIDGE, [])]), "more.json")
    found = read_squad(first, second)
    assert found.paragraphs == (BRIDGE, STRIKE, TOWER, CLOSED)
    assert [t.id for t in found.topics] == ["bridge", "strike", "cross", "tower"]
    assert found.digest != read_squad(first).digest


def test_an_impossible_question_has_no_relevant_paragraph(write: Callable[..., Path]):
    (topic,) = read_squad(write(squad([(BRIDGE, [asked("Quoi ?", is_impossible=True)])]))).topics
    assert topic.gains == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"data": []}, "holds no questions"),
        (squad([(BRIDGE, [])]), "holds no questions"),
        ({"data": [1]}, r"data\[0\] is not a JSON object"),
        ({"data": [{"title": "t"}]}, r"data\[0\] has no list 'paragraphs'"),
        (squad([("  ", [])]), r"paragraphs\[0\] has no text 'context'"),
        (squad([(BRIDGE, [{"answers": []}])]), r"qas\[0\] has no text 'question'"),
    ],
)
def test_a_file_that_is_not_of_the_form_is_an_error_that_names_the_place(
    write: Callable[..., Path], content: Any, message: str
):
    with pytest.raises(InvalidEvaluationError, match=message):
        read_squad(write(content))


def test_a_golden_set_is_told_from_squad_s_form(write: Callable[..., Path]):
    assert is_squad(write(TWO_ARTICLES))
    assert not is_squad(write('{"id": 1}\n{"id": 2}', "golden.jsonl"))
    assert not is_squad(write('{"id": 1, "data": 3}', "one.jsonl"))
    with pytest.raises(UsageError, match="cannot read the dataset"):
        is_squad(Path("/nonexistent/set.json"))


GOLDEN = {
    "id": "a",
    "twin": "a",
    "language": "fr",
    "question": "Quand ?",
    "kind": "date",
    "answerable": True,
    "answers": ["lundi"],
    "gold": ["bridge.txt", "tower.txt"],
    "quote": "q",
}
ARTICLES = [
    ArticleRef("1", "Pont", PublicationDate(), "bridge.txt", language="fr"),
    ArticleRef("2", "Tower", PublicationDate(), "tower.txt", language="en"),
    ArticleRef("3", "Port", PublicationDate(), "strike.txt", language="fr"),
]


def golden(write: Callable[..., Path], **changed: Any) -> list[Topic]:
    path = write(json.dumps({**GOLDEN, **changed}), "golden.jsonl")
    return golden_topics(load_dataset(path), ARTICLES)


def test_a_golden_question_is_about_the_articles_of_its_gold_names(write: Callable[..., Path]):
    (topic,) = golden(write)
    assert topic.gains == {"1": 1, "2": 1}
    assert topic.group == "French"


def test_a_question_crosses_languages_where_no_gold_article_is_in_its_own(write: Callable[..., Path]):
    assert golden(write, gold=["tower.txt"])[0].group == "cross-language"
    assert golden(write, gold=["tower.txt"], language="en")[0].group == "English"


def test_an_unanswerable_question_has_nothing_relevant(write: Callable[..., Path]):
    (topic,) = golden(write, answerable=False, kind="unanswerable", answers=[], gold=[], quote="")
    assert topic.gains == {}


def test_a_gold_name_that_no_article_bears_is_an_error(write: Callable[..., Path]):
    with pytest.raises(InvalidEvaluationError, match=r"line 1: the gold article gone.txt is not in the archive"):
        golden(write, gold=["gone.txt"])


class Backwards:
    """A `Reranker` that puts the last first."""

    name = "backwards"

    depth = 20
    share = 1.0

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        del question
        return np.arange(len(texts), dtype=np.float32) / len(texts)


@pytest.fixture
def store() -> Iterator[Store]:
    with paragraph_store([BRIDGE, STRIKE, TOWER, CLOSED], HashedWords(), load_settings()) as made:
        yield made


def test_every_system_ranks_paragraphs_by_their_place(store: Store):
    found = Systems(store, HashedWords(), load_settings(), unit="paragraph").rank("Quand le pont a-t-il rouvert ?")
    assert list(found) == [DENSE, BM25, HYBRID]
    assert [ranked[0] for ranked in found.values()] == ["0", "0", "0"]
    assert sorted(found[DENSE]) == sorted(found[HYBRID]) == ["0", "1", "2", "3"]


def test_bm25_alone_finds_only_what_shares_a_word(store: Store):
    systems = Systems(store, HashedWords(), load_settings(), unit="paragraph")
    assert systems.rank("tower")[BM25] == ["2"]
    assert systems.rank("zzz")[BM25] == []


def test_a_reranker_is_a_fourth_system_over_the_hits_of_hybrid(store: Store):
    found = Systems(store, HashedWords(), load_settings(), unit="paragraph", reranker=Backwards()).rank("le pont")
    assert list(found) == [DENSE, BM25, HYBRID, RERANKED]
    assert found[RERANKED] == found[HYBRID][::-1]


def test_a_paragraph_store_is_gone_afterwards():
    with paragraph_store([BRIDGE], HashedWords(), load_settings()) as made:
        folder = Path(made.location)
        assert folder.exists()
    assert not folder.exists()


def topic(name: str, cluster: str, gains: dict[str, int], language: Any = "fr") -> Topic:
    return Topic(name, name, language, gains, frozenset({"fr"} if gains else ()), cluster)


def report(topics: Sequence[Topic], rankings: dict[str, dict[str, list[str]]]) -> RetrievalReport:
    return RetrievalReport(
        dataset="set",
        digest="sha256:0",
        unit="article",
        passages=4,
        embedder="e",
        reranker=None,
        settings=load_settings(),
        systems=(DENSE, BM25),
        topics=tuple(topics),
        rankings=rankings,
    )


TOPICS = [
    topic("one", "x", {"a": 1}),
    topic("two", "x", {"a": 1}),
    topic("three", "y", {"b": 1}, language="en"),
    topic("none", "z", {}),
]
RANKINGS = {
    "one": {DENSE: ["a", "b"], BM25: []},
    "two": {DENSE: ["b", "a"], BM25: ["a"]},
    "three": {DENSE: ["b"], BM25: ["a", "c", "b"]},
}


def test_figures_are_means_over_the_questions_of_a_group():
    found = report(TOPICS, RANKINGS)
    assert found.measure(DENSE, "recall@1")[0].value == pytest.approx(2 / 3)
    assert found.measure(BM25, "mrr@10")[0].value == pytest.approx((0 + 1 + 1 / 3) / 3)
    assert found.measure(DENSE, "recall@1", "French")[0].value == 0.5
    assert found.measure(DENSE, "recall@1", "cross-language")[0].value == 1.0
    assert found.left_out == ("none",)


def test_an_interval_draws_whole_clusters_and_is_the_same_every_time():
    first, again = (report(TOPICS, RANKINGS).measure(DENSE, "recall@1")[1] for _ in range(2))
    assert first == again
    assert first is not None and first.low == 0.5 and first.high == 1.0
    assert report(TOPICS, RANKINGS).measure(DENSE, "recall@1", "French")[1] is None


def test_the_object_holds_groups_with_questions_and_each_first_rank():
    whole = report(TOPICS, RANKINGS).to_dict()
    assert list(whole["groups"]) == ["all", "French", "cross-language"]
    assert whole["groups"]["all"]["questions"] == 3 and whole["groups"]["all"]["clusters"] == 2
    assert [item["first_relevant"] for item in whole["items"]] == [
        {DENSE: 1, BM25: None},
        {DENSE: 2, BM25: 1},
        {DENSE: 1, BM25: 3},
    ]
    assert whole["left_out"] == ["none"]
    json.dumps(whole, allow_nan=False)


def test_a_set_without_anything_relevant_says_nothing():
    with pytest.raises(InvalidEvaluationError, match="nothing to measure"):
        report([topic("none", "z", {})], {})


def run(path: Path, **options: Any) -> RetrievalReport:
    with prepared(path, load_settings(), **options) as made:
        assert isinstance(made, Prepared)
        return made.run()


def test_a_file_in_squad_s_form_is_measured_with_the_bundled_model(write: Callable[..., Path]):
    found = run(write(TWO_ARTICLES))
    assert found.unit == "paragraph" and found.passages == 3
    assert found.measure(HYBRID, "recall@1", "French")[0].value == 1.0


def test_golden_questions_are_measured_by_article_over_an_archive(write: Callable[..., Path], tmp_path: Path):
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, text in {"bridge.txt": BRIDGE, "strike.txt": STRIKE, "tower.txt": TOWER}.items():
        (texts / name).write_text(f"{text}\n", encoding="utf-8")
    path = write(json.dumps({**GOLDEN, "question": "Quel pont a rouvert ?", "gold": ["bridge.txt"]}), "g.jsonl")
    found = run(path, archive=str(texts))
    assert found.unit == "article"
    assert found.measure(HYBRID, "recall@1")[0].value == 1.0


def test_an_archive_does_not_go_with_squad_s_form_nor_a_second_file_with_a_golden_set(write: Callable[..., Path]):
    path, lines = write(TWO_ARTICLES), write(json.dumps(GOLDEN), "golden.jsonl")
    with pytest.raises(UsageError, match="leave --archive out"):
        run(path, archive="texts")
    with pytest.raises(UsageError, match="--also adds paragraphs to a dataset in SQuAD's form"):
        run(lines, also=path)


def test_the_command_prints_a_table_and_writes_json(write: Callable[..., Path], tmp_path: Path):
    out = tmp_path / "out.json"
    done = CliRunner().invoke(app, ["eval", "retrieval", str(write(TWO_ARTICLES)), "--json", str(out)])
    assert done.exit_code == 0, done.output
    assert "4 questions, 3 passages, judged by paragraph" in done.stdout
    assert all(name in done.stdout for name in (DENSE, BM25, HYBRID, "ndcg@10", "cross-language (1, of 1 cluster)"))
    assert json.loads(out.read_text("utf-8"))["questions"] == 4


def test_the_command_takes_weights_and_says_which_counted(write: Callable[..., Path]):
    arguments = ["--json", "-", "--dense-weight", "0", "--bm25-weight", "1", "--prefetch", "5", "--rrf-k", "3"]
    done = CliRunner().invoke(app, ["eval", "retrieval", str(write(TWO_ARTICLES)), *arguments])
    settings = json.loads(done.stdout)["settings"]
    assert [settings[name] for name in ("dense_weight", "bm25_weight", "prefetch", "rrf_k")] == [0, 1, 5, 3]


def test_the_command_ends_with_4_for_a_set_that_cannot_say_anything(write: Callable[..., Path]):
    assert CliRunner().invoke(app, ["eval", "retrieval", str(write({"data": []}))]).exit_code == 4
