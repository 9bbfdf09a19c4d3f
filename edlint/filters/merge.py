"""One fault, one finding: neighbouring matches are merged, matches that others cover are dropped, places of one fault are grouped."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from edlint.model.document import Document
from edlint.model.finding import ALSO, Edit, Fix, Related, Safety
from edlint.model.match import Match
from edlint.text.lazy import lazy
from edlint.text.span import Span

_LINE = lazy(r"[^\n]+")


def merge_runs(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches, with those of one pack's `merge` rules joined where no line with a letter in it lies between them."""
    kept: list[Match] = []
    packs: dict[str, list[Match]] = {}
    for match in matches:
        (packs.setdefault(match.rule.pack, []) if match.rule.merge else kept).append(match)
    starts = _lettered(document) if any(len(group) > 1 for group in packs.values()) else []
    for group in packs.values():
        kept.extend(_merged(run) for run in _runs(sorted(group, key=lambda m: (m.span.start, -m.span.end, m.name)), starts))
    return kept


def _lettered(document: Document) -> list[int]:
    """Where the lines that hold a letter begin in the source, in rising order."""
    return sorted(
        block.span(line.start(), line.start() + 1).start
        for block in document.blocks
        for line in _LINE.finditer(block.text)
        if any(map(str.isalpha, line.group()))
    )


def _runs(matches: Sequence[Match], starts: Sequence[int]) -> Iterable[list[Match]]:
    run: list[Match] = []
    reach = 0
    for match in matches:
        if run and match.span.start >= reach and bisect_left(starts, reach) < bisect_left(starts, match.span.start):
            yield run
            run = []
        run.append(match)
        reach = max(reach, match.span.end) if len(run) > 1 else match.span.end
    if run:
        yield run


def _merged(run: Sequence[Match]) -> Match:
    """One match for a run: the first of its most severe, stretched over all."""
    if len(run) == 1:
        return run[0]
    return max(run, key=lambda m: m.severity)._replace(
        span=Span(min(m.span.start for m in run), max(m.span.end for m in run)),
        text="\n".join(dict.fromkeys(m.text for m in run)),
        cues=tuple(dict.fromkeys(cue for m in run for cue in m.cues)),
        parts=tuple(run),
    )


def drop_overlaps(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches to keep, sorted by start, end and name.

    A match inside the span of one whose rule has `covers` is dropped. Of the matches of one pack on one span the most severe is
    kept (of equals, the first by name); each rule shared with another linter counts as a pack of its own.
    """
    best: dict[tuple[Span, str], Match] = {}
    reach = -1
    for match in sorted(matches, key=_outer_first):
        if match.span.end <= reach:
            continue
        if match.rule.covers:
            reach = match.span.end
        best.setdefault((match.span, match.name if match.rule.compat else match.pack), match)
    return sorted(best.values(), key=lambda m: (m.span, m.name))


def _outer_first(match: Match) -> tuple[int, int, bool, int, str]:
    start, end = match.span
    return start, -end, not match.rule.covers, -match.severity, match.name


def group_places(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches, those of one name and one group joined; a place that is silenced stays by itself."""
    groups: dict[tuple[str, str, int], list[Match]] = defaultdict(list)
    for number, match in enumerate(sorted(matches, key=lambda m: (m.span, m.name)), 1):
        alone = not match.group or match.silenced is not None
        groups[match.name, match.group, number if alone else 0].append(match)
    return [_joined(places) if len(places) > 1 else places[0] for places in groups.values()]


def _joined(places: Sequence[Match]) -> Match:
    """One match for all places of a group."""
    first = places[0]
    also = (Related(match.span, ALSO, same=True) for match in places[1:])
    return first._replace(level=max(m.severity for m in places), related=(*first.related, *also), fixes=_fixes(places))


def _fixes(places: Sequence[Match]) -> tuple[Fix, ...]:
    """The fixes of all places: those of one title and safety together are one."""
    edits: dict[tuple[str, Safety], list[Edit]] = defaultdict(list)
    for match in places:
        for fix in match.fixes:
            edits[fix.title, fix.safety].extend(fix.edits)
    return tuple(Fix(title, tuple(all_of), safety) for (title, safety), all_of in edits.items())
