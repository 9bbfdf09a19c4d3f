"""Worker processes. Each is a new Python, not a fork of this process, which might hold an engine's threads.

Messages go to a worker's standard input, answers come from its standard output: values in marshal's format, each after its length in
four bytes. A worker exits by itself when the process that started it is gone.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from select import poll
    from subprocess import Popen

PROGRAM = """import sys
sys.path[:] = {path!r}
from edlint.subprocesses import leave_with_parent
leave_with_parent()
from {module} import main
main()"""
_PATIENCE = 5.0  # seconds for a worker to leave
_running: list[Popen[bytes]] = []


def send(stream: IO[bytes], value: Any) -> None:
    """Write a value that marshal knows. Raises OSError when the reader is gone."""
    data = marshal.dumps(value)
    stream.write(len(data).to_bytes(4) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next value, or None when the other side has gone."""
    head = stream.read(4)
    data = stream.read(int.from_bytes(head)) if len(head) == 4 else b""
    return marshal.loads(data) if data and len(data) == int.from_bytes(head) else None


def start(module: str, environment: Mapping[str, str] | None = None) -> Popen[bytes]:
    """Start a worker that runs `main` of a module. Ctrl-C does not reach it; this process ends it.

    `environment` adds to this one's. Raises OSError.
    """
    import atexit
    import subprocess

    flags, group = (0x200, None) if sys.platform == "win32" else (0, 0)  # a process group of its own
    path = [entry for entry in sys.path if os.path.isabs(entry)]  # noqa: PTH117 (others mean the working folder, with what lies there)
    command = [sys.executable, "-I", "-X", f"utf8={sys.flags.utf8_mode}", "-c", PROGRAM.format(path=path, module=module)]
    around = {**os.environ, **(environment or {})}
    pipe = subprocess.PIPE
    worker = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=around, creationflags=flags, process_group=group)
    if not _running:
        atexit.register(end_all)
    _running.append(worker)
    return worker


def leave_with_parent() -> None:
    """Called in a worker: exit as soon as the process that started it is gone, even in the middle of work.

    Where pipes cannot be watched (Windows), it exits when it looks for the next question.
    """
    import select
    from _thread import start_new_thread

    if hasattr(select, "poll") and sys.platform != "win32":
        start_new_thread(_wait_for_parent, (select.poll(),))


def _wait_for_parent(watch: poll) -> None:
    watch.register(0, 0)  # no event but that the other end of the pipe was closed, which is always told
    watch.poll()
    os._exit(0)


def end(worker: Popen[bytes]) -> None:
    """Close a worker's streams and wait for it to exit; kill it if it does not."""
    from subprocess import TimeoutExpired

    for stream in (worker.stdin, worker.stdout):
        with suppress(OSError):  # what was not written yet is not missed
            if stream:
                stream.close()
    try:
        worker.wait(_PATIENCE)
    except TimeoutExpired:
        worker.kill()
        worker.wait()
    if worker in _running:
        _running.remove(worker)


def end_all() -> None:
    """End all workers that were started and are still running."""
    for worker in list(_running):
        end(worker)
