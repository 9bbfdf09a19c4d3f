"""Results as plain tuples, strings and numbers, as they are cached and passed between processes."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from edlint.model.finding import Edit, Finding, Fix, Level, Related, Suppressed
from edlint.model.report import FileResult
from edlint.model.rule import Rule
from edlint.text.span import Span

_FIELDS = len(fields(Finding))


def pack(result: FileResult) -> bytes:
    """What linting found: everything in a result but its path, its source and what later stages add."""
    return marshal.dumps(
        (
            [_row(f) for f in result.findings],
            [(_row(s.finding), s.reason) for s in result.suppressed],
            [_row(f) for f in result.quoted],
            result.notices,
            result.faults,
        )
    )


def unpack(data: bytes, path: str) -> FileResult:
    """The result for `path`, without a source. Raises ValueError, TypeError or EOFError for bytes that `pack` did not make."""
    findings, suppressed, quoted, notices, faults = marshal.loads(data)
    rows = [*findings, *quoted, *(row for row, _ in suppressed)]
    if any(len(row) != _FIELDS for row in rows):
        raise ValueError("a finding is wanted")
    texts = [text for row in rows for text in (row[0], row[2], row[4])]
    if not all(isinstance(text, str) for text in (*texts, *notices, *faults, *(reason for _, reason in suppressed))):
        raise ValueError("a text is wanted")
    if not all(isinstance(n, int) and n >= 0 for row in rows for n in row[3]):
        raise ValueError("a number is wanted")
    return FileResult(
        path,
        findings=tuple(map(_finding, findings)),
        suppressed=tuple(Suppressed(_finding(row), reason) for row, reason in suppressed),
        quoted=tuple(map(_finding, quoted)),
        notices=notices,
        faults=faults,
    )


def _row(found: Finding) -> tuple[object, ...]:
    related = [(tuple(r.span), r.message, r.same) for r in found.related]
    fixes = [(f.title, [(tuple(e.span), e.text) for e in f.edits], f.safety) for f in found.fixes]
    head = found.rule, int(found.level), found.message, tuple(found.span), found.match
    return (*head, related, fixes, found.cues, found.fingerprint, found.near, found.group, found.where)


def _finding(row: Sequence[Any]) -> Finding:
    rule, level, message, span, match, related, fixes, *rest = row
    places = tuple(Related(Span(*place), said, same) for place, said, same in related)
    offers = tuple(Fix(title, tuple(Edit(Span(*place), text) for place, text in edits), safety) for title, edits, safety in fixes)
    return Finding(rule, Level(level), message, Span(*span), match, places, offers, *rest)


def pack_rule(rule: Rule) -> tuple[object, ...]:
    """A rule as reports show it: without what only its own page and its check need."""
    return tuple(rule._replace(level=int(rule.level or 0), bad=(), good=(), options={}, lines={}))  # type: ignore[arg-type]


def unpack_rule(row: Iterable[Any]) -> Rule:
    """The rule of a packed row."""
    rule = Rule(*row)
    return rule._replace(level=Level(rule.level) if rule.level else None)
