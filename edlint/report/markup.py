"""One draft as HTML: its blocks with every finding marked and numbered, ready to stand beside the notes.

All text of a draft passes through `shown`, which leaves nothing that a browser could take for markup or obey as a control.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from edlint.model.finding import Finding
from edlint.model.report import FileResult, Part
from edlint.model.source import Source
from edlint.report.terminal import visible
from edlint.text.span import Span

FOLDED = 4  # a finding over so many blocks is folded away
_LINE = re.compile(r"[^ \t\r\n](?:[^\r\n]*[^ \t\r\n])?")
_COMMAND = re.compile(r"(?m)^(\s*):(?=:)")
_SECTION = re.compile("section_(?=start:|end:)")
_LINE_END = re.compile(r"\r\n|\n|\r")
_BLANK = {ord(" "): "\u2423", 0xA0: "\u237d", 0x202F: "\u237d", 0x2007: "\u237d", ord("\n"): "\u21b5"}


class Piece(NamedTuple):
    """A block of a draft: `html` is what stands in its element, `first` its 1-based line, `notes` the numbers (from 1) of the
    findings explained beside it; `fold` is the number of the finding it is folded away with, or 0."""

    kind: str
    level: int
    html: str
    first: int
    notes: tuple[int, ...]
    fold: int = 0


def shown(text: str) -> str:
    """Text of a draft, a rule or a path as HTML: markup escaped, controls and hidden characters written out."""
    return escape("\n".join(map(visible, _LINE_END.split(text))))


def inert_markup(html: str) -> str:
    """The same page without what CI services obey when it is printed to a log (see edlint.report.terminal.harmless)."""
    return _SECTION.sub("section&#95;", _COMMAND.sub(r"\1&#58;", html).replace("##", "#&#35;"))


def pieces(file: FileResult, name: str) -> Iterator[Piece]:
    """The draft, block by block, in reading order. `name` begins the ids of its marks (`name-m1`), notes (`name-n1`) and
    places related to a finding (`name-r1-1`). What stands between the blocks is left out, but for places a finding points at.
    """
    if file.source is None:
        return
    parts = _parts(file, file.source)
    touching, copies, beside = _by_part(file.findings, [part.span for part in parts])
    folds = _folds(file.findings, [part.span.start for part in parts])
    for at, part in enumerate(parts):
        marks = _Marks(file.source.text, part.span, name, touching[at], copies[at], frozenset(beside[at]))
        line = file.source.lines.position(part.span.start).line
        yield Piece(part.kind, part.level, "".join(marks.html()), line, tuple(beside[at]), folds[at])


def _parts(file: FileResult, source: Source) -> list[Part]:
    """The blocks, none inside another, and what a finding points at between them; lines where no blocks are known."""
    wanted = sorted({f.span for f in file.findings} | {r.span for f in file.findings for r in f.related})
    ends = [span.end for span in wanted]
    found: list[Part] = []
    at = 0
    for part in (*sorted(file.parts, key=lambda p: (p.span.start, -p.span.end)), Part("", 0, Span(len(source.text), len(source.text)))):
        if part.span.start < at:
            continue
        for line in _LINE.finditer(source.text, at, part.span.start):
            next_one = bisect_right(ends, line.start())
            if not file.parts or (next_one < len(wanted) and wanted[next_one].start < line.end()):
                found.append(Part("raw" if file.parts else "line", 0, Span(*line.span())))
        if part.kind:
            found.append(part)
            at = part.span.end
    return found


Numbered = tuple[int, Finding]
Copy = tuple[str, Span]


def _by_part(findings: Sequence[Finding], spans: Sequence[Span]) -> tuple[list[list[Numbered]], list[list[Copy]], list[list[int]]]:
    """For each part: the findings and the related places that touch it, and the numbers of the findings explained beside it."""
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    touching: list[list[Numbered]] = [[] for _ in spans]
    copies: list[list[Copy]] = [[] for _ in spans]
    beside: list[list[int]] = [[] for _ in spans]
    for number, finding in enumerate(findings, 1) if spans else ():
        first = min(bisect_left(ends, finding.span.start), len(spans) - 1)
        beside[first].append(number)
        for at in range(first, max(first + 1, bisect_left(starts, finding.span.end))):
            touching[at].append((number, finding))
        for count, related in enumerate(finding.related, 1):
            at = bisect_right(ends, related.span.start)
            if at < len(spans):
                copies[at].append((f"r{number}-{count}", related.span))
    return touching, copies, beside


def _folds(findings: Sequence[Finding], starts: Sequence[int]) -> list[int]:
    """For each part the number of the finding it is folded away with, 0 for none."""
    folds = [0] * len(starts)
    for number, finding in enumerate(findings, 1):
        first, after = bisect_left(starts, finding.span.start), bisect_left(starts, finding.span.end)
        if after - first >= FOLDED and not any(folds[first:after]):
            folds[first:after] = [number] * (after - first)
    return folds


class _Marks(NamedTuple):
    """The text of one part and what stands in it."""

    text: str
    span: Span
    name: str
    findings: Sequence[Numbered]
    copies: Sequence[Copy]
    own: frozenset[int]

    def html(self) -> Iterator[str]:
        """The text, cut wherever a finding begins or ends."""
        ends = {number: self._inside(finding.span.end) for number, finding in self.findings}
        targets = {key: self._inside(span.start) for key, span in self.copies}
        cuts = {*self.span, *ends.values(), *targets.values(), *(self._inside(f.span.start) for _, f in self.findings)}
        edges = sorted(cuts)
        for start, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
            over = [f for _, f in self.findings if f.span.start <= start < f.span.end]
            yield from (f'<span class="copy" id="{self.name}-{key}"></span>' for key, at in targets.items() if at == start)
            for number, finding in self.findings:
                if ends[number] == start and number in self.own:
                    yield from self._number(number, finding)
            piece = shown(self.text[start:end])
            yield _mark(piece, over) if over and piece else piece

    def _inside(self, offset: int) -> int:
        return max(self.span.start, min(self.span.end, offset))

    def _number(self, number: int, finding: Finding) -> Iterator[str]:
        """The raised number behind a mark, which leads to the note; before it a caret where a finding points between two characters."""
        level = finding.level.word
        if finding.span.start >= finding.span.end:
            yield f'<mark class="{level}">\u2038</mark>'
        anchor = f'id="{self.name}-m{number}" href="#{self.name}-n{number}"'
        yield f'<a class="no {level}" {anchor} aria-label="{level}, note {number}">{number}</a>'


def _mark(html: str, over: Sequence[Finding]) -> str:
    worst = max(over, key=lambda f: f.level).level.word
    return f'<mark class="{worst}">{html if html.strip() else html.translate(_BLANK)}</mark>'
