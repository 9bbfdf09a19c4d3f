"""The text of one block while a reader of markup writes it, with the place each piece came from."""

from __future__ import annotations

import re
from itertools import pairwise

from edlint.formats.templates import BOX, GONE, UNUSED_BOX, VALUE
from edlint.formats.wrapping import is_wrapped
from edlint.model.document import Mark, MarkKind
from edlint.text.sourcemap import SourceMap, TextBuilder

BLANKS = " \t\n\r\f\v"
_HIDDEN = re.compile(f"[{VALUE}{GONE}]")
_PARTS = re.compile(f"{VALUE}+|{GONE}+|[^{VALUE}{GONE}]+")


class Writer:
    """Collects one block's text and marks. Offsets given are source offsets; marks are kept in text offsets."""

    __slots__ = ("_breaks", "_marks", "_open", "_pieces", "code", "length", "templated")

    def __init__(self) -> None:
        self._pieces: list[tuple[str, int, int]] = []
        self._breaks: list[tuple[int, int, int]] = []
        self._marks: list[Mark] = []
        self._open: dict[str, list[tuple[MarkKind, int, str]]] = {}
        self.code = 0
        self.templated = False
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
        """Append `text`, which stands for source[start:end]; inside code it is masked, and hidden template syntax is never shown."""
        if not text.isascii() and _HIDDEN.search(text):
            self._add_around(text, start, end)
        elif text:
            self._pieces.append(("*" * len(text) if self.code else text, start, end))
            self.length += len(text)

    def _add_around(self, text: str, start: int, end: int) -> None:
        """Append a text with hidden template syntax in it: what prints something is shown as code is, the rest not at all."""
        verbatim = len(text) == end - start
        for part in _PARTS.finditer(UNUSED_BOX.sub(GONE * len(BOX), text)):
            first, last = (start + part.start(), start + part.end()) if verbatim else (start, end)
            if part[0][0] == VALUE:
                self.templated = True
                self.open(VALUE, "code")
                self.add("*" * len(part[0]), first, last)
                self.close(VALUE)
            elif part[0][0] == GONE:
                self.templated = True
            else:
                self.add(part[0], first, last)

    def soft_break(self, start: int, end: int) -> None:
        """End a line of source without saying whether its author meant to: `build` finds out."""
        if not self.breaking:
            self._breaks.append((self.length, start, end))
            self.add("\n", start, end)

    def rstrip(self) -> None:
        """Take back the ASCII blanks written last, and what marks had of them."""
        before = self.length
        while self._pieces:
            text, start, end = self._pieces[-1]
            kept = text.rstrip(BLANKS)
            if kept == text:
                break
            self._pieces.pop()
            self.length -= len(text)
            if kept:
                self._pieces.append((kept, start, start + len(kept) if len(text) == end - start else end))
                self.length += len(kept)
        if self.length < before:
            self._clip()

    def _clip(self) -> None:
        """Let no mark reach beyond what is written."""
        most = self.length
        for begun in self._open.values():
            begun[:] = [(kind, min(start, most), target) for kind, start, target in begun]
        beyond = []
        while self._marks and self._marks[-1].end > most:  # in the order in which they were closed
            beyond.append(self._marks.pop())
        for mark in reversed(beyond):
            if mark.start == mark.end or mark.start < most:
                self._marks.append(mark._replace(start=min(mark.start, most), end=most))

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
            map = SourceMap.verbatim(pieces[0][1])
        else:
            built = TextBuilder()
            for piece in pieces:
                built.add(*piece)
            text, map = built.build()
        if self._breaks:
            text = self._unwrapped(text, cut)
        if not self._marks:
            return text, map, ()
        return text, map, tuple(sorted(filter(None, (_fit(mark, text, cut) for mark in self._marks)), key=_place))

    def _unwrapped(self, text: str, cut: int) -> str:
        """The text, `cut` characters short at its start, with a blank for each soft break when its lines are wrapped."""
        breaks = [(at - cut, start, end) for at, start, end in self._breaks if text[max(0, at - cut) : at - cut + 1] == "\n"]
        if not breaks:
            return text
        edges = [-1, *(at for at, _, _ in breaks), len(text)]
        lines = [text[a + 1 : b].strip(BLANKS) for a, b in pairwise(edges)]
        begins = [self._pieces[0][1], *(end for _, _, end in breaks)]
        ends = [*(start for _, start, _ in breaks), self._pieces[-1][2]]
        if not is_wrapped(lines, [end - begin for begin, end in zip(begins, ends, strict=True)]):
            return text
        return " ".join(text[a + 1 : b] for a, b in pairwise(edges))

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
