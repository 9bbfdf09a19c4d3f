"""Characters that nobody sees, such as a zero-width space inside a phrase: rules read the text without them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate, pairwise

from edlint.matching.prefilter import Term
from edlint.model.document import Block, Document
from edlint.text.lazy import lazy
from edlint.text.ranges import Range
from edlint.text.sourcemap import TextBuilder

# Soft hyphen, word joiner and invisible operators, byte order mark, marks of direction, tags: they never change what is read.
_NEVER = "\xad\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
# Joiners and the choice of a letter's form mean something in some scripts and in emoji; a zero-width space parts words in others.
_MAYBE = "\u034f\u180e\u200b-\u200d\ufe00-\ufe0f"
_PARTING = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # scripts without blanks, whose lines may break at a zero-width space
_LATIN = " -~\xa0-\u024f\u0370-\u052f\u1e00-\u1fff\u2010-\u201f\u2026\n\t"  # Latin, Greek and Cyrillic with their punctuation
_ANY = lazy(f"[{_NEVER}{_MAYBE}]")
_UNSEEN = lazy(f"(?<![^{_LATIN}])[{_NEVER}{_MAYBE}]++(?![^{_LATIN}])|[{_NEVER}]++|(?<![{_PARTING}])\u200b++")
_NAMED = lazy(
    rf"[{_NEVER}{_MAYBE}]|\\[xuU]\{{?0*(?:AD|200[B-F]|202[A-E]|206[0-F]|FEFF|FE0[0-F]|34F|180E|E00[0-7][0-F])|\\[pP]\{{\^?(?:Cf|Format)\}}",
    re.IGNORECASE,
)
_EDGE = lazy(f"[ \t\n{_NEVER}{_MAYBE}]*+")


def visible(document: Document) -> Document:
    """The document as its readers see it: blocks without unseen characters, their positions as they were.

    A layered document is left alone, and so is one that has no such characters.
    """
    if document.layers is not None or not any(_holds(block.text) for block in document.blocks):
        return document
    blocks = (_bare(block) if _holds(block.text) else block for block in document.blocks)
    return replace(document, blocks=tuple(block for block in blocks if block.text), _tagged={})


def names_unseen(terms: Iterable[Term]) -> bool:
    """Whether some terms are for unseen characters: a pattern names them, so that the text must be read as it stands."""
    return any(_NAMED.search(term.pattern) for term in terms)


def _holds(text: str) -> bool:
    return not text.isascii() and _ANY.search(text) is not None


def _bare(block: Block) -> Block:
    """The block without its unseen characters, nor the blanks that stand at its edges when they are gone."""
    text, builder = block.text, TextBuilder()
    kept = _kept(text)
    for start, end in kept:
        for piece in block.map.pieces(start, end):
            builder.add(text[piece.start : piece.end], *piece.source)
    bare, map = builder.build()
    starts = [start for start, _ in kept]
    lengths = [0, *accumulate(end - start for start, end in kept)]

    def moved(offset: int) -> int:
        at = bisect_right(starts, offset) - 1
        return lengths[at] + min(offset, kept[at][1]) - kept[at][0] if at >= 0 else 0

    marks = [(mark, moved(mark.start), moved(mark.end)) for mark in block.marks]
    left = tuple(mark._replace(start=a, end=b) for mark, a, b in marks if a < b or mark.start == mark.end)
    return block._replace(text=bare, map=map, marks=left)


def _kept(text: str) -> list[Range]:
    """The ranges of a text that are seen, in order."""
    first, last = _edge(text), len(text) - _edge(text[::-1])
    gaps = [(first, first), *(found.span() for found in _UNSEEN.finditer(text, first, max(first, last))), (last, last)]
    return [(end, start) for (_, end), (start, _) in pairwise(gaps) if end < start]


def _edge(text: str) -> int:
    """How many unseen characters and blanks a text begins with."""
    found = _EDGE.match(text)
    return found.end() if found else 0
