"""Answers of LanguageTool become remarks on code points; what is no answer is refused."""

from __future__ import annotations

from typing import Any

import pytest
from fakelanguagetool import ABOUT
from hypothesis import given
from hypothesis import strategies as st

from edlint.errors import EngineError
from edlint.grammar.languagetool.engine import Utf16, remarks

CHARS = st.text(st.sampled_from("a é\n😀𝒳\u0301"), max_size=30)


def match(**changes: Any) -> dict[str, Any]:
    rule = {"id": "HE_VERB_AGR", "issueType": "grammar", "category": {"id": "GRAMMAR"}}
    return {"offset": 0, "length": 2, "message": "m", "replacements": [{"value": "x"}], "rule": rule, **changes}


@given(CHARS, CHARS, CHARS)
def test_both_ends_are_turned_into_code_points(before: str, found: str, after: str) -> None:
    offset, length = (len(part.encode("utf-16-le")) // 2 for part in (before, found))
    text = before + found + after
    (remark,) = remarks({**ABOUT, "matches": [match(offset=offset, length=length)]}, text)
    assert text[remark.start : remark.end] == found
    assert remark.start == len(before)


@given(CHARS, st.integers(0, 60))
def test_a_span_that_cuts_a_pair_takes_the_whole_character(text: str, unit: int) -> None:
    units = Utf16(text)
    unit = min(unit, units.length)
    assert 0 <= units.start(unit) <= len(text)
    assert units.start(unit) <= (units.end(unit) if unit else 0) <= len(text)
    cut = text.encode("utf-16-le")[: 2 * unit].decode("utf-16-le", "ignore")
    assert units.start(unit) == len(cut)


def test_rule_category_and_kind_are_kept_and_odd_names_tidied() -> None:
    rule = {"id": "Odd-Name[1]", "category": {"id": "GRAMMAR"}, "issueType": "grammar"}
    (remark,) = remarks({**ABOUT, "matches": [match(rule=rule)]}, "He go")
    assert (remark.rule, remark.groups, remark.replacements) == ("Odd_Name_1_", ("GRAMMAR", "grammar"), ("x",))


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "no",
        {},
        ABOUT,
        {"matches": []},
        {**ABOUT, "matches": {}},
        {**ABOUT, "matches": ()},
        {**ABOUT, "matches": "", "software": {"name": "LanguageTool", "apiVersion": 1}},
        {**ABOUT, "matches": [], "software": {"name": "Other", "apiVersion": 1}},
        {**ABOUT, "matches": [], "software": {"name": "LanguageTool", "apiVersion": "1"}},
        {**ABOUT, "matches": [], "software": []},
        {**ABOUT, "matches": [], "language": "en"},
        {**ABOUT, "matches": [], "language": {"code": None}},
        {**ABOUT, "matches": [], "warnings": 3},
        {**ABOUT, "matches": None},
        {**ABOUT, "matches": {"a": 1}},
        {**ABOUT, "matches": [3]},
        {**ABOUT, "matches": [match(offset="0")]},
        {**ABOUT, "matches": [match(offset=-1)]},
        {**ABOUT, "matches": [match(offset=4, length=2)]},
        {**ABOUT, "matches": [match(length=-1)]},
        {**ABOUT, "matches": [match(length=True)]},
        {**ABOUT, "matches": [match(message=None)]},
        {**ABOUT, "matches": [match(replacements=[{"value": 3}])]},
        {**ABOUT, "matches": [match(replacements=5)]},
        {**ABOUT, "matches": [match(rule={"id": "A"})]},
        {**ABOUT, "matches": [match(rule=None)]},
        {**ABOUT, "matches": [match(rule={"id": "", "category": {"id": ""}})]},
        {**ABOUT, "matches": [match(message="m" * 1_000_000)]},
        {**ABOUT, "matches": [match(replacements=[{"value": "m" * 1_000_000}])]},
        {**ABOUT, "matches": [match()] * 100},
    ],
)
def test_what_is_no_answer_is_refused(answer: Any) -> None:
    with pytest.raises(EngineError, match="not LanguageTool's"):
        remarks(answer, "He go")


@pytest.mark.parametrize("unfinished", [True, 1, "no", None])
def test_an_answer_that_is_not_finished_is_no_clean_result(unfinished: object) -> None:
    with pytest.raises(EngineError, match="did not finish"):
        remarks({**ABOUT, "matches": [], "warnings": {"incompleteResults": unfinished}}, "He go")


def test_an_answer_without_remarks() -> None:
    assert remarks({**ABOUT, "matches": []}, "He goes") == []
    assert remarks({name: value for name, value in {**ABOUT, "matches": []}.items() if name != "warnings"}, "He goes") == []
