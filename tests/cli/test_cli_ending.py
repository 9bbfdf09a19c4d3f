"""How the program ends: by a signal at any moment, and when what it writes to or reads from is closed, full or gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from doors import Run

import edlint.cli
from edlint.cli.process import Signals, Stopped

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.skipif(os.name == "nt", reason="POSIX signals and streams")]

# Sends this process a signal as soon as a module is imported, then starts edlint as `python -m edlint` does.
AT_IMPORT = """
import os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, Watch())
sys.argv = ["edlint", "draft.txt"]
runpy.run_module("edlint", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(autouse=True)
def _draft() -> None:
    Path("draft.txt").write_text("We leverage it.\n", "utf-8")
    Path("good.txt").write_text("We use it.\n", "utf-8")


def shell(command: str) -> subprocess.CompletedProcess[str]:
    program = f"{sys.executable} -m edlint"
    return subprocess.run(command.replace("edlint", program, 1), shell=True, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("module", ["edlint.cli", "click", "edlint.errors", "edlint.cli.check", "edlint.linter"])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_while_modules_are_imported(module: str, number: signal.Signals, status: int) -> None:
    code = AT_IMPORT.format(module=module, number=int(number))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "edlint: interrupted\n" if status == 130 else "")


def test_signals_that_are_to_be_ignored_are() -> None:
    done = shell('trap "" HUP TERM INT; edlint draft.txt -q')
    assert done.returncode == 1
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); from edlint.cli.process import Signals; Signals().install(); "
    code += "print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"


def test_only_the_first_signal_counts_while_the_program_cleans_up() -> None:
    signals = Signals()
    with pytest.raises(Stopped) as caught:
        signals._stop(signal.SIGTERM, None)
    signals._stop(signal.SIGINT, None)
    assert (caught.value.status, signals.status) == (143, 143)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "command", ["draft.txt", "good.txt -f json", "rules", "explain House.Hype", "--show-files .", "--help", "schema config"]
)
def test_a_full_device_is_an_error_whatever_else(command: str) -> None:
    done = shell(f"edlint {command} > /dev/full")
    assert (done.returncode, done.stderr) == (2, "edlint: standard output cannot be written: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_messages_that_cannot_be_written() -> None:
    assert shell("edlint missing.txt 2> /dev/full").returncode == 2
    assert shell("edlint --nope 2> /dev/full").returncode == 2
    assert shell("edlint draft.txt > /dev/full 2> /dev/full").returncode == 2


def test_closed_streams() -> None:
    done = shell("edlint draft.txt >&-")
    assert (done.returncode, done.stderr) == (2, "edlint: standard output cannot be written: Bad file descriptor\n")
    assert shell("edlint draft.txt -o report.txt >&-").returncode == 1
    assert "leverage" in Path("report.txt").read_text("utf-8")
    assert shell("edlint draft.txt 2>&-").returncode == 1
    assert shell("edlint draft.txt <&-").returncode == 1
    assert Path("draft.txt").read_text("utf-8") == "We leverage it.\n"
    done = shell("edlint - <&-")
    assert (done.returncode, done.stderr) == (2, "edlint: <stdin>: standard input cannot be read; is it closed?\n")
    assert shell("edlint draft.txt - <&- >&- 2>&-").returncode == 2


def test_no_stream_at_all(edlint_: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert edlint.cli.run(["-"]) == 2
    assert "standard input cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["many.txt -f concise", "many.txt -f json", "--show-files many.txt many.txt draft.txt"])
def test_a_reader_that_has_enough_is_not_told(command: str) -> None:
    Path("many.txt").write_text("We leverage it.\n\n" * 5_000, "utf-8")
    ours, theirs = os.pipe()
    os.close(ours)
    args = [sys.executable, "-m", "edlint", *command.split()]
    done = subprocess.run(args, stdout=theirs, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (2, b"")
