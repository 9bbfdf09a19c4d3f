"""The process between edlint and Java: starts the server, says when it is ready, and ends it when it is idle or no longer wanted.

Run as `python -m edlint.grammar.languagetool.supervisor FOLDER VERSION CLASSPATH IDLE LANGUAGE`, detached. No secret stands on a
command line, where everybody on the machine could read it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from time import monotonic, sleep, time

from edlint.errors import EngineError
from edlint.files.folders import write_private
from edlint.grammar.languagetool.client import check, healthy
from edlint.grammar.languagetool.server import START_TIMEOUT
from edlint.grammar.languagetool.state import FILES, KEYS, LOG, SETTINGS, USED, Lock, Running, read_state, started, write_state

HEAP = "-Xmx1500m"
TRIES = 3  # ports that are tried: another program can take one before Java does
OPTIONS = """\
cacheSize=2000
pipelineCaching=true
maxPipelinePoolSize=4
pipelineExpireTimeInSeconds=3600
keystore={keys}
password={password}
requestLimit=1
requestLimitInBytes=1
requestLimitPeriodInSeconds=1000000000
requestLimitAccessToken={token}
"""  # without the token a request may hold one byte
KEY = "-genkeypair -alias edlint -keyalg EC -groupname secp256r1 -dname CN=edlint -ext SAN=IP:127.0.0.1 -validity 3650 -storetype JKS"
CERTIFICATE = "-exportcert -rfc -alias edlint"
WARM = "These first words are read so that the next ones are read faster."


def main(arguments: list[str]) -> None:
    """Serve until there is a reason to stop; leave neither Java nor files behind."""
    place, version, classpath, idle, language = arguments
    folder = Path(place)
    lock = Lock(folder / "serving")
    if not lock.acquire(5):
        return  # another supervisor serves
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    java = None
    kept: tuple[str, ...] = (LOG,)
    try:
        (folder / USED).touch(0o600)
        state = Running(version, supervisor=os.getpid(), supervisor_started=started(os.getpid()))
        write_state(folder, state)
        state = _with_secrets(folder, state)
        for _ in range(TRIES):
            state, java = _java(folder, classpath, state)
            if _ready(folder, java, state, language):
                write_state(folder, state._replace(ready=True))
                kept = ()
                os.utime(folder / USED)
                _watch(folder, java, float(idle) * 60)
                break
            if java.poll() is None or "BindException" not in (folder / LOG).read_text("utf-8", "replace"):
                break
    finally:
        if java is not None:
            java.kill()
            java.wait()
        for name in {*FILES} - {*kept}:
            (folder / name).unlink(missing_ok=True)


def _with_secrets(folder: Path, state: Running) -> Running:
    """Make a key and a token for this server, and write them where Java finds them. Gives the state that lets edlint check both."""
    password, token = secrets.token_hex(16), secrets.token_hex(32)
    write_private(folder / SETTINGS, OPTIONS.format(keys=KEYS, password=password, token=token).encode("ascii"))
    environment = {**os.environ, "EDLINT_KEYS": password}
    java = Path(which("java") or "java").resolve()
    beside = java.with_name(f"keytool{java.suffix}")
    keytool = [str(beside) if beside.exists() else "keytool", "-keystore", KEYS, "-storepass:env", "EDLINT_KEYS"]
    with _log(folder) as log:

        def run(arguments: str) -> bytes:
            command = [*keytool, *arguments.split()]
            return subprocess.run(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, check=True
            ).stdout

        try:
            run(KEY)
            certificate = run(CERTIFICATE)
        except OSError as fault:
            os.write(log, f"keytool, which comes with Java, cannot be run: {fault.strerror}\n".encode())
            raise
    (folder / KEYS).chmod(0o600)
    return state._replace(certificate=certificate.decode("ascii"), token=token)


@contextlib.contextmanager
def _log(folder: Path) -> Iterator[int]:
    """The log, to be written anew."""
    log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        yield log
    finally:
        os.close(log)


def _java(folder: Path, classpath: str, state: Running) -> tuple[Running, subprocess.Popen[bytes]]:
    """Start the server, listening on this machine only."""
    port = _free_port()
    options = [HEAP, "-XX:+UseSerialGC", "-Djava.net.preferIPv4Stack=true", "-cp", classpath]
    command = [which("java") or "java", *options, "org.languagetool.server.HTTPSServer", "--port", str(port), "--config", SETTINGS]
    with _log(folder) as log:
        with_parent = _die_with_parent if sys.platform == "linux" else None
        java = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=with_parent)
    state = state._replace(port=port, java=java.pid, java_started=started(java.pid))
    if _wanted(folder):
        write_state(folder, state)
    return state, java


def _die_with_parent() -> None:
    """Have the kernel end this process when the supervisor ends, even by SIGKILL. Elsewhere the next start or stop clears up."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _ready(folder: Path, java: subprocess.Popen[bytes], state: Running, language: str) -> bool:
    """Wait until the server answers and has read a first sentence, which takes it longest.

    False when it ended, is too slow, or is not wanted any more.
    """
    end = monotonic() + START_TIMEOUT
    while not healthy(state.address, 1):
        if java.poll() is not None or monotonic() > end or not _wanted(folder):
            return False
        sleep(0.1)
    with contextlib.suppress(EngineError):  # a language it does not know is the business of whoever asks
        check(state.address, {"text": WARM, "language": language}, max(1, end - monotonic()))
    return java.poll() is None and _wanted(folder)


def _watch(folder: Path, java: subprocess.Popen[bytes], idle: float) -> None:
    """Return when Java ended, the server was idle for so many seconds, or its file was taken away."""
    while java.poll() is None and _wanted(folder):
        try:
            used = (folder / USED).stat().st_mtime
        except OSError:
            return
        if time() - used > idle:
            return
        sleep(0.5)


def _wanted(folder: Path) -> bool:
    """Whether `server.json` is still this server's: who stops it takes the file away."""
    state = read_state(folder)
    return state is not None and state.supervisor == os.getpid()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main(sys.argv[1:])
