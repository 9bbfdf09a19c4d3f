"""Offsets, positions and lines. An offset is a 0-based index of a code point in the decoded source text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from edlint.text.lazy import lazy

_LINE_END = lazy(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open stretch of the source: code points `start` up to, not including, `end`, both 0-based."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


def edited(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """The text after edits that do not overlap: each a span, and what takes its place."""
    parts, at = [], 0
    for span, new in sorted(edits):
        parts += [text[at : span.start], new]
        at = span.end
    return "".join([*parts, text[at:]])


class Position(NamedTuple):
    """A place to show a person: 1-based line, 1-based column in code points."""

    line: int
    column: int


class LineIndex:
    """Turns offsets into positions. A line ends at LF, CR LF or a lone CR and nowhere else (not at U+2028 or a form feed)."""

    __slots__ = ("_ends", "_length", "_starts")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._starts, self._ends = [0], []
        for found in _LINE_END.finditer(text):
            self._ends.append(found.start())
            self._starts.append(found.end())
        self._ends.append(self._length)

    def __len__(self) -> int:
        """The number of lines; a text that ends with a line end has an empty last line, which counts."""
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """The position of a 0-based offset. Raises ValueError outside 0..length."""
        if not 0 <= offset <= self._length:
            raise ValueError(f"offset {offset} is outside the text (0..{self._length})")
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line without its line end. Raises IndexError for a line that does not exist."""
        if not 1 <= line <= len(self._starts):
            raise IndexError(f"no line {line} (1..{len(self._starts)})")
        return Span(self._starts[line - 1], self._ends[line - 1])

    def last_line(self, span: Span) -> int:
        """The 1-based line of the last code point of `span` (of its start when it is empty)."""
        return self.position(max(span.start, span.end - 1)).line


_UNDERLINE = lazy(r"\s{0,3}(?:=+|-+)\s*")


def whole_lines(text: str, lines: LineIndex, span: Span) -> Span | None:
    """The lines of `text` that `span` stands on, line ends included; None where they hold something else too.

    With them goes one blank line that would be left over: where blank lines or the text's edges would meet. A line
    that is underlined, as Markdown's headings are, is not given away, because the underline would find another.
    """
    top, bottom = lines.position(span.start).line, lines.last_line(span)
    start, end = lines.line_span(top).start, lines.line_span(bottom).end
    if text[start : span.start].strip() or text[span.end : end].strip():
        return None

    def blank(line: int) -> bool:
        return 1 <= line <= len(lines) and not text[slice(*lines.line_span(line))].strip()

    if bottom < len(lines):
        if _UNDERLINE.fullmatch(text, *lines.line_span(bottom + 1)):
            return None
        end = lines.line_span(bottom + 1).start
    last = end == len(text)
    if last and blank(top - 1):
        start = lines.line_span(top - 1).start
    elif not last and blank(bottom + 1) and (top == 1 or blank(top - 1)):
        end = lines.line_span(bottom + 2).start if bottom + 2 <= len(lines) else len(text)
    return Span(start, end)
