"""The sections that an author's headings make of a draft, and whether it is a manual, whose entries say the same of things alike."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from edlint.model.document import Block, Document

MANUAL = 3  # passages that come again in another section, from which on a draft is a manual


class Sections:
    """Where the headings of a draft stand. In plain text, where layout alone tells a heading, there are no sections."""

    def __init__(self, document: Document, repeats: Iterable[tuple[int, int]]) -> None:
        """`repeats` are pairs of the numbers of blocks that say the same and do not stand side by side."""
        self._blocks = document.blocks
        self._headings = [at for at, block in enumerate(document.blocks) if block.kind == "heading" and document.format != "plain"]
        self._manual = sum(self.are_apart(*pair) for pair in repeats) >= MANUAL

    def are_apart(self, first: int, second: int) -> bool:
        """Whether two blocks stand below different headings, each below one."""
        places = [bisect_right(self._headings, at) for at in (first, second)]
        return 0 not in places and places[0] != places[1]

    def are_entries(self, first: int, second: int) -> bool:
        """Whether two blocks belong to different entries of a manual: it repeats much, or its headings name code."""
        return self.are_apart(first, second) and (self._manual or all(_is_code(self._heading(at)) for at in (first, second)))

    def _heading(self, at: int) -> Block:
        return self._blocks[self._headings[bisect_right(self._headings, at) - 1]]


def _is_code(block: Block) -> bool:
    """Whether a heading holds inline code."""
    return any(mark.kind == "code" for mark in block.marks)
