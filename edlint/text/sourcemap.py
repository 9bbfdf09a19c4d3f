"""The map from a block's text back to the source: built while parsing, never found again by searching."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edlint.text.span import Span


class Piece(NamedTuple):
    """A part of a block's text, `text[start:end]`, and the source span that it stands for."""

    start: int
    end: int
    source: Span


class SourceMap:
    """Piecewise map from offsets in a block's text to source spans.

    Each run is (text start, source start, source end). A run whose source length equals its text length is verbatim and
    maps point by point; any other run (an entity, a CR LF read as one line feed) is atomic: an offset inside it maps to
    the run's edges.
    """

    __slots__ = ("_ends", "_length", "_shift", "_sources", "_texts")

    def __init__(self, texts: Sequence[int], sources: Sequence[int], ends: Sequence[int], length: int) -> None:
        self._texts, self._sources, self._ends, self._length = texts, sources, ends, length
        # What lies between text and source where the whole text is one verbatim run, as most are; else -1.
        self._shift = sources[0] if len(texts) == 1 and ends[0] - sources[0] == length else -1

    @classmethod
    def verbatim(cls, source_start: int, length: int) -> SourceMap:
        """The map of a text that is one unchanged slice of the source."""
        return cls((0,), (source_start,), (source_start + length,), length)  # tuples cost the garbage collector nothing

    def span(self, start: int, end: int) -> Span:
        """The source span of text[start:end] (0-based, half-open). An empty range maps to an empty span."""
        if self._shift >= 0 and 0 <= start < end <= self._length:
            return Span(start + self._shift, end + self._shift)
        if end <= start:
            at = self._edge(start, last=False)
            return Span(at, at)
        return Span(self._edge(start, last=False), self._edge(end, last=True))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of text[start:end] (0-based, half-open), in order, from which a map of it can be built again."""
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
        self._texts: list[int] = []
        self._sources: list[int] = []
        self._ends: list[int] = []
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
        texts, sources, ends = [*self._texts] or [0], [*self._sources] or [0], [*self._ends] or [0]
        return "".join(self._parts), SourceMap(texts, sources, ends, self._length)
