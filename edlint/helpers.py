"""Processes that work for this one: each a Python of its own, started anew, since a copy of this one could hold an engine's threads.

A helper serves on its standard input and output in frames (see edlint.frames), and ends by itself when the process that started
it is gone, however that came about.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subprocess import Popen

PROGRAM = """import sys
sys.path[:] = {path!r}
from edlint.helpers import leave_with_parent
leave_with_parent()
from {module} import main
main()"""
_PATIENCE = 5.0  # seconds for a helper to leave
_running: list[Popen[bytes]] = []


def start(module: str, environment: Mapping[str, str] | None = None) -> Popen[bytes]:
    """A process that runs `main` of a module, out of the reach of Ctrl-C: it is ended by the one that is meant.

    `environment` adds to this one's. Raises OSError.
    """
    import atexit
    import subprocess

    apart: dict[str, Any] = {"creationflags": 0x200} if sys.platform == "win32" else {"process_group": 0}
    path = [entry for entry in sys.path if os.path.isabs(entry)]  # noqa: PTH117 (others mean the working folder, with what lies there)
    command = [sys.executable, "-I", "-X", f"utf8={sys.flags.utf8_mode}", "-c", PROGRAM.format(path=path, module=module)]
    around = {**os.environ, **(environment or {})}
    helper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=around, **apart)
    if not _running:
        atexit.register(end_all)
    _running.append(helper)
    return helper


def leave_with_parent() -> None:
    """Called in a helper: have it exit as soon as nobody can ask it anything any more, also in the middle of its work.

    Where pipes cannot be watched (Windows), it exits when it looks for the next question.
    """
    import select
    from _thread import start_new_thread

    if hasattr(select, "poll") and sys.platform != "win32":
        start_new_thread(_wait_for_parent, (select.poll(),))


def _wait_for_parent(watch: Any) -> None:
    watch.register(0, 0)  # no event but that the other end of the pipe was closed, which is always told
    watch.poll()
    os._exit(0)


def end(helper: Popen[bytes]) -> None:
    """Ask nothing more of a process, and see it out."""
    from subprocess import TimeoutExpired

    for stream in (helper.stdin, helper.stdout):
        with suppress(OSError):  # what was not written yet is not missed
            if stream:
                stream.close()
    try:
        helper.wait(_PATIENCE)
    except TimeoutExpired:
        helper.kill()
        helper.wait()
    if helper in _running:
        _running.remove(helper)


def end_all() -> None:
    """See out all processes that were started and not ended yet."""
    for helper in list(_running):
        end(helper)
