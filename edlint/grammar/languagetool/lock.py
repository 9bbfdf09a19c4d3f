"""A lock between processes that is free again as soon as its holder is gone, however it went."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic, sleep


class Lock:
    """A lock on a file, held by at most one process at a time. The file stays when the lock is let go."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self, seconds: float = 0.0) -> bool:
        """Take the lock, waiting at most that long for it; whether that worked. Raises OSError."""
        end = monotonic() + seconds
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        while not _take(file):
            if monotonic() >= end:
                os.close(file)
                return False
            sleep(0.05)
        self._file = file
        return True

    def release(self) -> None:
        """Let the lock go."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def held(self) -> bool:
        """Whether some process holds the lock."""
        if self.acquire():
            self.release()
            return False
        return True


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
