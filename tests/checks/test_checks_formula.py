"""The arithmetic of metric rules: what it reckons, and that it does nothing else, whatever is written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.checks.formula import DEEPEST, LONGEST, parse

COUNTS = {"words": 120.0, "sentences": 8.0, "heading_h2": 3.0}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 - 3 - 4", -5),
        ("12 / 3 / 2", 2),
        ("7 % 4", 3),
        ("--3 + -1", 2),
        (".5 * 4. + 1e1", 12),
        ("words / sentences", 15),
        ("heading.h2 + heading.h6", 3),
        ("math.sqrt(words + 1) + math.abs(-2)", 13),
        ("math.max(1, sentences, 3)", 8),
        ("math.floor(math.pi)", 3),
        ("0.39 * (words / sentences) + 11.8 * 1.5 - 15.59", 7.96),
        ("words > 100 && sentences < 9", 1),
        ("words > 200 or not sentences > 100", 1),
        ("!(words > 100) || 1 == 2", 0),
        ("2 >= 2 and 3 != 3", 0),
        ("unknown", 0),
    ],
)
def test_what_a_formula_comes_to(formula: str, value: float) -> None:
    assert parse(formula)(COUNTS) == pytest.approx(value)


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("", "ends too early"),
        ("1 +", "ends too early"),
        ("1 2", "'2' cannot stand here"),
        ("(1", "ends too early"),
        ("1)", "cannot stand here"),
        ("and", "cannot stand here"),
        ("math.factorial(9999999)", "no function 'math.factorial'"),
        ("math.sqrt", "ends too early"),
        ("math.sqrt()", "cannot stand here"),
        ("9**9", "cannot stand here"),
        ("words.__class__(1)", "cannot stand here"),
        ("__import__('os')", "cannot stand here"),
        ("[1]", "no arithmetic"),
        ("a if b else c", "cannot stand here"),
        ("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), "nested more than"),
        ("-" * 20_000 + "1", "longer than"),
        ("1+" * LONGEST + "1", "longer than"),
    ],
)
def test_what_is_no_formula_says_why(formula: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse(formula)


@pytest.mark.parametrize("formula", ["1" + "+1" * 900, "-" * 1_900 + "1", "not " * 400 + "1", "9" * 300 + "*9" * 800])
def test_the_longest_formulas_are_worked_out_at_once(formula: str) -> None:
    began = time.process_time()
    parse(formula)(COUNTS)
    assert time.process_time() - began < 1


@given(st.text("12.()+-*/%<>=!&|, wordsmath.sqrtmaxandornot_e", max_size=30))
@settings(deadline=None)
def test_no_text_does_anything_but_reckon(text: str) -> None:
    try:
        formula = parse(text)
    except ValueError:
        return
    try:
        assert isinstance(formula(COUNTS), int | float)
    except (ArithmeticError, ValueError, TypeError):
        return
