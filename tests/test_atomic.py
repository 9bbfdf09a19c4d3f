"""What replaces a file is whole, whatever happens to the program that writes it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from edlint.atomic import replace_file, replacing

OLD, NEW = b"old\n" * 100_000, b"new!\n" * 90_000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_two_hundred_writers_killed(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_bytes(OLD)
    seen = set()
    for number in range(200):
        pid = os.fork()
        if not pid:
            while True:
                replace_file(target, NEW)
                replace_file(target, OLD)
        time.sleep(number % 40 / 10_000)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        held = target.read_bytes()
        assert held in (OLD, NEW)
        seen.add(held)
    assert seen == {OLD, NEW}
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
