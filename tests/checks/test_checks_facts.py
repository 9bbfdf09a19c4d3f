"""A check type says of itself what holds for it: nothing is told about it elsewhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from support import rule

from edlint.checks import CHECKS, check_class, kind_of
from edlint.checks.base import Check, Spoken
from edlint.filters import directives
from edlint.model.rule import Rule
from edlint.ruleset.load import rule_keys

PACKAGE = Path(__file__).resolve().parents[2] / "edlint"


@pytest.mark.parametrize("extends", CHECKS)
def test_every_check_type_has_the_base_class_that_holds_the_facts(extends: str) -> None:
    assert issubclass(check_class(extends), Check)


def test_a_new_check_type_is_edlints_own_unless_it_says_otherwise() -> None:
    assert not Check.shared
    assert not rule("extends: typo\nmessage: m\nlanguage: en\n").compat
    assert not check_class("typo").shared
    assert not check_class("agreement").shared


def test_rules_about_directives_are_spoken_for_by_a_filter() -> None:
    assert {kind_of(other) for other in directives.RULES.values()} == {Spoken}
    assert list(Spoken.build(Rule("A.B", "directive"), None).find(None)) == []  # type: ignore[arg-type]


def test_a_key_of_our_own_makes_a_rule_ours() -> None:
    shared = "extends: existence\nmessage: m\ntokens: [a]\n"
    assert rule(shared).compat
    assert not rule(shared + "why: Because.\n").compat
    assert not rule(shared + "plain: true\n").compat


def test_no_code_compares_the_name_of_a_check_type() -> None:
    """`rule.extends == "grammar"` and its kin: what they ask is a fact of the class."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            found += [f"{path.name}:{side.lineno}" for side in sides if isinstance(side, ast.Attribute) and side.attr == "extends"]
    assert found == []


def test_the_page_about_vale_names_every_key_that_makes_a_rule_ours() -> None:
    page = (PACKAGE.parent / "docs" / "vale.md").read_text("utf-8")
    listed = page.partition("own keys (")[2].partition(")")[0]
    own = {name for extends in CHECKS if check_class(extends).shared for name, key in rule_keys(extends).items() if key.own}
    assert {name.strip("` \n") for name in listed.split(",")} == own
