"""git is asked about repositories that come from anywhere: nothing they name is run, and nothing in them hides a change."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import which

import pytest

from edlint.errors import UsageError
from edlint.session.git import History

pytestmark = [
    pytest.mark.skipif(not which("git"), reason="there is no git on this machine"),
    pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts"),
]
OLD, NEW = "The harbour is old.\n", "The harbour is new.\n"


def git(*args: str, cwd: Path, check: bool = True) -> str:
    return subprocess.run(["git", "-C", str(cwd), *args], check=check, capture_output=True, text=True, timeout=60).stdout.strip()


@pytest.fixture(autouse=True)
def _author(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ana@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one draft, committed as OLD and now NEW."""
    top = tmp_path / "desk"
    top.mkdir()
    git("init", "-qb", "main", cwd=top)
    (top / "a.txt").write_text(OLD, "utf-8")
    git("add", ".", cwd=top)
    git("commit", "-qm", "x", cwd=top)
    (top / "a.txt").write_text(NEW, "utf-8")
    return top


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves the file `mark` when it runs."""
    program = tmp_path / "trap"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {tmp_path}/mark\ncat\n', "utf-8")
    program.chmod(0o755)
    return program


def before(top: Path, rev: str = "HEAD") -> bytes | None:
    with History(rev) as history:
        return history.before(str(top / "a.txt")).data


SETTINGS = {
    "core.fsmonitor": "{trap}",
    "core.hooksPath": "{folder}/hooks",
    "core.pager": "{trap}",
    "core.sshCommand": "{trap}",
    "core.gitProxy": "{trap}",
    "core.askPass": "{trap}",
    "core.alternateRefsCommand": "{trap}",
    "diff.external": "{trap}",
    "diff.trap.textconv": "{trap}",
    "diff.trap.command": "{trap}",
    "filter.trap.clean": "{trap}",
    "filter.trap.smudge": "{trap}",
    "filter.trap.required": "true",
    "alias.diff-index": "!{trap}",
    "alias.ls-tree": "!{trap}",
    "alias.cat-file": "!{trap}",
    "alias.rev-parse": "!{trap}",
    "pager.rev-parse": "{trap}",
    "pager.ls-tree": "{trap}",
}


def test_nothing_that_a_repository_names_is_run(repository: Path, trap: Path, tmp_path: Path) -> None:
    (tmp_path / "hooks").mkdir()
    for hook in ("post-index-change", "post-checkout", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        (tmp_path / "hooks" / hook).symlink_to(trap)
    (repository / ".gitattributes").write_text("*.txt filter=trap diff=trap\n", "utf-8")
    for name, value in SETTINGS.items():
        git("config", name, value.format(trap=trap, folder=tmp_path), cwd=repository)
    git("status", cwd=repository, check=False)
    assert (tmp_path / "mark").exists(), "the traps do not work"
    (tmp_path / "mark").unlink()
    os.utime(repository / "a.txt")  # so that the index cannot vouch for it
    assert before(repository) == OLD.encode()
    assert not (tmp_path / "mark").exists(), (tmp_path / "mark").read_text("utf-8")


def test_a_filter_that_stays_up_is_not_started(repository: Path, trap: Path, tmp_path: Path) -> None:
    (repository / ".gitattributes").write_text("*.txt filter=trap\n", "utf-8")
    git("config", "filter.trap.process", str(trap), cwd=repository)
    os.utime(repository / "a.txt")
    git("diff", cwd=repository, check=False)
    assert (tmp_path / "mark").exists(), "the trap does not work"
    (tmp_path / "mark").unlink()
    assert before(repository) == OLD.encode()
    assert not (tmp_path / "mark").exists()


def test_nothing_is_fetched_for_a_partial_clone(repository: Path, tmp_path: Path) -> None:
    blob = git("rev-parse", "HEAD:a.txt", cwd=repository)
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": str(tmp_path / "elsewhere"),
        "remote.origin.uploadpack": f"touch {tmp_path}/mark; false",
        "remote.origin.promisor": "true",
    }.items():
        git("config", name, value, cwd=repository)
    git("cat-file", "blob", blob, cwd=repository, check=False)
    assert (tmp_path / "mark").exists(), "the trap does not work"
    (tmp_path / "mark").unlink()
    with pytest.raises(UsageError, match=f"git cannot read {blob}"):
        before(repository)
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("program", ["git", "git.exe"])
def test_a_git_in_the_working_folder_is_not_started(program: str, repository: Path, trap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / program).write_bytes(trap.read_bytes())
    (repository / program).chmod(0o755)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    assert before(repository) == OLD.encode()
    assert not (trap.parent / "mark").exists()


@pytest.mark.parametrize("flag", ["--skip-worktree", "--assume-unchanged"])
def test_a_change_that_git_is_told_not_to_see_is_seen(flag: str, repository: Path) -> None:
    git("update-index", flag, "a.txt", cwd=repository)
    assert git("diff-index", "HEAD", cwd=repository) == "", "git sees it all the same"
    assert before(repository) == OLD.encode()


def test_an_index_that_holds_what_the_base_had_hides_no_change(repository: Path) -> None:
    found = (repository / "a.txt").stat()
    (repository / "a.txt").write_text(NEW.replace("new", "red"), "utf-8")
    git("add", "a.txt", cwd=repository)
    (repository / "a.txt").write_text(NEW, "utf-8")
    os.utime(repository / "a.txt", ns=(found.st_atime_ns, found.st_mtime_ns))
    git("reset", "-q", "--mixed", "HEAD", cwd=repository)
    assert before(repository) == OLD.encode()


def test_no_object_is_read_in_place_of_another(repository: Path) -> None:
    """A replacement would let the base hold whatever a change brings in."""
    old = git("rev-parse", "HEAD:a.txt", cwd=repository)
    new = git("hash-object", "-w", "a.txt", cwd=repository)
    git("replace", old, new, cwd=repository)
    assert git("cat-file", "blob", old, cwd=repository) == NEW.strip()
    assert before(repository) == OLD.encode()


@pytest.mark.parametrize("name", ["GIT_EXTERNAL_DIFF", "GIT_EXEC_PATH", "GIT_SSH_COMMAND", "GIT_ALTERNATE_OBJECT_DIRECTORIES"])
def test_variables_that_steer_git_are_left_out(name: str, repository: Path, trap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, str(trap))
    assert before(repository) == OLD.encode()
    assert not (trap.parent / "mark").exists()


def test_an_unchanged_draft_is_known_by_its_bytes(repository: Path) -> None:
    (repository / "a.txt").write_text(OLD, "utf-8")
    with History("HEAD") as history:
        assert history.before(str(repository / "a.txt")).same
        assert history.before(str(repository / "a.txt"), read=True).data == OLD.encode()
