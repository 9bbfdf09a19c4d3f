"""Links, left-out paths and special files, as the command line shows them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from doors import Run

DRAFT, FIXED = "The may\u200bor spoke for a long time.\n", "The mayor spoke for a long time.\n"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need a POSIX system")


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path) -> None:
    (tmp_path / ".edlint.yml").write_text("extends: [Paste]\nexclude: [archive/**]\n", "utf-8")
    for name in ("drafts/a.txt", "outside/b.txt", "archive/c.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(DRAFT, "utf-8")


def test_fix_does_not_leave_the_folder_it_was_given(edlint_: Run) -> None:
    Path("drafts/out").symlink_to("../outside")
    Path("drafts/b.txt").symlink_to("../outside/b.txt")
    ran = edlint_("--fix", "drafts")
    assert (Path("drafts/a.txt").read_text("utf-8"), Path("outside/b.txt").read_text("utf-8")) == (FIXED, DRAFT)
    assert "links that lead out of the folder are not followed, name them to check them: drafts/b.txt, drafts/out" in " ".join(
        ran.out.split()
    )
    edlint_("--fix", "drafts/b.txt")
    assert Path("outside/b.txt").read_text("utf-8") == FIXED and Path("drafts/b.txt").is_symlink()


def test_a_folder_of_nothing_but_links_out_of_it_says_so(edlint_: Run) -> None:
    Path("drafts/a.txt").unlink()
    Path("drafts/b.txt").symlink_to("../outside/b.txt")
    ran = edlint_("drafts")
    assert ran.status == 2
    assert ran.err.startswith("edlint: no drafts in drafts (links that lead out of the folder are not followed")


def test_a_baseline_holds_the_file_not_the_link(edlint_: Run) -> None:
    Path("drafts/a-link.txt").symlink_to("a.txt")
    edlint_("baseline", "create", "drafts")
    assert '"path": "drafts/a.txt"' in Path(".edlint-baseline.jsonl").read_text("utf-8")
    assert "a-link" not in Path(".edlint-baseline.jsonl").read_text("utf-8")


def test_nothing_left_to_check_is_said_with_the_reasons(edlint_: Run) -> None:
    Path(".git").mkdir()
    Path(".gitignore").write_text("outside/\n")
    ran = edlint_("--force-exclude", "archive/c.txt", "outside/b.txt")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "Left out: archive/c.txt (excluded by .edlint.yml), outside/b.txt (ignored by git).\nPasses: nothing was left to check.\n"
    )
    machine = edlint_("--force-exclude", "archive/c.txt", "-f", "json")
    assert machine.err == "edlint: nothing was checked. Left out: archive/c.txt (excluded by .edlint.yml)\n"


def test_many_left_out_are_counted(edlint_: Run) -> None:
    names = [f"archive/{number}.txt" for number in range(9)]
    for name in names:
        Path(name).touch()
    assert f"{names[4]} (excluded by .edlint.yml) and 4 more." in edlint_("--force-exclude", *names, "drafts/a.txt").out


@pytest.mark.parametrize(("name", "words"), [("pipe", "a pipe, not a file"), ("link", "a device, not a file")])
def test_what_is_no_file_is_an_error_at_once(program: Run, name: str, words: str) -> None:
    os.mkfifo("pipe")
    Path("link").symlink_to("/dev/zero")
    began = time.monotonic()
    ran = program("drafts/a.txt", name)
    assert (ran.status, ran.err) == (2, f"edlint: {name}: cannot be read: {words}\n")
    assert time.monotonic() - began < 30


def test_a_pipe_put_in_the_place_of_a_file_after_the_look(monkeypatch: pytest.MonkeyPatch) -> None:
    from edlint.errors import SourceError
    from edlint.reading import read_draft

    os.mkfifo("pipe")
    looked = os.stat
    monkeypatch.setattr(os, "stat", lambda path: looked("drafts/a.txt"))
    with pytest.raises(SourceError, match="a pipe, not a file"):
        read_draft("pipe")
