"""What differs on Windows and macOS, as far as it can be tried on any system. The rest is tried there: see `.github/workflows/ci.yml`."""

from __future__ import annotations

import ntpath
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from edlint.cli import run
from edlint.files import atomic, swap
from edlint.report import entries, sarif
from tests.docs import ROOT

CAPTION = "The mayor opens the new bridge over the river Wend on Monday"
DRAFT = f"The bridge opens\n\nThe council met on Monday.\n\n{CAPTION}\n{CAPTION}\n\nIt was late, and nobody stayed.\n"


class Windows:
    """The module `os` as it is on Windows, in what the code under test asks of it."""

    name, sep, path = "nt", "\\", ntpath

    def __init__(self, folder: str = "C:\\work") -> None:
        self._folder = folder

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)

    def getcwd(self) -> str:
        return self._folder

    def rename(self, old: str, new: str) -> None:
        """There, a name that is taken is an error."""
        if Path(new).exists():
            raise FileExistsError(17, "Cannot create a file when that file already exists", new)
        Path(old).rename(new)


def no_swap(new: str, real: str) -> NoReturn:
    """Only Linux can swap two names."""
    raise swap.CannotSwapError


def held_open(old: str, new: str) -> NoReturn:
    """On Windows, a file that another program holds open cannot be replaced."""
    raise PermissionError(13, "The process cannot access the file because it is being used by another process", new)


# files


@pytest.mark.parametrize("was", [None, b"old"])
def test_a_file_that_is_held_open_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: bytes | None) -> None:
    file = tmp_path / "draft.txt"
    file.write_bytes(b"old")
    monkeypatch.setattr(swap, "_swap", no_swap)
    monkeypatch.setattr(os, "replace", held_open)
    with pytest.raises(PermissionError, match="being used by another process"):
        atomic.replace_file(file, b"new", was)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file], "a temporary file was left"


def test_fixing_says_which_file_is_held_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a draft.txt").write_text(DRAFT, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(swap, "_swap", no_swap)
    monkeypatch.setattr(os, "replace", held_open)
    assert run(["--isolated", "--no-cache", "--select", "Captions", "--fix", "a draft.txt"]) == 2
    told = capsys.readouterr()
    assert "a draft.txt" in told.err + told.out and "being used by another process" in told.err + told.out
    assert (tmp_path / "a draft.txt").read_text("utf-8") == DRAFT


def test_without_swapping_a_draft_is_replaced_and_a_save_in_between_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "draft.txt"
    file.write_bytes(b"old")
    monkeypatch.setattr(swap, "_swap", no_swap)
    atomic.replace_file(file, b"new", b"old")
    assert file.read_bytes() == b"new"

    def saved_meanwhile(new: str, real: str) -> NoReturn:
        file.write_bytes(b"theirs")
        no_swap(new, real)

    monkeypatch.setattr(swap, "_swap", saved_meanwhile)
    with pytest.raises(atomic.ChangedError):
        atomic.replace_file(file, b"mine", b"new")
    assert file.read_bytes() == b"theirs"


def test_a_new_file_takes_no_name_that_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.txt"
    with monkeypatch.context() as patched:
        patched.setattr(atomic, "os", Windows())
        atomic._move_to_free_name(str(write(tmp_path / "one", b"1")), str(made))
        with pytest.raises(FileExistsError):
            atomic._move_to_free_name(str(write(tmp_path / "two", b"2")), str(made))
    assert made.read_bytes() == b"1"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


# paths


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("C:\\work\\drafts\\a.md", "drafts/a.md"),
        ("drafts\\a.md", "drafts/a.md"),
        (".\\drafts\\a.md", "drafts/a.md"),
        ("..\\a.md", "../a.md"),
        ("D:\\work\\a.md", "D:/work/a.md"),
        ("\\\\server\\share\\a.md", "//server/share/a.md"),
    ],
)
def test_paths_of_windows_are_reported_with_slashes(path: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "os", Windows())
    assert entries.portable(path) == shown


def test_a_draft_on_another_drive_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "os", Windows())
    monkeypatch.setattr(sarif, "os", Windows())
    assert sarif.artifact("D:\\Meine Texte\\a.md") == {"uri": "file:///D:/Meine%20Texte/a.md"}
    assert sarif.artifact("C:\\work\\entwürfe\\a.md")["uri"] == "entw%C3%BCrfe/a.md"


# lines and letters


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_are_counted_and_kept(newline: str, mark: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = mark + DRAFT.replace("\n", newline).encode()
    draft = write(tmp_path / "draft.txt", written)
    monkeypatch.chdir(tmp_path)
    assert run(["--isolated", "--no-cache", "--select", "Captions", "--fix", "draft.txt"]) == 0
    assert draft.read_bytes() == written.replace((CAPTION + newline).encode(), b"", 1)


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[str, str], bytes]:
    """What edlint prints about a draft where the output has an encoding."""

    def printed(text: str, encoding: str) -> bytes:
        write(tmp_path / "draft.txt", text.encode())
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
        command = [sys.executable, "-m", "edlint", "--isolated", "--no-cache", "--color", "never", "--select", "Captions", "draft.txt"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=120)
        assert (done.returncode, done.stderr) == (1, b"")
        return done.stdout

    return printed


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "cp1252", "cp932", "utf-8"])
def test_a_code_page_shows_what_it_can(encoding: str, printed: Callable[[str, str], bytes]) -> None:
    """Characters that it lacks appear as their numbers; nothing is lost, and nothing fails."""
    caption = "The café’s “new” bridge, 橋 in Japanese, opens on Monday"
    shown = printed(DRAFT.replace(CAPTION, caption), encoding).decode(encoding)
    assert caption.encode(encoding, "backslashreplace").decode(encoding) in shown
    assert "Repeats line 5" in shown
