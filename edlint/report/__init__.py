"""The registry of report formats; plug-ins add theirs as entry points `edlint.reporters`. Modules are imported when they are used."""

from __future__ import annotations

from io import StringIO
from typing import Protocol, TextIO, cast

from edlint.errors import UsageError, did_you_mean
from edlint.model.report import Report, ReportOptions, Traits
from edlint.plugins import Registry, load

OWN: dict[str, str] = {
    "text": "edlint.report.text",
    "concise": "edlint.report.concise",
    "json": "edlint.report.json",
    "json-lines": "edlint.report.jsonlines",
    "github": "edlint.report.github",
    "sarif": "edlint.report.sarif",
    "gitlab": "edlint.report.gitlab",
    "junit": "edlint.report.junit",
    "rdjson": "edlint.report.rdjson",
    "rdjsonl": "edlint.report.rdjsonl",
    "checkstyle": "edlint.report.checkstyle",
    "html": "edlint.report.html",
}
REPORTERS = Registry("reporters", OWN, str)


class Reporter(Protocol):
    """What every module of this folder that writes a format offers; `TRAITS` says what is special about it (see Traits)."""

    def write(self, report: Report, out: TextIO, options: ReportOptions) -> None:
        """Write the whole report to `out`, ending with a line feed unless it is empty."""


def reporter(name: str) -> Reporter:
    """The reporter of that name. Raises UsageError when there is none."""
    if name not in REPORTERS:
        raise UsageError(f"unknown report format {name!r}", hint=did_you_mean(name, REPORTERS) or f"known: {', '.join(REPORTERS)}")
    return cast(Reporter, load(REPORTERS[name]))


def traits(name: str) -> Traits:
    """What is special about the format of that name. Raises UsageError when there is none."""
    found: Traits = getattr(reporter(name), "TRAITS", Traits())
    return found


def render(report: Report, name: str, options: ReportOptions | None = None) -> str:
    """The report in the format of that name, as text. Raises UsageError when there is no such format."""
    out = StringIO()
    reporter(name).write(report, out, options or ReportOptions())
    return out.getvalue()
