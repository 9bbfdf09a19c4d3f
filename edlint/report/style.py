"""What may go to a terminal: escapes for what must not, colours, and the width of text in cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

# controls, soft hyphen, zero-width and bidirectional marks, line separators, surrogates, tags
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SERVICE = re.compile(r"#(?=#(?:vso)?\[)")
_COLORS = {"bold": "1", "dim": "2", "error": "1;31", "warning": "33", "suggestion": "36", "good": "32", "underline": "31"}


def visible(text: str) -> str:
    """The text with every character that could steer a terminal, or hide, written out: `\\x1b`, `\\u202e`. A tab becomes a space."""
    return _UNSAFE.sub(_escape, text.replace("\t", " ")) if not text.isprintable() or not text.isascii() else text


def harmless(line: str) -> str:
    """A line of a report without what CI services obey in a log: `::` at its start (GitHub), `##[` and `##vso[` in it (GitHub, Azure)."""
    if line.lstrip().startswith("::"):
        line = line.replace(":", "\\x3a", 1)
    return _SERVICE.sub(r"\\x23", line) if "##" in line else line


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def paint(text: str, color: str, on: bool) -> str:
    """The text in a colour (a level's word, "bold", "dim", "good", "underline"), or as it is when colours are off."""
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if on and text else text


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
