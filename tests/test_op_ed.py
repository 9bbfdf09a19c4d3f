"""The draft that started it: every fault at its place, and silence elsewhere. It belongs to its author, so it is not in this repository."""

from __future__ import annotations

import pytest
from components import shared

from edlint.linter import Linter
from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult


@pytest.fixture(scope="module")
def result() -> FileResult:
    return Linter().lint_file(shared("seeds/op-ed.txt"))


def lines(result: FileResult, finding: Finding) -> tuple[int, int]:
    assert result.source is not None
    return result.source.lines.position(finding.span.start).line, result.source.lines.last_line(finding.span)


def at(result: FileResult, pack: str) -> list[tuple[int, int]]:
    return [lines(result, f) for f in result.findings if f.rule.partition(".")[0] == pack and f.level > Level.SUGGESTION]


def test_it_is_read(result: FileResult) -> None:
    assert result.error == "" and result.faults == () and result.notices == ()


def test_captions_printed_twice_name_their_first_copy(result: FileResult) -> None:
    assert at(result, "Captions") == [(20, 20), (45, 45), (78, 78)]
    copies = [f for f in result.findings if f.rule.startswith("Captions.")]
    assert result.source is not None
    assert [result.source.lines.position(f.related[0].span.start).line for f in copies] == [19, 44, 77]
    assert all(f"line {line}" in f.message for f, line in zip(copies, (19, 44, 77), strict=True))


def test_the_widget_is_one_finding(result: FileResult) -> None:
    assert at(result, "Boilerplate") == [(90, 104)]


def test_the_headings_that_overclaim(result: FileResult) -> None:
    found = [(lines(result, f)[0], f.match.lower()) for f in result.findings if f.rule.startswith("Headlines.")]
    assert [line for line, _ in found] == [1, 22]
    assert "the only" in found[0][1] and "an only" in found[1][1]


def test_unsourced_claims(result: FileResult) -> None:
    flagged = {line for line, _ in at(result, "Claims")}
    assert {13, 17} <= flagged
    assert flagged.isdisjoint({36, 44, 45, 67, 73}), "these name their source"


def test_no_break_spaces_are_suggestions(result: FileResult) -> None:
    assert result.source is not None
    (found,) = (f for f in result.findings if f.rule.startswith("Paste.") and "\u00a0" in f.match)
    places = [found.span, *(related.span for related in found.related)]
    spans = {n: result.source.lines.line_span(n) for n in range(1, len(result.source.lines) + 1)}
    ends = [n for n, span in spans.items() if result.source.text[slice(*span)].endswith("\u00a0")]
    assert [result.source.lines.position(span.start).line for span in places] == ends
    assert len(ends) == 15
    assert found.level is Level.SUGGESTION


def test_no_name_is_called_a_slip(result: FileResult) -> None:
    names = {"ISIS", "ISIS-K", "Al", "Qaeda", "Milley", "Karzai", "Khorasan", "Haqqani", "Muhajir", "Kabul", "Taliban", "Shahab"}
    assert not [f for f in result.findings if f.rule.startswith("Grammar.") and set(f.match.split()) & names]
