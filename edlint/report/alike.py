"""One decision, one note: findings of one rule that say the same, and that the same replacement mends, are shown as one with its places."""

from __future__ import annotations

from collections.abc import Sequence

from edlint.model.finding import Finding


def notes(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings, those of one note together, in the order of their first places."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        found.setdefault(_key(finding) or (number,), []).append(finding)
    return list(found.values())


def _key(finding: Finding) -> tuple[object, ...] | None:
    """What findings of one note have in common; None for one that is a note of its own."""
    fixes = tuple((fix.title, fix.safety, tuple(edit.text for edit in fix.edits)) for fix in finding.fixes)
    if len(fixes) != 1 or len(finding.fixes[0].edits) != 1 or not fixes[0][2][0].strip() or finding.related:
        return None
    return finding.rule, finding.message, finding.level, fixes
