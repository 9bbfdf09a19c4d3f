"""The time that one rule may take for one document: all its searches share it.

It is counted in CPU seconds, so that neither a busy machine nor a process that was stopped makes a rule run out of it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, process_time

ALLOWED = 5.0  # CPU seconds for one rule and document, and
SPEED = 1e5  # how many more code points the rule must get through in each further second


class _Clock(threading.local):
    """What runs in this thread: the seconds allowed, and when they began by both clocks. Nothing runs while `allowed` is 0."""

    allowed = 0.0
    began = 0.0
    cpu = 0.0


_clock = _Clock()


def start(characters: int) -> None:
    """Begin a new budget, for a document of so many code points."""
    _clock.allowed, _clock.began, _clock.cpu = ALLOWED + characters / SPEED, monotonic(), process_time()


def stop() -> None:
    """End the budget: each search by itself may then take ALLOWED seconds."""
    _clock.allowed = 0.0


@contextmanager
def budget(characters: int) -> Iterator[None]:
    """A budget for what is done inside."""
    start(characters)
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
