"""What the first answer of a fresh process costs, and what the ones after it cost.

    python examples/cold_start.py --store .gazette/demo

Prints seconds: importing, opening the store and the model, the first question, and the median of the questions after
it. Expects a store that has been indexed.
"""

from __future__ import annotations

import argparse
import statistics
import time

QUESTIONS = (
    "When did Macron last call Putin?",
    "Quand Macron a-t-il parlé à Poutine pour la dernière fois ?",
    "Which nuclear plant was discussed in September 2022?",
    "Que pensent les lecteurs de la position de Trump ?",
    "When did Macron last call Xi Jinping?",
    "Combien de temps a duré l'appel entre Trump et Poutine ?",
)


def main() -> None:
    """Time each step and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    store = parser.parse_args().store

    started = time.perf_counter()
    from rag import Archive

    imported = time.perf_counter()
    with Archive.open(store) as archive:
        opened = time.perf_counter()
        archive.ask(QUESTIONS[0])
        answered = time.perf_counter()
        times = []
        for question in QUESTIONS * 3:
            start = time.perf_counter()
            archive.ask(question)
            times.append(time.perf_counter() - start)
    print(f"import           {imported - started:6.2f} s")
    print(f"open             {opened - imported:6.2f} s")
    print(f"first question   {answered - opened:6.2f} s")
    print(f"each one after   {statistics.median(times):6.3f} s (median of {len(times)}, slowest {max(times):.3f} s)")


if __name__ == "__main__":
    main()
