"""What is no regular file, or has no end, is an error wherever a file is read, and never waited for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from edlint.authoring.style_import import imported
from edlint.errors import RuleError, UsageError
from edlint.files.inputs import read_bytes, read_text
from edlint.linter import Linter
from edlint.ruleset.load import read_rule

posix = pytest.mark.skipif(not hasattr(os, "mkfifo") or sys.platform == "darwin", reason="needs pipes and devices with a path")
pytestmark = posix
RULE = "extends: existence\nmessage: m\ntokens: [arguably]\nwhy: It says nothing.\n"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(("make", "says"), [(pipe, "a pipe"), (endless, "a device"), (Path.mkdir, "a folder")])
def test_only_files_are_read(make: Callable[[Path], None], says: str, tmp_path: Path) -> None:
    make(tmp_path / "x")
    with pytest.raises(OSError, match=says):
        read_bytes(tmp_path / "x")


def test_a_file_has_a_size(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"\xef\xbb\xbfab\r\nc")
    assert read_text(file) == "ab\r\nc"
    with pytest.raises(OSError, match="larger than"):
        read_bytes(file, 7)


PLACES: dict[str, tuple[str, str]] = {  # what stands in the configuration → the name of the file that cannot be read
    "configuration": ("", ".edlint.yml"),
    "extended": ("extends: [default, ./base.yml]\n", "base.yml"),
    "rule": ("extends: [./House]\n", "House/Slow.yml"),
    "vocabulary": ("extends: [./House]\nvocabulary: [words.txt]\n", "words.txt"),
    "baseline": ("extends: [./House]\nbaseline: base.jsonl\n", "base.jsonl"),
    "gitignore": ("extends: [./House]\n", ".gitignore"),
    "toml": ("", "pyproject.toml"),
    "ini": ("", ".vale.ini"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("make", [pipe, endless])
def test_every_file_that_is_read_besides_drafts(place: str, make: Callable[[Path], None], tmp_path: Path) -> None:
    told, name = PLACES[place]
    (tmp_path / "House").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "House" / "Hype.yml").write_text(RULE, "utf-8")
    (tmp_path / "draft.md").write_text("Arguably.\n", "utf-8")
    if told:
        (tmp_path / ".edlint.yml").write_text(told, "utf-8")
    make(tmp_path / name)
    command = [sys.executable, "-c", "from edlint.cli import main; main()", "check", "."]
    around = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env=around)
    assert done.returncode == 2
    assert name.rpartition("/")[2] in done.stderr
    assert "Traceback" not in done.stderr and "itself failed" not in done.stderr


@pytest.mark.parametrize("make", [pipe, endless])
@pytest.mark.parametrize("suffix", [".csv", ".md"])
def test_a_table_of_words_is_a_file(suffix: str, make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / f"words{suffix}")
    with pytest.raises(UsageError, match=r"cannot be read: a (pipe|device)"):
        imported(tmp_path / f"words{suffix}", "House")


@pytest.mark.parametrize("make", [pipe, endless])
@pytest.mark.parametrize("key", ["ignore: [words.txt]", "dictionaries: [words]"])
def test_dictionaries_and_lists_of_words_are_files(key: str, make: Callable[[Path], None], tmp_path: Path) -> None:
    for name in ("words.txt", "words.dic", "words.aff"):
        make(tmp_path / name)
    (tmp_path / "Words.yml").write_text(f"extends: spelling\nmessage: m\n{key}\ndicpath: .\n", "utf-8")
    with pytest.raises(RuleError, match="words"):
        read_rule(tmp_path / "Words.yml")


@pytest.mark.parametrize(("make", "says"), [(pipe, "a pipe"), (endless, "a device")])
def test_an_endless_draft_is_an_error_and_the_others_are_checked(make: Callable[[Path], None], says: str, tmp_path: Path) -> None:
    make(tmp_path / "a.md")
    (tmp_path / "b.md").write_text("# The port\n\nCritics say so.\n", "utf-8")
    linter = Linter(select=["Claims"])
    assert says in linter.lint_file(tmp_path / "a.md").error
    assert len(linter.lint_file(tmp_path / "b.md").findings) == 1
