"""Whole lines: what has to go so that a passage leaves no trace."""

from __future__ import annotations

import re

from edlint.text.span import LineIndex, Span

_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*")


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
