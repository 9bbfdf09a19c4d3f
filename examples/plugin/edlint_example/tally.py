"""The report `tally`: a line for each draft, with how much of each level was found."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from edlint.model.finding import Level
from edlint.model.report import Report, ReportOptions, Traits
from edlint.report.terminal import visible

TRAITS = Traits(bare=True)


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the whole report."""
    for file in report.files:
        counts = Counter(finding.level for finding in file.findings)
        told = ", ".join(f"{counts[level]} {level.word}" for level in sorted(Level, reverse=True) if counts[level])
        out.write(f"{visible(file.path)}: {told or 'nothing'}\n")
