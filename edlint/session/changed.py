"""Changed lines: of a draft's findings, those that its version at a revision does not have.

Both versions are linted, and findings are compared place by place: one that speaks for several places counts once for each.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from edlint.findings import words_of
from edlint.linter import Lint
from edlint.model.document import Document
from edlint.model.finding import Finding, Level
from edlint.model.match import Match
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.session.baseline import Key, entries_for, matched
from edlint.text.diff import Shared, shared
from edlint.text.lazy import lazy
from edlint.text.span import Span

MIN_SIMILARITY = 0.5  # of the words around two findings (Dice coefficient) for one to count as the other, its line edited
_REACH = 60  # code points around a place that tell it from others of its group
_WORD = lazy(r"\w+")


class _Place(NamedTuple):
    """One of the places that a finding speaks for, with the words around it."""

    rule: str
    group: str
    words: str
    near: str
    level: Level
    span: Span

    @property
    def key(self) -> Key:
        """The key by which a baseline would recognise it."""
        return self.rule, self.words, self.near


Places = Mapping[int, _Place]  # by a number
Pairs = Iterator[tuple[int, int]]  # numbers of a new and of an old place


def keep_new(result: FileResult, old: Source | None, lint: Lint) -> FileResult:
    """The result without what the `old` version, linted by `lint`, has too; `old` is None for a new draft.

    What stays is on a changed line, or has its cause in the change. A finding that the old version had at some of its places
    is made again of the new ones on changed lines. `elsewhere` counts what is left out.
    """
    if old is None or result.source is None or not result.findings:
        return result
    before, lines = lint(old).findings, _Alignment(old, result.source)
    known = {(finding.rule, finding.group) for finding in before if finding.group}
    places = [(n, place) for n, finding in enumerate(result.findings) for place in _places(finding, result.source)]
    new: dict[int, set[Span]] = defaultdict(set)
    for number in _unmatched([place for _, place in places], [place for f in before for place in _places(f, old)], lines):
        finding, place = places[number]
        if (place.rule, place.group) not in known or lines.touches(place.span):
            new[finding].add(place.span)
    kept = [finding for n, finding in enumerate(result.findings) if n in new]
    groups = {(f.rule, f.group): new[n] for n, f in enumerate(result.findings) if n in new and f.group}
    if groups:
        made = {(f.rule, f.group): f for f in lint(result.source, also=[_OnlyNew(groups, known, lines)]).findings}
        kept = sorted((made.get((f.rule, f.group), f) if f.group else f for f in kept), key=lambda f: (f.span, f.rule))
    return result._replace(findings=tuple(kept), elsewhere=result.elsewhere + len(result.findings) - len(kept))


def unchanged(result: FileResult) -> FileResult:
    """The result of a draft in which nothing has changed."""
    return result._replace(findings=(), elsewhere=result.elsewhere + len(result.findings))


class _OnlyNew:
    """The filter that leaves of each group in `groups` the new places, if it was `known`; else only its fixes on changed lines."""

    def __init__(self, groups: Mapping[tuple[str, str], set[Span]], known: set[tuple[str, str]], lines: _Alignment) -> None:
        self._groups, self._known, self._lines = groups, known, lines

    def __call__(self, document: Document, matches: Sequence[Match]) -> Sequence[Match]:
        return [kept for match in matches if (kept := self._of_match(match))]

    def _of_match(self, match: Match) -> Match | None:
        key = match.name, match.group
        if key not in self._groups or match.silenced is not None:
            return match
        if key in self._known:
            return match if match.span in self._groups[key] else None
        fixes = (fix._replace(edits=tuple(edit for edit in fix.edits if self._lines.touches(edit.span))) for fix in match.fixes)
        return match._replace(fixes=tuple(fix for fix in fixes if fix.edits))


def _places(finding: Finding, source: Source) -> list[_Place]:
    """The places of a finding."""
    known = finding.rule, finding.group, words_of(finding)
    if not finding.group:
        return [_Place(*known, finding.near, finding.level, finding.span)]
    return [_Place(*known, _around(source, span), finding.level, span) for span in finding.places]


def _around(source: Source, span: Span) -> str:
    """The words around a place on its line."""
    line = source.lines.line_span(source.lines.position(span.start).line)
    before = _WORD.findall(source.text[max(line.start, span.start - _REACH) : span.start].lower())
    after = _WORD.findall(source.text[span.end : max(span.end, min(line.end, span.end + _REACH))].lower())
    return " ".join((*before, "…", *after))


def _unmatched(new: Sequence[_Place], old: Sequence[_Place], lines: _Alignment) -> list[int]:
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
    known, unused = matched([place.key for place in here.values()], entries_for("", (place.key for place in there.values())))
    spare = Counter(entry.rule for entry in unused)
    left = []
    for number, (n, place) in enumerate(here.items()):
        if number in known:
            continue
        if lines.touches(place.span) or not spare[place.rule]:
            left.append(n)
        else:
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
    """Pairs of one rule and the same words in lines that replace one another, those with the most similar surroundings first."""
    groups: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for o, place in old.items():
        groups[lines.old_change(place.span.start), place.rule, place.words].append(o)
    found = []
    for n, place in new.items():
        if lines.before(place.span.start) is None:
            for o in groups.get((lines.change(place.span.start), place.rule, place.words), ()):
                found.append((-_similarity(place.near, old[o].near), n, o))
    return ((n, o) for likeness, n, o in sorted(found) if -likeness >= MIN_SIMILARITY)


def _similarity(one: str, other: str) -> float:
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
