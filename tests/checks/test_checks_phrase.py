"""The check type `phrase`: patterns whose groups are told by words and parts of speech."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from edlint.errors import RuleError
from edlint.linter import Linter
from edlint.model.config import Config


def linter(folder: Path, **keys: Any) -> Linter:
    file = folder / "House" / "Rule.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(yaml.safe_dump({"extends": "phrase", "message": "'%s'", "why": "w", **keys}), encoding="utf-8")
    return Linter(Config(extends=(file.parent,)))


def found(folder: Path, text: str, *cases: dict[str, Any], **keys: Any) -> list[str]:
    return [f.match for f in linter(folder, cases=list(cases), **keys).lint_text(text).findings]


def test_a_group_named_at_is_what_is_reported(tmp_path: Path) -> None:
    result = linter(tmp_path, cases=[{"pattern": r"discuss (?P<at>about)"}]).lint_text("They\ndiscuss about it.")
    (finding,) = result.findings
    assert result.source is not None
    assert result.source.text[slice(*finding.span)] == finding.match == "about"


def test_words_among_and_except(tmp_path: Path) -> None:
    text = "Very old. Very new. Very odd."
    assert found(tmp_path, text, {"pattern": r"very (?P<w>\w+)", "among": {"w": ["old", "odd"]}}) == ["Very old", "Very odd"]
    case = {"pattern": r"very (?P<w>\w+)", "except": {"w": "listed"}}
    assert found(tmp_path, text, case, lists={"listed": ["old", "odd"]}) == ["Very new"]


def test_parts_of_speech(tmp_path: Path) -> None:
    case = {"pattern": r"these (?P<at>\w+)", "tags": {"at": ["NN"]}}
    assert found(tmp_path, "He named these reason for it. He named these reasons for it.", case) == ["reason"]
    assert found(tmp_path, "He named these reasons for it.", {"pattern": r"these (?P<at>\w+)", "not": {"at": "NNS"}}) == []


def test_the_replacement_keeps_a_capital_and_is_unsafe(tmp_path: Path) -> None:
    case = {"pattern": r"(?P<verb>discuss) about", "replace": "${verb}"}
    (finding,) = linter(tmp_path, cases=[case]).lint_text("Discuss about it.").findings
    (fix,) = finding.fixes
    assert fix.safety == "unsafe"
    assert fix.edits[0].text == "Discuss"


def test_nothing_is_matched_across_sentences(tmp_path: Path) -> None:
    assert found(tmp_path, "They discuss. About it they laugh.", {"pattern": r"discuss\W+about"}) == []


def test_a_group_that_took_no_part_is_as_it_should_be(tmp_path: Path) -> None:
    assert found(tmp_path, "A big sea.", {"pattern": r"(?P<x>very )?big", "among": {"x": ["no"]}, "tags": {"x": "NN"}}) == ["big"]


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({}, "needs a `pattern`"),
        ({"pattern": "(?P<a>x)", "tag": {}}, "unknown key 'tag'"),
        ({"pattern": "(?P<a>x)", "among": {"b": ["y"]}}, "no group 'b'"),
        ({"pattern": "(?P<a>x)", "among": {"a": "nowhere"}}, "no list 'nowhere'"),
        ({"pattern": "(?P<a>x)", "among": {"a": [True]}}, "list of words"),
        ({"pattern": "(?P<a>x)", "tags": {"a": "noun"}}, "Penn Treebank"),
        ({"pattern": "(?P<a>x"}, "does not compile"),
    ],
)
def test_faults_of_cases_are_told(tmp_path: Path, case: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleError, match=says):
        linter(tmp_path, cases=[case]).lint_text("x")


def test_a_rule_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="at least one case"):
        linter(tmp_path).lint_text("x")


def test_many_matches_on_one_long_line_take_linear_time(tmp_path: Path) -> None:
    assert len(found(tmp_path, "we discuss about it, " * 20_000, {"pattern": r"discuss about"})) == 20_000
