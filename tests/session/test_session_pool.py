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
import edlint.session.pool
import edlint.session.work
import edlint.subprocesses
from edlint.errors import RuleError
from edlint.model.report import FileResult, Report
from edlint.report import render
from edlint.session.options import Options
from edlint.session.pool import share
from edlint.session.session import Session

RULE = "extends: existence\nmessage: \"No '%s'\"\nlevel: error\ntokens: [leverage]\n"
PROGRAM = [sys.executable, "-c", "from edlint.cli import main; main()", "-f", "concise", "--no-cache", "--jobs", "2"]


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(Path(edlint.__file__).parents[1]))
    monkeypatch.setattr(edlint.session.work, "WORKER_SHARE", 1)
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
    report = Session(Options(jobs=jobs)).check(["29.md", "."])
    alone = Session(Options()).check(["29.md", "."])
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

    monkeypatch.setattr(edlint.session.work, "WORKER_SHARE", 250_000)
    monkeypatch.setattr(edlint.session.pool, "lint", refused)
    assert len(Session(Options(jobs=4)).check(["."]).files) == 30


def test_as_many_processes_start_as_have_enough_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    work = sum(path.stat().st_size + edlint.session.work.DRAFT_OVERHEAD for path in Path().glob("*.md"))
    asked: list[int] = []

    def noted(drafts: dict[str, int], jobs: int, options: tuple[object, ...]) -> Iterator[tuple[str, FileResult]]:
        asked.append(jobs)
        return ((path, FileResult(path)) for path in drafts)

    monkeypatch.setattr(edlint.session.pool, "lint", noted)
    for share_of_each, wanted in ((work // 3, [3]), (work // 2, [2]), (work // 2 + 1, []), (1, [4])):
        monkeypatch.setattr(edlint.session.work, "WORKER_SHARE", share_of_each)
        asked.clear()
        Session(Options(jobs=4)).check(["."])
        assert asked == wanted


def test_what_is_wrong_is_the_same_error(tree: Path) -> None:
    (tree / "House" / "Hype.yml").write_text("extends: existence\nmessage: m\ntokens: ['(open']\n", "utf-8")
    with pytest.raises(RuleError) as caught:
        Session(Options(jobs=2)).check(["."])
    with pytest.raises(RuleError) as alone:
        Session(Options()).check(["."])
    assert str(caught.value) == str(alone.value)


def errors(report: Report) -> list[str]:
    return [file.error for file in report.files if file.error]


BROKEN = "edlint.session.session.Session.lint_draft = lambda p, d: 1 / 0 if d == '07.md' else read(p, d)"
KILLED = "edlint.session.session.Session.lint_draft = lambda p, d: os.kill(os.getpid(), 9) if d == '07.md' else read(p, d)"
MEMORY = "edlint.session.session.Session.lint_draft = lambda p, d: bytearray(1 << 60) if d == '07.md' else read(p, d)"


def spoil(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """Have the processes run a line of Python first."""
    before = f"import os, edlint.session.session; read = edlint.session.session.Session.lint_draft; {line}\n"
    monkeypatch.setattr(edlint.subprocesses, "PROGRAM", edlint.subprocesses.PROGRAM.replace("from {module}", f"{before}from {{module}}"))


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (BROKEN, "07.md: edlint itself failed: ZeroDivisionError: division by zero"),
        (KILLED, "07.md: the process that was checking it was ended by signal 9 (out of memory?"),
        (MEMORY, "07.md: there is not enough memory to check it"),
    ],
)
def test_a_draft_that_cannot_be_checked_costs_no_other_draft_its_findings(monkeypatch: pytest.MonkeyPatch, line: str, said: str) -> None:
    alone = Session(Options()).check(["."])
    spoil(monkeypatch, line)
    report = Session(Options(jobs=2)).check(["."])
    assert len(errors(report)) == 1
    assert errors(report)[0].startswith(said)
    kept = [f.findings for f in report.files if f.path != "07.md"]
    assert kept == [f.findings for f in alone.files if f.path != "07.md"]
    assert report.exit_code == 2


def test_processes_that_all_end_at_once_are_not_started_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edlint.subprocesses, "PROGRAM", "{path!r}; import os; os._exit(3)  # {module}")
    report = Session(Options(jobs=2)).check(["."])
    assert len(errors(report)) == 30
    assert sum("ended with status 3" in error for error in errors(report)) <= 6
    assert report.exit_code == 2


def slow(tree: Path, paragraphs: int = 3_000) -> None:
    """Drafts that keep two processes busy for a while."""
    for number in range(40):
        (tree / f"{number:02}.md").write_text("We leverage it, and nobody objects to that.\n\n" * paragraphs, "utf-8")


def helpers(pid: int) -> list[int]:
    """The processes that a program has started, once there are two."""
    for _ in range(6_000):
        found = [int(p) for task in Path(f"/proc/{pid}/task").glob("*/children") for p in task.read_text("utf-8").split()]
        if len(found) >= 2 and all(b"edlint.subprocesses" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in found):
            return found
        time.sleep(0.01)
    raise AssertionError("no processes were started")


def gone(pids: list[int]) -> bool:
    for _ in range(6_000):
        if not any(Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").split()[2] for pid in pids):
            return True
        time.sleep(0.01)
    return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize(
    ("ending", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_no_process_outlives_the_program(tree: Path, ending: signal.Signals, status: int) -> None:
    slow(tree)
    heeding = lambda: [signal.signal(each, signal.SIG_DFL) for each in (signal.SIGINT, signal.SIGHUP)]  # noqa: E731 (nohup ignores them)
    args = [*PROGRAM, ".", "-o", "report.txt"]
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heeding) as run:
        pids = helpers(run.pid)
        run.send_signal(ending)
        out, err = run.communicate(timeout=120)
    assert gone(pids)
    assert (run.returncode, out, err) == (status, b"", b"edlint: interrupted\n" if ending == signal.SIGINT else b"")
    assert not list(tree.glob("*report*"))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
def test_a_process_ends_in_the_middle_of_its_work_when_the_program_is_killed(tree: Path) -> None:
    busy = "import time\nstarted = time.time()\nwhile time.time() < started + 60: sum(range(1000))"
    code = f"import edlint.subprocesses as h; h.PROGRAM = h.PROGRAM.replace('from {{module}}', {busy!r} + chr(10) + 'from {{module}}')\n"
    code += "import time; print(h.start('none').pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as run:
        assert run.stdout
        pid = int(run.stdout.readline())
        run.kill()
    assert gone([pid])


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
def test_a_process_that_is_killed_costs_one_draft(tree: Path) -> None:
    slow(tree, 600)
    with subprocess.Popen([*PROGRAM, "."], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        pids = helpers(run.pid)
        time.sleep(0.05)  # until it has been given something to read
        os.kill(pids[0], signal.SIGKILL)
        out, err = run.communicate(timeout=200)
    assert run.returncode == 2
    assert err.count(b"\n") == 1
    assert b"was ended by signal 9" in err
    assert len({line.partition(b":")[0] for line in out.splitlines() if b"leverage" in line}) == 39
    assert gone(pids)
