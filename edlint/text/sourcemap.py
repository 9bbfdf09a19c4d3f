"""The map from a block's text back to the source: built while parsing, never found again by searching."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from edlint.text.ranges import column
from edlint.text.span import Span


class Piece(NamedTuple):
    """A part of a block's text, `text[start:end]`, and the source span that it stands for."""

    start: int
    end: int
    source: Span


class SourceMap:
    """The map from offsets in a block's text to source spans; `Verbatim` or `Segments`."""

    __slots__ = ()

    @staticmethod
    def verbatim(source_start: int) -> SourceMap:
        """The map of a text that is one unchanged slice of the source."""
        return Verbatim(source_start)

    def span(self, start: int, end: int) -> Span:
        """The source span of text[start:end] (0-based, half-open, inside the text). An empty range maps to an empty span."""
        raise NotImplementedError

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of text[start:end] (0-based, half-open), in order, from which a map of it can be built again."""
        raise NotImplementedError


class Verbatim(int, SourceMap):
    """The map of unbroken text, as most is: one number, how far after its place in the text each character stands in the source."""

    __slots__ = ()

    def span(self, start: int, end: int) -> Span:
        """See SourceMap.span."""
        return Span(start + self, max(start, end) + self)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """See SourceMap.pieces."""
        if start < end:
            yield Piece(start, end, self.span(start, end))


class Segments(SourceMap):
    """A piecewise map.

    Each segment is (text start, source start, source end). One whose source length equals its text length is verbatim and
    maps point by point; any other (an entity, a CR LF read as one line feed) is atomic: an offset inside it maps to
    the segment's edges.
    """

    __slots__ = ("_ends", "_length", "_sources", "_texts")

    def __init__(self, texts: Iterable[int], sources: Iterable[int], ends: Iterable[int], length: int) -> None:
        self._texts, self._sources, self._ends, self._length = column(texts), column(sources), column(ends), length

    def span(self, start: int, end: int) -> Span:
        """See SourceMap.span."""
        if end <= start:
            at = self._edge(start, last=False)
            return Span(at, at)
        return Span(self._edge(start, last=False), self._edge(end, last=True))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """See SourceMap.pieces."""
        texts = self._texts
        for run in range(max(0, bisect_right(texts, start) - 1), len(texts)):
            first, last = max(start, texts[run]), min(end, texts[run + 1] if run + 1 < len(texts) else self._length)
            if first < last:
                yield Piece(first, last, self.span(first, last))
            elif first >= end:
                return

    def _edge(self, offset: int, *, last: bool) -> int:
        """Source offset of the left edge of text[offset], or (last) of the right edge of text[offset - 1]."""
        texts = self._texts
        run = max(0, bisect_right(texts, offset - 1 if last else offset) - 1)
        begin = texts[run]
        width = (texts[run + 1] if run + 1 < len(texts) else self._length) - begin
        source, end = self._sources[run], self._ends[run]
        if width == end - source:
            return min(source + offset - begin, end)
        return end if last or offset >= begin + width else source


class TextBuilder:
    """Collects a block's text piece by piece, each with the source range it came from."""

    __slots__ = ("_ends", "_length", "_parts", "_sources", "_texts")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._texts, self._sources, self._ends = column(), column(), column()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, text: str, start: int, end: int) -> None:
        """Append `text`, which stands for source[start:end]; equal lengths mean it is verbatim or masked one for one."""
        if not text:
            return
        verbatim = len(text) == end - start
        if verbatim and self._ends and self._ends[-1] == start and self._length - self._texts[-1] == self._ends[-1] - self._sources[-1]:
            self._ends[-1] = end
        else:
            self._texts.append(self._length)
            self._sources.append(start)
            self._ends.append(end)
        self._parts.append(text)
        self._length += len(text)

    def build(self) -> tuple[str, SourceMap]:
        """The whole text and its map."""
        text = "".join(self._parts)
        if len(self._texts) == 1 and self._ends[0] - self._sources[0] == self._length:
            return text, Verbatim(self._sources[0])
        return text, Segments(self._texts or (0,), self._sources or (0,), self._ends or (0,), self._length)
