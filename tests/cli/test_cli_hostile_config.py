"""Configurations that would hang edlint or have it fail by itself: each is an error of whoever wrote it, and names the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from doors import Run

from edlint.ruleset import places

TOML = "[tool.edlint]\n"
RULE = 'extends: spelling\nmessage: "%s"\n'


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(tmp_path / ".cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("A draft.\n", "utf-8")
    return tmp_path


def fault(run: Run, name: str, text: str) -> str:
    """What is said of a draft under a configuration that is wrong."""
    Path(name).write_text(text, "utf-8")
    ran = run("a.md")
    assert ran.status == 2 and ran.err.startswith("edlint: ") and name in ran.err
    return ran.err


NUL = json.dumps("a\0b")
WITH_NUL = {
    "a baseline": (".edlint.yml", f"baseline: {NUL}\n"),
    "an encoding": (".edlint.yml", f"encoding: {NUL}\n"),
    "a pack": (".edlint.yml", f"extends: [{NUL}]\n"),
    "a key": (".edlint.yml", f"rules: {{{NUL}: off}}\n"),
    "in TOML": ("pyproject.toml", f"{TOML}baseline = {NUL}\n"),
    "a key in TOML": ("pyproject.toml", f"{TOML}rules = {{{NUL} = 'off'}}\n"),
    "deep in TOML": ("pyproject.toml", f"{TOML}overrides = [{{files = [{NUL}], rules = {{}}}}]\n"),
    "Vale's styles": (".vale.ini", "StylesPath = a\0b\n"),
}


@pytest.mark.parametrize(("name", "text"), WITH_NUL.values(), ids=WITH_NUL)
def test_a_nul_character(name: str, text: str, edlint_: Run) -> None:
    assert "a NUL character is not allowed" in fault(edlint_, name, text)


@pytest.mark.parametrize("key", ["dictionaries", "ignore", "dicpath"])
def test_a_nul_character_in_a_rule(key: str, edlint_: Run) -> None:
    Path("House").mkdir()
    Path("House/Words.yml").write_text(f"{RULE}{key}: {NUL if key == 'dicpath' else f'[{NUL}]'}\n", "utf-8")
    Path(".edlint.yml").write_text("extends: [./House]\n", "utf-8")
    ran = edlint_("a.md")
    assert ran.status == 2 and "Words.yml:3" in ran.err and "a NUL character is not allowed" in ran.err


TOO_MUCH = {
    "lists": f"rules = {'[' * 5_000}",
    "tables": f"rules = {'{a = ' * 3_000}1{'}' * 3_000}",
    "closed lists": f"rules = {'[' * 400}{']' * 400}",
    "digits": f"max_warnings = {'9' * 6_000}",
}


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_in_toml(text: str, edlint_: Run) -> None:
    fault(edlint_, "pyproject.toml", f"{TOML}{text}\n")


def test_a_pattern_of_vale_that_is_too_long(edlint_: Run) -> None:
    said = fault(edlint_, ".vale.ini", f"[*.{{{'a,' * 20_000}}}]\nBasedOnStyles = Vale\n")
    assert ".vale.ini:1: not a file pattern: it is longer than" in said


def test_a_pack_is_no_disk(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST", 20)
    for number in range(30):
        Path("home", str(number)).mkdir(parents=True)
    Path("home/Rule.yml").write_text("extends: existence\nmessage: m\ntokens: [a]\n", "utf-8")
    Path(".edlint.yml").write_text("extends: [./home]\n", "utf-8")
    ran = edlint_("a.md")
    assert ran.status == 2 and "more than 20 files and folders (name the folder that holds the rules)" in ran.err
    monkeypatch.setattr(places, "MOST", 40)
    assert edlint_("a.md").status == 0


def test_the_root_of_the_disk_is_no_pack(edlint_: Run) -> None:
    Path(".edlint.yml").write_text("extends: [/]\n", "utf-8")
    assert edlint_("a.md").status == 2
