"""The Protocol behind which every grammar engine stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Remark(NamedTuple):
    """One remark of an engine: `text[start:end]` of what it was given (0-based code points, half-open), by its own rule's name."""

    start: int
    end: int
    rule: str
    message: str
    replacements: tuple[str, ...] = ()


class Engine(Protocol):
    """A grammar engine, made lazily and used by one thread of one process."""

    name: str

    def check(self, text: str, rules: frozenset[str]) -> Sequence[Remark]:
        """Remarks on `text` (plain prose, paragraphs parted by blank lines) by `rules`, in reading order. Raises EngineError."""
