"""JUnit XML: each draft is a suite, each finding a failed case, each failure to check an error; a clean draft is a case that passes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from edlint.model.report import FileResult, Report, ReportOptions, Traits
from edlint.report.entries import Entry, entries_of, portable
from edlint.report.xmltext import DECLARATION, escaped, tag

TRAITS = Traits(bare=True)


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the suites in the order of the files. `time` is the whole run's, in seconds."""
    suites = [(file, list(entries_of(file, options))) for file in report.files]
    counts = _counts([entry for _, entries in suites for entry in entries], sum(max(1, len(entries)) for _, entries in suites))
    out.write(f"{DECLARATION}{tag('testsuites', open=True, name='edlint', **counts, time=f'{report.seconds:.3f}')}\n")
    for file, entries in suites:
        out.writelines(f"  {line}\n" for line in _suite(file, entries))
    out.write("</testsuites>\n")


def _suite(file: FileResult, entries: list[Entry]) -> Iterator[str]:
    path = portable(file.path)
    yield tag("testsuite", open=True, name=path, **_counts(entries, max(1, len(entries))))
    if not entries:
        yield f"  {tag('testcase', name='edlint', classname=path, file=path)}"
    for entry in entries:
        line, column = entry.region[:2] if entry.region else (None, None)
        name = f"{entry.rule} {line}:{column}" if line else entry.rule  # two cases of one name would be taken for one
        kind, type_ = ("failure", entry.level.word) if entry.finding else ("error", "unchecked")
        text = f"{path}:{line}:{column}: {entry.message}" if line else entry.message
        yield f"  {tag('testcase', open=True, name=name, classname=path, file=path, line=line)}"
        yield f"    {tag(kind, open=True, message=entry.message, type_=type_)}{escaped(text)}</{kind}>"
        yield "  </testcase>"
    yield "</testsuite>"


def _counts(entries: list[Entry], tests: int) -> dict[str, int]:
    failures = sum(1 for entry in entries if entry.finding)
    return {"tests": tests, "failures": failures, "errors": len(entries) - failures}
