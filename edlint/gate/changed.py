"""Changed lines: of a draft's findings, those that stand on lines changed since a revision, or that a change elsewhere brought about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from edlint.document import Source
from edlint.finding import Finding
from edlint.report.model import FileResult
from edlint.text.diff import Shared, shared
from edlint.text.span import Span


def narrow(result: FileResult, old: Source | None, lint: Callable[[Source], FileResult]) -> FileResult:
    """The result without what was found in the `old` version too, which is None for a new draft. `elsewhere` counts what is left out.

    A finding stays when its span, or one related to it, touches a changed line; and when the old version, linted by `lint`,
    has no finding of that rule at that place.
    """
    if old is None or result.source is None or not result.findings:
        return result
    alignment = _Alignment(old, result.source)
    untouched = [f for f in result.findings if not any(map(alignment.touches, (f.span, *(r.span for r in f.related))))]
    known = {(f.rule, f.span.start) for f in lint(old).findings} if untouched else set()
    left = {id(f) for f in untouched if (f.rule, alignment.before(f.span.start)) in known}
    kept = tuple(_fixed_where_changed(f, alignment) for f in result.findings if id(f) not in left)
    return result._replace(findings=kept, elsewhere=result.elsewhere + len(left))


def unchanged(result: FileResult) -> FileResult:
    """The result of a draft in which nothing has changed."""
    return result._replace(findings=(), elsewhere=result.elsewhere + len(result.findings))


def _fixed_where_changed(finding: Finding, alignment: _Alignment) -> Finding:
    """A finding that speaks for several places, with fixes of those on changed lines."""
    if not finding.group:
        return finding
    fixes = (fix._replace(edits=tuple(edit for edit in fix.edits if alignment.touches(edit.span))) for fix in finding.fixes)
    return finding._replace(fixes=tuple(fix for fix in fixes if fix.edits))


class _Alignment:
    """Which lines of a new version are those of an old one, and where they stood."""

    def __init__(self, old: Source, new: Source) -> None:
        self._old, self._new = old.lines, new.lines
        self._shared: Sequence[Shared] = shared(_lines(old), _lines(new))
        self._starts = [stretch.new for stretch in self._shared]

    def touches(self, span: Span) -> bool:
        """Whether a span of the new version touches a line that the old one does not have."""
        first, last = self._new.position(span.start).line - 1, self._new.last_line(span) - 1
        at = bisect_right(self._starts, first) - 1
        return at < 0 or last >= self._shared[at].new + self._shared[at].length

    def before(self, offset: int) -> int:
        """Where an offset on a shared line of the new version was in the old one."""
        line, column = self._new.position(offset)
        stretch = self._shared[bisect_right(self._starts, line - 1) - 1]
        return self._old.line_span(line - stretch.new + stretch.old).start + column - 1


def _lines(source: Source) -> list[str]:
    """The lines without their ends, so that a change of line ends changes no line."""
    lines = source.lines
    return [source.text[slice(*lines.line_span(n))] for n in range(1, len(lines) + 1)]
