"""Changed lines: of a draft's findings, those that its version at a revision does not have.

Both versions are linted, and findings are compared place by place: one that speaks for several places counts once for each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from edlint.document import Source
from edlint.filters.identity import words_of
from edlint.finding import ALSO, Finding, Related
from edlint.gate.baseline import entries_of, split
from edlint.report.model import FileResult
from edlint.text.diff import Shared, shared
from edlint.text.span import Span

ALIKE = 0.5  # share of the words around two findings (Dice) from which one is the other, its line edited
_REACH = 60  # code points around a place that tell it from others of its group
_WORD = re.compile(r"\w+")

Places = Mapping[int, Finding]  # by a number: a finding for each place
Pairs = Iterator[tuple[int, int]]  # numbers of a new and of an old place


def narrow(result: FileResult, old: Source | None, lint: Callable[[Source], FileResult]) -> FileResult:
    """The result without what the `old` version, linted by `lint`, has too; `old` is None for a new draft.

    What stays is on a changed line, or has its cause in the change. A finding that the old version had at some of its places
    keeps the new ones on changed lines. `elsewhere` counts what is left out.
    """
    if old is None or result.source is None or not result.findings:
        return result
    before, lines = lint(old).findings, _Alignment(old, result.source)
    known = {(finding.rule, finding.group) for finding in before if finding.group}
    places = [(n, place) for n, finding in enumerate(result.findings) for place in _places(finding, result.source)]
    new: dict[int, list[Span]] = defaultdict(list)
    for number in _unmatched([place for _, place in places], [place for f in before for place in _places(f, old)], lines):
        finding, place = places[number]
        if (place.rule, place.group) not in known or lines.touches(place.span):
            new[finding].append(place.span)
    findings = [(f, new[n]) for n, f in enumerate(result.findings) if n in new]
    kept = [_only(f, spans) if (f.rule, f.group) in known else _fixed_where_changed(f, lines) for f, spans in findings]
    return result._replace(findings=tuple(kept), elsewhere=result.elsewhere + len(result.findings) - len(kept))


def unchanged(result: FileResult) -> FileResult:
    """The result of a draft in which nothing has changed."""
    return result._replace(findings=(), elsewhere=result.elsewhere + len(result.findings))


def _places(finding: Finding, source: Source) -> list[Finding]:
    """A finding for each place of one."""
    if not finding.group:
        return [finding]
    spans = [finding.span, *(related.span for related in finding.related if related.same)]
    return [finding._replace(span=span, near=_around(source, span)) for span in spans]


def _around(source: Source, span: Span) -> str:
    """The words around a place on its line."""
    line = source.lines.line_span(source.lines.position(span.start).line)
    before = _WORD.findall(source.text[max(line.start, span.start - _REACH) : span.start].lower())
    after = _WORD.findall(source.text[span.end : max(span.end, min(line.end, span.end + _REACH))].lower())
    return " ".join((*before, "…", *after))


def _only(finding: Finding, spans: Sequence[Span]) -> Finding:
    """The finding with some of its places alone, and with the edits of these."""
    explained = (related for related in finding.related if not related.same)
    also = (Related(span, ALSO, same=True) for span in spans[1:])
    fixes = (fix._replace(edits=tuple(e for e in fix.edits if any(span.covers(e.span) for span in spans))) for fix in finding.fixes)
    return finding._replace(span=spans[0], related=(*explained, *also), fixes=tuple(fix for fix in fixes if fix.edits))


def _fixed_where_changed(finding: Finding, lines: _Alignment) -> Finding:
    """The finding; one that speaks for several places, with fixes of those on changed lines alone."""
    if not finding.group:
        return finding
    fixes = (fix._replace(edits=tuple(edit for edit in fix.edits if lines.touches(edit.span))) for fix in finding.fixes)
    return finding._replace(fixes=tuple(fix for fix in fixes if fix.edits))


def _unmatched(new: Sequence[Finding], old: Sequence[Finding], lines: _Alignment) -> list[int]:
    """The numbers of those of the `new` places that match none of the `old` ones, each of which matches one at most.

    Places match at the same place of an unchanged line; then in the same change with much the same words around them; then
    wherever they have moved. A place that has become worse is new. Last, a place on an unchanged line matches any other of its
    rule that is left: it was there, and another one was reported in its stead.
    """
    here, there = dict(enumerate(new)), dict(enumerate(old))
    for pairs in (_at_one_place, _in_one_change):
        for n, o in list(pairs(here, there, lines)):
            if n in here and o in there:
                was = there.pop(o)
                if was.level >= here[n].level:
                    del here[n]
    parts = split(list(here.values()), entries_of("", there.values()))
    fresh = {id(place) for place in parts.new}
    spare = Counter(entry.rule for entry in parts.left)
    left = []
    for n, place in here.items():
        if id(place) in fresh and (lines.touches(place.span) or not spare[place.rule]):
            left.append(n)
        elif id(place) in fresh:
            spare[place.rule] -= 1
    return left


def _at_one_place(new: Places, old: Places, lines: _Alignment) -> Pairs:
    """Pairs of one rule at the same place of an unchanged line."""
    known = {(place.rule, place.group, place.span.start): o for o, place in old.items()}
    for n, place in new.items():
        start = lines.before(place.span.start)
        if start is not None and (o := known.get((place.rule, place.group, start))) is not None:
            yield n, o


def _in_one_change(new: Places, old: Places, lines: _Alignment) -> Pairs:
    """Pairs of one rule and the same words in lines that replace one another, those with the likest surroundings first."""
    groups: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for o, place in old.items():
        groups[lines.old_change(place.span.start), place.rule, words_of(place)].append(o)
    found = []
    for n, place in new.items():
        if lines.before(place.span.start) is None:
            for o in groups.get((lines.change(place.span.start), place.rule, words_of(place)), ()):
                found.append((-_likeness(place.near, old[o].near), n, o))
    return ((n, o) for likeness, n, o in sorted(found) if -likeness >= ALIKE)


def _likeness(one: str, other: str) -> float:
    """The share of words that two surroundings have in common, 1 where neither has any."""
    a, b = Counter(_WORD.findall(one)), Counter(_WORD.findall(other))
    return 2 * (a & b).total() / (a.total() + b.total()) if a or b else 1.0


class _Alignment:
    """Which lines of a new version are those of an old one, and where they stood."""

    def __init__(self, old: Source, new: Source) -> None:
        self._old, self._new = old.lines, new.lines
        self._shared: Sequence[Shared] = shared(_lines(old), _lines(new))
        self._starts = [stretch.new for stretch in self._shared]
        self._old_starts = [stretch.old for stretch in self._shared]

    def touches(self, span: Span) -> bool:
        """Whether a span of the new version touches a line that the old one does not have."""
        first, last = self._new.position(span.start).line - 1, self._new.last_line(span) - 1
        at = bisect_right(self._starts, first) - 1
        return at < 0 or last >= self._shared[at].new + self._shared[at].length

    def before(self, offset: int) -> int | None:
        """Where an offset of the new version was in the old one; None on a changed line."""
        line, column = self._new.position(offset)
        at = bisect_right(self._starts, line - 1) - 1
        if at < 0 or line > self._shared[at].new + self._shared[at].length:
            return None
        return self._old.line_span(line - self._starts[at] + self._old_starts[at]).start + column - 1

    def change(self, offset: int) -> int:
        """The number of the change that an offset of the new version, on a changed line, is in."""
        return bisect_right(self._starts, self._new.position(offset).line - 1)

    def old_change(self, offset: int) -> int:
        """The number of the change that an offset of the old version is in; -1 on a line that both have."""
        line = self._old.position(offset).line - 1
        at = bisect_right(self._old_starts, line)
        return -1 if at and line < self._shared[at - 1].old + self._shared[at - 1].length else at


def _lines(source: Source) -> list[str]:
    """The lines without their ends, so that a change of line ends changes no line."""
    lines = source.lines
    return [source.text[slice(*lines.line_span(n))] for n in range(1, len(lines) + 1)]
