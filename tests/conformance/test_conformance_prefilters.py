"""All published styles give the same findings with and without prefilters, on real and on random texts."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from components import shared

from edlint.model.source import Source
from edlint.ruleset.load import load_rules
from edlint.ruleset.places import rule_files
from edlint.ruleset.running import Runner
from edlint.vale.ruleset import ValeRules
from edlint.vale.settings import Reading
from tests.conformance.cases import DATA


@pytest.fixture(autouse=True, scope="module")
def _data() -> None:
    shared("vale")


def _texts(patterns: list[str]) -> list[tuple[str, str]]:
    """The six texts, and texts thrown together from the words of the rules themselves."""
    texts = [(p.name, p.read_text(encoding="utf-8")) for p in sorted((DATA / "texts").iterdir())]
    words = sorted({w for pattern in patterns for w in re.findall(r"[A-Za-z'’]+(?: [a-z]+)*|[^\w\s]+|\d+", pattern)})
    chance = random.Random(7)
    for number in range(3):
        picked = [chance.choice(words) for _ in range(300)]
        texts.append((f"{number}.md", "".join(w + chance.choice([" ", " ", " ", ", ", ". ", "\n", "\n\n"]) for w in picked)))
    return texts


def test_prefilters_change_nothing() -> None:
    folders = [p for p in sorted((DATA / "styles").iterdir()) if p.is_dir() and p.name != "config"]
    notices: list[str] = []
    rules = load_rules([file for folder in folders for file in rule_files(folder)], notices)
    assert len(rules) > 370 and len(notices) == 9  # eight scripts, and a file with a key that stands twice
    rules = {name: rule for name, rule in rules.items() if rule.extends not in ("capitalization", "metric", "spelling", "sequence")}
    filtered, open_ = ValeRules(rules), ValeRules(rules, prefiltered=False)
    for name, text in _texts([str(rule.options) for rule in rules.values()]):
        source = Source(name, text)
        draft, _ = filtered.read(source, "plain" if Path(name).suffix == ".txt" else "markdown", Reading())
        assert filtered.run(draft, Runner(len(text))).matches == open_.run(draft, Runner(len(text))).matches
