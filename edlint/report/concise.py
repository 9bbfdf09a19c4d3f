"""One line a finding: `path:line:col: level Pack.Problem message`."""

from __future__ import annotations

from typing import TextIO

from edlint.finding import Level
from edlint.report.model import Report, ReportOptions
from edlint.report.style import visible


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the findings, then for each file what could not be checked. Columns count code points from 1."""
    for file in report.files:
        path = visible(file.path)
        lines = file.source.lines if file.source else None
        for finding in file.findings:
            if lines and (finding.level is Level.ERROR or not options.quiet):
                line, column = lines.position(finding.span.start)
                out.write(f"{path}:{line}:{column}: {finding.level.word} {finding.rule} {visible(finding.message)}\n")
        for fault in (file.error, *file.faults) if file.error else file.faults:
            out.write(f"{visible(fault) if fault.startswith(file.path) else f'{path}: {visible(fault)}'}\n")
    if options.statistics:
        for rule, count in sorted(report.by_rule.items(), key=lambda item: (-item[1], item[0])):
            out.write(f"{count} {rule}\n")
