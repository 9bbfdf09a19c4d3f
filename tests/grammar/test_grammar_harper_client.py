"""The process in which Harper reads: when it is lost or Harper fails, one text is an error, and the next is read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from edlint import subprocesses
from edlint.errors import EngineError
from edlint.grammar import harper, harper_worker

ASKED = ("AMERICAN", ("AnA",), "She bought an bicycle.")


def test_a_text_is_read() -> None:
    (remark,) = harper.read(*ASKED)
    assert (remark.start, remark.end, remark.rule, remark.replacements) == (11, 13, "AnA", ("a",))
    assert harper.read("BRITISH", ("AnA",), "😀 an bicycle")[0].start == 2


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_lost_process_is_an_error_and_another_takes_its_place() -> None:
    harper.read(*ASKED)
    assert harper._reader is not None
    os.kill(harper._reader.pid, signal.SIGKILL)
    with pytest.raises(EngineError, match="was ended by signal 9"):
        harper.read(*ASKED)
    assert len(harper.read(*ASKED)) == 1


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_process_that_was_stopped_is_an_error_in_time_and_another_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    harper.read(*ASKED)
    stopped = harper._reader
    assert stopped is not None
    stopped.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(EngineError, match=r"did not answer within 1 s .raise grammar.timeout"):
        harper.read(*ASKED, timeout=1.0)
    assert time.monotonic() - began < 5
    assert stopped.returncode == -signal.SIGKILL
    assert len(harper.read(*ASKED)) == 1


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="looks at processes in /proc")  # noqa: PTH112
def test_the_process_is_gone_when_the_program_is_killed() -> None:
    code = "import edlint.grammar.harper as a, time; a.read('AMERICAN', (), 'x'); print(a._reader.pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as program:
        assert program.stdout
        pid = int(program.stdout.readline())
        program.kill()
    for _ in range(100):
        if not os.path.exists(f"/proc/{pid}"):  # noqa: PTH110
            return
        time.sleep(0.05)
    raise AssertionError("Harper's process goes on")


def test_no_process_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harper, "_reader", None)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(EngineError, match=r"Harper cannot be started: .*No such file"):
        harper.read(*ASKED)


def test_a_text_on_which_harper_fails_is_an_error_and_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """As pyo3's is."""

    def panic(self: harper_worker.Reader, *asked: Any) -> list[harper_worker.Row]:
        raise Panic("index out of bounds")

    monkeypatch.setattr(harper_worker.Reader, "read", panic)
    assert harper_worker._answer(harper_worker.Reader(), ASKED) == ("the grammar engine Harper failed: index out of bounds", "")


def test_a_process_that_does_not_leave_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocesses, "PROGRAM", "import time; time.sleep(60)  # {path} {module}")
    monkeypatch.setattr(subprocesses, "_PATIENCE", 0.05)
    helper = subprocesses.start("none")
    subprocesses.end(helper)
    assert helper.returncode
    assert helper not in subprocesses._running


def test_the_process_is_seen_out_with_the_program() -> None:
    """It is counted among what the program used, and does not outlive it."""
    code = "import edlint.grammar.harper as a; a.read('AMERICAN', (), 'x'); print(a._reader.pid)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)
