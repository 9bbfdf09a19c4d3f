"""Text for a terminal: escapes for what must not reach one, colours, the width of text in cells, and excerpts of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from edlint.model.source import Source
from edlint.text.lazy import lazy
from edlint.text.span import Span

# controls, soft hyphen, zero-width and bidirectional marks, line separators, surrogates, tags
_UNSAFE = lazy(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
# `##[`, `##vso[`, `##teamcity[`; `section_start:1:x`
_SERVICE = lazy(r"#(?=#[A-Za-z]*\[)|(?<=section)_(?=(?:start|end):)")
_RISKY = lazy(r"[^\n\t -~]|##|::|section_")
# controls but tabs and line ends, bidirectional marks; a GitHub command at the start of what GitHub takes for a line
_STEERING = lazy(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?:\A|[\r\n])\s*::|{_SERVICE.pattern}"
)
_ANNOTATION = lazy("::(?:error|warning|notice) ")
_OWN_COLORS = lazy("(\x1b\\[(?:0|1|2|31|32|33|36)m)")  # those of _colors, and the end of each
_CUT = "…"
_LEAST = 12
_WORD = 12  # the longest piece of a word dropped at a cut


def visible(text: str) -> str:
    """The text with every character that could steer a terminal, or hide, written out: `\\x1b`, `\\u202e`. A tab becomes a space."""
    return _UNSAFE.sub(_escape, text.replace("\t", " ")) if not text.isprintable() or not text.isascii() else text


def harmless(line: str) -> str:
    """A line without what CI services obey in a log: `::` at its start (GitHub), `##[`, `##vso[` and `##teamcity[` in it (GitHub, Azure,
    TeamCity), GitLab's marks of sections. What would be obeyed is written out, and no text is lost."""
    if line.lstrip().startswith("::"):
        line = line.replace(":", "\\x3a", 1)
    return _SERVICE.sub(_escape, line) if "##" in line or "section_" in line else line


def inert(text: str, *, color: bool = False, commands: bool = False) -> str:
    """Lines in which nothing is obeyed by a terminal or a CI service that shows them.

    Only what edlint itself may have written passes: its colours with `color`, and annotations for GitHub with `commands`.
    """
    return "\n".join(_inert(line, color, commands) for line in text.split("\n")) if _RISKY.search(text) else text


def steers(text: str) -> bool:
    """Whether a CI service that shows a text could obey some of it, or show its characters in another order."""
    return bool(_STEERING.search(text))


def _inert(line: str, color: bool, commands: bool) -> str:
    parts = _OWN_COLORS.split(line) if color else [line]
    parts[::2] = ["\t".join(map(visible, part.split("\t"))) for part in parts[::2]]
    plain = "".join(parts[::2])
    if commands and _ANNOTATION.match(line):
        return _SERVICE.sub(_escape, plain)
    quiet = harmless(plain)
    return quiet if quiet != plain else "".join(parts)  # colours would only hide a command from us: some services take them out first


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@cache
def _colors() -> dict[str, str]:
    """What begins each colour. colorama is loaded only where colours are shown."""
    from colorama import Fore, Style

    levels = {"error": Style.BRIGHT + Fore.RED, "warning": Fore.YELLOW, "suggestion": Fore.CYAN}
    return {**levels, "bold": Style.BRIGHT, "dim": Style.DIM, "good": Fore.GREEN, "underline": Fore.RED, "end": Style.RESET_ALL}


def paint(text: str, color: str, on: bool) -> str:
    """The text in a colour (a level's word, "bold", "dim", "good", "underline"), or as it is when colours are off."""
    return f"{_colors()[color]}{text}{_colors()['end']}" if on and text else text


def prepare_console() -> None:
    """Let the console of Windows show colours; nothing elsewhere."""
    from colorama import just_fix_windows_console

    just_fix_windows_console()


def width(text: str) -> int:
    """How many terminal cells a text takes: wide East Asian characters and emoji two, combining marks none."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if char.isascii():
        return 1
    import unicodedata

    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def clip(text: str, cells: int, *, last: bool = False) -> str:
    """As much of the beginning (or, with `last`, of the end) of a text as fits into so many cells."""
    if text.isascii():
        return text[max(0, len(text) - cells) :] if last else text[: max(0, cells)]
    used = 0
    for count, char in enumerate(reversed(text) if last else text):
        used += _cells(char)
        if used > cells:
            return text[len(text) - count :] if last else text[:count]
    return text


def wrap(text: str, cells: int) -> Iterator[str]:
    """The text in lines of at most so many cells, broken at spaces, and inside a word only where it is longer than a line."""
    line = ""
    for word in text.split():
        if line and width(line) + 1 + width(word) > cells:
            yield line
            line = ""
        while width(word) > cells:
            head = clip(word, cells) or word[0]
            yield head
            word = word[len(head) :]
        line = f"{line} {word}" if line else word
    if line:
        yield line


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
