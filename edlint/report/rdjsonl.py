"""The Reviewdog Diagnostic Format as JSON Lines: a diagnostic a line."""

from __future__ import annotations

from typing import TextIO

from edlint.model.report import Report, ReportOptions, Traits
from edlint.report.entries import to_json
from edlint.report.rdjson import SOURCE, diagnostics

TRAITS = Traits(bare=True)


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the diagnostics, each with the name of the tool that it would otherwise share."""
    out.writelines(to_json({"source": SOURCE, **diagnostic}, None) for diagnostic in diagnostics(report, options))
