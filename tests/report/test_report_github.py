"""Workflow commands, read back as the runner of GitHub Actions reads them, and the summary, read back as Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyromark
import pytest
from hypothesis import given, settings
from reports import TEXTS, finding, random_reports, report

from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult, Report, ReportOptions, Stale
from edlint.report import render
from edlint.report.github import LIMIT, SIZE, summary
from edlint.report.terminal import visible
from edlint.text.span import Span

Command = tuple[str, dict[str, str], str]


def runner(log: str) -> list[Command]:
    """The commands in a log: name, properties, message, as actions/runner takes them apart (ActionCommand.TryParseV2)."""
    found = []
    for line in log.split("\n"):
        if line.startswith("::") and (end := line.find("::", 2)) >= 0:
            name, _, rest = line[2:end].partition(" ")
            pairs = (pair.partition("=") for pair in rest.split(",") if pair)
            properties = {key: unescaped(value, {"%3A": ":", "%2C": ","}) for key, _, value in pairs}
            found.append((name, properties, unescaped(line[end + 2 :], {})))
    return found


def unescaped(text: str, more: dict[str, str]) -> str:
    for escape, char in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(escape, char)
    return text


def commands(made: Report, **options: Any) -> list[Command]:
    log = render(made, "github", ReportOptions(**options))
    assert log.count("\n") == len(runner(log)), "every line is a command"
    return runner(log)


TEXT = "one two\nthree\n"


def test_a_finding_on_one_line_and_one_over_several() -> None:
    one = finding(TEXT, "two", message="50% of it,\r\nthat is: half")
    over = finding(TEXT, "two\nth", Level.SUGGESTION)
    assert render(report(TEXT, one, over, path="a, b: 5%.md"), "github") == (
        "::error title=edlint (Claims.Unsourced),file=a%2C b%3A 5%25.md,line=1,endLine=1,col=5,endColumn=8"
        "::50%25 of it,%0D%0Athat is: half\n"
        "::notice title=edlint (Claims.Unsourced),file=a%2C b%3A 5%25.md,line=1,endLine=2::No source: 'two%0Ath'\n"
    )


def many(*levels: Level) -> Report:
    return report("x", *(Finding("A.b", level, f"m{n}", Span(0, 1)) for n, level in enumerate(levels)))


def test_the_worst_come_first_and_ten_of_a_kind_are_shown() -> None:
    levels = [Level.SUGGESTION] * 12 + [Level.WARNING] * 10 + [Level.ERROR] * 13
    shown = commands(many(*levels))
    assert [name for name, _, _ in shown] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert shown[0][2] == "m22"
    assert shown[-1][2] == "Not shown here: 3 errors, 3 notices. See the summary of the run."
    assert [name for name, _, _ in commands(many(*levels), quiet=True)] == ["error"] * 10 + ["notice"]


def test_ten_of_a_kind_need_no_overflow_notice() -> None:
    assert len(commands(many(*[Level.SUGGESTION] * 10))) == 10
    assert [m for _, _, m in commands(many(*[Level.SUGGESTION] * 10, *[Level.ERROR] * 11))][-1].startswith(
        "Not shown here: 1 error, 1 notice."
    )


def test_failures_and_too_many_warnings_are_errors_without_a_line() -> None:
    broken = Report((FileResult("a.md", error="a.md: cannot be read"), *many(Level.WARNING).files), max_warnings=0)
    first, second, third = commands(broken)
    assert first == ("error", {"title": "edlint (max-warnings)"}, "1 warning where 0 may pass.")
    assert second == ("error", {"title": "edlint (edlint)", "file": "a.md"}, "a.md: cannot be read")
    assert third[0] == "warning"


@settings(max_examples=40)
@given(random_reports())
def test_nothing_in_a_draft_is_a_command_of_its_own(made: Report) -> None:
    found = commands(made)
    assert {name for name, _, _ in found} <= {"error", "warning", "notice"}
    assert max((sum(name == kind for name, _, _ in found) for kind in ("error", "warning", "notice")), default=0) <= LIMIT
    assert all(set(properties) <= {"title", "file", "line", "endLine", "col", "endColumn"} for _, properties, _ in found)


@given(TEXTS)
def test_a_message_arrives_as_it_was(message: str) -> None:
    ((_, _, arrived),) = commands(report("x", finding("x", "x", message=message)))
    assert arrived == re.sub("[^\r\n]+", lambda part: visible(part[0]), message)


def elements(markdown: str) -> set[str]:
    """The kinds of elements in a text of Markdown, but for plain text."""
    extensions = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_MATH
    found = set()
    for event in pyromark.events(markdown, options=extensions):
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, "")
        if kind == "Start":
            kind = next(iter(value)) if isinstance(value, dict) else str(value)
        found.add(kind)
    return found - {"Text", "End"}


def test_the_summary() -> None:
    given = report(
        TEXT,
        finding(TEXT, "two", message="*x* | y"),
        finding(TEXT, "one", Level.WARNING),
        quoted=(finding(TEXT, "two"),),
        path="drafts/a_b.md",
    )
    given = given._replace(baseline="base", stale=(Stale("a", "b", "c"),))
    assert summary(given, ReportOptions(quiet=True)) == (
        "## edlint: fails\n\nFails: 1 finding at or above error.\n\n1 error in 1 file.\n\n"
        "- 1 finding held back inside direct quotes.\n"
        "- 1 accepted finding no longer found: \\`edlint baseline prune\\` removes it.\n\n"
        "| place | level | rule | message |\n|---|---|---|---|\n"
        "| drafts/a\\_b.md\\:1 | error | Claims.Unsourced | \\*x\\* \\| y |\n"
    )
    assert summary(report("x"), ReportOptions()) == ("## edlint: passes\n\nPasses: nothing at or above error.\n\nNo findings in 1 file.\n")


def test_a_long_summary_is_cut() -> None:
    shown = summary(many(*[Level.WARNING] * 50_000)._replace(max_warnings=2), ReportOptions())
    rows = shown.count("| warning |")
    assert SIZE - 1000 < len(shown) < SIZE + 50_000
    assert shown.endswith(f"\n{50_000 - rows} more are not listed.\n")
    assert "Fails: 50000 warnings where 2 may pass." in shown
    long = summary(report("x", finding("x", "x", message="long " * 10_000)), ReportOptions())
    assert len(long) < 1000


@settings(max_examples=40)
@given(random_reports())
def test_text_in_the_summary_means_nothing_but_itself(made: Report) -> None:
    shown = summary(made, ReportOptions())
    assert elements(shown) <= {"Heading", "Paragraph", "List", "Item", "Table", "TableHead", "TableRow", "TableCell"}
    assert not re.search(r"(?<!\\)[@#](?=\w)|https?:/|www\.|(?<!\\)\$", shown)
    rows = [line for line in shown.splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 5 for row in rows)


@pytest.mark.parametrize("page", ["page.md", "none/page.md", ""])
def test_the_command_line_appends_the_summary(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from edlint.cli import run

    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text("before\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("The town rebuilt its bridge.\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", page)
    assert run(["--isolated", "--select", "Captions", "-f", "github", "a.txt"]) == 0
    said = capsys.readouterr()
    assert (said.out, "none/page.md cannot be written" in said.err) == ("", page.startswith("none"))
    expected = (
        "before\n## edlint: passes\n\nPasses: nothing at or above error.\n\nNo findings in 1 file.\n" if page == "page.md" else "before\n"
    )
    assert (tmp_path / "page.md").read_text("utf-8") == expected
