"""One inconsistency, one finding: the places of a group are reported at the first of them, with the others as related places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from edlint.finding import ALSO, Edit, Finding, Fix, Related, Safety


def apply(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in order of their starts, those of one rule and one group joined."""
    groups: dict[tuple[str, str, int], list[Finding]] = defaultdict(list)
    for number, finding in enumerate(sorted(findings, key=lambda f: (f.span, f.rule))):
        groups[finding.rule, finding.group, 0 if finding.group else number + 1].append(finding)
    return [_joined(places) if len(places) > 1 else places[0] for places in groups.values()]


def _joined(places: Sequence[Finding]) -> Finding:
    """One finding for all places of a group."""
    first = places[0]
    also = (Related(finding.span, ALSO, same=True) for finding in places[1:])
    return first._replace(level=max(f.level for f in places), related=(*first.related, *also), fixes=_fixes(places))


def _fixes(places: Sequence[Finding]) -> tuple[Fix, ...]:
    """The fixes of all places: those of one title and safety together are one."""
    edits: dict[tuple[str, Safety], list[Edit]] = defaultdict(list)
    for finding in places:
        for fix in finding.fixes:
            edits[fix.title, fix.safety].extend(fix.edits)
    return tuple(Fix(title, tuple(all_of), safety) for (title, safety), all_of in edits.items())
