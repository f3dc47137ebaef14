"""The command line's reference, written from its own definitions: `python -m ui.reference` prints docs/cli.md.

It knows how typer describes a command; it knows nothing of what the commands do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main

from ui.cli import app

HEAD = """# The command line

Written by `make docs` from the commands themselves; a test keeps it true.

Exit codes: 0 done; 1 a failure, or an abstention under `--strict`; 2 a request that cannot be understood. Results go to
stdout, progress and errors to stderr, an error in one line. `--json` prints one JSON object and nothing else.
"""


def _walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    yield name, command
    for child, sub in getattr(command, "commands", {}).items():
        yield from _walk(sub, f"{name} {child}")


def commands() -> dict[str, set[str]]:
    """Every command by its full name, `gazette` first, with the flags that it knows."""
    root = typer.main.get_command(app)
    return {
        name: {flag for parameter in command.params for flag in parameter.opts if flag.startswith("-")}
        for name, command in _walk(root, "gazette")
    }


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def _table(command: Any, name: str) -> str:
    context = command.make_context(name, [], resilient_parsing=True)
    records = [parameter.get_help_record(context) for parameter in command.params]
    rows = [f"| `{_cell(flags)}` | {_cell(text)} |" for flags, text in filter(None, records)]
    return "\n".join(["| | |", "|---|---|", *rows, ""]) if rows else ""


def markdown() -> str:
    """The whole reference."""
    parts = [HEAD]
    for name, command in _walk(typer.main.get_command(app), "gazette"):
        arguments = [one.metavar for one in command.params if one.param_type_name == "argument"]
        parts += [f"## `{' '.join([name, *arguments])}`\n", f"{(command.help or '').strip()}\n", _table(command, name)]
    return "\n".join(part for part in parts if part)


if __name__ == "__main__":
    print(markdown(), end="")
