"""A full disk while edlint writes: the old file or the new one, never half of one, exit status 2, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from doors import PROGRAM, Ran

CAPTION = "Volunteers stack sandbags along the east bank of the river on Monday."
DRAFT = f"{CAPTION}\n{CAPTION}\n\n" + "The council met on Monday and talked for a long time about the bridge.\n\n" * 60
Full = Callable[..., Ran]


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder on a file system of 256 KB, which is filled to the last byte by `full`."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small file system can only be mounted by root on Linux")
    monkeypatch.chdir(folder)
    (folder / ".edlint.yml").write_text("extends: [Captions]\n")
    yield folder
    os.chdir(tmp_path)
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def full(disk: Path) -> Full:
    """Run edlint on the full disk, and look for what it left there."""

    def run(*args: str, **env: str) -> Ran:
        with (disk / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"x" * 4096)
            except OSError:
                pass
        before = held(disk)
        variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **env}
        done = subprocess.run([*PROGRAM, *args], capture_output=True, text=True, env=variables, timeout=120, check=False)
        assert "Traceback" not in done.stderr
        assert held(disk) == before
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_fix(full: Full) -> None:
    Path("a.txt").write_text(DRAFT)
    ran = full("--fix", "a.txt")
    assert ran.status == 2 and "a.txt: not fixed: No space left on device" in ran.err


def test_report(full: Full) -> None:
    Path("a.txt").write_text(DRAFT)
    Path("report.json").write_text("old")
    ran = full("-f", "json", "-o", "report.json", "a.txt")
    assert (ran.status, ran.err) == (2, "edlint: --output-file: report.json cannot be written: No space left on device\n")


def test_baselines(full: Full) -> None:
    Path("a.txt").write_text(DRAFT)
    ran = full("baseline", "create", "a.txt")
    assert (ran.status, ran.err) == (2, "edlint: .edlint-baseline.jsonl cannot be written: No space left on device\n")


def test_a_baseline_that_is_there(full: Full) -> None:
    Path("a.txt").write_text(DRAFT)
    Path(".edlint-baseline.jsonl").write_text('{"edlint-baseline": 1}\n')
    assert full("baseline", "update", "a.txt").status == 2
    assert Path(".edlint-baseline.jsonl").read_text() == '{"edlint-baseline": 1}\n'


def test_init(full: Full) -> None:
    Path(".edlint.yml").unlink()
    ran = full("init")
    assert (ran.status, ran.out, ran.err) == (2, "", "edlint: .edlint.yml cannot be written: No space left on device\n")
    assert not Path(".edlint.yml").exists()


def test_import(full: Full) -> None:
    Path("words.csv").write_text("wrong,right\n" + "".join(f"wrong{n},right{n}\n" for n in range(300)))
    ran = full("style", "import", "words.csv")
    assert ran.status == 2 and "cannot be written: No space left on device" in ran.err
    assert not list(Path("House").rglob("*.yml"))


def test_caches(full: Full, disk: Path) -> None:
    Path("a.txt").write_text(DRAFT)
    ran = full("a.txt", EDLINT_CACHE_DIR=str(disk / "cache"))
    assert (ran.status, ran.err) == (1, "")  # a cache that cannot be written is no fault


def test_a_cache_that_is_there(full: Full, disk: Path) -> None:
    Path("a.txt").write_text("It rained.\n")
    subprocess.run([*PROGRAM, "a.txt"], env={**os.environ, "EDLINT_CACHE_DIR": str(disk / "cache")}, check=True, capture_output=True)
    Path("b.txt").write_text(DRAFT)
    assert full("a.txt", "b.txt", EDLINT_CACHE_DIR=str(disk / "cache")).status == 1
