"""Embedding models: unit vectors, prompts, fingerprints, and what a model that cannot be had is answered with."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.embedding import BUNDLED_MODEL, Embedder, Prompts, digest, load_embedder, prompts_by_name
from rag.errors import EmbedderError

WORDS = "bonjour le monde query passage question texte a b c d e : ##s ##e".split()


def save_model(folder: Path, **prompts: str) -> Path:
    """A model of 16 dimensions with random weights, the same on every call."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    raw = folder.parent / f"{folder.name}-raw"
    raw.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    (raw / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(7)
    size = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(vocabulary), max_position_embeddings=64, **size)).half().save_pretrained(raw)
    BertTokenizerFast(str(raw / "vocab.txt"), model_max_length=64).save_pretrained(raw)
    module = Transformer(str(raw))
    pooling = Pooling(module.get_embedding_dimension())
    SentenceTransformer(modules=[module, pooling], prompts=prompts or None, device="cpu").save(
        str(folder), create_model_card=False
    )
    shutil.rmtree(raw)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_model(tmp_path_factory.mktemp("models") / "tiny-model")


@pytest.fixture(scope="module", params=["fast", "plain"])
def embedder(request: pytest.FixtureRequest, folder: Path) -> Embedder:
    return load_embedder(str(folder), plain=request.param == "plain")


def test_vectors_are_float32_of_unit_length_one_row_a_text(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(["bonjour le monde", "texte", "bonjour " * 500])
    assert vectors.shape == (3, embedder.dimension) == (3, 16)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed_queries([]).shape == (0, 16)


@pytest.mark.parametrize("text", ["", "   ", "\n", "😀", "\ud800", "\x00"])
def test_any_text_has_a_vector(embedder: Embedder, text: str) -> None:
    assert np.isfinite(embedder.embed_passages([text, "bonjour"])).all()


def test_a_vector_does_not_depend_on_the_texts_beside_it(embedder: Embedder) -> None:
    texts = ["bonjour", "le monde " * 20, "a b c", "texte " * 7] * 20
    together = embedder.embed_passages(texts)
    alone = np.concatenate([embedder.embed_passages([text]) for text in texts[:4]])
    assert np.allclose(together[:4], alone, atol=1e-4)
    assert np.allclose(together[4:8], alone, atol=1e-4)


def test_threads_may_share_a_model(embedder: Embedder) -> None:
    texts = ["bonjour " * n for n in range(1, 17)]
    expected = embedder.embed_queries(texts)
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda text: embedder.embed_queries([text])[0], texts))
    assert np.allclose(np.stack(found), expected, atol=1e-4)


def test_a_model_s_own_prompts_are_put_in_front(tmp_path: Path, embedder: Embedder) -> None:
    prompted = load_embedder(str(save_model(tmp_path / "e5-tiny", query="question : ", document="texte : ")))
    assert np.allclose(prompted.embed_queries(["a b"]), embedder.embed_queries(["question : a b"]), atol=1e-4)
    assert np.allclose(prompted.embed_passages(["a b"]), embedder.embed_passages(["texte : a b"]), atol=1e-4)


def test_a_model_known_by_name_gets_the_prompts_of_its_card(tmp_path: Path, folder: Path, embedder: Embedder) -> None:
    named = tmp_path / "multilingual-e5-small"
    shutil.copytree(folder, named)
    found = load_embedder(str(named))
    assert np.allclose(found.embed_queries(["a b"]), embedder.embed_queries(["query: a b"]), atol=1e-4)
    assert np.allclose(found.embed_passages(["a b"]), embedder.embed_passages(["passage: a b"]), atol=1e-4)


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("multilingual-e5-base", "query: ", "passage: "),
        ("multilingual-e5-large-instruct", "Instruct: ", ""),
        ("bge-m3", "", ""),
        ("bge-small-en-v1.5", "Represent this sentence", ""),
        ("gte-multilingual-base", "", ""),
        ("embeddinggemma-300m", "task: search result | query: ", "title: none | text: "),
        ("Qwen3-Embedding-0.6B", "Instruct: ", ""),
        ("paraphrase-multilingual-MiniLM-L12-v2", "", ""),
        (BUNDLED_MODEL, "", ""),
    ],
)
def test_prompts_by_name(name: str, query: str, passage: str) -> None:
    found = prompts_by_name(name)
    assert found.query.startswith(query) and bool(found.query) == bool(query)
    assert found == Prompts(found.query, passage)


def test_the_fingerprint_names_the_model_and_not_where_it_lies(
    tmp_path: Path, folder: Path, embedder: Embedder
) -> None:
    elsewhere = tmp_path / "deep" / "tiny-model"
    shutil.copytree(folder, elsewhere)
    (elsewhere / "README.md").write_text("notes", encoding="utf-8")
    assert load_embedder(f"{elsewhere}/").name == embedder.name
    assert embedder.name.startswith("tiny-model@")


def test_the_fingerprint_tells_other_weights(tmp_path: Path, folder: Path) -> None:
    trained = tmp_path / "tiny-model"
    shutil.copytree(folder, trained)
    weights = trained / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 0xFF
    weights.write_bytes(content)
    assert digest(trained) != digest(folder)


def test_a_model_in_the_hub_s_cache_is_called_by_its_name(tmp_path: Path, folder: Path) -> None:
    cached = tmp_path / "models--org--some-model" / "snapshots" / "0123abcd"
    shutil.copytree(folder, cached)
    assert load_embedder(str(cached)).name.startswith("some-model@")


@pytest.mark.parametrize("name", ["/no/such/model", "./no-such-model", "~/no-such-model"])
def test_a_path_that_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(EmbedderError, match="there is no model folder"):
        load_embedder(name)


def test_a_folder_that_holds_no_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="holds no sentence-transformers model"):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize(
    ("damaged", "content"),
    [
        ("model.safetensors", b"\xff{"),
        ("tokenizer.json", b"\xff{"),
        ("tokenizer.json", b'{"version": "1.0"}'),
        ("config.json", b"{}"),
        ("modules.json", b"["),
    ],
)
def test_a_damaged_model_is_an_error_of_ours(tmp_path: Path, folder: Path, damaged: str, content: bytes) -> None:
    broken = tmp_path / "tiny-model"
    shutil.copytree(folder, broken)
    (broken / damaged).write_bytes(content)
    with pytest.raises(EmbedderError, match="cannot load the embedding model"):
        load_embedder(str(broken))


def run(program: str, *arguments: str, **environment: str) -> dict[str, Any]:
    """Run a program in a process of its own: an audit hook cannot be taken away again."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin", **environment},
    )
    return {"out": done.stdout.strip(), "err": done.stderr.strip()}


WATCHED = """
    import sys
    reached = []
    def watch(event, arguments):
        if event in ("socket.connect", "socket.getaddrinfo"):
            reached.append(event)
    sys.addaudithook(watch)
    from rag.embedding import load_embedder
    from rag.errors import EmbedderError
    try:
        load_embedder(sys.argv[1]).embed_queries(["bonjour"])
    except EmbedderError as error:
        print(error)
    print(sorted(set(reached)))
"""


def test_a_model_in_a_folder_is_loaded_silently_and_without_the_network(folder: Path, tmp_path: Path) -> None:
    found = run(WATCHED, str(folder), HOME=str(tmp_path))
    assert found == {"out": "[]", "err": ""}


def test_a_hub_model_that_cannot_be_had_is_an_error_at_once(tmp_path: Path) -> None:
    found = run(WATCHED, "no-such-owner/no-such-model", HOME=str(tmp_path), HF_HUB_OFFLINE="1")
    assert found["out"].startswith("cannot get the model no-such-owner/no-such-model")
    assert found["out"].endswith("[]")


def test_importing_the_seam_imports_no_model_library() -> None:
    found = run("import sys, rag.embedding; print([m for m in ('torch', 'sentence_transformers') if m in sys.modules])")
    assert found["out"] == "[]"


def test_the_bundled_model_is_there_and_knows_both_languages() -> None:
    bundled = load_embedder("bundled")
    assert bundled.name.startswith(f"{BUNDLED_MODEL}@")
    french, english, other = bundled.embed_queries(
        ["Le président a téléphoné au Kremlin.", "The president phoned the Kremlin.", "Recette de la tarte aux pommes."]
    )
    assert french @ english > french @ other
