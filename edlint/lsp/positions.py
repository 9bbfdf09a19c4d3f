"""Offsets in code points to positions as the protocol counts them, and back: lines from 0, and units of the encoding agreed upon."""

from __future__ import annotations

from lsprotocol import types

from edlint.model.finding import Edit
from edlint.model.source import Source
from edlint.text.span import Span

_UNITS = {types.PositionEncodingKind.Utf8: ("utf-8", 1), types.PositionEncodingKind.Utf16: ("utf-16-le", 2)}


class Positions:
    """The positions in one version of a draft, counted in the units of an encoding: UTF-8, UTF-16 or UTF-32."""

    def __init__(self, source: Source, encoding: str) -> None:
        self._text, self._lines = source.text, source.lines
        self._codec, self._width = _UNITS.get(types.PositionEncodingKind(encoding), ("", 1))

    def range(self, span: Span) -> types.Range:
        """A span as a range."""
        return types.Range(self.at(span.start), self.at(span.end))

    def at(self, offset: int) -> types.Position:
        """An offset as a position. Between the two characters of a CR LF it is the end of the line."""
        line = self._lines.position(offset).line
        start, end = self._lines.line_span(line)
        before = self._text[start : min(offset, end)]
        units = len(before.encode(self._codec, "surrogatepass")) // self._width if self._codec else len(before)
        return types.Position(line - 1, units)

    def offset(self, position: types.Position) -> int:
        """The offset of a position; of one outside of the draft or of its line, the nearest that is inside."""
        line = min(position.line + 1, len(self._lines))
        start, end = self._lines.line_span(line)
        if position.line >= len(self._lines):
            return end
        if not self._codec:
            return min(start + position.character, end)
        head = self._text[start:end].encode(self._codec, "surrogatepass")[: position.character * self._width]
        return start + len(head.decode(self._codec, "ignore"))

    def span(self, range: types.Range) -> Span:
        """The span of a range; never one that ends before it starts."""
        start = self.offset(range.start)
        return Span(start, max(start, self.offset(range.end)))

    def edit(self, edit: Edit) -> types.TextEdit:
        """An edit of the draft."""
        return types.TextEdit(self.range(edit.span), edit.text)
