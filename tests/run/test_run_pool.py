"""Several processes at once: the same results in the same order, and no process left, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import edlint
import edlint.helpers
import edlint.run.batch
import edlint.run.pool
from edlint.errors import EdlintError, RuleError
from edlint.project import Options, Project
from edlint.report import render
from edlint.run.pool import share

RULE = "extends: existence\nmessage: \"No '%s'\"\nlevel: error\ntokens: [leverage]\n"
PROGRAM = [sys.executable, "-c", "from edlint.cli import main; main()", "-f", "concise", "--no-cache", "--jobs", "2"]


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(Path(edlint.__file__).parents[1]))
    monkeypatch.setattr(edlint.run.batch, "WORTH", 1)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "House").mkdir()
    (tmp_path / "House" / "Hype.yml").write_text(RULE, "utf-8")
    (tmp_path / ".edlint.yml").write_text("extends: [./House]\ngrammar: {engine: none}\n", "utf-8")
    for number in range(30):
        (tmp_path / f"{number:02}.md").write_text("We leverage it.\n\n" * (number * 7 % 30), "utf-8")
    before = children()  # other tests may have left an engine running
    yield tmp_path
    assert set(children()) <= set(before)


def children() -> list[int]:
    """The processes this one has started and not seen the end of."""
    found = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    return [int(pid) for pid in found.read_text("utf-8").split()] if found.exists() else []


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_same_report_whatever_the_jobs(tree: Path, jobs: int) -> None:
    (tree / "bad.txt").write_bytes(b"caf\xe9")
    (tree / "folder").mkdir()
    (tree / "folder" / os.fsdecode(b"caf\xe9\n.md")).write_text("We leverage it.", "utf-8")
    (tree / "folder" / ".edlint.yml").write_text("extends: [../House]\nfail_on: never\n", "utf-8")
    report = Project(Options(jobs=jobs)).check(["29.md", "."])
    alone = Project(Options()).check(["29.md", "."])
    assert report._replace(seconds=0, rules={}) == alone._replace(seconds=0, rules={})
    assert render(report, "concise") == render(alone, "concise")
    assert sorted(report.rules) == ["House.Hype"]
    assert [f.path for f in report.files][:3] == ["29.md", "00.md", "01.md"]
    assert report.files[-1].fail_on is None


def test_how_work_is_shared() -> None:
    most = 100
    chunks = share({"small": 10, "big": 3 * most, "middle": most // 2, "other": most // 2 + 1, "last": 9}, most)
    assert list(chunks) == [["big"], ["other", "middle"], ["small", "last"]]
    assert list(share({}, most)) == []


def test_drafts_that_are_few_or_small_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(edlint.run.batch, "WORTH", 400_000)
    monkeypatch.setattr(edlint.run.pool, "lint", refused)
    assert len(Project(Options(jobs=4)).check(["."]).files) == 30


def test_what_is_wrong_is_the_same_error(tree: Path) -> None:
    (tree / "House" / "Hype.yml").write_text("extends: existence\nmessage: m\ntokens: ['(open']\n", "utf-8")
    with pytest.raises(RuleError) as caught:
        Project(Options(jobs=2)).check(["."])
    with pytest.raises(RuleError) as alone:
        Project(Options()).check(["."])
    assert str(caught.value) == str(alone.value)


def test_what_goes_wrong_in_a_process_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = edlint.helpers.PROGRAM.replace("main()", "edlint.project.Project.read = lambda p, d: 1 / 0; main()").replace(
        "sys;", "sys, edlint;"
    )
    monkeypatch.setattr(edlint.helpers, "PROGRAM", program.replace("from {module}", "import edlint.project; from {module}"))
    with pytest.raises(RuntimeError, match=r"ZeroDivisionError: division by zero \(in \d\d.md\)"):
        Project(Options(jobs=2)).check(["."])
    monkeypatch.setattr(edlint.helpers, "PROGRAM", "{path!r}; import os; os._exit(3)  # {module}")
    with pytest.raises(EdlintError, match="the process that was checking it ended with status 3"):
        Project(Options(jobs=2)).check(["."])


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_process_that_is_killed_is_an_error_and_no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    program = edlint.helpers.PROGRAM.replace("main()", "import os; os.kill(os.getpid(), 9)")
    monkeypatch.setattr(edlint.helpers, "PROGRAM", program)
    with pytest.raises(EdlintError, match="was ended by signal 9"):
        Project(Options(jobs=2)).check(["."])


def slow(tree: Path) -> None:
    """Drafts that keep two processes busy for a while."""
    for number in range(40):
        (tree / f"{number:02}.md").write_text("We leverage it, and nobody objects to that.\n\n" * 3_000, "utf-8")


def helpers(pid: int) -> list[int]:
    """The processes that a program has started, once there are two."""
    for _ in range(500):
        found = [int(p) for task in Path(f"/proc/{pid}/task").glob("*/children") for p in task.read_text("utf-8").split()]
        if len(found) >= 2:
            return found
        time.sleep(0.01)
    raise AssertionError("no processes were started")


def gone(pids: list[int]) -> bool:
    for _ in range(500):
        if not any(Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").split()[2] for pid in pids):
            return True
        time.sleep(0.01)
    return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_the_program(tree: Path, ending: signal.Signals) -> None:
    slow(tree)
    heeding = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
    with subprocess.Popen([*PROGRAM, "."], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heeding) as run:
        pids = helpers(run.pid)
        run.send_signal(ending)
        out, err = run.communicate(timeout=30)
    assert gone(pids)
    assert (run.returncode, out, err) == ((130, b"", b"edlint: interrupted\n") if ending == signal.SIGINT else (-ending, b"", b""))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
def test_a_helper_that_is_killed_ends_the_program(tree: Path) -> None:
    slow(tree)
    with subprocess.Popen([*PROGRAM, "."], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        pids = helpers(run.pid)
        os.kill(pids[0], signal.SIGKILL)
        out, err = run.communicate(timeout=30)
    assert (run.returncode, out) == (2, b"")
    assert b"was ended by signal 9 (--jobs 1 uses no other process)" in err
    assert err.count(b"\n") == 1
    assert gone(pids)
