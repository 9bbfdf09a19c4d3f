"""JUnit XML, read back with junitparser."""

from __future__ import annotations

from junitparser import Error, Failure, JUnitXml
from reports import finding, report

from edlint.model.finding import Level
from edlint.model.report import FileResult, Report, ReportOptions
from edlint.model.source import Source
from edlint.report import render


def test_findings_fail_and_a_clean_draft_passes() -> None:
    text = "x y"
    given = report(text, finding(text, "x", message='a "b" <c>\n& \x1b ]]> é'), finding(text, "y", Level.WARNING), path="a.md")
    clean, broken = FileResult("b.md", Source("b.md", "")), FileResult("c.md", error="c.md: cannot be read")
    given = Report((*given.files, clean, broken), seconds=1.25)
    shown = render(given, "junit")
    assert shown.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    read = JUnitXml.fromstring(shown.encode())
    assert (read.tests, read.failures, read.errors, read.time) == (4, 2, 1, 1.25)
    first, second, third = read
    assert [(suite.name, suite.tests, suite.failures, suite.errors) for suite in read] == [
        ("a.md", 2, 2, 0), ("b.md", 1, 0, 0), ("c.md", 1, 0, 1),
    ]  # fmt: skip
    case, warning = first
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert (case.name, case.classname, failure.type) == ("Claims.Unsourced 1:1", "a.md", "error")
    assert failure.message == 'a "b" <c>\n& \\x1b ]]> é'
    assert failure.text == f"a.md:1:1: {failure.message}"
    assert warning.result[0].type == "warning"
    assert [case.is_passed for case in second] == [True]
    (error,) = next(iter(third)).result
    assert isinstance(error, Error)
    assert error.message == "c.md: cannot be read"


def test_a_draft_with_nothing_but_warnings_passes_when_quiet() -> None:
    read = JUnitXml.fromstring(render(report("x", finding("x", "x", Level.WARNING)), "junit", ReportOptions(quiet=True)).encode())
    assert [case.is_passed for suite in read for case in suite] == [True]
