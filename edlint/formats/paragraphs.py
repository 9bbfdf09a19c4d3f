"""What readers of word processors' files share: paragraphs become a text with one paragraph a line, and blocks with places in it.

So the line that a report names is the number of the paragraph. The text of notes and pictures stands after the last paragraph.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from edlint.formats.flow import LABEL
from edlint.formats.plain import rank
from edlint.formats.writer import BLANKS, fit
from edlint.model.document import Block, Comment, Kind, Mark, MarkKind
from edlint.text.ranges import column
from edlint.text.sourcemap import SourceMap
from edlint.text.span import Span

AUTHOR = "edlint"  # of the comments that edlint writes into files
FIXED = -1  # the node of a piece that no edit may touch: a tab, a break


class Said(NamedTuple):
    """A comment in a file: who wrote it, its text, and the offset at which it begins; -1 where that is not known."""

    author: str
    text: str
    at: int


@dataclass(slots=True)
class Paragraph:
    """One paragraph while it is read. `pieces` are its text, each with the number of the text node it comes from, or FIXED.

    `kind` None says that it is no prose of the author's: a line of a table of contents. `pictures` are the texts that stand for its
    pictures, each with where its picture stands. `languages` counts characters by their language; `removable` says that the whole
    paragraph can go without leaving half of something.
    """

    kind: Kind | None = "paragraph"
    level: int = 0
    within: tuple[str, ...] = ()
    note: str = ""
    part: int = 0
    first: int = 0
    last: int = 0
    removable: bool = True
    pieces: list[tuple[str, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    pictures: list[tuple[str, int]] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    length: int = 0

    def add(self, text: str, node: int = FIXED) -> None:
        """Append some text."""
        if text:
            self.pieces.append((text, node))
            self.length += len(text)

    def stop(self) -> None:
        """A line that the author ended inside the paragraph. It is a blank in the text, which has a line for each paragraph only."""
        self.breaks.append(self.length)
        self.add(" ")

    def mark(self, kind: MarkKind, start: int, target: str = "") -> None:
        """Mark what was written from `start` on; nothing where that is nothing. It goes on with a mark of its kind that ends there."""
        if start >= self.length:
            return
        for at in range(len(self.marks) - 1, max(len(self.marks) - 4, -1), -1):
            mark = self.marks[at]
            if (mark.kind, mark.target, mark.end) == (kind, target, start):
                self.marks[at] = mark._replace(end=self.length)
                return
        self.marks.append(Mark(kind, start, self.length, target))

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(text for text, _ in self.pieces)


class Laid:
    """Paragraphs as one text with its blocks. `nodes` and `offsets` tell for each piece of the text its node and where it begins.

    `body` and `notes` are the paragraphs; `language` is that of the whole. The texts of pictures are lines at the end.
    """

    def __init__(self, body: Sequence[Paragraph], notes: Sequence[Paragraph], language: str) -> None:
        self.paragraphs = (*body, *notes)
        self.language = language
        self.offsets: array[int] = column()
        self.nodes: array[int] = column()
        self.starts: array[int] = column()  # of paragraphs
        lines = []
        at = 0
        for paragraph in self.paragraphs:
            self.starts.append(at)
            lines.append(paragraph.text)
            for text, node in paragraph.pieces:
                self.offsets.append(at)
                self.nodes.append(node)
                at += len(text)
            at += 1
        self.pictures: list[tuple[int, int]] = []  # where each picture's text begins, and the place of the picture
        self.blocks = tuple(self._blocks(lines, at))
        self.text = "\n".join(lines)

    def _blocks(self, lines: list[str], at: int) -> Iterator[Block]:
        """The blocks; the texts of pictures are added to `lines`, of which the next begins at `at`."""
        styled = any(paragraph.kind in ("title", "heading") for paragraph in self.paragraphs)
        before: list[Block] = []
        titled = pictured = False
        for number, paragraph in enumerate(self.paragraphs):
            block = _block(paragraph, lines[number], self.starts[number])
            if block and block.kind == "heading" and block.level == 1 and not titled and "note" not in block.within:
                block = block._replace(kind="title")
            elif block and block.kind == "paragraph":
                block = block._replace(kind=_unstyled(block, before, pictured=pictured, styled=styled))
            if block:
                block = block._replace(level=block.level or int(block.kind == "title") or 2 * (block.kind == "heading"))
                titled = titled or block.kind == "title"
                before.append(block)
                yield block
            pictured = bool(paragraph.pictures) and not block
            for text, place in paragraph.pictures:
                if text:
                    yield Block("alt", text, SourceMap.verbatim(at), within=paragraph.within)
                    self.pictures.append((at, place))
                    lines.append(text)
                    at += len(text) + 1

    def piece(self, offset: int) -> int:
        """The number of the piece that holds an offset, or that ends last before it; -1 before the first."""
        return bisect_right(self.offsets, offset) - 1

    def paragraph(self, offset: int) -> int:
        """The number (0-based) of the paragraph that holds an offset, or its line end."""
        return bisect_right(self.starts, offset) - 1


def _block(paragraph: Paragraph, text: str, start: int) -> Block | None:
    """The block of a paragraph; None without prose in it."""
    body = text.strip(BLANKS)
    if not body or paragraph.kind is None:
        return None
    cut = text.index(body[0])
    shown = list(body) if paragraph.breaks or any(mark.kind == "code" for mark in paragraph.marks) else None
    if shown:
        for at in paragraph.breaks:
            if cut <= at < cut + len(body):
                shown[at - cut] = "\n"
        for mark in paragraph.marks:
            if mark.kind == "code":
                first, last = max(mark.start - cut, 0), min(mark.end - cut, len(body))
                shown[first:last] = "*" * max(0, last - first)
        body = "".join(shown)
    marks = sorted((m for mark in paragraph.marks if (m := fit(mark, body, cut))), key=lambda m: (m.start, -m.end))
    tongue, most = paragraph.languages.most_common(1)[0] if paragraph.languages else ("", 0)
    language = tongue if most * 5 > 4 * len(body) else ""
    kind = "heading" if paragraph.kind == "title" else paragraph.kind
    level = 1 if paragraph.kind == "title" else paragraph.level
    return Block(kind, body, SourceMap.verbatim(start + cut), level, paragraph.within, tuple(marks), language=language)


def _unstyled(block: Block, before: Sequence[Block], *, pictured: bool, styled: bool) -> Kind:
    """What a paragraph without a style of its own is: known by its label, its place, or where no heading has a style, its look."""
    looks = {mark.kind for mark in block.marks if mark.end - mark.start == len(block.text)}
    if LABEL.match(block.text) or (pictured and looks & {"strong", "emphasis"}):
        return "caption"
    if styled or block.within or (before and "strong" not in looks):
        return "paragraph"
    return rank(block.text, before, alone=True, more=True)


def comments_of(said: Iterable[Said]) -> tuple[Comment, ...]:
    """The comments that may hold directives: those of people, in order."""
    placed = sorted((item for item in said if item.at >= 0 and item.author != AUTHOR and item.text.strip()), key=lambda item: item.at)
    return tuple(Comment(item.text.strip(), Span(item.at, item.at)) for item in placed)
