"""The Protocol behind which every grammar engine stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol, runtime_checkable

UNREAD = "NOT READ BY THE SECOND READER"  # how a notice or a fault begins that says so
SENT = "the text of drafts was sent to"  # how a notice begins that every report passes on
Notify = Callable[[str], None]  # takes a notice for the user


class Remark(NamedTuple):
    """One remark of an engine: `text[start:end]` of what it was given (0-based code points, half-open), by its own rule's name.

    `groups` are the names under which the engine files that rule: its category, its kind.
    """

    start: int
    end: int
    rule: str
    message: str
    replacements: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class Slice(NamedTuple):
    """Which remarks a rule asks for: those by `rules` or of `groups` (both empty: all), save what `without` names, rule or group.

    In names a * stands for any letters.
    """

    rules: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def holds(self, remark: Remark) -> bool:
        """Whether a remark is in the slice."""
        if _named((remark.rule, *remark.groups), self.without):
            return False
        return _named((remark.rule,), self.rules) or _named(remark.groups, self.groups) or not (self.rules or self.groups)


def _named(names: Sequence[str], known: frozenset[str]) -> bool:
    from fnmatch import fnmatchcase

    return not known.isdisjoint(names) or any(fnmatchcase(name, pattern) for pattern in _patterns(known) for name in names)


@lru_cache(maxsize=64)
def _patterns(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in names if "*" in name)


class Question(NamedTuple):
    """What the rules ask an engine about a document: the numbers of the blocks to read, rising, and the slices of its remarks."""

    blocks: Sequence[int]
    slices: Sequence[Slice]


class Engine(Protocol):
    """A grammar engine, made lazily and used by one thread of one process."""

    name: str

    def check(self, text: str, slices: Sequence[Slice]) -> Sequence[Remark]:
        """Remarks on `text` (plain prose, paragraphs parted by blank lines), at least those in the slices, in reading order.

        Raises EngineError.
        """


@runtime_checkable
class Lazy(Protocol):
    """An engine that does not start before it has a text to read."""

    def warm(self) -> None:
        """Start. Raises EngineError."""
