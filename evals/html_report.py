"""A recorded run as one HTML page: the figures, and every failure grouped by stage, its claims beside their sources.

The page stands alone: no script, no address, no font from elsewhere. Everything that comes from questions, articles,
comments and models is escaped; nothing of it can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from html import escape
from typing import Any, Final

from evals.gate import Ruling
from evals.matching import fold
from evals.measures import BY_NAME, MEASURES
from evals.recording import Recorded, Recording
from evals.stages import STAGES
from evals.tables import cell, interval_of, sights

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8886; --bad: #c62828; --good: #2e7d32; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.bad { color: var(--bad); font-weight: 600; } .good { color: var(--good); }
section.item { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; margin: 1rem 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; border-top: 1px solid var(--line); padding: .5rem 0; }
.pair p { margin: .2rem 0; overflow-wrap: anywhere; } .about { opacity: .75; font-size: .9em; }
mark { background: #ffd54f; color: #000; padding: 0 .1em; border-radius: .2em; }
@media (max-width: 45rem) { .pair { grid-template-columns: 1fr; } }
"""
_VERDICT: Final = {"supported": "good", "contradicted": "bad", "not found": "bad", "undecided": "bad"}


def html_report(recording: Recording, ruling: Ruling | None = None) -> str:
    """The page."""
    title = f"{recording.dataset}: {len(recording.items)} questions"
    stages = [_stage(stage, [item for item in recording.failed if item.stage == stage]) for stage in STAGES]
    passed = [item for item in recording.items if item.passed]
    body = "\n".join(
        (
            f"<h1>{escape(title)}</h1>",
            _about(recording),
            _ruling(ruling),
            _measures(recording, ruling),
            "<h2>What the set can see</h2>",
            _list(sights(recording)),
            *stages,
            f"<details><summary>Passed ({len(passed)})</summary>{_list(_named(item) for item in passed)}</details>",
        )
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _about(recording: Recording) -> str:
    facts = {
        "part": recording.part,
        "dataset": recording.digest,
        "judge": recording.judge,
        "embedding model": recording.embedder,
        "language model": recording.llm or "none",
        "archive": recording.archive_digest,
    }
    told = "; ".join(f"{name} {value}" for name, value in facts.items())
    return f'<p class="about">{escape(told)}</p>'


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _named(item: Recorded) -> str:
    return f"{item.id}: {item.question}"


def _ruling(ruling: Ruling | None) -> str:
    if ruling is None:
        return ""
    said = [f"below its floor: {name}" for name in ruling.broken]
    said += [f"regression against the baseline: {name}" for name in ruling.regressions]
    verdict = _list(said) if said else '<p class="good">Every floor holds.</p>'
    return f"<h2>The gate</h2>{verdict}{_list(ruling.notes) if ruling.notes else ''}"


def _measures(recording: Recording, ruling: Ruling | None) -> str:
    bounds = {check.bound.name: check for check in ruling.checks} if ruling else {}
    rows = []
    for measure in MEASURES:
        check = bounds.get(measure.name)
        bound = check.bound.told if check else ""
        style = "" if check is None or check.passed else ' class="bad"'
        rows.append(
            f'<tr{style}><td title="{escape(f"{measure.meaning}. {measure.source}")}">{escape(measure.name)}</td>'
            f'<td class="number">{escape(cell(recording.measure(measure.name)))}</td>'
            f'<td class="number">{escape(interval_of(recording.whole["measures"][measure.name]))}</td>'
            f'<td class="number">{escape(bound)}</td><td>{escape(BY_NAME[measure.name].meaning)}</td></tr>'
        )
    head = "<tr><th>measure</th><th>value</th><th>95 %</th><th>bound</th><th>counts</th></tr>"
    return f"<h2>Measures</h2><table>{head}{''.join(rows)}</table>"


def _stage(stage: str, items: list[Recorded]) -> str:
    if not items:
        return ""
    return f"<h2>Lost in {escape(stage)} ({len(items)})</h2>" + "".join(map(_item, items))


def _item(item: Recorded) -> str:
    row = item.row
    facts = f"line {item.line}, {item.language}, {item.category}, {item.kind}, event {item.event}"
    history = "".join(f"<p>before: {escape(str(asked))}</p>" for asked in row.get("history", ()))
    wanted = "; ".join(map(str, row.get("accepted", ()))) or "an abstention"
    return (
        f'<section class="item" id="{escape(item.id)}"><h3>{escape(item.id)}</h3><p class="about">{escape(facts)}</p>'
        f"{history}<p><strong>{escape(item.question)}</strong></p><p>answered: {escape(str(row.get('said', '')))}</p>"
        f'<p>wanted: {escape(wanted)}</p><div class="bad">{_list(item.reasons)}</div>'
        f"{_gold(row)}{''.join(map(_claim, row.get('claims', ())))}</section>"
    )


def _gold(row: Mapping[str, Any]) -> str:
    if not row.get("gold"):
        return ""
    return f'<p class="about">gold: {escape(", ".join(map(str, row["gold"])))}: {escape(str(row.get("quote", "")))}</p>'


def _claim(claim: Mapping[str, Any]) -> str:
    verdict = str(claim["whole"])
    sources = "".join(
        f'<p>{marked(str(source["text"]), str(claim["text"]))}</p><p class="about">{escape(str(source["about"]))}</p>'
        for source in claim["sources"]
    )
    text = marked(str(claim["text"]), " ".join(str(source["text"]) for source in claim["sources"]))
    return (
        f'<div class="pair"><div><p>{text}</p><p class="{_VERDICT.get(verdict, "bad")}">{escape(verdict)}: '
        f"{escape(str(claim['reason']))}</p></div><div>{sources or '<p>cites nothing</p>'}</div></div>"
    )


def marked(text: str, other: str) -> str:
    """A text, escaped, with the words marked that the other does not hold at that place of their common order."""
    words, others = text.split(), [_bare(word) for word in other.split()]
    matcher = SequenceMatcher(None, [_bare(word) for word in words], others, autojunk=False)
    drawn = []
    for tag, start, end, _, _ in matcher.get_opcodes():
        piece = escape(" ".join(words[start:end]))
        if piece:
            drawn.append(piece if tag == "equal" else f"<mark>{piece}</mark>")
    return " ".join(drawn)


def _bare(word: str) -> str:
    return fold(word).strip(".,;:!?()[]«»\"'“”") or word
