"""The command `gazette`: reads the arguments, calls `rag`, `indexer` and `evals`, and ends with an exit code.

0: done. 1: a failure, or an abstention under --strict. 2: a request that cannot be understood. An error is one line on
stderr. Whatever takes time to import is imported by the command that needs it, so that `--help` answers at once. It
knows nothing of how an answer is found, and `ui.terminal` knows how one looks.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from rag.errors import GazetteError, UsageError
from ui import eval_commands
from ui.options import (
    Embedder,
    Json,
    KindOption,
    LanguageModel,
    LanguageOption,
    Now,
    Outlet,
    Since,
    Store,
    Until,
    filters,
)
from ui.timeline import timeline

if TYPE_CHECKING:
    from rag import Archive
    from rag.settings import Settings

app = typer.Typer(
    name="gazette",
    help="Ask an archive of news articles and their readers' comments, and get cited answers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(eval_commands.app, name="eval")
app.command()(timeline)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"gazette {version('gazette')}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Ask an archive of news articles and their readers' comments, and get cited answers."""
    del version


@app.command()
def index(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Folders and files to read (.txt .md .html .json .jsonl); - is stdin."),
    ],
    store: Store = None,
    as_json: Json = False,
    embedder: Embedder = None,
) -> None:
    """Read articles and their comments into the store. What has not changed since the last time costs nothing."""
    from indexer import index_archive
    from ui import show_archive

    settings = _settings(store=store, embedder=embedder)
    with show_archive.progress() as report_progress:
        report = index_archive(paths, settings.store, settings=settings, progress=report_progress)
    if as_json:
        _print_json(report.to_dict())
    else:
        show_archive.show_report(report)
    if not report.articles:
        raise GazetteError(f"nothing was indexed from {' '.join(paths)}; 'gazette inspect FILE' shows what is read")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question in French or English.")],
    store: Store = None,
    as_json: Json = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with exit code 1 when the archive has no answer.")
    ] = False,
    now: Now = None,
    kind: KindOption = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    language: LanguageOption = None,
    embedder: Embedder = None,
    llm: LanguageModel = None,
) -> None:
    """Answer a question, with a quote from the archive behind every sentence."""
    from ui.show_answer import show_answer

    where = filters(kind, since, until, outlet, language)
    with _open(_settings(store=store, embedder=embedder, llm=llm)) as archive:
        answer = archive.ask(question, now=now.last_day if now else None, **where)
    if as_json:
        _print_json(answer.to_dict())
    else:
        show_answer(answer)
    if strict and answer.abstained:
        raise typer.Exit(1)


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words or a question, in French or English.")],
    store: Store = None,
    as_json: Json = False,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, max=1000, help="Most passages to show.")
    ] = 10,
    kind: KindOption = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    language: LanguageOption = None,
    embedder: Embedder = None,
) -> None:
    """List the passages that fit best, with their scores."""
    from ui.show_answer import show_hits

    where = filters(kind, since, until, outlet, language)
    with _open(_settings(store=store, embedder=embedder)) as archive:
        hits = archive.search(query, limit=limit, **where)
    if as_json:
        _print_json({"query": query, "hits": [hit.to_dict() for hit in hits]})
    else:
        show_hits(hits)


@app.command()
def inspect(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of articles; - is stdin.")],
    as_json: Json = False,
) -> None:
    """Show how a file is read: title, date, sections, comments, and what is left out and why. Stores nothing.

    With --json, a file of several articles gives one object a line.
    """
    from ui import inspection
    from ui.show_archive import show_article

    found = inspection.inspect_file(file, largest=_settings().max_file_mb * 2**20)
    if as_json:
        for article in found.articles:
            _print_json(inspection.to_dict(article), indent=2 if len(found.articles) == 1 else None)
    else:
        for article in found.articles:
            show_article(article)
    for reason in found.rejected:
        _complain(reason)
    if not found.articles:
        raise typer.Exit(1)


@app.command()
def chat(
    store: Store = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port to listen on.")] = 7860,
    browser: Annotated[bool, typer.Option("--open", help="Open the page in the web browser, too.")] = False,
    embedder: Embedder = None,
    llm: LanguageModel = None,
) -> None:
    """Serve the web page on the archive, until interrupted."""
    with _open(_settings(store=store, embedder=embedder, llm=llm)) as archive:
        from ui.page import serve

        serve(archive, host=host, port=port, open_browser=browser)


@app.command()
def status(store: Store = None, as_json: Json = False, embedder: Embedder = None) -> None:
    """Say what the store holds: how many articles, comments and passages, from when, and by which model."""
    from ui.holdings import holdings
    from ui.show_archive import show_holdings

    with _open(_settings(store=store, embedder=embedder)) as archive:
        found = holdings(archive.store)
    if as_json:
        _print_json(found)
    else:
        show_holdings(found)


def _settings(**given: str | None) -> Settings:
    from rag.settings import load_settings

    return load_settings(**given)


def _open(settings: Settings) -> Archive:
    from rag import Archive

    return Archive.open(settings=settings)


def _print_json(value: dict[str, Any], indent: int | None = 2) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def _complain(message: str) -> None:
    from ui.terminal import printable

    print(f"gazette: {' '.join(printable(message).split())}", file=sys.stderr)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (by default the process's own) and return its exit code."""
    try:
        code = app(args=arguments, prog_name="gazette", standalone_mode=False)
        sys.stdout.flush()
    except GazetteError as error:
        _complain(str(error))
        return 2 if isinstance(error, UsageError) else 1
    except typer.TyperException as error:
        return _explain_usage(error)
    except BrokenPipeError:
        # The reader has gone. Python flushes stdout once more at exit, which must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return code if isinstance(code, int) else 0


def _explain_usage(error: typer.TyperException) -> int:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.exit_code
    hint = f" (see '{context.command_path} --help')" if context else ""
    _complain(f"{error.format_message()}{hint}")
    return error.exit_code


def main() -> NoReturn:
    """The entry point: the streams speak UTF-8 whatever the locale says, a lone surrogate comes out as its escape."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run())
