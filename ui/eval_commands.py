"""`gazette eval`: the golden questions, measured and held against their floors. Knows how to call `evals`, no more."""

from __future__ import annotations

import typer

app = typer.Typer(help="Measure the answers on the golden questions.", no_args_is_help=True)
