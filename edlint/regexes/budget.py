"""The time that one rule may take for one document, which all its searches share, and that all rules may take together.

It is counted in CPU seconds, so that neither a busy machine nor a process that was stopped makes a rule run out of it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, process_time

ALLOWED = 5.0  # CPU seconds for one rule and document, and
SPEED = 1e5  # how many more code points the rule must get through in each further second
TOGETHER = 6  # how many times as long as one rule all rules may take for one document


class _Clock(threading.local):
    """What runs in this thread: the seconds allowed, and when they began by both clocks. Nothing runs while `allowed` is 0."""

    allowed = 0.0
    began = 0.0
    cpu = 0.0


_clock = _Clock()


class Together:
    """The CPU seconds that all rules may take together for one document of so many code points, counted from now."""

    def __init__(self, characters: int) -> None:
        self.allowed = TOGETHER * _allowed(characters)
        self._began, self._until = monotonic(), process_time() + self.allowed

    @property
    def left(self) -> float:
        """The CPU seconds that are left, or fewer while many are; less than nothing when they are used up."""
        spent = monotonic() - self._began
        return self.allowed - spent if spent < self.allowed / 2 else self._until - process_time()


def _allowed(characters: int) -> float:
    return ALLOWED + characters / SPEED


def start(seconds: float) -> None:
    """Begin a new budget of so many CPU seconds."""
    _clock.allowed, _clock.began, _clock.cpu = seconds, monotonic(), process_time()


def stop() -> None:
    """End the budget: each search by itself may then take ALLOWED seconds."""
    _clock.allowed = 0.0


@contextmanager
def budget(characters: int, together: Together | None = None) -> Iterator[None]:
    """A budget for what is done inside, for a document of so many code points, and no more than is left of `together`.

    Raises TimeoutError when nothing is left.
    """
    seconds = min(_allowed(characters), together.left) if together else _allowed(characters)
    if seconds <= 0:
        raise TimeoutError("all rules together have used up their time")
    start(seconds)
    try:
        yield
    finally:
        stop()


def left() -> float:
    """The CPU seconds that are left. Raises TimeoutError when none are."""
    allowed = _clock.allowed
    if not allowed:
        return ALLOWED
    spent = monotonic() - _clock.began
    if spent > allowed / 2:  # the CPU's clock takes ten times as long to read, and never shows more than this one
        spent = process_time() - _clock.cpu
        if spent >= allowed:
            raise TimeoutError("a rule has used up its time")
    return allowed - spent
