"""The noun Source: one draft as text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from edlint.text.span import LineIndex


@dataclass(frozen=True)
class Source:
    """One draft: its path as shown to the user, its decoded text (line ends and all, without a byte order mark), and how it was encoded."""

    path: str
    text: str
    encoding: str = "utf-8"
    bom: bool = False

    @cached_property
    def lines(self) -> LineIndex:
        """The line index of the text, made when first asked for."""
        return LineIndex(self.text)
