"""What is written about findings into the file of a draft, as comments of a word processor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edlint.model.finding import Finding
from edlint.model.report import Report
from edlint.model.source import Remark


def comments(report: Report, findings: Iterable[Finding]) -> Iterator[Remark]:
    """A comment for each finding: what is wrong, what to do, and whose remark it is."""
    for finding in findings:
        rule = report.rules.get(finding.rule)
        instead = " ".join(rule.instead.split()) if rule else ""
        fix = finding.fix(unsafe=True)
        offered = f"Fix: {fix.title}." if fix else ""
        lines = (finding.message, offered, instead, f"edlint, {finding.level.word}: {finding.rule}")
        yield Remark(finding.span, "\n".join(filter(None, lines)))
