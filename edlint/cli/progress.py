"""How far the work is, on standard error, for a person who waits."""

from __future__ import annotations

import os
import sys
from time import monotonic
from types import TracebackType
from typing import Self

PATIENCE = 1.0  # seconds before anything is shown
PACE = 0.1  # seconds between two changes of what is shown


class Progress:
    """Shows `3,120 of 10,000 drafts` once work takes long and standard error is a terminal, and erases it at the end.

    Call it with how many drafts are done and how many there are.
    """

    def __init__(self) -> None:
        self._watched = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._next = monotonic() + PATIENCE
        self._shown = ""

    def __call__(self, done: int, total: int) -> None:
        """Show the state of the work, if it is time."""
        if self._watched and monotonic() >= self._next:
            self._next = monotonic() + PACE
            self._show(f"{done:,} of {total:,} drafts")

    def _show(self, text: str) -> None:
        padded = text.ljust(len(self._shown))
        sys.stderr.write(f"\r{padded}" if text else f"\r{padded}\r")
        sys.stderr.flush()
        self._shown = padded

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self._shown:
            self._show("")
