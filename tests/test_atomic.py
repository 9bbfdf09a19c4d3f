"""What replaces a file is whole, whatever happens to the program that writes it, and has all that the old one had."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import edlint.files.atomic
from edlint.files.atomic import ABANDONED, ChangedError, KeptError, create_file, replace_file, replacing, sweep
from edlint.files.folders import write_private

OLD, NEW = b"old\n" * 100_000, b"new!\n" * 90_000
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65534
KILLS = int(os.environ.get("EDLINT_TEST_KILLS", "40"))
needs_root = pytest.mark.skipif(not ROOT, reason="only root can give files away and mount file systems")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_writers_killed(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_bytes(OLD)
    seen = set()
    for number in range(KILLS):
        first = target.stat().st_ino
        pid = os.fork()
        if not pid:
            while True:
                replace_file(target, NEW)
                replace_file(target, OLD)
        while target.stat().st_ino == first:  # a busy machine takes its time to start the writer
            time.sleep(0.0002)
        time.sleep(number % 40 / 10_000)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        held = target.read_bytes()
        assert held in (OLD, NEW)
        seen.add("new" if held == NEW else "old")
    assert seen == {"new", "old"}
    replace_file(target, b"last")
    assert target.read_bytes() == b"last"


def test_an_error_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError), replacing(target) as file:
        file.write(b"half")
        raise RuntimeError
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("report.txt", b"old")]


def test_a_link_and_a_mode_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "draft.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    replace_file(link, b"new")
    assert link.is_symlink() and target.read_bytes() == b"new" and target.stat().st_mode & 0o777 == 0o640


def temporaries(folder: Path) -> list[Path]:
    return sorted(folder.glob(".edlint-*.tmp"))


def test_processes_of_equal_number_do_not_share_a_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in two containers with one folder: each has a process 7."""
    monkeypatch.setattr(os, "getpid", lambda: 7)
    with replacing(tmp_path / "a.txt") as one:
        one.write(b"text of a")
        with replacing(tmp_path / "b.txt") as other:
            other.write(b"text of b")
            one.flush()
            assert len(temporaries(tmp_path)) == 2
    assert (tmp_path / "a.txt").read_bytes() == b"text of a"
    assert (tmp_path / "b.txt").read_bytes() == b"text of b"


def test_a_name_cannot_be_foreseen_and_no_link_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = set()
    for number in range(20):
        with replacing(tmp_path / f"{number}.txt"):
            names |= {path.name for path in temporaries(tmp_path)}
    assert len(names) == 20
    monkeypatch.setattr(os, "urandom", lambda size: b"\0" * size)
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / f".edlint-{'00' * 12}.tmp").symlink_to(victim)
    with pytest.raises(FileExistsError):
        replace_file(tmp_path / "a.txt", b"new")
    assert victim.read_bytes() == b"mine"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755, 0o4755, 0o200])
def test_a_temporary_file_never_lets_in_more_than_the_file(tmp_path: Path, mode: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its mode when it is made, and when the first byte can be written."""
    target = tmp_path / "draft.txt"
    target.write_bytes(b"secret")
    target.chmod(mode)
    made, opened = [], os.open

    def open_(path: str, flags: int, *rest: int) -> int:
        handle = opened(path, flags, *rest)
        if flags & os.O_CREAT:
            made.append(stat.S_IMODE(os.fstat(handle).st_mode))
        return handle

    monkeypatch.setattr(os, "open", open_)
    previous = os.umask(0)
    try:
        with replacing(target) as file:
            assert stat.S_IMODE(temporaries(tmp_path)[0].stat().st_mode) == mode
            file.write(b"new")
    finally:
        os.umask(previous)
    assert [at & ~0o600 for at in made] == [0]
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_modes_of_new_files(tmp_path: Path) -> None:
    previous = os.umask(0o027)
    try:
        replace_file(tmp_path / "a", b"x")
        create_file(tmp_path / "b", b"x")
        write_private(tmp_path / "c", b"x")
        write_private(tmp_path / "new" / "inner" / "c", b"x")
    finally:
        os.umask(previous)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in "abc"] == [0o640, 0o640, 0o600]
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "new/inner")] == [0o700, 0o700]


def test_a_file_of_several_names_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "draft.txt"
    target.write_bytes(b"old")
    os.link(target, tmp_path / "other.txt")
    for was in (None, b"old"):
        with pytest.raises(KeptError) as caught:
            replace_file(target, b"new", was)
        assert caught.value.strerror == "the file has 2 names (hard links), and the others would keep the old text"
    assert target.read_bytes() == b"old" and not temporaries(tmp_path)


def test_a_write_protected_file_is_kept_by_root_too(tmp_path: Path) -> None:
    target = tmp_path / "draft.txt"
    target.write_bytes(b"old")
    target.chmod(0o444)
    with pytest.raises(KeptError, match="write-protected"):
        replace_file(target, b"new")
    assert target.read_bytes() == b"old"


def test_what_is_no_file_is_kept(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(KeptError, match="not a regular file"):
            replace_file(tmp_path / name, b"new")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has no calls for extended attributes")
def test_extended_attributes_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "draft.txt"
    target.write_bytes(b"old")
    try:
        os.setxattr(target, "user.desk", b"news")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    replace_file(target, b"new", b"old")
    assert os.getxattr(target, "user.desk") == b"news"

    def refuse(*args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "setxattr", refuse)
    with pytest.raises(KeptError) as caught:
        replace_file(target, b"newer")
    assert caught.value.strerror == "the extended attribute user.desk cannot be kept: Operation not permitted"
    assert target.read_bytes() == b"new"


@needs_root
def test_the_owner_stays_or_the_file_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "draft.txt"
    target.write_bytes(b"old")
    target.chmod(0o666)
    os.chown(target, NOBODY, NOBODY)
    replace_file(target, b"new")
    assert (target.stat().st_uid, target.stat().st_gid) == (NOBODY, NOBODY)
    os.chown(target, 0, 0)
    tmp_path.chmod(0o777)
    for parent in tmp_path.parents:
        if parent.stat().st_mode & 0o7777 == 0o700:
            parent.chmod(0o755)
    code = f"import edlint.files.atomic, os; os.setuid({NOBODY}); edlint.files.atomic.replace_file({str(target)!r}, b'newer')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "the file belongs to another user or group, and would change hands" in done.stderr
    assert target.read_bytes() == b"new" and not temporaries(tmp_path)


@pytest.mark.parametrize("was", [b"other", b"", b"ol", b"old\n"])
def test_what_has_changed_is_not_replaced(tmp_path: Path, was: bytes) -> None:
    target = tmp_path / "draft.txt"
    target.write_bytes(b"old")
    with pytest.raises(ChangedError):
        replace_file(target, b"new", was)
    assert target.read_bytes() == b"old" and not temporaries(tmp_path)


def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    for name in ("a", "gone"):
        with pytest.raises(FileExistsError):
            create_file(tmp_path / name, b"new")
    assert (tmp_path / "a").read_bytes() == b"mine" and not (tmp_path / "nowhere").exists()


def test_a_name_taken_while_a_new_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = os.fsync

    def take(handle: int) -> None:
        synced(handle)
        (tmp_path / "a").write_bytes(b"mine")

    monkeypatch.setattr(os, "fsync", take)
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "a", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"mine")]


def test_a_new_file_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    create_file(tmp_path / "a", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"new")]
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        create_file(tmp_path / "b", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_only_what_is_old_and_ones_own_is_swept(tmp_path: Path) -> None:
    """However it is named: the number in it is nobody's process, or one of another container."""
    old = time.time() - ABANDONED - 60
    kept = [".edlint-1.tmp", ".edlint-99999999.tmp", "a.txt", ".edlint-.yml", ".edlintx.tmp"]
    for name in kept:
        (tmp_path / name).touch()
    os.utime(tmp_path / "a.txt", (old, old))
    (tmp_path / ".edlint-folder.tmp").mkdir()
    (tmp_path / ".edlint-link.tmp").symlink_to(tmp_path / "a.txt")
    left = tmp_path / ".edlint-0123.tmp"
    left.touch()
    os.utime(left, (old, old))
    sweep(tmp_path)
    assert left.exists()  # was written to a moment ago: its time of change says so, which nobody can set
    assert {path.name for path in tmp_path.iterdir()} == {*kept, ".edlint-folder.tmp", ".edlint-link.tmp", left.name}
    sweep(tmp_path / "nowhere")


def test_what_was_left_a_day_ago_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".edlint-0123.tmp").touch()
    if ROOT:
        (tmp_path / ".edlint-4567.tmp").touch()
        os.chown(tmp_path / ".edlint-4567.tmp", NOBODY, NOBODY)
    now = time.time()
    monkeypatch.setattr(edlint.files.atomic, "time", lambda: now + ABANDONED - 60)
    sweep(tmp_path)
    assert (tmp_path / ".edlint-0123.tmp").exists()
    monkeypatch.setattr(edlint.files.atomic, "time", lambda: now + ABANDONED + 60)
    sweep(tmp_path)
    assert [path.name for path in temporaries(tmp_path)] == ([".edlint-4567.tmp"] if ROOT else [])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of 64 KB, which only root can mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not ROOT or sys.platform != "linux" or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder]).returncode:
        pytest.skip("a small file system can only be mounted by root on Linux")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_the_old_file_and_no_debris(small_disk: Path) -> None:
    target = small_disk / "report"
    target.write_bytes(b"old")
    big = b"x" * 100_000
    with pytest.raises(OSError, match="No space"):
        replace_file(target, big)
    with pytest.raises(OSError, match="No space"):
        replace_file(target, big, b"old")
    with pytest.raises(OSError, match="No space"):
        create_file(small_disk / "new", big)
    with pytest.raises(OSError, match="No space"):
        write_private(small_disk / "cache" / "results", big)
    assert sorted(path.name for path in small_disk.rglob("*")) == ["cache", "report"] and target.read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_a_limit_on_the_size_of_files_leaves_the_old_one_and_no_debris(tmp_path: Path) -> None:
    (tmp_path / "report").write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            replace_file(tmp_path / "report", b"x" * 100_000)
        with pytest.raises(OSError, match="too large"):
            create_file(tmp_path / "new", b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("report", b"old")]
