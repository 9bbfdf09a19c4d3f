"""What engines said is remembered between runs, whatever happens to the file."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from edlint.grammar import store as module
from edlint.grammar.base import Remark
from edlint.grammar.store import Store

CONTEXT = ("engine 1", "en")
SAID = {"A text 😀.": [Remark(0, 1, "Rule", "m", ("a", ""), ("G",))], "Another, \ud800 broken.": []}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "engine" / "remarks.db"


def test_a_later_run_knows_what_was_said(file: Path) -> None:
    Store("engine").put(CONTEXT, SAID)
    assert Store("engine").get(CONTEXT, [*SAID, "Unknown."]) == SAID
    assert Store("engine").get(("engine 2", "en"), list(SAID)) == {}
    assert Store("other").get(CONTEXT, list(SAID)) == {}
    assert b"A text" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_to_ask_makes_no_file(file: Path) -> None:
    assert Store("engine").get(CONTEXT, ["A text."]) == {}
    assert not file.exists()


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_thrown_away(file: Path, damage: bytes) -> None:
    Store("engine").put(CONTEXT, SAID)
    file.write_bytes(damage)
    assert Store("engine").get(CONTEXT, list(SAID)) == {}
    Store("engine").put(CONTEXT, SAID)
    Store("engine").put(CONTEXT, SAID)
    assert Store("engine").get(CONTEXT, list(SAID)) == SAID


def test_a_damaged_row_is_not_believed(file: Path) -> None:
    Store("engine").put(CONTEXT, SAID)
    with sqlite3.connect(file) as rows:
        rows.execute("UPDATE remarks SET said = '[[1, 2'")
    rows.close()
    assert Store("engine").get(CONTEXT, list(SAID)) == {}


def test_no_folder_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    Store("engine").put(CONTEXT, SAID)
    assert Store("engine").get(CONTEXT, list(SAID)) == {}
    monkeypatch.setattr(module, "cache_folder", lambda: None)
    Store("engine").put(CONTEXT, SAID)
    assert Store("engine").get(CONTEXT, list(SAID)) == {}


def test_it_never_grows_beyond_its_limit_and_forgets_the_oldest(file: Path) -> None:
    small = Store("engine", most=200_000)
    for turn in range(30):
        small.put(CONTEXT, {f"Text {turn} {n}": [Remark(0, 1, "Rule", "m" * 500)] for n in range(40)})
        assert file.stat().st_size <= 200_000
    kept = small.get(CONTEXT, [f"Text {turn} {n}" for turn in range(30) for n in range(40)])
    assert all(f"Text 29 {n}" in kept for n in range(40))
    assert not any(f"Text 0 {n}" in kept for n in range(40))
    small.put(CONTEXT, {"Too long": [Remark(0, 1, "Rule", "m" * 500_000)]})
    assert small.get(CONTEXT, ["Too long"]) == {}


def test_who_cannot_write_does_not_wait_for_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store("engine").put(CONTEXT, SAID)
    monkeypatch.setattr(module, "WAIT", 0.1)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    Store("engine").put(CONTEXT, {"New": []})
    assert Store("engine").get(CONTEXT, list(SAID)) == {}
    assert time.monotonic() - began < 2
    other.close()
    assert Store("engine").get(CONTEXT, list(SAID)) == SAID  # a file in use is not a damaged one


def _write(number: int) -> None:
    for n in range(20):
        Store("engine").put(CONTEXT, {f"{number} {n}": [Remark(number, n, "Rule", "m")]})


def test_several_processes_write_at_once(file: Path) -> None:
    with ProcessPoolExecutor(3) as pool:
        list(pool.map(_write, range(3)))
    found = Store("engine").get(CONTEXT, [f"{number} {n}" for number in range(3) for n in range(20)])
    assert found == {f"{number} {n}": [Remark(number, n, "Rule", "m")] for number in range(3) for n in range(20)}
