"""A rule whose searches take too long is named, in every check type and every key that holds a pattern; the others go on."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from edlint.errors import RuleError
from edlint.linter import Linter
from edlint.model.config import Config, RuleSetting
from edlint.model.report import FileResult
from edlint.regexes import budget
from edlint.ruleset.load import make_rule
from edlint.vale.settings import Ignores, Reading, Vale

SLOW = "(?:a|a)" * 40 + r"(?!a)\w"  # a trillion ways to match the letters of TEXT, and none that succeeds
TEXT = f"It is {'a' * 60} indeed. It is {'a' * 60} still, arguably so.\n"
OTHER = {"extends": "existence", "message": "Found", "tokens": ["arguably"]}
Keys = dict[str, Any]
RULES: dict[str, Keys] = {
    "existence": {"raw": [SLOW]},
    "existence tokens": {"extends": "existence", "tokens": [SLOW]},
    "existence exceptions": {"extends": "existence", "tokens": ["a+"], "exceptions": [SLOW]},
    "existence phrases": {"extends": "existence", "tokens": ["It is"], "exceptions": [f" ?{SLOW}"]},
    "substitution": {"swap": {SLOW: "x"}},
    "substitution value": {"extends": "substitution", "swap": {"a+": f"({SLOW})"}},
    "occurrence": {"token": SLOW, "max": 1},
    "repetition": {"tokens": [SLOW]},
    "consistency": {"either": {SLOW: "indeed"}},
    "conditional": {"first": SLOW, "second": "x"},
    "conditional second": {"extends": "conditional", "first": r"\w+", "second": SLOW},
    "capitalization": {"match": SLOW},
    "capitalization prefix": {"extends": "capitalization", "match": "$title", "prefix": f"It is {SLOW}"},
    "capitalization exceptions": {"extends": "capitalization", "match": "$title", "exceptions": [SLOW]},
    "capitalization several": {"extends": "capitalization", "match": "$sentence", "exceptions": [f"is {SLOW}", SLOW]},
    "spelling": {"filters": [SLOW], "custom": True},
    "sequence": {"tokens": [{"pattern": SLOW}]},
    "sequence second": {"extends": "sequence", "tokens": [{"pattern": "is"}, {"pattern": SLOW}]},
    "score": {"threshold": 1, "cues": [{"pattern": SLOW}]},
    "phrase": {"cases": [{"pattern": SLOW}]},
    "edit": {"extends": "existence", "tokens": ["a+"], "action": {"name": "edit", "params": ["regex", SLOW, "x"]}},
}


def lint(tmp_path: Path, keys: Keys, text: str = TEXT, **config: Any) -> FileResult:
    pack = tmp_path / "House"
    pack.mkdir(exist_ok=True)
    (pack / "Slow.yml").write_text(yaml.safe_dump({"message": "Slow %s", **keys}), "utf-8")
    (pack / "Other.yml").write_text(yaml.safe_dump(OTHER), "utf-8")
    return Linter(Config(extends=(pack,), **config)).lint_text(text, "draft.md")


@pytest.mark.parametrize("name", RULES)
def test_every_search_has_a_limit(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.05)
    began = time.process_time()
    result = lint(tmp_path, {"extends": name, **RULES[name]})
    assert [fault.partition(":")[0] for fault in result.faults] == ["House.Slow"]
    assert [finding.match for finding in result.findings] == ["arguably"]
    assert time.process_time() - began < 5


def test_limits_do_not_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.2)
    paragraphs = "\n\n".join(f"No. {n} says {'a' * 22}!" for n in range(400))
    keys: Keys = {"extends": "existence", "raw": ["(?:a|a)" * 12 + r"(?!a)\w"], "exceptions": ["(?:a|a)" * 12 + r"(?!a)\w"]}
    began = time.process_time()
    assert lint(tmp_path, keys, paragraphs).faults
    assert time.process_time() - began < 5


def test_many_slow_rules_share_the_time_of_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.05)
    pack = tmp_path / "House"
    pack.mkdir()
    for number in range(450):
        rule = {"extends": "existence", "message": "Slow", "why": "w", "raw": [SLOW + f"|{number}"]}
        (pack / f"Slow{number:03}.yml").write_text(yaml.safe_dump(rule), "utf-8")
    (pack / "Early.yml").write_text(yaml.safe_dump({**OTHER, "why": "w"}), "utf-8")
    linter = Linter(Config(extends=(pack,)))
    began = time.process_time()
    result = linter.lint_text(TEXT, "draft.md")
    assert time.process_time() - began < 5
    assert [finding.rule for finding in result.findings] == ["House.Early"]
    *own, together = result.faults
    assert 1 <= len(own) <= 7 and all("a search ran out of time" in fault for fault in own)
    told, _, names = together.partition("; not finished: ")
    assert told.startswith("the rules together used up")
    named = [fault.partition(":")[0] for fault in own] + names.split(", ")
    assert sorted(named) == [f"House.Slow{number:03}" for number in range(450)]


def test_the_time_of_a_document_grows_with_its_size() -> None:
    small, large = budget.Together(1_000), budget.Together(5_000_000)
    assert small.allowed == pytest.approx(6 * budget.ALLOWED, rel=0.01)
    assert large.allowed > small.allowed + 200
    assert 0 < small.left <= small.allowed


def test_an_exception_around_many_matches_is_looked_for_once(tmp_path: Path) -> None:
    keys: Keys = {"extends": "existence", "why": "w", "tokens": ["the"], "exceptions": ["the port of Ellis", "at the"]}
    text = "the port of Ellis and the boat, at the pier; " * 4_000
    began = time.process_time()
    result = lint(tmp_path, keys, text)
    assert time.process_time() - began < 5
    assert len(result.findings) == 4_000
    assert {text[f.span.start : f.span.end + 5] for f in result.findings} == {"the boat"}


@pytest.mark.parametrize("pattern", ["(?:a{99999}){99999}", "(?R)?a?(?R)?", "(" * 2_000 + "a" + ")" * 2_000, "[a-" * 2_000])
@pytest.mark.parametrize("key", ["raw", "exceptions"])
def test_what_asks_for_too_much_is_an_error_of_the_file(pattern: str, key: str, tmp_path: Path) -> None:
    keys: Keys = {"extends": "existence", "message": "m", "raw": ["x"], key: [pattern]}
    with pytest.raises(RuleError) as told:
        make_rule("House.Slow", keys, {}, "Slow.yml")
    assert "does not compile" in str(told.value)


@pytest.mark.parametrize("kind", ["blocks", "tokens"])
def test_text_to_pass_over_has_a_limit_too(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.05)
    house = tmp_path / "Ours"
    house.mkdir()
    (house / "Hype.yml").write_text(yaml.safe_dump({**OTHER, "status": "stable"}), "utf-8")
    pack = tmp_path / "House"
    pack.mkdir()
    (pack / "Other.yml").write_text(yaml.safe_dump(OTHER), "utf-8")
    vale = Vale(reading=Reading(), ignores=(Ignores(("*",), **{kind: (SLOW,)}),))
    result = Linter(Config(extends=(house, pack), vale=vale, rules={"Ours": RuleSetting("on")})).lint_text(TEXT, "draft.md")
    assert len(result.faults) == 1
    assert SLOW in result.faults[0]
    assert [finding.rule for finding in result.findings] == ["Ours.Hype"]


def test_formulas_passed_over_are_found_in_one_reading() -> None:
    from edlint.vale.reading import _without_display

    began = time.process_time()
    text = "$$ a\n" * 20_000
    assert _without_display(text) == text
    assert time.process_time() - began < 2
    assert _without_display("$$\nx + y\n$$  \ntext $$") == "\n \n     \n   \n\ntext $$"
