"""What markup readers share: a Flow of blocks, driven by the events of a parser, whatever the markup.

Every method is constant work on a stack or a list, so that ten thousand open elements cost no more than ten thousand closed ones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from edlint.document import Block, Comment, Kind, Mark, MarkKind
from edlint.text.sourcemap import SourceMap, TextBuilder
from edlint.text.span import Span

BLANKS = " \t\n\r\f\v"
LABEL = re.compile(r"(?:(?:photo|image|picture)\s+)?(?:caption|credit)s?:|(?:photo|image|picture)(?:graph)?s?:", re.IGNORECASE)


class Writer:
    """Collects one block's text and marks. Offsets given are source offsets; marks are kept in text offsets."""

    __slots__ = ("_marks", "_open", "_pieces", "code", "length")

    def __init__(self) -> None:
        self._pieces: list[tuple[str, int, int]] = []
        self._marks: list[Mark] = []
        self._open: dict[str, list[tuple[MarkKind, int, str]]] = {}
        self.code = 0
        self.length = 0

    @property
    def blank(self) -> bool:
        """Whether a further blank would be one too many: nothing is written yet, or a blank was last."""
        return not self._pieces or self._pieces[-1][0][-1] in BLANKS

    @property
    def breaking(self) -> bool:
        """Whether a line break was written last."""
        return bool(self._pieces) and self._pieces[-1][0] == "\n"

    @property
    def idle(self) -> bool:
        """Whether neither text nor a mark was written."""
        return not self._pieces and not self._marks

    def add(self, text: str, start: int, end: int) -> None:
        """Append `text`, which stands for source[start:end]; inside code it is masked."""
        if text:
            self._pieces.append(("*" * len(text) if self.code else text, start, end))
            self.length += len(text)

    def rstrip(self) -> None:
        """Take back the ASCII blanks written last."""
        while self._pieces:
            text, start, end = self._pieces[-1]
            kept = text.rstrip(BLANKS)
            if kept == text:
                return
            self._pieces.pop()
            self.length -= len(text)
            if kept:
                self._pieces.append((kept, start, start + len(kept) if len(text) == end - start else end))
                self.length += len(kept)

    def open(self, name: str, kind: MarkKind, target: str = "") -> None:
        """Start a mark that the element `name` makes."""
        self._open.setdefault(name, []).append((kind, self.length, target))
        self.code += kind == "code"

    def close(self, name: str) -> None:
        """End the mark that the last open element `name` made; nothing when there is none."""
        if begun := self._open.get(name):
            kind, start, target = begun.pop()
            self.code -= kind == "code"
            if start < self.length:
                self._marks.append(Mark(kind, start, self.length, target))

    def point(self, kind: MarkKind, target: str) -> None:
        """Set an empty mark here: a note reference or an image, which stand in the text without being text."""
        self._marks.append(Mark(kind, self.length, self.length, target))

    def link(self) -> tuple[str, str]:
        """The element and target of a link still open, or two empty texts: links may enclose whole blocks."""
        return next(((name, begun[-1][2]) for name, begun in self._open.items() if begun and begun[-1][0] == "link"), ("", ""))

    def build(self) -> tuple[str, SourceMap, tuple[Mark, ...]]:
        """The text without ASCII blanks at its ends, its map, and its marks in order. Closes what is open."""
        for name, begun in self._open.items():
            while begun:
                self.close(name)
        self.rstrip()
        cut = self._lstrip()
        pieces = self._pieces
        if len(pieces) == 1 and len(pieces[0][0]) == pieces[0][2] - pieces[0][1]:
            text = pieces[0][0]
            map = SourceMap.verbatim(pieces[0][1], len(text))
        else:
            built = TextBuilder()
            for piece in pieces:
                built.add(*piece)
            text, map = built.build()
        if not self._marks:
            return text, map, ()
        return text, map, tuple(sorted(filter(None, (_fit(mark, text, cut) for mark in self._marks)), key=_place))

    def _lstrip(self) -> int:
        """Take away the ASCII blanks written first; returns how many."""
        pieces, cut, first = self._pieces, 0, 0
        while first < len(pieces):
            text, start, end = pieces[first]
            kept = text.lstrip(BLANKS)
            cut += len(text) - len(kept)
            if kept:
                pieces[first] = (kept, end - len(kept) if len(text) == end - start else start, end)
                break
            first += 1
        del pieces[:first]
        return cut


def _place(mark: Mark) -> tuple[int, int]:
    """Outer marks before inner ones."""
    return mark.start, -mark.end


def _fit(mark: Mark, text: str, cut: int) -> Mark | None:
    """The mark moved by `cut` and without blanks at its ends; None when nothing is left of one that was not empty."""
    start, end = max(0, mark.start - cut), min(len(text), mark.end - cut)
    if mark.start == mark.end:
        start = min(start, len(text))
        return mark._replace(start=start, end=start)
    if start < end and text[start] in BLANKS:
        start += 1
    if start < end and text[end - 1] in BLANKS:
        end -= 1
    return mark._replace(start=start, end=end) if start < end else None


class Frame(NamedTuple):
    """An open container: its name, and what a block inside it is."""

    name: str
    kind: Kind
    level: int
    within: tuple[str, ...]


class Flow:
    """The blocks read so far, the containers that are open, and the block being written."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.comments: list[Comment] = []
        self.stack = [Frame("", "paragraph", 0, ())]
        self.writer = Writer()
        self.headline: int | None = None
        self.language = ""
        self._count: dict[str, int] = {}
        self._alts: list[Block] = []
        self._pictured = False

    def push(self, name: str, kind: Kind | None = None, level: int = 0, inside: tuple[str, ...] = ()) -> None:
        """Open a container. It hands its parent's kind on unless it has its own; `inside` are its names in `Block.within`, each once."""
        self.flush()
        top = self.stack[-1]
        within = (*top.within, *(word for word in inside if word not in top.within)) if inside else top.within
        self.stack.append(Frame(name, kind or top.kind, level if kind else top.level, within))
        self._count[name] = self._count.get(name, 0) + 1

    def pop(self, name: str) -> None:
        """Close the innermost container `name` and all that is open inside it; when there is none only the block ends."""
        self.flush()
        if not self._count.get(name):
            return
        while True:
            frame = self.stack.pop()
            self._count[frame.name] -= 1
            if frame.name == name:
                return

    def inside(self, *names: str) -> bool:
        """Whether a container with one of the names is open."""
        return any(self._count.get(name) for name in names)

    def comment(self, text: str, start: int, end: int) -> None:
        """Note a comment of the draft: its inner text and the span of the whole."""
        self.comments.append(Comment(text.strip(), Span(start, end)))

    def picture(self, alt: Writer, target: str) -> None:
        """An image in the text; its alternative text becomes a block of its own, after the block it stands in."""
        text, map, _ = alt.build()
        if text:
            self._alts.append(Block("alt", text, map, within=self.stack[-1].within))
        self.writer.point("image", target)

    def flush(self) -> None:
        """End the block being written."""
        writer = self.writer
        if writer.idle:
            return
        self.writer = Writer()
        name, target = writer.link()
        if name:
            self.writer.open(name, "link", target)
        text, map, marks = writer.build()
        image = bool(marks) and any(mark.kind == "image" for mark in marks)
        if text:
            frame = self.stack[-1]
            kind = self._kind(frame, text, marks, pictured=image or self._pictured)
            self.blocks.append(Block(kind, text, map, frame.level, frame.within, marks))
        self._pictured = image and not text
        if self._alts:
            self.blocks += self._alts
            self._alts = []

    def _announced(self, text: str) -> bool:
        """Whether a top heading repeats the title in the front matter, which then is a field like any other: one title is enough."""
        before = self.blocks[self.headline] if self.headline is not None else None
        if before is None or not before.key or before.text.split() != text.split():
            return False
        self.blocks[self.blocks.index(before)] = before._replace(kind="front-matter", level=0)
        return True

    def _kind(self, frame: Frame, text: str, marks: tuple[Mark, ...], *, pictured: bool) -> Kind:
        """The kind of a block: its container's, but the first top heading is the title, and captions are known by label or place."""
        if frame.kind == "heading" and frame.level == 1 and (self.headline is None or self._announced(text)):
            self.headline = len(self.blocks)
            return "title"
        if frame.kind == "paragraph":
            emphasised = pictured and any(m.kind in ("emphasis", "strong") and m.end - m.start == len(text) for m in marks)
            if emphasised or LABEL.match(text):
                return "caption"
        return frame.kind
