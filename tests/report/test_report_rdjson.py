"""The Reviewdog Diagnostic Format: columns in bytes of UTF-8, fixes as suggestions."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from components import program
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import RULE, finding, random_reports, report

from edlint.model.finding import Edit, Finding, Fix, Level, Related
from edlint.model.report import Report
from edlint.report import render
from edlint.text.span import Span


def diagnostics(made: Report) -> list[dict[str, Any]]:
    whole = json.loads(render(made, "rdjson"))
    lines = [json.loads(line) for line in render(made, "rdjsonl").splitlines()]
    assert lines == [{"source": whole["source"], **diagnostic} for diagnostic in whole["diagnostics"]]
    found: list[dict[str, Any]] = whole["diagnostics"]
    return found


def test_a_diagnostic() -> None:
    text = "😀é a\nünd b"
    fixes = (Fix("two places", (Edit(Span(7, 8), "B"), Edit(Span(3, 4), "A")), "safe"), Fix("no edits", (), "display"))
    found = finding(text, "b", fixes=fixes, related=(Related(Span(0, 1), "first"),))
    given = report(text, found, path="./a.md", faults=("slow",))._replace(rules={"Claims.Unsourced": RULE._replace(link="https://x.y")})
    fault, shown = diagnostics(given)
    assert fault == {"message": "slow", "location": {"path": "a.md"}, "severity": "ERROR"}
    assert shown == {
        "message": "No source: 'b'",
        "location": {"path": "a.md", "range": {"start": {"line": 2, "column": 6}, "end": {"line": 2, "column": 7}}},
        "severity": "ERROR",
        "code": {"value": "Claims.Unsourced", "url": "https://x.y"},
        "suggestions": [{"range": {"start": {"line": 1, "column": 8}, "end": {"line": 2, "column": 5}}, "text": "A\nünB"}],
        "related_locations": [
            {
                "message": "first",
                "location": {"path": "a.md", "range": {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 5}}},
            }
        ],
    }


@given(st.text(st.sampled_from("aé漢😀 \n"), max_size=12).map(lambda text: text * 900), st.data())
def test_columns_count_bytes(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 9)))
    (shown,) = diagnostics(report(text, Finding("A.b", Level.ERROR, "m", Span(start, end))))
    place = shown["location"]["range"]
    assert place["start"] == {"line": text.count("\n", 0, start) + 1, "column": len(text[:start].rpartition("\n")[2].encode()) + 1}
    if "\n" not in text[start:end]:
        line = text.split("\n")[place["start"]["line"] - 1].encode()
        assert line[place["start"]["column"] - 1 : place["end"]["column"] - 1].decode() == text[start:end]


@settings(max_examples=5, deadline=None)
@given(random_reports())
def test_reviewdog_reads_it(made: Report) -> None:
    for name in ("rdjson", "rdjsonl", "checkstyle", "sarif"):
        command = [program("reviewdog"), f"-f={name}", "-reporter=local", "-filter-mode=nofilter", "-diff=true"]
        ran = subprocess.run(command, input=render(made, name).encode(), capture_output=True, check=False, timeout=30)
        assert ran.returncode == 0, ran.stderr
