"""Ask an archive from Python.

    python examples/ask.py .gazette/demo "When did Macron last call Putin?"

Prints the answer and, for each citation, where its quote stands. Expects a store that has been indexed.
"""

from __future__ import annotations

import sys

from rag import Archive


def main(store: str, question: str) -> None:
    """Ask one question and print the answer with its sources."""
    with Archive.open(store) as archive:
        answer = archive.ask(question)
        print(answer.short or answer.text)
        for citation in answer.citations:
            article = citation.article
            print(f"- {article.title} ({article.published.value}), {citation.start}-{citation.end}: {citation.quote}")
            assert archive.text_of(citation)[citation.start : citation.end] == citation.quote


if __name__ == "__main__":
    main(*sys.argv[1:])
