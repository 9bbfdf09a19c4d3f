"""JSON Lines: one finding a line, with its path, as docs/json.md describes it."""

from __future__ import annotations

from typing import TextIO

from edlint.model.report import Report, ReportOptions, Traits
from edlint.report.entries import failures, portable, shown, to_json
from edlint.report.json import finding_data

TRAITS = Traits(bare=True)


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write a line for each finding, and for each failure one with `path` and `error`."""
    for file in report.files:
        path = {"path": portable(file.path)}
        out.writelines(to_json({**path, "error": failure}, None) for failure in failures(file))
        if file.source:
            out.writelines(to_json({**path, **finding_data(finding, file.source)}, None) for finding in shown(file, options))
