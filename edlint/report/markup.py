"""One draft as HTML: its blocks, with every finding marked and numbered, ready for the notes to stand beside them.

All text of a draft passes through `shown`, which leaves nothing that a browser could take for markup or obey as a control.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from edlint.model.document import Block
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.report.spots import Spot, spots
from edlint.report.terminal import visible
from edlint.text.lazy import lazy
from edlint.text.sourcemap import SourceMap
from edlint.text.span import Span

FOLDED = 4  # a finding over so many blocks is folded away
LONG = 60  # a longer mark has a line below it, but no wash
_LINE = lazy(r"[^ \t\r\n](?:[^\r\n]*[^ \t\r\n])?")
_COMMAND = lazy(r"(?m)^(\s*):(?=:)")
_SECTION = lazy("section_(?=start:|end:)")
_LINE_END = lazy(r"\r\n|\n|\r")
_BLANK = {ord(" "): "\u2423", 0xA0: "\u237d", 0x202F: "\u237d", 0x2007: "\u237d", ord("\n"): "\u21b5"}
_CARET = "\u2038"
_JOINT = lazy(r"(?<=[^\x00-\x7f])([\u200c\u200d])(?=[^\x00-\x7f])")


class Piece(NamedTuple):
    """A block of a draft, number `at` (from 0): `html` is what stands in its element, `first` and `last` its 1-based lines.

    `notes` are the numbers (from 1) of the findings explained beside it; `fold` is the number of the finding it is folded away
    with, `copy` that of the finding which says that it repeats another block, 0 without one. `gap` is the source between the
    block before and this one.
    """

    at: int
    block: Block
    html: str
    first: int
    last: int
    notes: tuple[int, ...]
    fold: int = 0
    copy: int = 0
    gap: str = ""


def shown(text: str) -> str:
    """Text of a draft, a rule or a path as HTML: markup escaped, controls and hidden characters written out.

    What joins or parts the letters and signs of many scripts stays: without it a family of four would be four people.
    """
    return escape("\n".join(map(_legible, _LINE_END.split(text))))


def _legible(line: str) -> str:
    parts = _JOINT.split(line)
    parts[::2] = map(visible, parts[::2])
    return "".join(parts)


def inert_markup(html: str) -> str:
    """The same page without what CI services obey when it is printed to a log (see edlint.report.terminal.harmless)."""
    return _SECTION.sub("section&#95;", _COMMAND.sub(r"\1&#58;", html).replace("##", "#&#35;"))


def pieces(file: FileResult, name: str, copies: frozenset[int] = frozenset()) -> list[Piece]:
    """The draft, block by block, in reading order. `name` begins the ids of its marks (`name-m1`) and notes (`name-n1`).

    What stands between the blocks is left out, but for places a finding points at. `copies` are the numbers of findings that
    say of a block that it repeats another.
    """
    source = file.source
    if source is None:
        return []
    blocks = _blocks(file, source)
    marked = spots(file, blocks)
    folds = _folds(file, [block.whole.start for block in blocks])
    found, end = [], 0
    for at, block in enumerate(blocks):
        span = block.whole
        copy = next((s.number for s in marked.touching[at] if s.number in copies and s.span.covers(span)), 0)
        html = "".join(_Marks(source.text, block, name, marked.touching[at], {copy} if copy else set()).html(at))
        first, last = (source.lines.position(offset).line for offset in (span.start, max(span.start, span.end - 1)))
        gap = source.text[end : span.start]
        found.append(Piece(at, block, html, first, last, tuple(marked.beside[at]), folds[at], copy, gap))
        end = span.end
    return found


def _blocks(file: FileResult, source: Source) -> list[Block]:
    """The blocks, none inside another, with what silences findings and what one points at between them; lines where no blocks are known."""
    known = list(file.document.blocks) if file.document else []
    comments = [_plain("directive", c.span) for c in file.document.comments if "edlint-" in c.text] if file.document else []
    wanted = sorted({f.span for f in file.findings} | {r.span for f in file.findings for r in f.related})
    ends = [span.end for span in wanted]
    found: list[Block] = []
    at = 0
    last = _plain("", Span(len(source.text), len(source.text)))
    for block in (*sorted((*known, *comments), key=lambda b: (b.whole.start, -b.whole.end)), last):
        if block.whole.start < at:
            continue
        for line in _LINE.finditer(source.text, at, block.whole.start):
            next_one = bisect_right(ends, line.start())
            if not known or (next_one < len(wanted) and wanted[next_one].start < line.end()):
                found.append(_plain("raw" if known else "line", Span(*line.span())))
        if block.kind:
            found.append(block)
            at = block.whole.end
    return found or ([_plain("line", Span(0, len(source.text)))] if file.findings else [])


def _plain(kind: str, span: Span) -> Block:
    """A block that no format made, whose text is the source itself."""
    return Block(kind, " " * (span.end - span.start), SourceMap.verbatim(span.start))  # type: ignore[arg-type]


def _folds(file: FileResult, starts: Sequence[int]) -> list[int]:
    """For each block the number of the finding it is folded away with, 0 for none."""
    folds = [0] * len(starts)
    for number, finding in enumerate(file.findings, 1):
        first, after = bisect_left(starts, finding.span.start), bisect_left(starts, finding.span.end)
        if after - first >= FOLDED and not any(folds[first:after]):
            folds[first:after] = [number] * (after - first)
    return folds


class _Marks(NamedTuple):
    """The text of one block and what is marked in it; `silent` are numbers that are not set in the text."""

    text: str
    block: Block
    name: str
    spots: Sequence[Spot]
    silent: set[int]

    def html(self, at: int) -> Iterator[str]:
        """The text of block number `at`, cut wherever a mark begins or ends."""
        whole = self.block.whole
        placed = [(spot, spot.drawn(self.text, whole)) for spot in self.spots]
        edges = sorted({whole.start, whole.end, *(edge for _, place in placed for edge in place)})
        begun: set[Spot] = set()
        for start, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
            for spot, place in placed:
                if place.end == start and spot.own == at and spot not in begun and place.start < start:
                    begun.add(spot)  # its words do not show, so they are written out as they stand in the source
                    yield self._mark(shown(self.text[slice(*spot.span)]), [spot], {spot})
                if place.end == start and spot.own == at and spot.number:
                    yield from self._number(spot, empty=place.start >= place.end)
            over = [spot for spot, place in placed if place.start <= start < place.end]
            words = shown(self._prose(start, end))
            yield self._mark(words, over, set(over) - begun) if over and words else words
            begun |= set(over) if words else set()

    def _prose(self, start: int, end: int) -> str:
        """What a reader sees of source[start:end]: without the markup between its words."""
        if self.block.kind in ("raw", "line", "directive"):
            return self.text[start:end]
        found = []
        text = self.block.text
        for piece in self.block.map.pieces(0, len(text)):
            first, last = max(start, piece.source.start), min(end, piece.source.end)
            words = text[piece.start : piece.end]
            if first < last and piece.end - piece.start == piece.source.end - piece.source.start:
                inside = slice(first - piece.source.start, last - piece.source.start)
                found.append(self.text[first:last] if "*" in words[inside] else words[inside])  # code stands as stars
            elif first < last and first == piece.source.start:
                found.append(words)
        return "".join(found)

    def _mark(self, html: str, over: Sequence[Spot], new: set[Spot]) -> str:
        worst = max(over, key=lambda spot: spot.level)
        anchors = [f"--{self.name}-m{spot.number}" for spot in over if spot in new and spot.place == 0 and spot.number]
        style = f' style="anchor-name:{",".join(anchors)}"' if anchors else ""
        long = " long" if all(spot.span.end - spot.span.start > LONG for spot in over if spot.level == worst.level) else ""
        return f'<mark class="{worst.word}{long}"{style}>{html if html.strip() else html.translate(_BLANK)}</mark>'

    def _number(self, spot: Spot, *, empty: bool) -> Iterator[str]:
        """The raised number behind a mark, which leads to the note; before it a caret where a finding points between two characters."""
        if empty:
            yield self._mark(_CARET, [spot], {spot})
        if spot.number in self.silent:
            return
        anchor = f'id="{spot.id(self.name)}" href="#{self.name}-n{spot.number}"'
        yield f'<a class="no {spot.word}" {anchor} aria-label="{spot.word.capitalize()}, note {spot.number}">&#8288;{spot.number}</a>'
