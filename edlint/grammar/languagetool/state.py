"""What the supervisor of a local server writes down for those who use or stop it: `server.json`, which only its owner can read.

It holds what is needed to trust the server: the certificate by which it proves itself, the token by which edlint does, and when
its processes started, since the number of a process that ended may be given to another.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from edlint.folders import write_private
from edlint.grammar.languagetool.client import Address

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
