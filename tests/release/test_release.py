"""Releases: the version stands everywhere, the command that raises it, what is published, the workflows, the container."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import yaml
from components import program

from edlint.version import __version__
from tests.docs.reading import blocks, files, pages
from tests.release.bump import BumpError, bump, pin, pins, section, version_of

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SHOWN = [(f"{page.stem}-{Path(name).name}", text) for page in pages() for name, text in files(page) if ".github/" in name]
RELEASE: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8"))
COMMIT = "0123456789abcdef0123456789abcdef01234567"
CHANGELOG = "# Changelog\n\n## Unreleased\n\n- A new thing.\n\n## 0.1.0 (2026-01-05)\n\n- All of it.\n"
PAGE = f"""repo: https://github.com/edlint/edlint
    rev: {COMMIT}  # on the way
pip install git+https://github.com/edlint/edlint@v0.1.0
- uses: edlint/edlint@{COMMIT} # on the way
- uses: other/edlint@v0.1.0
repo: https://github.com/other/edlint
    rev: v0.1.0
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small checkout with everything in which the version stands."""
    told = {
        "edlint/version.py": '"""The version."""\n\n__version__ = "0.1.0"\n',
        "editors/vscode/package.json": '{\n  "name": "edlint",\n  "version": "0.1.0",\n  "engines": {\n    "version": "1"\n  }\n}\n',
        "editors/vscode/package-lock.json": '{\n  "version": "0.1.0",\n  "x": {\n    "": {\n      "version": "0.1.0"\n    },\n'
        '    "y": {\n      "version": "0.1.0"\n    }\n  }\n}\n',
        "CHANGELOG.md": CHANGELOG,
        "README.md": "# edlint\n",
        "docs/ci.md": PAGE,
    }
    for name, text in told.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def contents(folder: Path) -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def test_a_version_is_raised_everywhere(copy: Path) -> None:
    bump(copy, "0.2.0", date(2026, 12, 1))
    assert version_of(copy) == "0.2.0"
    assert json.loads((copy / "editors/vscode/package.json").read_text("utf-8")) == {
        "name": "edlint",
        "version": "0.2.0",
        "engines": {"version": "1"},
    }
    locked = json.loads((copy / "editors/vscode/package-lock.json").read_text("utf-8"))
    assert (locked["version"], locked["x"][""]["version"], locked["x"]["y"]["version"]) == ("0.2.0", "0.2.0", "0.1.0")
    changelog = (copy / "CHANGELOG.md").read_text("utf-8")
    assert changelog.startswith("# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n- A new thing.\n\n## 0.1.0")
    assert section(changelog, "0.2.0") == "- A new thing."
    assert section(changelog, "0.1.0") == "- All of it."
    shown = (copy / "docs/ci.md").read_text("utf-8").splitlines()
    assert shown[1:3] == ["    rev: v0.2.0", "pip install git+https://github.com/edlint/edlint@v0.2.0"]
    assert shown[3:] == PAGE.splitlines()[3:]


def test_the_action_is_named_by_the_commit_of_the_release(copy: Path) -> None:
    commit = COMMIT[::-1]
    pin(copy, "0.2.0", commit)
    shown = (copy / "docs/ci.md").read_text("utf-8")
    assert shown == PAGE.replace(f"- uses: edlint/edlint@{COMMIT} # on the way", f"- uses: edlint/edlint@{commit} # v0.2.0")


@pytest.mark.parametrize(
    ("version", "changelog", "told"),
    [
        ("0.0.9", CHANGELOG, "0.0.9 is older than 0.1.0"),
        ("v0.2.0", CHANGELOG, "v0.2.0 is not a version such as 0.3.0"),
        ("0.2", CHANGELOG, "0.2 is not a version"),
        ("0.2.0", CHANGELOG.replace("- A new thing.\n\n", ""), "nothing under `## Unreleased`"),
        ("0.2.0", CHANGELOG.replace("## Unreleased\n", ""), "nothing under `## Unreleased`"),
    ],
)
def test_what_cannot_be_released_changes_nothing(copy: Path, version: str, changelog: str, told: str) -> None:
    (copy / "CHANGELOG.md").write_text(changelog, "utf-8")
    before = contents(copy)
    with pytest.raises(BumpError, match=re.escape(told)):
        bump(copy, version, date(2026, 12, 1))
    assert contents(copy) == before


def test_a_version_without_a_section_has_no_notes() -> None:
    with pytest.raises(BumpError, match=r"no section for 0\.9\.0"):
        section(CHANGELOG, "0.9.0")


@pytest.mark.parametrize(("tag", "status"), [(f"v{__version__}", 0), (__version__, 1), ("v99.0.0", 1)])
def test_a_tag_must_be_the_version(tag: str, status: int) -> None:
    done = subprocess.run([sys.executable, "-m", "tests.release", "--tag", tag], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    assert ("the version in edlint/version.py is" in done.stderr) == bool(status)


def test_the_version_is_the_same_everywhere() -> None:
    package = json.loads((ROOT / "editors/vscode/package.json").read_text("utf-8"))
    locked = json.loads((ROOT / "editors/vscode/package-lock.json").read_text("utf-8"))
    assert {package["version"], locked["version"], locked["packages"][""]["version"], version_of(ROOT)} == {__version__}


def test_the_pages_name_a_release_or_a_commit_that_exists() -> None:
    named = list(pins(ROOT))
    assert len(named) >= 5
    commits = {commit for text in named for commit in re.findall(r"[0-9a-f]{40}", text)}
    assert all(re.search(r"[0-9a-f]{40}", text) for text in named if text.startswith("uses:"))
    assert {found for text in named for found in re.findall(r"@v(\S+)|rev: v(\S+)", text)} <= {(__version__, ""), ("", __version__)}
    asked = ["git", "-C", str(ROOT), "rev-parse", "--is-shallow-repository"]
    if subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() == "false":
        known = ["git", "-C", str(ROOT), "merge-base", "--is-ancestor"]
        assert [commit for commit in commits if subprocess.run([*known, commit, "HEAD"], check=False).returncode] == []


def test_what_the_index_shows_leads_to_the_repository() -> None:
    spec = spec_from_file_location("readme_hook", ROOT / ".ci" / "readme.py")
    assert spec and spec.loader
    hook = module_from_spec(spec)
    spec.loader.exec_module(hook)
    shown = hook.absolute((ROOT / "README.md").read_text("utf-8"))
    assert re.findall(r"\]\((?!https?:|#)[^)]*\)", shown) == []
    assert re.findall(r'(?:src|srcset)="(?!https:)[^"]*"', shown) == []
    assert hook.absolute("[a](https://x.example) [b](#c) [d](e/f.md)") == (
        "[a](https://x.example) [b](#c) [d](https://github.com/edlint/edlint/blob/main/e/f.md)"
    )


# workflows


def test_only_the_job_that_publishes_may_speak_for_the_project() -> None:
    assert RELEASE["permissions"] == {}
    granted = {name: job["permissions"] for name, job in RELEASE["jobs"].items()}
    assert granted == {
        "build": {"contents": "read"},
        "try": {"contents": "read"},
        "publish": {"id-token": "write", "attestations": "write"},
        "announce": {"contents": "write"},
    }
    ran = [step["uses"] for step in RELEASE["jobs"]["publish"]["steps"]]  # it runs no code of the repository
    assert [name.partition("@")[0] for name in ran] == [
        "actions/download-artifact",
        "actions/attest-build-provenance",
        "pypa/gh-action-pypi-publish",
    ]


def test_what_is_published_was_built_once_and_tried_everywhere() -> None:
    jobs = RELEASE["jobs"]
    assert (jobs["try"]["needs"], jobs["publish"]["needs"], jobs["announce"]["needs"]) == ("build", "try", "publish")
    tried = jobs["try"]["strategy"]["matrix"]
    assert tried == {"os": ["ubuntu-latest", "macos-latest", "windows-latest"], "python": ["3.11", "3.12", "3.13", "3.14"]}
    assert [name for name, job in jobs.items() if any("make dist" in step.get("run", "") for step in job["steps"])] == ["build"]


def shown(folder: Path) -> list[str]:
    """The workflows that the pages show, as files."""
    for name, text in SHOWN:
        (folder / name).write_text(text, "utf-8")
    return [str(folder / name) for name, _ in SHOWN]


def test_the_workflows_that_are_shown_are_pinned_to_commits() -> None:
    used = [action for _, text in SHOWN for action in re.findall(r"uses: (.+)", text)]
    assert used and [action for action in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # .+", action)] == []


def test_zizmor_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    zizmor = program("zizmor", str(Path(sys.executable).with_name("zizmor")), "zizmor")
    command = [zizmor, "--offline", "--no-progress", "--quiet", *map(str, WORKFLOWS), str(ROOT / "action.yml"), *shown(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    command = [program("actionlint"), "-no-color", *map(str, WORKFLOWS), *shown(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# the container


def test_what_the_container_copies_is_there_and_let_in() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()]
    assert len(copied) > 5 and [name for name in copied if not (ROOT / name).exists()] == []
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*" and {line[1:] for line in ignored if line.startswith("!")} == set(copied)


def test_the_container_ends_as_somebody_who_may_do_nothing() -> None:
    last = (ROOT / "Dockerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d+$", last, re.MULTILINE)
    assert "RUN" not in last and "-slim" in last.splitlines()[0]


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="/proc, where nobody can write, is of Linux")
def test_a_home_that_cannot_be_written_and_no_cache_are_enough() -> None:
    """As in the container: its environment, and nowhere to write."""
    told = re.search(r"^ENV (.+)$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert told
    given = dict(word.split("=", 1) for word in told[1].split() if not word.startswith("PATH="))
    environment = {"PATH": os.defpath, "HOME": "/proc/none", "TMPDIR": "/proc/none", "PYTHONPATH": str(ROOT), **given}
    command = [sys.executable, "-m", "edlint", "--output-format", "concise", str(ROOT / "examples" / "op-ed.txt")]
    done = subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "Captions.Repeated" in done.stdout


def test_the_pages_run_the_container_as_it_is_meant() -> None:
    commands = [line for page in pages() for block in blocks(page) for line in block.text.splitlines() if line.startswith("docker run")]
    assert commands and all("--read-only --network none --cap-drop ALL" in line and ":/drafts:ro" in line for line in commands)
