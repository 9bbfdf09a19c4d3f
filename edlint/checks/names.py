"""The names of a draft: every word that looks like one, and whether its spelling is the author's own choice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edlint.checks.base import Scan
from edlint.text.lazy import lazy
from edlint.text.ranges import Range

# Words that begin with a capital (or a letter outside ASCII, which is looked at again) or hold a hyphen.
_NAME = lazy(r"(?<![\w.@/#-])(?=[A-Z]|[^\x00-\x7f]|\w+-)(?:(?:[A-Z]\.){2,}|[^\W\d_][\w’']*(?:-[^\W_][\w’']*)*)(?![\w@/]|\.\w)")
_POSSESSIVE = lazy(r"['’]s?$")
_WORKS = lazy(
    r"(?:\W|\d)*(?:works cited|references?|bibliography|further reading|sources|literature|citations|(?:foot|end)?notes|reading list)\W*",
    re.IGNORECASE,
)
_REFERENCE = lazy(r"\W*[A-Z][\w’'-]+, (?:[A-Z]\.|[A-Z]\w+\.)[^.].*\b(?:19|20)\d\d\b", re.DOTALL)
_SMALL = frozenset(("a an and as at but by for from in into is its nor of on or over the to up via vs with").split())


class Use(NamedTuple):
    """One use of a name: how it is written, and where it stands in which block."""

    form: str
    block: int
    start: int
    end: int


def names_in(scan: Scan, scope: tuple[str, ...]) -> Sequence[Use]:
    """The names in the blocks of a scope, found once for all rules that ask.

    Left out is what keeps the spelling of somebody else: quotations, titles (quoted, in italics, or the words of a link that
    are written as a title) and lists of works cited.
    """
    return scan.shared(("names", scope), lambda: [use for block in _blocks(scan, scope) for use in _uses(scan, block)])


def _blocks(scan: Scan, scope: tuple[str, ...]) -> Iterator[int]:
    """The numbers of the blocks that hold the author's own words."""
    blocks = scan.document.blocks
    wanted = bytearray(len(blocks))
    for unit in scan.units(scope, "block"):
        wanted[unit.block] = True
    works = 7  # depth of the heading above a list of works cited; 7: there is none
    for number, block in enumerate(blocks):
        if block.kind in ("heading", "title"):
            cited = _WORKS.fullmatch(block.text)
            if cited or (block.level or 6) <= works:
                works = (block.level or 6) if cited else 7
        quoted = block.kind == "quote" or "quote" in block.within
        if wanted[number] and works == 7 and not quoted and not _REFERENCE.match(block.text):
            yield number


def _uses(scan: Scan, number: int) -> Iterator[Use]:
    """The words of a block that begin with a capital, without a possessive ending, neighbours not joined."""
    block = scan.document.blocks[number]
    text, kept = block.text, None
    for found in _NAME.finditer(text):
        form = found[0]
        if "'" in form or "’" in form:
            form = _POSSESSIVE.sub("", form)
        if form[:1].isupper() or "-" in form:
            if kept is None:
                kept = sorted((mark.start, mark.end) for mark in block.marks if _is_title(mark.kind, text[mark.start : mark.end]))
            start, end = found.start(), found.start() + len(form)
            if not scan.in_quotes(number, start, end) and not any(a <= start and end <= b for a, b in kept):
                yield Use(form, number, start, end)


def _is_title(kind: str, text: str) -> bool:
    """Whether marked words are the title of a work: in italics, or the words of a link in title case."""
    if kind in ("emphasis", "cite"):
        return True
    words = [word for word in re.findall(r"[^\W\d_][\w’'.-]*", text) if word.lower() not in _SMALL]
    return kind == "link" and len(words) > 1 and all(word[0].isupper() for word in words)


def sentence_of(scan: Scan, use: Use) -> Range:
    """The range of the block's text that is the sentence in which a use begins."""
    ranges = scan.document.sentences(use.block)
    at = bisect_right(ranges, use.start, key=lambda sentence: sentence[0]) - 1
    return ranges[max(at, 0)] if ranges else (0, len(scan.document.blocks[use.block].text))


def opens_sentence(scan: Scan, start: int, use: Use) -> bool:
    """Whether what starts at `start` is the first word of the sentence that holds a use."""
    begin, _ = sentence_of(scan, use)
    return not any(map(str.isalnum, scan.plain(use.block)[begin:start]))


def word_before(scan: Scan, use: Use) -> str:
    """The word right before a use, in its sentence and with nothing but a blank between; else ""."""
    begin, _ = sentence_of(scan, use)
    text = scan.plain(use.block)[begin : use.start]
    word = text.rstrip().rpartition(" ")[2]
    return word.lstrip("([\"'") if text.endswith(" ") and word[-1:].isalnum() else ""


def word_after(scan: Scan, use: Use) -> str:
    """The word right after a use, in its sentence and with nothing but a blank between; else ""."""
    _, end = sentence_of(scan, use)
    found = re.match(r"(?:['’]s?)? (\$?[\w’'-]+)", scan.plain(use.block)[use.end : end])
    return found[1] if found else ""


def tag_of(scan: Scan, use: Use, start: int) -> str:
    """The part of speech of the word that starts at `start` in the sentence of a use; "" where there is none."""
    tagged = scan.document.tagged(use.block, sentence_of(scan, use)) if scan.document.sentences(use.block) else []
    return next((name for (a, b), name in tagged if a <= start < b), "")
