"""The markup inside a paragraph of reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edlint.formats.writer import Writer
from edlint.text.lazy import lazy

_TOKEN = lazy(
    r"``(?P<code>[^`]+(?:`[^`]+)*?)``"
    r"|(?::(?P<role>[\w.:+-]+):)?`(?!`)(?P<text>[^`<]+?)(?:\s*<(?P<target>[^`>]*)>)?`(?P<link>__?)?"
    r"|\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|(?<![*\w])\*(?P<emphasis>[^*\s](?:[^*]*[^*\s])?)\*(?!\w)"
    r"|\[(?P<note>[#*]?[\w.-]*)\]_(?!\w)"
    r"|(?<!\w)\|(?P<value>[^|\s](?:[^|\n]*[^|\s])?)\|_{0,2}"
    r"|(?<![\w/.@:-])(?P<reference>[A-Za-z0-9]+(?:[-.+][A-Za-z0-9]+)*)__?(?![\w/])"
    r"|\\(?P<escaped>[^\s])|\\(?P<gone>\s)"
)
_PROSE = frozenset(
    "emphasis strong title title-reference t ref doc term abbr abbreviation"
    " guilabel menuselection dfn sub sup subscript superscript".split()
)


def write(text: str, ranges: Sequence[tuple[int, int]], writer: Writer) -> None:
    """Write the lines of a paragraph, given as ranges of the draft's text, without their markup; `::` at the end is a colon."""
    if not ranges:
        return
    first, last = ranges[0][0], ranges[-1][1]
    if text[first:last].endswith("::"):
        last -= 1
    lines = _Lines(text, ranges, last, writer)
    at = first
    for found in _TOKEN.finditer(text, first, last):
        lines.put(at, found.start())
        _token(found, lines, writer)
        at = found.end()
    lines.put(at, last)


def _token(found: re.Match[str], lines: _Lines, writer: Writer) -> None:
    """Write one piece of markup as what a reader sees of it."""
    kind = found.lastgroup or ""
    if found["code"]:
        writer.open("code", "code")
        lines.put(*found.span("code"))
        writer.close("code")
    elif found["text"]:
        role = (found["role"] or "").lower()
        mark = "link" if found["link"] or found["target"] else "code" if role and role not in _PROSE else ""
        if mark:
            writer.open("text", "link" if mark == "link" else "code", found["target"] or "")
        lines.put(*found.span("text"))
        if mark:
            writer.close("text")
    elif found["strong"] or found["emphasis"]:
        name = "strong" if found["strong"] else "emphasis"
        writer.open(name, "strong" if name == "strong" else "emphasis")
        lines.put(*found.span(name))
        writer.close(name)
    elif found["note"] is not None:
        writer.point("note", found["note"])
    elif found["value"]:
        writer.open("value", "code")
        lines.put(*found.span("value"))
        writer.close("value")
    elif found["reference"]:
        writer.open("reference", "link")
        lines.put(*found.span("reference"))
        writer.close("reference")
    elif kind == "escaped":
        lines.put(*found.span("escaped"))


class _Lines:
    """Writes ranges of a paragraph, in which a line end with the indentation after it is a blank."""

    def __init__(self, text: str, ranges: Sequence[tuple[int, int]], last: int, writer: Writer) -> None:
        self._text, self._ranges, self._last, self._writer = text, ranges, last, writer
        self._line = 0

    def put(self, start: int, end: int) -> None:
        """Write text[start:end]. To be called in order."""
        while start < end:
            stop = min(self._ranges[self._line][1], self._last)
            if start < stop:
                if self._text[start] == " " and self._writer.blank:
                    start += 1
                    continue
                upto = min(end, stop)
                self._writer.add(self._text[start:upto], start, upto)
                start = upto
            elif self._line + 1 < len(self._ranges):
                self._line += 1
                begin = self._ranges[self._line][0]
                if start < begin and not self._writer.blank:
                    self._writer.add(" ", stop, begin)
                start = max(start, begin)
            else:
                return
