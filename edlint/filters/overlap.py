"""One place, one finding: what says the same thing twice, or lies inside a finding that covers it, is dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from edlint.finding import Finding
from edlint.text.span import Span


def apply(findings: Iterable[Finding], apart: Collection[str] = ()) -> tuple[Finding, ...]:
    """The findings to keep, sorted by start, end and rule.

    A finding inside the span of one with `covers` is dropped. Of the findings of one pack on one span the most severe is
    kept (of equals, the first by name); those of the rules named in `apart` do not count as one pack.
    """
    best: dict[tuple[Span, str], Finding] = {}
    reach = -1
    for finding in sorted(findings, key=_outer_first):
        if finding.span.end <= reach:
            continue
        if finding.covers:
            reach = finding.span.end
        best.setdefault((finding.span, finding.rule if finding.rule in apart else finding.rule.partition(".")[0]), finding)
    return tuple(sorted(best.values(), key=lambda f: (f.span, f.rule)))


def _outer_first(finding: Finding) -> tuple[int, int, bool, int, str]:
    start, end = finding.span
    return start, -end, not finding.covers, -finding.level, finding.rule
