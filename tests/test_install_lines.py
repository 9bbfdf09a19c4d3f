"""Every other command line in the pages: those that install edlint, run as printed by a shell with a home of its own.

`edlint …` lines are run by tests/test_docs.py. What cannot be run in a test is listed here, with the reason. What is installed comes from
this checkout, by whatever address a line names, and what it needs from the package index: so this runs where EDLINT_REQUIRE names `hooks`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from components import missing, required

from tests.docs import ROOT
from tests.docs.reading import blocks, commands, pages

REPOSITORY = "https://github.com/edlint/edlint"
INSTALLED = r"pip install git\+\S+"
NOT_RUN = {
    r"python3 -m venv \.venv && .* -m pytest": "the test command: `.ci/run` runs it",
    r"docker .*": "needs a service that builds and runs containers",
    r"cd editors/vscode && .*": "needs Visual Studio Code; tests/lsp builds the extension",
    r"edlint .*<\w+>.*": "has a blank to fill",
    r"edlint-disable-.*|<!--.*|#.*": "no command: a line of a draft or a rule",
}


def other_lines() -> list[str]:
    """Every line of the pages' commands that tests/test_docs.py does not run, and each `pip install` from the repository."""
    found: dict[str, None] = {}
    for page in pages():
        run = set(commands(page))
        for block in blocks(page, "", "sh", "shell", "bash"):
            lines = (line.partition(" #")[0].strip() for line in block.text.splitlines())
            found |= dict.fromkeys(line for line in lines if line and line not in run)
        found |= dict.fromkeys(re.findall(INSTALLED, page.read_text("utf-8")))
    return list(found)


TRIED = [line for line in other_lines() if not any(re.fullmatch(pattern, line) for pattern in NOT_RUN)]


def test_what_is_not_tried_is_still_printed() -> None:
    lines = other_lines()
    assert [pattern for pattern in NOT_RUN if not any(re.fullmatch(pattern, line) for line in lines)] == []
    assert any(REPOSITORY in line for line in TRIED)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository as it is committed."""
    if not required("hooks"):
        missing("hooks", "EDLINT_REQUIRE=hooks lets it")
    copy = tmp_path_factory.mktemp("repository") / "edlint"
    subprocess.run(["git", "-c", "safe.directory=*", "clone", "-q", str(ROOT), str(copy)], check=True, timeout=300)
    return copy


@pytest.mark.parametrize("line", TRIED)
@pytest.mark.skipif(os.name == "nt", reason="the lines are for a Unix shell")
def test_edlint_is_installed_as_printed(line: str, source: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "python", with_pip=True)
    subprocess.run(["git", "-c", "safe.directory=*", "clone", "-q", str(source), str(tmp_path / "edlint")], check=True, timeout=300)
    (tmp_path / ".gitconfig").write_text(f'[url "{source.as_uri()}"]\n\tinsteadOf = {REPOSITORY}\n[safe]\n\tdirectory = *\n', "utf-8")
    pinned = re.findall(r"^[\w.-]+==\S+", (ROOT / ".ci" / "requirements" / "test.txt").read_text("utf-8"), re.MULTILINE)
    (tmp_path / "pinned.txt").write_text("\n".join(pinned) + "\n", "utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "EDLINT", "GIT_", "VIRTUAL_ENV"))}
    environment = kept | {
        "HOME": str(tmp_path),
        "PATH": f"{tmp_path / 'python' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PIP_CONSTRAINT": str(tmp_path / "pinned.txt") if "--no-deps" not in line else "",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_FIND_LINKS": str(tmp_path / "wheels"),  # as if it were on the index
    }
    if "edlint[" in line:
        build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path / "wheels")]
        subprocess.run([*build, str(source)], env=environment, check=True, timeout=600)
    if line.startswith(".venv/bin/"):
        subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=tmp_path / "edlint", check=True, timeout=300)
    ask = f"{line} && PATH=$PWD/.venv/bin:$PATH edlint --exit-zero --output-format concise examples/op-ed.txt"
    command = ["bash", "--noprofile", "--norc", "-euc", ask]
    done = subprocess.run(command, cwd=tmp_path / "edlint", env=environment, capture_output=True, text=True, check=False, timeout=1200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "examples/op-ed.txt:10:1: error Captions.Repeated" in done.stdout
