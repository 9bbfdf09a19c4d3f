"""What is offered to GitHub and pre-commit: sound files, and inputs that stay words whatever they hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from edlint.config.nearest import NAMES
from edlint.formats import suffixes
from edlint.vale.settings import NAMES as VALE_NAMES
from tests.docs.reading import files, pages

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = {".gitlab-ci.yml": "vendor.gitlab-ci"}
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("name", ["edlint", "edlint-fix"])
def test_the_hooks_read_every_kind_of_draft(name: str) -> None:
    wanted = re.compile(HOOKS[name]["files"])
    assert [suffix for suffix in suffixes() if suffix and not wanted.search(f"a/draft{suffix}")] == []
    assert not wanted.search("a/code.py") and not wanted.search("a/txt") and not wanted.search("notes.md.bak")
    assert HOOKS[name]["require_serial"] is True


def test_the_hook_for_configurations_reads_every_name_they_have() -> None:
    wanted = re.compile(HOOKS["edlint-config"]["files"])
    assert [name for name in (*NAMES, *VALE_NAMES) if not wanted.search(name) or not wanted.search(f"a/{name}")] == []
    assert not wanted.search("a/interval.ini") and not wanted.search("x.edlint.yml.md")


def test_no_step_puts_an_input_into_its_script() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert scripts and not any("${{" in script for script in scripts)


def test_actions_are_pinned_to_a_commit() -> None:
    for file in (ROOT / "action.yml", *(ROOT / ".github" / "workflows").glob("*.yml")):
        used = re.findall(r"uses: (\S+)", file.read_text(encoding="utf-8"))
        assert used and all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in used)


SHOWN = [(page.name, name, text) for page in pages() for name, text in files(page) if name in SCHEMAS or ".github/" in name]


@pytest.mark.parametrize(("page", "name", "text"), SHOWN, ids=lambda value: value if "\n" not in value else "")
def test_what_the_pages_show_for_services_is_valid(page: str, name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "shown.yml"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS.get(name, "vendor.github-workflows"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A runner's folder in which edlint is installed the way the action installs it."""
    python = tmp_path / "edlint" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return tmp_path


def check(runner: Path, paths: str, options: str = "", output: str = "") -> subprocess.CompletedProcess[str]:
    """What the last step of the action does with these inputs, in a folder of drafts."""
    script = ACTION["runs"]["steps"][-1]["run"]
    given = {"PATHS": paths, "OPTIONS": options, "FORMAT": "concise", "REPORT": output, "RUNNER_TEMP": str(runner)}
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash here to run the action's steps with")
    environment = {"PATH": os.environ["PATH"], "HOME": str(runner), "PYTHONPATH": str(ROOT), **given}
    command = [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", script]  # as runners call it
    return subprocess.run(command, cwd=runner / "work", env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.skipif(os.name == "nt", reason="the runner made here is a Unix one")
def test_inputs_stay_words(runner: Path) -> None:
    work = runner / "work"
    work.mkdir()
    evil = "$(touch gone) `touch gone`; touch gone #.txt"
    (work / evil).write_text("All is well here, and the text goes on.\n", encoding="utf-8")
    (work / "-x.txt").write_text("What's your Reaction?\n+1\n0\n+1\n0\n", encoding="utf-8")
    done = check(runner, f"{evil}\n\n-x.txt\n", "--select\nCaptions,Boilerplate\n--no-cache\n", "report $(id).txt")
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert sorted(path.name for path in work.iterdir()) == sorted([evil, "-x.txt", "report $(id).txt"])
    assert "-x.txt:1:1:" in (work / "report $(id).txt").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the runner made here is a Unix one")
def test_the_exit_status_is_that_of_the_check(runner: Path) -> None:
    (runner / "work").mkdir()
    assert check(runner, "missing.txt").returncode == 2
    shutil.rmtree(runner / "edlint")
    missing = check(runner, ".")
    assert missing.returncode == 2 and "::error::edlint was not installed" in missing.stdout
