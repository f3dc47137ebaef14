"""`gazette eval retrieval`: how well passages are found, by each list alone and by both. Knows how to call `evals`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from ui.eval_options import JsonFile
from ui.eval_output import console, has_stdout, invalid_ends_with_4, questions_bar, write_json
from ui.options import SETTINGS, Embedder


def retrieval(
    dataset: Annotated[
        Path,
        typer.Argument(
            metavar="DATASET", help="Golden questions (JSON Lines), or a JSON file in the form of SQuAD 1.1."
        ),
    ],
    also: Annotated[
        Path | None,
        typer.Option("--also", metavar="FILE", help="A second file in SQuAD's form, whose paragraphs are added."),
    ] = None,
    archive: Annotated[
        str | None,
        typer.Option(
            "--archive",
            "-a",
            metavar="FOLDER|STORE",
            help="Of golden questions: a folder of texts, which is indexed, or a store; by default the sample archive.",
        ),
    ] = None,
    as_json: JsonFile = None,
    embedder: Embedder = None,
    reranker: Annotated[
        str | None,
        typer.Option(
            "--reranker",
            metavar="MODEL",
            help="A sentence-transformers cross-encoder by name or path, measured as a fourth system.",
            rich_help_panel=SETTINGS,
        ),
    ] = None,
    dense_weight: Annotated[
        float | None, typer.Option(help="Weight of the cosine in a passage's score.", rich_help_panel=SETTINGS)
    ] = None,
    bm25_weight: Annotated[
        float | None, typer.Option(help="Weight of BM25 in a passage's score.", rich_help_panel=SETTINGS)
    ] = None,
    prefetch: Annotated[
        int | None, typer.Option(help="Candidates of each retriever before fusion.", rich_help_panel=SETTINGS)
    ] = None,
    rrf_k: Annotated[
        int | None,
        typer.Option(help="k of the reciprocal rank fusion that picks the candidates.", rich_help_panel=SETTINGS),
    ] = None,
    chunk_tokens: Annotated[
        int | None,
        typer.Option(help="Largest passage of an archive that is indexed, in tokens.", rich_help_panel=SETTINGS),
    ] = None,
) -> None:
    """Measure how well passages are found: by vectors, by words (BM25), by both, and by both with a reranker.

    Golden questions are judged by article, over an archive; questions in SQuAD's form by paragraph, over the file's own
    paragraphs. Questions without anything relevant are left out and counted. Intervals are 95 %, by events of golden
    questions and by articles of SQuAD's.
    """
    from evals.retrieval import prepared
    from rag.settings import load_settings
    from ui.show_archive import progress

    settings = load_settings(
        embedder=embedder,
        reranker=reranker,
        dense_weight=dense_weight,
        bm25_weight=bm25_weight,
        prefetch=prefetch,
        rrf_k=rrf_k,
        chunk_tokens=chunk_tokens,
    )
    with invalid_ends_with_4(), ExitStack() as stack:
        with progress() as indexing:
            found = stack.enter_context(prepared(dataset, settings, also=also, archive=archive, indexing=indexing))
        with questions_bar() as asking:
            report = found.run(asking)
    write_json(as_json, report.to_dict())
    if has_stdout(as_json):
        console().print(report.table())
        print(f"{report.embedder}; left out for want of anything relevant: {len(report.left_out)}")
