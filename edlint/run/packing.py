"""Results as plain tuples, texts and numbers: the form in which they are written to disk and passed between processes."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from typing import Any

from edlint.finding import Edit, Finding, Fix, Level, Related, Suppressed
from edlint.report.model import FileResult
from edlint.rule import Rule
from edlint.text.span import Span


def pack(result: FileResult) -> bytes:
    """What linting found: everything in a result but its path, its source and what later stages add."""
    return marshal.dumps(
        (
            [_finding(f) for f in result.findings],
            [(_finding(s.finding), s.reason) for s in result.suppressed],
            result.held_back,
            result.notices,
            result.faults,
        )
    )


def unpack(data: bytes, path: str) -> FileResult:
    """The result for `path`, without a source. Raises ValueError, TypeError or EOFError for bytes that `pack` did not make."""
    findings, suppressed, held_back, notices, faults = marshal.loads(data)
    rows = [*findings, *(row for row, _ in suppressed)]
    if any(len(row) != len(Finding._fields) for row in rows):
        raise ValueError("a finding is wanted")
    texts = [text for row in rows for text in (row[0], row[2], row[4])]
    if not all(isinstance(text, str) for text in (*texts, *notices, *faults, *(reason for _, reason in suppressed))):
        raise ValueError("a text is wanted")
    if not all(isinstance(n, int) and n >= 0 for n in (held_back, *(at for row in findings for at in row[3]))):
        raise ValueError("a number is wanted")
    return FileResult(
        path,
        findings=tuple(map(_to_finding, findings)),
        suppressed=tuple(Suppressed(_to_finding(row), reason) for row, reason in suppressed),
        held_back=held_back,
        notices=notices,
        faults=faults,
    )


def _finding(found: Finding) -> tuple[Any, ...]:
    return tuple(
        found._replace(
            level=int(found.level),  # type: ignore[arg-type]
            span=tuple(found.span),  # type: ignore[arg-type]
            related=tuple((tuple(r.span), r.message, r.same) for r in found.related),  # type: ignore[misc]
            fixes=tuple((f.title, [(tuple(e.span), e.text) for e in f.edits], f.safety) for f in found.fixes),  # type: ignore[misc]
        )
    )


def _to_finding(row: Iterable[Any]) -> Finding:
    found = Finding(*row)
    return found._replace(
        level=Level(found.level),
        span=Span(*found.span),
        related=tuple(Related(Span(*span), message, same) for span, message, same in found.related),
        fixes=tuple(Fix(title, tuple(Edit(Span(*s), text) for s, text in edits), safety) for title, edits, safety in found.fixes),
    )


def pack_rule(rule: Rule) -> tuple[Any, ...]:
    """A rule as reports show it: without what only its own page and its check need."""
    return tuple(rule._replace(level=int(rule.level or 0), bad=(), good=(), options={}, lines={}))  # type: ignore[arg-type]


def unpack_rule(row: Iterable[Any]) -> Rule:
    """The rule of a packed row."""
    rule = Rule(*row)
    return rule._replace(level=Level(rule.level) if rule.level else None)
