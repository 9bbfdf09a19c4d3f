"""The process between edlint and Java: starts the server, says when it is ready, and ends it when it is idle or no longer wanted.

Run as `python -m edlint.grammar.languagetool.supervisor MARK FOLDER VERSION CLASSPATH IDLE LANGUAGE`, detached.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from shutil import which
from time import monotonic, sleep, time

from edlint.errors import EngineError
from edlint.folders import write_private
from edlint.grammar.languagetool.client import Address, check, healthy
from edlint.grammar.languagetool.lock import Lock
from edlint.grammar.languagetool.server import BUDGET, FILES, LOG, SETTINGS, STATE, USED

HEAP = "-Xmx1500m"
OPTIONS = "cacheSize=2000\npipelineCaching=true\nmaxPipelinePoolSize=4\npipelineExpireTimeInSeconds=3600\n"
WARM = "These first words are read so that the next ones are read faster."


def main(arguments: list[str]) -> None:
    """Serve until there is a reason to stop; leave neither Java nor files behind."""
    mark, place, version, classpath, idle, language = arguments
    folder = Path(place)
    lock = Lock(folder / "serving")
    if not lock.acquire(5):
        return  # another supervisor serves
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    java = None
    kept: tuple[str, ...] = (LOG,)
    try:
        (folder / USED).touch(0o600)
        port = _free_port()
        java = _java(folder, mark, classpath, port)
        if _ready(java, port, language):
            state = {"version": version, "port": port, "supervisor": os.getpid(), "java": java.pid}
            write_private(folder / STATE, json.dumps(state).encode())
            kept = ()
            os.utime(folder / USED)
            _watch(folder, java, float(idle) * 60)
    finally:
        if java is not None:
            java.kill()
            java.wait()
        for name in {*FILES} - {*kept}:
            (folder / name).unlink(missing_ok=True)


def _java(folder: Path, mark: str, classpath: str, port: int) -> subprocess.Popen[bytes]:
    """Start the server, listening on this machine only."""
    settings = folder / SETTINGS
    write_private(settings, OPTIONS.encode())
    program = which("java") or "java"
    options = [HEAP, "-XX:+UseSerialGC", "-Djava.net.preferIPv4Stack=true", mark]
    command = [program, *options, "-cp", classpath, "org.languagetool.server.HTTPServer", "--port", str(port), "--config", str(settings)]
    log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with_parent = _die_with_parent if sys.platform == "linux" else None
        return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=with_parent)
    finally:
        os.close(log)


def _die_with_parent() -> None:
    """Have the kernel end this process when the supervisor ends, even by SIGKILL. Elsewhere the next start clears up."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _ready(java: subprocess.Popen[bytes], port: int, language: str) -> bool:
    """Wait until the server answers and has read a first sentence, which takes it longest; False when it ended or is too slow."""
    address, end = Address("http", "127.0.0.1", port), monotonic() + BUDGET
    while not healthy(address, 1):
        if java.poll() is not None or monotonic() > end:
            return False
        sleep(0.1)
    with contextlib.suppress(EngineError):  # a language it does not know is the business of whoever asks
        check(address, {"text": WARM, "language": language}, max(1, end - monotonic()))
    return java.poll() is None


def _watch(folder: Path, java: subprocess.Popen[bytes], idle: float) -> None:
    """Return when Java ended, the server was idle for so many seconds, or its file was taken away."""
    while java.poll() is None:
        try:
            used, state = (folder / USED).stat().st_mtime, json.loads((folder / STATE).read_bytes())
        except (OSError, ValueError):
            return
        if time() - used > idle or state.get("supervisor") != os.getpid():
            return
        sleep(0.5)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main(sys.argv[1:])
