"""The Reviewdog Diagnostic Format as JSON Lines: a diagnostic a line."""

from __future__ import annotations

from typing import TextIO

from edlint.model.report import Report, ReportOptions, Traits
from edlint.report.entries import dumped
from edlint.report.rdjson import SOURCE, diagnostics

TRAITS = Traits(bare=True)


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the diagnostics, each with the name of the tool that it would otherwise share."""
    out.writelines(dumped({"source": SOURCE, **diagnostic}, None) for diagnostic in diagnostics(report, options))
