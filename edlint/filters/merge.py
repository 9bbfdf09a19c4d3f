"""Runs: what was copied together is one match, from its first line to its last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from edlint.model.document import Document
from edlint.model.match import Match
from edlint.text.span import Span

_LINE = re.compile(r"[^\n]+")


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
