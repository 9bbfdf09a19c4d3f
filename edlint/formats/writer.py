"""The text of one block while a reader of markup writes it, with the place each piece came from."""

from __future__ import annotations

from itertools import pairwise

from edlint.formats.templates import BOX, GONE, UNUSED_BOX, VALUE
from edlint.formats.wrapping import is_wrapped
from edlint.model.document import Mark, MarkKind
from edlint.text.lazy import lazy
from edlint.text.ranges import column
from edlint.text.sourcemap import SourceMap, TextBuilder

BLANKS = " \t\n\r\f\v"
_HIDDEN = lazy(f"[{VALUE}{GONE}]")
_PARTS = lazy(f"{VALUE}+|{GONE}+|[^{VALUE}{GONE}]+")


class Writer:
    """Collects one block's text and marks. Offsets given are source offsets; marks are kept in text offsets."""

    __slots__ = ("_breaks", "_ends", "_marks", "_open", "_starts", "_texts", "code", "length", "templated")

    def __init__(self) -> None:
        self._texts: list[str] = []  # the pieces written, and where each comes from
        self._starts, self._ends = column(), column()
        self._breaks = column(), column(), column()  # where soft breaks stand in the text, and the source ranges of each
        self._marks: list[Mark] = []
        self._open: dict[str, list[tuple[MarkKind, int, str]]] = {}
        self.code = 0
        self.templated = False
        self.length = 0

    @property
    def blank(self) -> bool:
        """Whether a further blank would be one too many: nothing is written yet, or a blank was last."""
        return not self._texts or self._texts[-1][-1] in BLANKS

    @property
    def breaking(self) -> bool:
        """Whether a line break was written last."""
        return bool(self._texts) and self._texts[-1] == "\n"

    @property
    def idle(self) -> bool:
        """Whether neither text nor a mark was written."""
        return not self._texts and not self._marks

    def add(self, text: str, start: int, end: int) -> None:
        """Append `text`, which stands for source[start:end]; inside code it is masked, and hidden template syntax is never shown.

        A parser may report a line end that has no place in the source; inside code, where a mask would show, it is dropped.
        """
        if not text.isascii() and _HIDDEN.search(text):
            self._add_around(text, start, end)
        elif text and not (self.code and start == end):
            self._put("*" * len(text) if self.code else text, start, end)

    def _put(self, text: str, start: int, end: int) -> None:
        self._texts.append(text)
        self._starts.append(start)
        self._ends.append(end)
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
            for values, value in zip(self._breaks, (self.length, start, end), strict=True):
                values.append(value)
            self.add("\n", start, end)

    def rstrip(self) -> None:
        """Take back the ASCII blanks written last, and what marks had of them."""
        before = self.length
        while self._texts:
            text = self._texts[-1]
            kept = text.rstrip(BLANKS)
            if kept == text:
                break
            self._texts.pop()
            start, end = self._starts.pop(), self._ends.pop()
            self.length -= len(text)
            if kept:
                self._put(kept, start, start + len(kept) if len(text) == end - start else end)
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
        built = TextBuilder()
        for text, start, end in zip(self._texts, self._starts, self._ends, strict=True):
            built.add(text, start, end)
        text, map = built.build()
        if self._breaks[0]:
            text = self._unwrapped(text, cut)
        if not self._marks:
            return text, map, ()
        return text, map, tuple(sorted(filter(None, (fit(mark, text, cut) for mark in self._marks)), key=_place))

    def _unwrapped(self, text: str, cut: int) -> str:
        """The text, `cut` characters short at its start, with a blank for each soft break when its lines are wrapped."""
        places = zip(*self._breaks, strict=True)
        breaks = [(at - cut, start, end) for at, start, end in places if text[max(0, at - cut) : at - cut + 1] == "\n"]
        if not breaks:
            return text
        edges = [-1, *(at for at, _, _ in breaks), len(text)]
        lines = [text[a + 1 : b].strip(BLANKS) for a, b in pairwise(edges)]
        begins = [self._starts[0], *(end for _, _, end in breaks)]
        ends = [*(start for _, start, _ in breaks), self._ends[-1]]
        if not is_wrapped(lines, [end - begin for begin, end in zip(begins, ends, strict=True)]):
            return text
        return " ".join(text[a + 1 : b] for a, b in pairwise(edges))

    def _lstrip(self) -> int:
        """Take away the ASCII blanks written first; returns how many."""
        texts, starts, ends, cut, first = self._texts, self._starts, self._ends, 0, 0
        while first < len(texts):
            text = texts[first]
            kept = text.lstrip(BLANKS)
            cut += len(text) - len(kept)
            if kept:
                if len(text) == ends[first] - starts[first]:
                    starts[first] = ends[first] - len(kept)
                texts[first] = kept
                break
            first += 1
        del texts[:first], starts[:first], ends[:first]
        return cut


def _place(mark: Mark) -> tuple[int, int]:
    """Outer marks before inner ones."""
    return mark.start, -mark.end


def fit(mark: Mark, text: str, cut: int) -> Mark | None:
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
