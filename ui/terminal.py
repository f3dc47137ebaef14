"""Lines in a terminal: wrapped and styled there, whole and plain in a pipe.

Text from the archive is shown without control characters and is never taken for markup. It knows nothing of what is
shown; `ui.show_answer` and `ui.show_archive` know that.
"""

from __future__ import annotations

import re
import sys
import textwrap
from typing import Final

from rich.console import Console
from rich.text import Text

# Control characters, C1 included, and the marks that reorder a line: a corpus text may not drive the terminal.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS: Final = re.compile("[ \t\n]+")
_WIDEST: Final = 100  # columns of running text; longer lines tire the eye


def printable(text: str) -> str:
    """`text` without the characters that would act on a terminal; line feeds and tabs stay."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))


class Page:
    """Lines to stdout, wrapped on a terminal and left whole in a pipe."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._width = min(self._console.width, _WIDEST) if self._console.is_terminal else None

    def line(self, *parts: str | tuple[str, str]) -> None:
        """One line of plain or (text, style) parts."""
        text = Text()
        for part in parts:
            words, style = part if isinstance(part, tuple) else (part, "")
            text.append(printable(words), style=style)
        self._console.print(text)

    def paragraph(self, words: str, indent: int = 0, style: str = "") -> None:
        """Running text; its lines become one. Spaces that hold words together, as in « oui », keep doing so."""
        text, margin = _BREAKS.sub(" ", printable(words)).strip(), " " * indent
        if self._width:
            text = textwrap.fill(text, self._width, initial_indent=margin, subsequent_indent=margin)
        else:
            text = margin + text
        self._console.print(Text(text, style=style))

    def text(self, words: str, indent: int = 0) -> None:
        """Text with its own lines."""
        for line in printable(words).split("\n"):
            if line.strip():
                self.paragraph(line, indent)

    def rows(self, rows: dict[str, str]) -> None:
        """Names and values, a line each."""
        width = max(map(len, rows), default=0) + 2
        for name, value in rows.items():
            self.line((f"{name:<{width}}", "bold"), value)
