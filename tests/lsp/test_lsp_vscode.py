"""The extension for Visual Studio Code: packed as users install it, and run under Node with the real language client and server.

Only Visual Studio Code itself is a stub there (editors/vscode/test/vscode-stub.js).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from components import missing, program, required
from doors import PROGRAM

from edlint.version import __version__
from tests.docs import ROOT

FOLDER = ROOT / "editors" / "vscode"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the server is started through a shell script")


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the extension with what it needs from npm: fetched where that is required, else what lies in the checkout."""
    npm = program("vscode", "npm")
    folder = tmp_path_factory.mktemp("editors") / "editors" / "vscode"
    fetched = FOLDER / "node_modules"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("node_modules", "dist", "*.vsix"))
    shutil.copy(ROOT / "LICENSE", folder.parents[1])
    if fetched.is_dir():
        (folder / "node_modules").symlink_to(fetched)
    elif required("vscode"):
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True, capture_output=True, timeout=500)
    else:
        missing("vscode", "run `npm ci` in editors/vscode")
    return folder


def npm(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["npm", *command], cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, timeout=300)


def test_its_code_works_with_the_real_server(extension: Path) -> None:
    shell = extension / "edlint"
    shell.write_text(f'#!/bin/sh\nexec {PROGRAM[0]} {PROGRAM[1]} "{PROGRAM[2]}" "$@"\n', "utf-8")
    shell.chmod(0o755)
    done = npm(extension, "test", EDLINT=str(shell), PYTHONPATH=str(ROOT))
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_packed_with_nothing_but_what_it_needs(extension: Path) -> None:
    done = npm(extension, "run", "package")
    assert done.returncode == 0, done.stdout + done.stderr
    packed = extension / "edlint.vsix"
    with zipfile.ZipFile(packed) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("extension/"))
    assert names == [f"extension/{name}" for name in ("LICENSE.txt", "dist/extension.js", "package.json", "readme.md")]
    assert packed.stat().st_size < 500_000


def test_its_version_is_that_of_edlint() -> None:
    for name in ("package.json", "package-lock.json"):
        assert json.loads((FOLDER / name).read_text("utf-8"))["version"] == __version__
