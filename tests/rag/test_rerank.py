"""The reranker seam: what it reads, how it orders, and a real cross-encoder of a few random numbers behind it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rag import Archive
from rag.errors import RerankerError
from rag.rerank import RERANKED, Scores, load_reranker, shown
from rag.settings import load_settings
from rag.types import ArticleRef, Passage, PublicationDate

QUERY = "Combien a coûté le pont Nord ?"
WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] le la pont nord sud a coute million maire commune ?".split()


class Shortest:
    """A `Reranker` that likes short texts. Remembers what it read."""

    name = "shortest"

    depth = 20
    share = 1.0

    def __init__(self) -> None:
        self.read: list[tuple[str, list[str]]] = []

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        self.read.append((question, list(texts)))
        return np.array([1 / (1 + len(text)) for text in texts], dtype=np.float32)


def make_model(folder: Path, *, labels: int = 1, head: bool = True) -> Path:
    """A BERT of two layers with random weights, saved as transformers does."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        num_labels=labels,
        initializer_range=0.5,
    )
    (BertForSequenceClassification(config) if head else BertModel(config)).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("models") / "tiny-reranker")


def test_hits_come_in_the_reranker_s_order_with_its_score_and_their_own_two(own_store: Path):
    with Archive.open(own_store) as archive:
        plain = {hit.passage.id: hit for hit in archive.search(QUERY)}
    with Archive.open(own_store, reranker=Shortest()) as archive:
        hits = archive.search(QUERY)
    expected = sorted((1 / (1 + len(shown(hit.passage))) for hit in hits), reverse=True)
    assert [hit.score for hit in hits] == pytest.approx(expected)
    assert [(hit.dense, hit.bm25) for hit in hits] == [
        pytest.approx((plain[hit.passage.id].dense, plain[hit.passage.id].bm25)) for hit in hits
    ]


def test_no_more_than_the_best_hits_are_read_again(own_store: Path):
    reranker = Shortest()
    with Archive.open(own_store, reranker=reranker) as archive:
        reranker.read.clear()
        archive.search(QUERY, limit=1)
    ((question, texts),) = reranker.read
    assert question == QUERY
    assert 1 < len(texts) <= RERANKED


def test_a_search_without_hits_asks_the_reranker_nothing(own_store: Path):
    reranker = Shortest()
    with Archive.open(own_store, reranker=reranker) as archive:
        reranker.read.clear()
        assert archive.search(QUERY, outlet="nowhere") == []
    assert reranker.read == []


def test_the_reranker_reads_title_and_heading_once_before_the_text():
    article = ArticleRef("a", "Les deux ponts", PublicationDate(), "ponts.txt")
    under = Passage("p", "article", "Le pont Sud est étroit.", "a", 0, 23, article, section="Au sud")
    again = Passage("q", "article", "Les deux ponts sont ouverts.", "a", 0, 28, article)
    assert shown(under) == "Les deux ponts\nAu sud\nLe pont Sud est étroit."
    assert shown(again) == "Les deux ponts sont ouverts."


def test_a_cross_encoder_scores_between_nothing_and_one_and_the_same_every_time(model: Path):
    texts = ["le pont nord a coute 1 million", "la commune", "", "le maire \ud800"]
    first = load_reranker(str(model)).scores("pont nord ?", texts)
    again = load_reranker(str(model)).scores("pont nord ?", texts[:2])
    assert first.shape == (4,) and first.dtype == np.float32
    assert ((first > 0) & (first < 1)).all() and len(set(first.tolist())) > 2
    assert again == pytest.approx(first[:2], abs=1e-5)


def test_a_text_longer_than_the_model_reads_is_cut_and_none_is_no_score(model: Path):
    reranker = load_reranker(str(model))
    assert reranker.scores("pont ?", ["le pont " * 500]).shape == (1,)
    assert reranker.scores("pont ?", []).shape == (0,)


def test_threads_share_one_cross_encoder(model: Path):
    reranker = load_reranker(str(model))
    texts = ["le pont nord", "la commune a coute", "le maire"]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: reranker.scores("pont ?", texts), range(12)))
    assert all(scores == pytest.approx(found[0], abs=1e-6) for scores in found)


@pytest.mark.parametrize("way", ["argument", "setting"])
def test_an_archive_takes_a_cross_encoder_by_name(own_store: Path, model: Path, way: str):
    given = {"reranker": str(model)} if way == "argument" else {"settings": load_settings(reranker=str(model))}
    with Archive.open(own_store, **given) as archive:
        hits = archive.search(QUERY)
    expected = load_reranker(str(model)).scores(QUERY, [shown(hit.passage) for hit in hits])
    assert len(hits) > 1
    assert [hit.score for hit in hits] == pytest.approx(expected.tolist(), abs=1e-5)


def test_naming_a_reranker_imports_no_model_library(model: Path):
    code = (
        "import sys; from rag.rerank import load_reranker; load_reranker(sys.argv[1]); "
        "assert not {'torch', 'sentence_transformers', 'transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(model)], check=True)


def test_a_folder_that_is_not_there_is_an_error_that_says_what_to_do():
    with pytest.raises(RerankerError, match=r"no model folder \./gone; give a folder or a hub name"):
        load_reranker("./gone")


@pytest.mark.parametrize("config", [None, "{", "[]", '{"architectures": null}'])
def test_a_folder_without_a_cross_encoder_is_an_error(tmp_path: Path, config: str | None):
    if config is not None:
        (tmp_path / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(RerankerError, match="holds no cross-encoder"):
        load_reranker(str(tmp_path))


def test_an_embedding_model_is_refused_and_not_given_a_random_head(tmp_path: Path):
    with pytest.raises(RerankerError, match="holds no cross-encoder"):
        load_reranker(str(make_model(tmp_path / "bert", head=False)))


def test_a_model_with_several_scores_for_a_pair_is_an_error(tmp_path: Path):
    with pytest.raises(RerankerError, match="gave something that is not a score"):
        load_reranker(str(make_model(tmp_path / "nli", labels=3))).scores("pont ?", ["le pont"])


def test_a_broken_model_is_an_error_at_the_first_score(tmp_path: Path):
    folder = make_model(tmp_path / "broken")
    (folder / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(RerankerError, match="check that the folder is whole"):
        load_reranker(str(folder)).scores("pont ?", ["le pont"])


def test_a_hub_reranker_that_cannot_be_had_is_an_error_at_once(tmp_path: Path):
    code = (
        "from rag.errors import RerankerError\nfrom rag.rerank import load_reranker\n"
        "try:\n    load_reranker('no-such-reranker')\nexcept RerankerError as error:\n    print(error)"
    )
    environment = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.startswith("cannot get the reranker no-such-reranker from the Hugging Face hub (")
    assert "leave the reranker out" in done.stdout


def test_an_archive_says_at_opening_that_its_reranker_is_missing(own_store: Path):
    with pytest.raises(RerankerError, match="no model folder"):
        Archive.open(own_store, reranker="./gone")


def test_the_bundled_reader_prefers_the_text_that_answers() -> None:
    texts = ["Le pont Sud a rouvert en mars.", "Le pont Nord a coûté douze millions d'euros à la commune."]
    scores = load_reranker("bundled").scores(QUERY, texts)
    assert scores.shape == (2,) and 0 <= scores[0] < scores[1] <= 1
