"""The local server: one process for each user and version, started when needed, shared by all runs, stopped when idle.

Its folder, which is its owner's alone, holds `server.json` (see edlint.grammar.languagetool.state), `used`, whose time is that of
the last question, what Java needs to start, `server.log`, and two locks: `starting` is held by whoever starts or stops it,
`serving` by the supervisor as long as that lives. A supervisor whose `server.json` is taken away ends, and its Java with it.
Afterwards only the two empty lock files are left, and `server.log` when a server did not start.

Nothing is sent to whoever happens to listen on the port: the server has to prove that it holds the key that was made for it.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

from edlint.errors import EngineError
from edlint.files.folders import runtime_folder
from edlint.grammar.languagetool.client import healthy
from edlint.grammar.languagetool.install import Install, check_java
from edlint.grammar.languagetool.state import FILES, LOG, STATE, USED, Lock, Running, kill_left, read_state

IDLE_MINUTES = 30.0  # minutes without a question after which the server stops
START_TIMEOUT = 120.0  # seconds within which a server must have started


def running(version: str) -> Running | None:
    """The server of a version that is up and answers, or None. A look takes a few milliseconds."""
    folder = folder_of(version)
    state = read_state(folder)
    return state if state and state.ready and Lock(folder / "serving").held() and healthy(state.address) else None


def touch(version: str) -> None:
    """Note that the server was used just now."""
    with contextlib.suppress(OSError):
        os.utime(folder_of(version) / USED)


def start(install: Install, language: str = "en-US", idle: float = IDLE_MINUTES) -> Running:
    """The server of an installed version: the one that is up, or a new one, ready for texts in a language.

    Raises EngineError when it does not answer within START_TIMEOUT seconds.
    """
    up = running(install.version)
    if up:
        touch(install.version)
        return up
    check_java()
    folder = folder_of(install.version)
    end = monotonic() + START_TIMEOUT
    with _starting(folder):
        started = False
        while monotonic() < end:
            state = read_state(folder)
            alive = Lock(folder / "serving").held()
            if state and state.ready and alive and healthy(state.address):
                touch(install.version)
                return state
            if not alive and started:
                raise EngineError(f"LanguageTool {install.version} does not start: {_last_words(folder)}", hint=f"see {folder / LOG}")
            if not alive:
                sweep(folder)
                _spawn(folder, install, language, idle)
                started = True
            sleep(0.1)
        sweep(folder)
    raise EngineError(f"LanguageTool {install.version} did not start within {START_TIMEOUT:.0f} s", hint=f"see {folder / LOG}")


def stop(version: str) -> bool:
    """Stop the server of a version and clean up, also after a crash. Returns whether there was anything to stop."""
    folder = folder_of(version)
    with _starting(folder):
        return sweep(folder)


def versions() -> list[str]:
    """The versions of which there is a folder, and so may be a server."""
    base = _base()
    return sorted(path.name for path in base.iterdir() if path.is_dir()) if base.is_dir() else []


def folder_of(version: str) -> Path:
    """The folder of the server of a version; it need not exist."""
    return _base() / re.sub(r"[^\w.-]", "_", version)


def sweep(folder: Path) -> bool:
    """Stop the server of a folder, kill what is left of it, and remove its files. Returns whether there was anything to stop."""
    state = read_state(folder)
    found = (folder / STATE).exists()
    (folder / STATE).unlink(missing_ok=True)  # which its supervisor takes as the word to end
    end = monotonic() + 5
    while found and Lock(folder / "serving").held() and monotonic() < end:
        sleep(0.05)
    killed = kill_left(state) if state else 0
    for name in FILES:
        (folder / name).unlink(missing_ok=True)
    return found or killed > 0


def _base() -> Path:
    base = runtime_folder()
    if base is None:
        raise EngineError("there is no folder to keep LanguageTool's server in", hint="set HOME or XDG_RUNTIME_DIR")
    return base / "languagetool"


@contextlib.contextmanager
def _starting(folder: Path) -> Iterator[None]:
    """Hold the lock under which servers of this folder are started and stopped. Makes the folder, which is its owner's alone."""
    lock = Lock(folder / "starting")
    try:
        for place in (folder.parent.parent, folder.parent, folder):
            _own(place)
        got = lock.acquire(START_TIMEOUT + 10)
    except OSError as fault:
        raise EngineError(f"{folder} cannot be used: {fault.strerror}") from None
    if not got:
        raise EngineError("another edlint is still busy starting LanguageTool", hint="try again, or `edlint languagetool stop`")
    try:
        yield
    finally:
        lock.release()


def _own(folder: Path) -> None:
    """Make a folder that nobody else can enter, or see that it is one. Raises OSError and EngineError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if hasattr(os, "getuid"):
        if folder.is_symlink() or folder.stat().st_uid != os.getuid():
            raise EngineError(f"{folder} belongs to somebody else", hint="set XDG_RUNTIME_DIR or EDLINT_CACHE_DIR to a folder of your own")
        folder.chmod(0o700)


def _spawn(folder: Path, install: Install, language: str, idle: float) -> None:
    """Start the supervisor in a session of its own: it outlives this process and its terminal."""
    root = str(Path(__file__).resolve().parents[3])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    arguments = [str(folder), install.version, install.classpath, str(idle), language]
    flags = 0x00000208 if sys.platform == "win32" else 0  # DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "edlint.grammar.languagetool.supervisor", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=flags,
    )
    while not Lock(folder / "serving").held() and supervisor.poll() is None:
        sleep(0.02)
    supervisor.returncode = 0  # it outlives this process, which is not to wait for it or to warn that it still runs


def _last_words(folder: Path) -> str:
    """The last line of the server's log that says something."""
    try:
        lines = (folder / LOG).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1][:200] if lines else "it left no log"
