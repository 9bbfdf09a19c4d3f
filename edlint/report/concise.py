"""One line a finding: `path:line:col: level Pack.Problem message`."""

from __future__ import annotations

from typing import TextIO

from edlint.model.report import Report, ReportOptions, Traits
from edlint.report.entries import failures, full_message, shown
from edlint.report.summary import account, accounted, notices, sent, too_many
from edlint.report.terminal import harmless, visible

TRAITS = Traits(people=True)


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the findings, then for each file what could not be checked. Columns count code points from 1.

    Lines at the end say what a fix, a baseline or an unchanged line accounts for, and whether there are too many warnings.
    """
    for file in report.files:
        path = visible(file.path)
        if file.source:
            for finding in shown(file, options):
                line, column = file.source.lines.position(finding.span.start)
                message = visible(full_message(finding, file.source))
                out.write(harmless(f"{path}:{line}:{column}: {finding.level.word} {finding.rule} {message}\n"))
        for fault in failures(file):
            out.write(harmless(f"{visible(fault) if fault.startswith(file.path) else f'{path}: {visible(fault)}'}\n"))
    if options.statistics:
        for rule, count in sorted(report.by_rule.items(), key=lambda item: (-item[1], item[0])):
            out.write(f"{count} {rule}\n")
    if not options.quiet:
        out.writelines(harmless(f"{visible(aside)}\n") for aside in (*notices(report), *accounted(report), *account(report)))
    out.writelines(harmless(f"{visible(note)}\n") for note in sent(report))
    if report.too_many_warnings:
        out.write(f"{too_many(report)}.\n")
