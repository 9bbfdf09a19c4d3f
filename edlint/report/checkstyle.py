"""Checkstyle XML, which many tools read."""

from __future__ import annotations

from typing import TextIO

from edlint.model.finding import Level
from edlint.model.report import Report, ReportOptions, Traits
from edlint.report.entries import entries_of, portable
from edlint.report.xmltext import DECLARATION, tag

TRAITS = Traits(bare=True)

_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "info"}


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write every file with its findings; what could not be checked is an error on line 1."""
    out.write(f"{DECLARATION}{tag('checkstyle', open=True, version='4.3')}\n")
    for file in report.files:
        out.write(f"  {tag('file', open=True, name=portable(file.path))}\n")
        for entry in entries_of(file, options):
            line, column = entry.region[:2] if entry.region else (1, None)
            severity, source = _SEVERITIES[entry.level], f"edlint.{entry.rule}" if entry.finding else entry.rule
            out.write(f"    {tag('error', line=line, column=column, severity=severity, message=entry.message, source=source)}\n")
        out.write("  </file>\n")
    out.write("</checkstyle>\n")
