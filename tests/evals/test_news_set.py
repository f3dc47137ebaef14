"""The question sets over texts that the repository does not hold: sound by themselves, without a word of the texts."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from evals.check import check_dataset
from evals.dataset import Dataset, Item, load_dataset
from evals.library import library_of
from evals.run import SAMPLE, evaluate
from indexer import index_archive
from rag import Archive
from tests.support import HashedWords

NEWS, SEEDS = SAMPLE.parent / "news.jsonl", SAMPLE.parent / "seeds.jsonl"
LONGEST_ANSWER = 60  # characters: a value, never a sentence
LONGEST_NOTE = 110
NEAR_MISSES = {"near-miss-person", "near-miss-year", "near-miss-event"}


@pytest.fixture(scope="module", params=[NEWS, SEEDS], ids=["news", "seeds"])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    return load_dataset(request.param)


def answerable(dataset: Dataset) -> list[Item]:
    return [item for item in dataset.items if item.answerable]


def test_the_sets_have_neither_error_nor_warning(dataset: Dataset):
    assert check_dataset(dataset) == ()


def test_there_are_enough_questions_and_none_is_in_both_sets():
    ids = [item.id for path in (NEWS, SEEDS) for item in load_dataset(path).items]
    assert len(ids) >= 150
    assert len(ids) == len(set(ids))


def test_every_question_is_asked_in_french_and_in_english(dataset: Dataset):
    languages: dict[str, list[str]] = {}
    for item in dataset.items:
        languages.setdefault(item.twin, []).append(item.language)
    assert {tuple(sorted(pair)) for pair in languages.values()} == {("en", "fr")}


def test_an_answerable_question_of_the_news_names_its_articles_by_their_urls():
    for item in answerable(load_dataset(NEWS)):
        assert item.gold, item.id
        assert all(re.fullmatch(r"https://[\w./-]+", gold) for gold in item.gold), item.id


def test_an_answerable_question_of_the_seeds_names_its_articles_by_their_files():
    for item in answerable(load_dataset(SEEDS)):
        assert item.gold, item.id
        assert all(re.fullmatch(r"\w+\.txt", gold) for gold in item.gold), item.id


def test_near_misses_of_person_year_and_event_are_there(dataset: Dataset):
    counted = Counter(item.category for item in dataset.items if item.category in NEAR_MISSES)
    assert set(counted) == NEAR_MISSES
    assert sum(counted.values()) >= len(dataset.items) / 6
    assert not any(item.answerable for item in dataset.items if item.category in NEAR_MISSES)


def test_no_words_of_an_article_are_kept(dataset: Dataset):
    for item in dataset.items:
        groups = (item.answers, item.forbidden, *item.nuggets, *item.all_of)
        assert item.quote == "", item.id
        assert all(len(said) <= LONGEST_ANSWER for group in groups for said in group), item.id
        assert len(item.why) <= LONGEST_NOTE, item.id


def test_no_long_run_of_words_of_a_seed_is_kept(seeds_dir: Path):
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    theirs = set().union(*(runs(path.read_text("utf-8")) for path in seeds_dir.glob("*.txt")))
    assert theirs
    assert not theirs & set().union(*(runs(line) for line in SEEDS.read_text("utf-8").splitlines()))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """An archive of two articles as a reader of the set has them: one file, each with its url."""
    lines = [
        {"title": "Le pont", "text": "Le pont a ouvert en 1998.", "url": "https://paper.example/a/pont"},
        {"title": "Le port", "text": "Le port a fermé en 2003.", "url": "https://paper.example/a/port"},
    ]
    texts = tmp_path / "all of them.jsonl"
    texts.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    index_archive(str(texts), str(tmp_path / "store"), embedder=HashedWords())
    return tmp_path / "store"


def questions(tmp_path: Path, gold: str) -> Path:
    line = {
        "id": "pont-fr", "twin": "pont", "language": "fr", "question": "Quand le pont a-t-il ouvert ?", "kind": "date",
        "answerable": True, "answers": ["1998"], "gold": [gold], "quote": "", "event": "pont", "part": "test",
        "category": "when", "nuggets": [["1998"]], "forbidden": [],
    }  # fmt: skip
    (tmp_path / "q.jsonl").write_text(json.dumps(line), "utf-8")
    return tmp_path / "q.jsonl"


def faults(dataset: Path, store: Path) -> list[str]:
    with Archive.open(store, embedder=HashedWords()) as archive:
        return [fault.said for fault in check_dataset(load_dataset(dataset), library_of(archive.store))]


def test_an_article_is_found_by_its_url_whatever_file_it_was_read_from(tmp_path: Path, store: Path):
    assert faults(questions(tmp_path, "https://paper.example/a/pont"), store) == []


def test_part_of_a_url_names_no_article(tmp_path: Path, store: Path):
    (said,) = faults(questions(tmp_path, "https://paper.example/a"), store)
    assert said == "the gold article https://paper.example/a is not in the archive"


def test_the_search_is_measured_against_the_gold_url(tmp_path: Path, store: Path):
    (item,) = load_dataset(questions(tmp_path, "https://paper.example/a/pont")).items
    with Archive.open(store, embedder=HashedWords()) as archive:
        (outcome,) = evaluate(archive, [item])
    assert frozenset(item.gold) in outcome.ranked
