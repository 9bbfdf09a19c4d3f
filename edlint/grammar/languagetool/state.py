"""What the processes around a local server share: locks, and `server.json`, which the supervisor writes for those who use or stop it.

`server.json` holds what is needed to trust the server: the certificate by which it proves itself, the token by which edlint does, and when
its processes started, since the number of a process that ended may be given to another. Only its owner can read it.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

from edlint.exchange import Address
from edlint.files.folders import write_private

STATE, USED, LOG, SETTINGS, KEYS = FILES = ("server.json", "used", "server.log", "server.properties", "server.keys")
CLOSE = 2.0  # seconds by which the system may tell the start of one process differently at different times
_LARGEST = 100_000  # bytes of `server.json`


class Running(NamedTuple):
    """A server: its version, port, the process numbers of its supervisor and its Java and when these started (seconds since 1970).

    The port and Java's number are 0 until they are known; `ready`: it answers.
    """

    version: str
    port: int = 0
    supervisor: int = 0
    supervisor_started: float = 0.0
    java: int = 0
    java_started: float = 0.0
    ready: bool = False
    certificate: str = ""
    token: str = ""

    @property
    def address(self) -> Address:
        """Where it listens: on this machine only."""
        return Address("https", "127.0.0.1", self.port, "", self.certificate, self.token)


_KINDS = (str, int, int, float | int, int, float | int, bool, str, str)


def read_state(folder: Path) -> Running | None:
    """What the supervisor wrote into a server's folder, or None."""
    try:
        with (folder / STATE).open("rb") as file:
            data: Any = json.loads(file.read(_LARGEST))
        state = Running(**data)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return state if all(isinstance(value, kind) for value, kind in zip(state, _KINDS, strict=True)) else None


def write_state(folder: Path, state: Running) -> None:
    """Write it, whole or not at all. Raises OSError."""
    write_private(folder / STATE, json.dumps(state._asdict()).encode())


def started(number: int) -> float:
    """When a process started, 0.0 when there is none of that number."""
    import psutil

    with suppress(psutil.Error):
        return psutil.Process(number).create_time()
    return 0.0


def kill_left(state: Running) -> int:
    """Kill the processes of a server that still run, and say how many. One that merely has the number of such a process is left alone."""
    import psutil

    left = []
    for number, start in ((state.java, state.java_started), (state.supervisor, state.supervisor_started)):
        if number <= 0 or abs(started(number) - start) > CLOSE:
            continue
        with suppress(psutil.Error):
            process = psutil.Process(number)
            process.kill()
            left.append(process)
    psutil.wait_procs(left, timeout=5)
    return len(left)


class Lock:
    """A lock on a file, held by at most one process at a time. The file stays when the lock is let go."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self, seconds: float = 0.0) -> bool:
        """Take the lock, waiting at most so many seconds. Returns whether that worked. Raises OSError."""
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
        """Release the lock."""
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
