"""What engines said is remembered between runs, whatever happens to the file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from edlint.grammar import remark_cache as module
from edlint.grammar.base import Remark
from edlint.grammar.remark_cache import RemarkCache

CONTEXT = ("engine 1", "en")
SAID = {"A text 😀.": [Remark(0, 1, "Rule", "m", ("a", ""), ("G",))], "Another, \ud800 broken.": []}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "engine" / "remarks.db"


def test_a_later_run_knows_what_was_said(file: Path) -> None:
    RemarkCache("engine").put(CONTEXT, SAID)
    assert RemarkCache("engine").get(CONTEXT, [*SAID, "Unknown."]) == SAID
    assert RemarkCache("engine").get(("engine 2", "en"), list(SAID)) == {}
    assert RemarkCache("other").get(CONTEXT, list(SAID)) == {}
    assert b"A text" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_to_ask_makes_no_file(file: Path) -> None:
    assert RemarkCache("engine").get(CONTEXT, ["A text."]) == {}
    assert not file.exists()


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_thrown_away(file: Path, damage: bytes) -> None:
    RemarkCache("engine").put(CONTEXT, SAID)
    file.write_bytes(damage)
    assert RemarkCache("engine").get(CONTEXT, list(SAID)) == {}
    RemarkCache("engine").put(CONTEXT, SAID)
    RemarkCache("engine").put(CONTEXT, SAID)
    assert RemarkCache("engine").get(CONTEXT, list(SAID)) == SAID


def test_a_damaged_row_is_not_believed(file: Path) -> None:
    RemarkCache("engine").put(CONTEXT, SAID)
    with sqlite3.connect(file) as rows:
        rows.execute("UPDATE remarks SET said = '[[1, 2'")
    rows.close()
    assert RemarkCache("engine").get(CONTEXT, list(SAID)) == {}


def test_no_folder_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)  # which begins with the rules read
    (tmp_path / "cache").write_text("a file where a folder should be")
    RemarkCache("engine").put(CONTEXT, SAID)
    assert RemarkCache("engine").get(CONTEXT, list(SAID)) == {}
    monkeypatch.setattr(module, "cache_folder", lambda: None)
    RemarkCache("engine").put(CONTEXT, SAID)
    assert RemarkCache("engine").get(CONTEXT, list(SAID)) == {}


def test_it_never_grows_beyond_its_limit_and_forgets_the_oldest(file: Path) -> None:
    small = RemarkCache("engine", most=200_000)
    for turn in range(30):
        small.put(CONTEXT, {f"Text {turn} {n}": [Remark(0, 1, "Rule", "m" * 500)] for n in range(40)})
        assert file.stat().st_size <= 200_000
    kept = small.get(CONTEXT, [f"Text {turn} {n}" for turn in range(30) for n in range(40)])
    assert all(f"Text 29 {n}" in kept for n in range(40))
    assert not any(f"Text 0 {n}" in kept for n in range(40))
    small.put(CONTEXT, {"Too long": [Remark(0, 1, "Rule", "m" * 500_000)]})
    assert small.get(CONTEXT, ["Too long"]) == {}


def test_who_cannot_write_does_not_wait_for_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RemarkCache("engine").put(CONTEXT, SAID)
    monkeypatch.setattr(module, "LOCK_TIMEOUT", 0.1)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    RemarkCache("engine").put(CONTEXT, {"New": []})
    assert RemarkCache("engine").get(CONTEXT, list(SAID)) == {}
    assert time.monotonic() - began < 2
    other.close()
    assert RemarkCache("engine").get(CONTEXT, list(SAID)) == SAID  # a file in use is not a damaged one


def _write(number: int) -> None:
    for n in range(20):
        RemarkCache("engine").put(CONTEXT, {f"{number} {n}": [Remark(number, n, "Rule", "m")]})


def test_several_processes_write_at_once(file: Path) -> None:
    with ProcessPoolExecutor(3) as pool:
        list(pool.map(_write, range(3)))
    found = RemarkCache("engine").get(CONTEXT, [f"{number} {n}" for number in range(3) for n in range(20)])
    assert found == {f"{number} {n}": [Remark(number, n, "Rule", "m")] for number in range(3) for n in range(20)}


def test_a_row_that_our_own_key_did_not_seal_is_not_believed(file: Path) -> None:
    """Neither one made by somebody who can write to the cache, nor one of ours that was moved to another text."""
    other = {"Other.": [Remark(1, 2, "Rule", "m")]}
    RemarkCache("engine").put(CONTEXT, SAID | other)
    with sqlite3.connect(file) as rows:
        (clean,) = rows.execute("SELECT said FROM remarks ORDER BY length(said)").fetchone()
        rows.execute("UPDATE remarks SET said = ?", (clean,))
    rows.close()
    assert RemarkCache("engine").get(CONTEXT, [*SAID, *other]) == {"Another, \ud800 broken.": []}
    with sqlite3.connect(file) as rows:
        rows.execute("UPDATE remarks SET said = '[]'")
    rows.close()
    assert RemarkCache("engine").get(CONTEXT, [*SAID, *other]) == {}


ENDLESS = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n) SELECT"


@pytest.mark.parametrize("columns", ["CAST('x' AS BLOB) AS key, count(*) AS said", "k AS key, zeroblob(9000) AS said"])
def test_a_file_made_to_work_for_ever_is_given_up(file: Path, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIME_LIMIT", 0.2)
    file.parent.mkdir(parents=True, mode=0o700)
    with sqlite3.connect(file) as rows:
        rows.execute(f"CREATE VIEW remarks AS {ENDLESS} {columns} FROM n")
    rows.close()
    file.chmod(0o600)
    file.parent.parent.chmod(0o700)
    store = RemarkCache("engine")
    began = time.process_time()
    assert store.get(CONTEXT, list(SAID)) == store.get(CONTEXT, list(SAID)) == {}
    assert time.process_time() - began < 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
@pytest.mark.parametrize("kind", ["pipe", "folder", "link to nowhere", "link to a device"])
def test_what_is_no_file_is_left_alone(file: Path, kind: str) -> None:
    file.parent.mkdir(parents=True, mode=0o700)
    if kind.startswith("link"):
        file.symlink_to("no/where" if kind.endswith("nowhere") else "/dev/zero")
    else:
        (os.mkfifo if kind == "pipe" else os.mkdir)(file)
    RemarkCache("engine").put(CONTEXT, SAID)
    assert RemarkCache("engine").get(CONTEXT, list(SAID)) == {}
    assert os.path.lexists(file)
