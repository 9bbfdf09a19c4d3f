"""GitLab's Code Quality report."""

from __future__ import annotations

import json

from hypothesis import given, settings
from reports import finding, random_reports, report

from edlint.model.finding import Level
from edlint.model.report import Report
from edlint.report import render


def test_issues() -> None:
    text = "one\ntwo\nthree"
    given = report(text, finding(text, "two\nthree"), finding(text, "one", Level.WARNING), faults=("A.b: slow",), path="./drafts/a.md")
    fault, error, warning = json.loads(render(given, "gitlab"))
    assert error == {
        "description": "No source: 'two\nthree'",
        "check_name": "Claims.Unsourced",
        "fingerprint": error["fingerprint"],
        "severity": "major",
        "location": {"path": "drafts/a.md", "lines": {"begin": 2, "end": 3}},
    }
    assert warning["severity"] == "minor"
    assert (fault["severity"], fault["location"]["lines"], fault["check_name"]) == ("blocker", {"begin": 1}, "edlint")


def test_a_fingerprint_stays_when_the_finding_moves() -> None:
    prints = [json.loads(render(report(text, finding(text, "two")), "gitlab"))[0]["fingerprint"] for text in ("two", "one\n\ntwo")]
    assert prints[0] == prints[1]
    assert prints[0] != json.loads(render(report("two", finding("two", "two"), path="other.md"), "gitlab"))[0]["fingerprint"]


@settings(max_examples=40)
@given(random_reports())
def test_fingerprints_are_unique(made: Report) -> None:
    prints = [issue["fingerprint"] for issue in json.loads(render(made, "gitlab"))]
    assert len(set(prints)) == len(prints)
