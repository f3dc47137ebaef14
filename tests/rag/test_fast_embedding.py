"""The fast path of BERT models: the vectors of sentence-transformers, of each text alone, without its libraries."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rag.embedding import BUNDLED_MODEL, Embedder, OnnxEmbedder, SentenceTransformerEmbedder, load_embedder
from rag.errors import EmbedderError
from rag.onnx_model import can_run
from tests.rag.test_embedding import run, save_model

SENTENCES = (
    "Le maire de Brévannes-sur-Lie a reçu lundi l'ambassadrice pour un entretien de quarante minutes.",
    "The mayor received the ambassador on Monday; the talks lasted forty minutes.",
    "Selon le ministère, 12 400 personnes ont manifesté samedi dans trente-deux villes du pays.",
    "Central banks kept interest rates unchanged for the third month in a row, as analysts had expected.",
    "« Nous ne céderons rien », a répété la porte-parole du syndicat à la sortie de la réunion.",
    "Who signed the agreement, and when?",
    "Quand le pont Nord a-t-il été inauguré, et combien a-t-il coûté ?",
    "L'équipe a perdu 3-1 à domicile malgré un but à la 89e minute.",
)
WORDS = (
    "pont ambassadeur grève inondation taux Kremlin 2024 the mayor anticonstitutionnellement pas ne xylophone".split()
)
# What the fast path may differ by, as cosines.
MEAN, WORST = 0.99, 0.97


@pytest.fixture(scope="module")
def fast() -> Embedder:
    return load_embedder("bundled")


@pytest.fixture(scope="module")
def plain() -> Embedder:
    return load_embedder("bundled", plain=True)


def test_the_bundled_model_runs_by_the_fast_path_unless_asked_otherwise(fast: Embedder, plain: Embedder) -> None:
    assert isinstance(fast, OnnxEmbedder)
    assert isinstance(plain, SentenceTransformerEmbedder)


def test_a_store_made_by_one_opens_with_the_other(fast: Embedder, plain: Embedder) -> None:
    assert (fast.name, fast.dimension) == (plain.name, plain.dimension)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(SENTENCES, id="sentences"),
        pytest.param(WORDS, id="words"),
        pytest.param([" ".join(SENTENCES[at:] + SENTENCES[:at]) for at in range(8)], id="passages"),
        pytest.param([sentence * 30 for sentence in SENTENCES], id="longer than the model reads"),
        pytest.param(["", " ", "😀", "\ud800", "\x00", "ﬁn", "e\u0301te\u0301", "日本"], id="odd texts"),
    ],
)
def test_vectors_are_those_of_sentence_transformers(fast: Embedder, plain: Embedder, texts: list[str]) -> None:
    cosines = (fast.embed_passages(texts) * plain.embed_passages(texts)).sum(axis=1)
    assert cosines.mean() >= MEAN
    assert cosines.min() >= WORST


def test_a_vector_depends_on_its_own_text_alone(fast: Embedder) -> None:
    texts = [*SENTENCES, *WORDS, *(" ".join(WORDS[:count]) for count in range(1, 13)), *SENTENCES]
    together = fast.embed_passages(texts)
    alone = np.concatenate([fast.embed_passages([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-5)


def test_the_same_texts_have_the_same_vectors_to_the_last_bit(fast: Embedder) -> None:
    texts = [*SENTENCES, *WORDS]
    assert (fast.embed_passages(texts) == fast.embed_passages(texts)).all()


def test_a_model_loaded_again_gives_the_same_vectors(fast: Embedder) -> None:
    assert (load_embedder("bundled").embed_queries(SENTENCES) == fast.embed_queries(SENTENCES)).all()


def test_rows_are_in_the_order_of_the_texts(fast: Embedder) -> None:
    texts = ["grève", SENTENCES[0] * 3, "taux d'intérêt", SENTENCES[1], "grève"]
    assert np.allclose(fast.embed_passages(texts), fast.embed_passages(texts[::-1])[::-1], atol=1e-5)


def test_sixteen_threads_at_once_get_what_one_gets(fast: Embedder) -> None:
    texts = [sentence * count for sentence in SENTENCES for count in (1, 2)]
    expected = [fast.embed_queries([text]) for text in texts]
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda text: fast.embed_queries([text]), texts))
    assert all((one == other).all() for one, other in zip(found, expected, strict=True))


def test_the_libraries_of_the_plain_path_are_not_imported() -> None:
    found = run("""
        import sys
        from rag.embedding import load_embedder
        load_embedder("bundled").embed_queries(["Qui a signé ?"])
        print([name for name in ("torch", "transformers", "sentence_transformers") if name in sys.modules])
    """)
    assert found == {"out": "[]", "err": ""}


def test_nothing_is_written_anywhere(tmp_path: Path) -> None:
    run("from rag.embedding import load_embedder; load_embedder('bundled').embed_queries(['a'])", HOME=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_model_of_float32_weights_and_any_size_runs_too(tmp_path: Path) -> None:
    folder = save_model(tmp_path / "tiny-model")
    found, expected = load_embedder(str(folder)), load_embedder(str(folder), plain=True)
    assert isinstance(found, OnnxEmbedder)
    cosines = (found.embed_queries(["le monde", "texte a b"]) * expected.embed_queries(["le monde", "texte a b"])).sum(
        1
    )
    assert cosines.min() >= WORST


def test_another_device_is_left_to_sentence_transformers(tmp_path: Path) -> None:
    folder = str(save_model(tmp_path / "tiny-model"))
    assert isinstance(load_embedder(folder, device="cpu"), OnnxEmbedder)
    with pytest.raises(EmbedderError, match="no-such-device"):
        load_embedder(folder, device="no-such-device")


def changed(file: str, **values: object) -> Callable[[Path], None]:
    """A change of some values of a JSON file in a model's folder."""

    def change(folder: Path) -> None:
        content = json.loads((folder / file).read_text(encoding="utf-8"))
        (folder / file).write_text(json.dumps(content | values), encoding="utf-8")

    return change


def without_weights(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "other.safetensors")


def with_a_further_module(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    modules.insert(2, {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"})
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(changed("config.json", model_type="roberta"), id="another architecture"),
        pytest.param(changed("config.json", hidden_act="relu"), id="another activation"),
        pytest.param(changed("config.json", position_embedding_type="relative_key"), id="other positions"),
        pytest.param(changed("config.json", is_decoder=True), id="a decoder"),
        pytest.param(changed("1_Pooling/config.json", pooling_mode="cls"), id="another pooling"),
        pytest.param(changed("1_Pooling/config.json", include_prompt=False), id="pooling without the prompt"),
        pytest.param(changed("tokenizer.json", model={"type": "Unigram"}), id="another tokenizer"),
        pytest.param(changed("tokenizer_config.json", do_lower_case="unsure"), id="tokenizer files that disagree"),
        pytest.param(with_a_further_module, id="a further module"),
        pytest.param(without_weights, id="weights elsewhere"),
    ],
)
def test_any_other_model_is_left_to_sentence_transformers(tmp_path: Path, change: Callable[[Path], None]) -> None:
    folder = save_model(tmp_path / "tiny-model")
    assert can_run(folder)
    change(folder)
    assert not can_run(folder)


def test_a_damaged_model_is_an_error_of_ours(tmp_path: Path) -> None:
    folder = save_model(tmp_path / "tiny-model")
    changed("config.json", num_hidden_layers=7)(folder)
    with pytest.raises(EmbedderError, match="cannot load the embedding model"):
        load_embedder(str(folder))


def test_a_copy_of_the_bundled_model_under_another_name_gives_its_vectors(tmp_path: Path, fast: Embedder) -> None:
    source = Path(__file__).parents[2] / "rag" / "models" / BUNDLED_MODEL
    shutil.copytree(source, tmp_path / "copy", copy_function=lambda here, there: Path(there).symlink_to(here))
    copy = load_embedder(str(tmp_path / "copy"))
    assert copy.name.rsplit("@", 1)[1] == fast.name.rsplit("@", 1)[1]
    assert (copy.embed_queries(SENTENCES) == fast.embed_queries(SENTENCES)).all()
