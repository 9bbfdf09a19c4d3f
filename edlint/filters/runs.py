"""Runs: what was copied together is one finding, from its first line to its last."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from edlint.document import Document
from edlint.finding import Finding
from edlint.rule import Rule
from edlint.text.span import Span

_LINE = re.compile(r"[^\n]+")


def apply(document: Document, findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings, with those of one pack's `merge` rules joined where no line with a letter in it lies between them."""
    kept: list[Finding] = []
    packs: dict[str, list[Finding]] = {}
    for finding in findings:
        rule = rules.get(finding.rule)
        if rule is not None and rule.merge:
            packs.setdefault(rule.pack, []).append(finding)
        else:
            kept.append(finding)
    starts = _lettered(document) if any(len(group) > 1 for group in packs.values()) else []
    for group in packs.values():
        kept.extend(_joined(run) for run in _runs(sorted(group, key=lambda f: (f.span.start, -f.span.end, f.rule)), starts))
    return kept


def _lettered(document: Document) -> list[int]:
    """Where the lines that hold a letter begin in the source, in rising order."""
    return sorted(
        block.span(line.start(), line.start() + 1).start
        for block in document.blocks
        for line in _LINE.finditer(block.text)
        if any(map(str.isalpha, line.group()))
    )


def _runs(findings: Sequence[Finding], starts: Sequence[int]) -> Iterable[list[Finding]]:
    run: list[Finding] = []
    reach = 0
    for finding in findings:
        if run and finding.span.start >= reach and bisect_left(starts, reach) < bisect_left(starts, finding.span.start):
            yield run
            run = []
        run.append(finding)
        reach = max(reach, finding.span.end) if len(run) > 1 else finding.span.end
    if run:
        yield run


def _joined(run: Sequence[Finding]) -> Finding:
    """One finding for a run: the first of its most severe, stretched over all; its message names the other rules."""
    if len(run) == 1:
        return run[0]
    main = max(run, key=lambda f: f.level)
    others = dict.fromkeys(f.rule.partition(".")[2] for f in run if f.rule != main.rule)
    return main._replace(
        span=Span(min(f.span.start for f in run), max(f.span.end for f in run)),
        match="\n".join(dict.fromkeys(f.match for f in run)),
        message=f"{main.message} Also here: {', '.join(others)}." if others else main.message,
        cues=tuple(dict.fromkeys(c for f in run for c in f.cues)),
    )
