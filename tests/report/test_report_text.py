"""The report for people: what stops a piece comes first, and what stops none is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

import pytest

from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult, Report, ReportOptions
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.report import render
from edlint.report.terminal import width
from edlint.report.text import LONG
from edlint.text.span import Span

RULES = {name: Rule(name, "existence", why="Because.", instead="Cut it.") for name in ("P.A", "P.B")}
SUGGESTION, WARNING, ERROR = Level.SUGGESTION, Level.WARNING, Level.ERROR


def draft(levels: Iterable[Level], path: str = "a.txt", fail_on: Level | None = ERROR, rule: str = "P.A") -> FileResult:
    """A draft with a finding on each line."""
    wanted = list(levels)
    source = Source(path, "A wrong word.\n" * max(1, len(wanted)))
    found = tuple(Finding(rule, level, f"It is {level.word}.", Span(14 * n + 2, 14 * n + 7), "wrong") for n, level in enumerate(wanted))
    return FileResult(path, source, found, fail_on=fail_on)


def text(*files: FileResult, show: Level | None = None, **options: int) -> str:
    return render(Report(files, RULES), "text", ReportOptions(show=show, **options))  # type: ignore[arg-type]


def heads(said: str) -> list[tuple[str, str]]:
    """Line and level of each finding that is shown."""
    return re.findall(r"^ +(\d+):\d+ +(error|warning|suggestion) ", said, re.MULTILINE)


def test_errors_come_first_and_each_level_is_in_the_order_of_its_places() -> None:
    said = text(draft([WARNING, ERROR, WARNING, ERROR]))
    assert heads(said) == [("2", "error"), ("4", "error"), ("1", "warning"), ("3", "warning")]


def test_a_blank_line_stands_between_findings_and_none_inside() -> None:
    said = text(draft([ERROR, WARNING]))
    parts = [list(lines) for blank, lines in groupby(said.splitlines(), key=lambda line: not line) if not blank]
    assert [len(heads("\n".join(part))) for part in parts] == [1, 1, 0]


def test_suggestions_are_counted_unless_asked_for() -> None:
    both = draft([SUGGESTION, WARNING, SUGGESTION])
    said = text(both)
    assert heads(said) == [("2", "warning")]
    assert "1 warning, 2 suggestions in 1 file.\n2 suggestions are not shown; --show suggestions lists them.\n" in said
    shown = text(both, show=SUGGESTION)
    assert len(heads(shown)) == 3 and "not shown" not in shown
    assert heads(text(draft([ERROR, WARNING]), show=ERROR)) == [("1", "error")]
    assert "1 warning is not shown; --show warnings lists it.\n" in text(draft([ERROR, WARNING]), show=ERROR)


def test_a_draft_with_suggestions_alone_is_not_named() -> None:
    assert text(draft([SUGGESTION])).splitlines()[0] == "1 suggestion in 1 file."


def test_what_makes_a_draft_fail_is_shown_whatever_its_level() -> None:
    assert heads(text(draft([SUGGESTION, WARNING], fail_on=SUGGESTION))) == [("2", "warning"), ("1", "suggestion")]


def test_a_reason_is_given_once_a_rule_for_all_drafts() -> None:
    said = text(draft([ERROR], "a.txt"), draft([ERROR, WARNING], "b.txt"), draft([ERROR], "c.txt", rule="P.B"))
    assert said.count("why: Because.") == said.count("do:  Cut it.") == 2


def test_a_long_run_that_fails_shows_what_failed_and_counts_the_rest() -> None:
    drafts = [draft([WARNING] * 4 + ([ERROR] if n == 7 else []), f"{n}.txt") for n in range(300)]
    said = text(*drafts)
    assert heads(said) == [("5", "error")]
    assert said.startswith("7.txt\n")
    assert said.count("\n") < 15
    assert "1200 warnings are not shown; --show warnings lists them." in said
    assert "Fails: 1 finding at or above error." in said
    assert len(heads(text(*drafts, show=WARNING))) == 1201


@pytest.mark.parametrize(("levels", "many"), [([WARNING], 300), ([WARNING, ERROR], LONG)])
def test_a_run_that_passes_and_a_short_one_show_warnings(levels: list[Level], many: int) -> None:
    said = text(*(draft(levels, f"{n}.txt") for n in range(many)))
    assert [level for _, level in heads(said)].count("warning") == many


def test_too_many_warnings_are_shown_in_a_long_run() -> None:
    drafts = tuple(draft([WARNING], f"{n}.txt") for n in range(300))
    assert len(heads(render(Report(drafts, RULES, max_warnings=3), "text"))) == 300


@pytest.mark.parametrize("cells", [40, 80, 120])
@pytest.mark.parametrize("color", [False, True])
def test_lines_keep_to_the_width_with_and_without_colour(cells: int, color: bool) -> None:
    said = text(draft([ERROR, WARNING, SUGGESTION]), show=SUGGESTION, width=cells, color=color)
    plain = re.sub(r"\x1b\[[\d;]*m", "", said)
    assert (plain != said) is color
    assert max(width(line) for line in plain.splitlines()[:-3]) <= cells
    assert plain == text(draft([ERROR, WARNING, SUGGESTION]), show=SUGGESTION, width=cells)


def test_reports_for_programs_hold_all() -> None:
    files = (draft([SUGGESTION, WARNING, ERROR]),)
    for name in ("json", "sarif", "concise"):
        assert render(Report(files, RULES), name).count("P.A") >= 3
