"""What the page on stability says of levels: every change is there, and each line brings the old level back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edlint.config.file import load_config
from edlint.linter import Linter
from tests.docs import ROOT
from tests.docs.levels import _back, _changed
from tests.release.levels import levels_at, levels_now, stored

ROWS = re.findall(r"^\| `(\S+)` \| (.+) \| (.+) \| `(.+)` \|$", (ROOT / "docs" / "stability.md").read_text("utf-8"), re.MULTILINE)


def test_each_line_brings_the_old_level_back(tmp_path: Path) -> None:
    """As far as 0.1.0, whose rules all had one level whatever the evidence."""
    before = stored()["0.1.0"]
    rows = [row for row in ROWS if row[1] == before.get(row[0])]
    assert len(rows) >= 20
    (tmp_path / ".edlint.yml").write_text("rules:\n" + "".join(f"  {line}\n" for *_, line in rows), "utf-8")
    rules = Linter(load_config(tmp_path / ".edlint.yml")).rules_for("draft.txt")
    for name, was, _, _ in rows:
        level = rules[name].level
        assert (level.word if level else "off") == was, name
        assert rules[name].options.get("suggest_below") in (None, 0), name


def test_the_levels_are_those_of_the_rules_that_load() -> None:
    now = levels_now()
    rules = Linter().all_rules
    loaded = {rule.pack for rule in rules.values()}
    assert {name for name in now if name not in rules and name.partition(".")[0] in loaded} == set()
    for name, told in now.items():
        if name not in rules:  # of a pack that nobody has unless they ask for it
            continue
        level = rules[name].level
        if told != "off":
            assert (level.word if level else "off") == told.partition(",")[0], name


def test_no_version_that_is_stored_was_rewritten() -> None:
    assert next(iter(stored())) == "0.1.0"
    assert "Boilerplate.Answered" not in stored()["0.1.0"], "signals report nothing"
    assert stored()["0.1.0"]["Grammar.Spelling"] == "off"


def test_the_levels_of_a_commit_are_read_from_it() -> None:
    try:
        levels = levels_at("HEAD")
    except OSError:
        pytest.skip("git is not installed")
    assert {"Captions.Repeated", "Claims.Figure"} <= set(levels) and "Claims.Attributed" not in levels


def test_what_changed_is_a_row_and_what_did_not_is_none() -> None:
    before = {"A.Same": "error", "A.Lower": "error", "A.Gone": "error", "A.Less": "warning, or suggestion under 4"}
    after = {"A.Same": "error", "A.Lower": "warning", "A.New": "error", "A.Less": "warning"}
    rows = list(_changed(before, after))[2:-1]
    assert rows == [
        "| `A.Lower` | error | warning | `A.Lower: error` |",
        "| `A.Less` | warning, or suggestion under 4 | warning | `A.Less: {level: warning, suggest_below: 4}` |",
    ]
    assert list(_changed(after, after)) == []
    assert _back("warning", "error, or suggestion under 2") == "{level: warning, suggest_below: 0}"
