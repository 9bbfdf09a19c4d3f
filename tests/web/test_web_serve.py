"""`edlint serve` as a process: its address, its end, and what it says where it cannot start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
from served import ROOT, served

from edlint.web.address import Address, listen


def test_nothing_is_left_running_after_its_end(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        process = psutil.Process(server.process.pid)
        assert b"edlint" in urllib.request.urlopen(server.address).read()
        deadline = time.monotonic() + 20
        while not process.children(recursive=True) and time.monotonic() < deadline:
            time.sleep(0.1)  # the grammar engine starts on its own
        children = process.children(recursive=True)
    assert server.process.returncode is not None
    _, alive = psutil.wait_procs(children, 10)
    assert alive == []
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", int(server.origin.rpartition(":")[2])), 2):
        pass


def test_a_port_that_is_taken_is_an_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "edlint", "serve", "--no-browser", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}, timeout=60
        )
    assert done.returncode == 2 and done.stderr.startswith("edlint: port ") and "Traceback" not in done.stderr


def test_without_its_packages_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError('no', name='uvicorn')\n", "utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from edlint.cli import run; sys.exit(run(['serve', '--no-browser']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 2 and "pip install starlette uvicorn" in done.stderr


def test_other_commands_neither_load_nor_need_them() -> None:
    code = "import sys; from edlint.cli import run; run(['--help']); run(['rules']); "
    code += "sys.exit(any(name in sys.modules for name in ('starlette', 'uvicorn', 'edlint.web')))"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, cwd=ROOT, timeout=60).returncode == 0


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, and a folder of the user's for what runs."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def listened(port: int = 0) -> Address:
    """The address of a server that starts and ends."""
    listening, address = listen(port)
    listening.close()
    return address


def kept(here: Path) -> Path:
    (file,) = (here / "edlint").glob("page-*.json")
    return file


def test_started_again_it_has_the_same_address_for_a_day_and_in_its_folder_only(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listening, first = listen(0)
    second, other = listen(0)  # while the first is there
    second.close()
    listening.close()
    assert first.port != other.port and first.token != other.token
    assert listened() == other == listened(other.port)
    assert kept(here).stat().st_mode & 0o077 == 0
    os.utime(kept(here), (0, 0))
    assert listened().token != other.token
    last = listened()
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    assert listened().token != last.token


NONSENSE = ["", "{", "[0, 3]", '["a", "b"]', '[80, "<script>"]', f'[99999, "{"A" * 32}"]', f'[8000, "{"/" * 32}"]', "[" * 900]


@pytest.mark.parametrize("text", NONSENSE)
def test_an_address_that_makes_no_sense_is_not_used(here: Path, text: str) -> None:
    listened()
    kept(here).write_text(text, "utf-8")
    address = listened()
    assert len(address.token) == 32 and address.url.startswith(f"http://127.0.0.1:{address.port}/")


def test_an_address_that_others_could_have_written_is_not_used(here: Path) -> None:
    first = listened()
    kept(here).chmod(0o666)
    assert listened().token != first.token


def test_an_address_that_others_may_read_is_neither_used_nor_written_there(here: Path) -> None:
    first = listened()
    kept(here).chmod(0o644)
    second = listened()
    assert second.token != first.token and kept(here).stat().st_mode & 0o077 == 0
    letters = here / "letters.txt"
    letters.write_text("mine", "utf-8")
    file = kept(here)
    file.unlink()
    file.symlink_to(letters)
    assert listened().token != second.token
    assert letters.read_text("utf-8") == "mine" and not file.is_symlink()


def test_no_address_is_kept_in_a_folder_that_others_may_write_to(here: Path) -> None:
    (here / "edlint").mkdir()
    (here / "edlint").chmod(0o777)
    listened()
    assert not list((here / "edlint").iterdir())
