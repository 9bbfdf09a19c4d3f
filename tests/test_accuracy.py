"""No change lowers accuracy unseen: samples of the labelled data are measured again and held against the figures that are kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from components import shared

from edlint.linter import Linter
from edlint.model.finding import Level
from tests.accuracy import claims
from tests.accuracy.aside import is_aside
from tests.accuracy.outcomes import Outcomes, precision
from tests.accuracy.stored import COMMAND, MEASURED, RESULTS, SUBJECTS, sampled

FALL = 0.02  # how much a rate of a sample may fall before it counts as worse
DROP = 0.1  # how much lower F1 may be where nobody has read
KEPT: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def fresh() -> dict[str, dict[str, Any]]:
    return sampled(shared("data"))


@pytest.mark.parametrize("name", SUBJECTS)
@pytest.mark.parametrize("rate", ["P", "F1"])
def test_accuracy_does_not_fall_unseen(name: str, rate: str, fresh: dict[str, dict[str, Any]]) -> None:
    kept = KEPT["samples"][name][rate]
    assert fresh[name][rate] >= kept - FALL, f"{name}: {rate} was {kept}; if that is meant, `{COMMAND}` keeps the new figures"


def test_claims_fall_little_from_articles_that_were_read_to_those_that_were_not() -> None:
    path = shared("data/claims/gold2_dev.jsonl")
    tune = claims.measure(path, level="suggestion", keep=lambda name: not is_aside(name))
    assert tune["F1"] - KEPT["subjects"]["claims"]["F1"] <= DROP, "the rules fit the articles that were read: fit the phenomenon"


def test_what_ships_is_what_is_kept() -> None:
    assert json.loads(MEASURED.read_text(encoding="utf-8"))["rules"] == KEPT["rules"]


def test_no_rule_that_is_often_wrong_ships_as_an_error() -> None:
    rules = Linter().all_rules
    often = [name for name, found in KEPT["rules"].items() if found.get("right", 0) + found.get("wrong", 0) >= 20 and found["P"] < 0.9]
    assert [name for name in often if name in rules and rules[name].level is Level.ERROR] == []


def test_rules_that_are_gone_are_not_kept() -> None:
    linter = Linter()
    assert [name for name in KEPT["rules"] if linter.rule_named(name) is None] == []


def test_outcomes_are_counted_by_unit_and_by_rule() -> None:
    outcomes = Outcomes()
    for unit, label, rules in (("a", True, ["P.X", "P.Y"]), ("a", False, ["P.X"]), ("b", True, []), ("b", False, []), ("c", True, ["P.X"])):
        outcomes.add(unit, label, rules)
    assert outcomes.units == {"a": [1, 1, 0], "b": [0, 0, 1], "c": [1, 0, 0]}
    assert outcomes.rules == {"P.X": [2, 1], "P.Y": [1, 0]}
    ranges = outcomes.intervals()
    assert ranges == outcomes.intervals()
    assert all(0 <= low <= high <= 1 for low, high in ranges.values()) and ranges["P"][0] < 2 / 3 < ranges["P"][1]


def test_an_interval_is_narrower_with_more_flags() -> None:
    few, many = precision(9, 1), precision(900, 100)
    assert few["P"] == many["P"] == 0.9
    assert few["95 %"][0] < many["95 %"][0] < 0.9 < many["95 %"][1] < few["95 %"][1]
    assert Outcomes().intervals() == {}
