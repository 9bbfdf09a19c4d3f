"""What was worked out of the parts of a draft, for the next version of it: an editor and a page lint a draft after each keystroke.

Only what follows from a key alone may be remembered, so that a version has the same findings with a memory and without.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

MOST = 200_000  # characters of a draft that is remembered: of a longer one the parts would take more memory than they save time
Made = TypeVar("Made")


class Memory:
    """The memory of one draft. What was not asked for in a version is forgotten with it, so the memory grows no more than the draft."""

    def __init__(self) -> None:
        self._last: dict[Hashable, object] = {}
        self._now: dict[Hashable, object] = {}

    def recall(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives, worked out once for equal keys in this version and the last."""
        if key not in self._now:
            self._now[key] = self._last[key] if key in self._last else make()
        return cast(Made, self._now[key])

    @contextmanager
    def version(self, characters: int) -> Iterator[None]:
        """While a version of so many code points is linted, use this memory."""
        self._last, self._now = self._now, {}
        token = _USED.set(self if characters <= MOST else None)
        try:
            yield
        finally:
            _USED.reset(token)


_USED: ContextVar[Memory | None] = ContextVar("memory", default=None)


def memory() -> Memory | None:
    """The memory of the draft that is being linted; None where there is none."""
    return _USED.get()
