"""The hooks, run by the real pre-commit in repositories made for it.

pre-commit installs edlint from this checkout into an environment of its own, with what it needs from the package index: so this
runs only where EDLINT_REQUIRE names `hooks`, as it does in `.ci/run`. The environment gets the versions in `.ci/requirements`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from components import missing, required

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / ".ci" / "requirements" / "run.txt"
CLEAN = "The council met on Monday. It agreed to mend the bridge, and the work begins in May.\n"
CAPTION = "The mayor opens the new bridge over the river Wend on Monday\n"
LAST = "The harbour master, who had asked for the work, was not there to see it begin.\n"
TWICE = f"The bridge opens\n\n{CLEAN}\n{CAPTION}{CAPTION}\n{LAST}"
ONCE = f"The bridge opens\n\n{CLEAN}\n{CAPTION}\n{LAST}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not required("hooks"):
        missing("hooks", "EDLINT_REQUIRE=hooks lets it")
    home = tmp_path_factory.mktemp("pre-commit")
    pinned = [line.rstrip("\\ ") for line in LOCK.read_text("utf-8").splitlines() if "==" in line]
    (home / "constraints.txt").write_text("\n".join(pinned) + "\n", "utf-8")
    return home


@pytest.fixture
def desk(tmp_path: Path, home: Path) -> Desk:
    return Desk(tmp_path / "desk", home)


class Desk:
    """A repository of drafts."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        folder.mkdir()
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTHON", "EDLINT"))}
        who = {
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
        }
        self.environment = {**kept, **who, "PRE_COMMIT_HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull}
        self.environment["PIP_CONSTRAINT"] = str(home / "constraints.txt")
        self.git("init", "-q", "-b", "main")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=600)

    def git(self, *command: str) -> str:
        done = self.run("git", "-c", "safe.directory=*", *command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, name: str, text: str, *, stage: bool = True) -> None:
        (self.folder / name).write_text(text, encoding="utf-8", newline="\n")
        if stage:
            self.git("add", "--", name)

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def try_hook(self, hook: str, *more: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), hook, "--verbose", *more)

    def install(self, *hooks: str) -> None:
        """Use the hooks from a copy of this checkout, so that one environment serves all the tests."""
        source = Path(self.environment["PRE_COMMIT_HOME"]) / "source"
        if not source.exists():
            self.git("clone", "-q", str(ROOT), str(source))
        revision = self.git("-C", str(source), "rev-parse", "HEAD").strip()
        listed = "\n".join(f"      - id: {hook}" for hook in hooks)
        self.write(".pre-commit-config.yaml", f"repos:\n  - repo: {source}\n    rev: {revision}\n    hooks:\n{listed}\n")

    def hooks(self, *more: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "pre_commit", "run", *more)


def test_try_repo_fails_faulty_drafts_and_leaves_code_alone(desk: Desk) -> None:
    desk.write("code.py", TWICE)
    desk.write("draft.txt", TWICE)
    failed = desk.try_hook("edlint", "--all-files")
    assert failed.returncode == 1 and "Captions.Repeated" in failed.stdout and "code.py" not in failed.stdout


def test_the_fixing_hook_mends_and_fails_once(desk: Desk) -> None:
    desk.install("edlint-fix")
    desk.write("draft.txt", TWICE)
    first = desk.hooks()
    assert first.returncode == 1 and desk.read("draft.txt") == ONCE, first.stdout + first.stderr
    desk.git("add", "draft.txt")
    assert desk.hooks().returncode == 0


def test_what_is_not_staged_is_neither_judged_nor_touched(desk: Desk) -> None:
    desk.install("edlint")
    desk.write("draft.txt", CLEAN)
    desk.write("draft.txt", TWICE, stage=False)
    passed = desk.hooks()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert desk.read("draft.txt") == TWICE


def test_many_files_are_one_run_and_excluded_ones_stay_out(desk: Desk) -> None:
    desk.install("edlint")
    desk.write(".edlint.yml", "exclude: ['old-*']\n")
    for number in range(300):
        desk.write(f"draft-{number}.md", CLEAN, stage=False)
    desk.write("old-1.txt", TWICE, stage=False)
    desk.git("add", ".")
    done = desk.hooks("--verbose")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "300 files" in done.stdout


def test_a_broken_configuration_is_named(desk: Desk) -> None:
    desk.install("edlint-config")
    desk.write(".edlint.yml", "rules: {Captions: eror}\n")
    done = desk.hooks()
    assert done.returncode == 1 and ".edlint.yml:1" in done.stdout, done.stdout + done.stderr
    desk.write(".edlint.yml", "rules: {Captions: error}\n")
    assert desk.hooks().returncode == 0
