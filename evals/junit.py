"""A recorded run as JUnit XML: one test case an item, so that every CI shows which question failed and why.

An item that did not pass is a failure, one that ended in an error is an error; none is skipped. Where a gate ruled on
the run, its bounds and comparisons are a second suite.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from evals.gate import Ruling
from evals.recording import Recorded, Recording
from evals.tables import cell

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def junit(recording: Recording, ruling: Ruling | None = None) -> str:
    """The XML document."""
    whole = Element("testsuites")
    whole.append(_items(recording))
    if ruling:
        whole.append(_gate(ruling))
    indent(whole)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(whole, encoding="unicode") + "\n"


def _items(recording: Recording) -> Element:
    errors = sum(item.stage == "failure" for item in recording.failed)
    suite = Element(
        "testsuite",
        name=clean(f"gazette eval {recording.dataset}"),
        tests=str(len(recording.items)),
        failures=str(len(recording.failed) - errors),
        errors=str(errors),
        skipped="0",
        time=f"{sum(item.seconds for item in recording.items):.3f}",
    )
    properties = SubElement(suite, "properties")
    for name, value in (
        ("dataset", recording.digest),
        ("judge", recording.judge),
        ("embedder", recording.embedder),
        ("llm", recording.llm or "none"),
    ):
        SubElement(properties, "property", name=name, value=clean(value))
    for item in recording.items:
        _case(suite, item, recording.path)
    return suite


def _gate(ruling: Ruling) -> Element:
    """The floors, and the comparisons with the baseline."""
    found = [
        (check.bound.name, None if check.passed else f"measured {cell(check.ratio)}, bound {check.bound.told}")
        for check in ruling.checks
    ]
    found += [
        (f"{one.name} against the baseline", f"fell by {-one.difference:.1%}" if one.verdict == "regression" else None)
        for one in ruling.comparisons
    ]
    failures = sum(told is not None for _, told in found)
    suite = Element("testsuite", name="gazette eval gate", tests=str(len(found)), failures=str(failures), errors="0")
    for name, told in found:
        case = SubElement(suite, "testcase", classname="gate", name=name)
        if told is not None:
            SubElement(case, "failure", message=told, type="gate")
    return suite


def _case(suite: Element, item: Recorded, path: str) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=clean(f"{item.part}.{item.category}"),
        name=clean(item.id),
        file=clean(path),
        line=str(item.line),
        time=f"{item.seconds:.3f}",
    )
    if item.passed:
        return
    kind = "error" if item.stage == "failure" else "failure"
    first = item.reasons[0] if item.reasons else "did not pass"
    told = SubElement(case, kind, message=clean(f"{item.stage}: {first}"), type=clean(item.stage or "unknown"))
    told.text = clean("\n".join((f"question: {item.question}", f"answered: {item.row['said']}", *item.reasons)))


def clean(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
