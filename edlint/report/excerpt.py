"""The line a finding stands on, cut to the width of the screen around the fault, and the line that underlines it."""

from __future__ import annotations

from edlint.model.source import Source
from edlint.report.style import clip, visible, width
from edlint.text.span import Span

_CUT = "…"
_LEAST = 12
_WORD = 12  # the longest piece of a word dropped at a cut


def excerpt(source: Source, span: Span, cells: int) -> tuple[str, str]:
    """Two lines of at most `cells` terminal cells: the source around the start of `span`, and `~` under the fault.

    A fault that goes on below its first line is underlined to the end of that line. Only what is near the fault is read,
    however long the line is.
    """
    line = source.lines.line_span(source.lines.position(span.start).line)
    start = min(span.start, line.end)
    end = max(start, min(span.end, line.end))
    text = source.text
    fault = visible(text[start : min(end, start + cells)])
    before = visible(text[max(line.start, start - cells) : start])
    after = visible(text[end : min(line.end, end + cells)])
    if start - line.start <= cells:
        before = before.lstrip()
    if line.end - end <= cells:
        after = after.rstrip()
    fault_cells = min(width(fault), max(_LEAST, cells - 2))
    room = cells - fault_cells
    left = _share(room, width(before), width(after))
    shown_before = _end(before, left, cut=start - line.start > cells)
    whole = width(fault) <= fault_cells and end - start <= cells
    shown_fault = fault if whole else clip(fault, fault_cells - 1) + _CUT
    rest = cells - width(shown_before) - width(shown_fault)
    shown_after = _beginning(after, rest, cut=line.end - end > cells) if whole else ""
    return shown_before + shown_fault + shown_after, " " * width(shown_before) + "~" * max(1, width(shown_fault))


def _share(room: int, before: int, after: int) -> int:
    """How many of the free cells go to what stands before the fault: half, or more where the other side needs less."""
    return max(0, room - min(after, room - min(before, room // 2)))


def _end(text: str, cells: int, *, cut: bool) -> str:
    """The end of what stands before the fault, cut at a word where one begins soon."""
    if width(text) <= cells and not cut:
        return text
    kept = clip(text, cells - 1, last=True)
    if " " in kept[:_WORD]:
        kept = kept[kept.index(" ") :]
    return _CUT + kept if cells > 1 else ""


def _beginning(text: str, cells: int, *, cut: bool) -> str:
    """The beginning of what stands after the fault, cut at a word where one ended just before."""
    if width(text) <= cells and not cut:
        return text
    kept = clip(text, cells - 1)
    if " " in kept[-_WORD:]:
        kept = kept[: kept.rindex(" ") + 1]
    return kept + _CUT if cells > 0 else ""
