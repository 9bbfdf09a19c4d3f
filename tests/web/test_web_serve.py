"""`edlint serve` as a process: its address, its end, and what it says where it cannot start."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
from served import ROOT, served


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
