"""The check type `variants`: one name, two ways to write it."""

from __future__ import annotations

import pytest

from edlint.linter import Linter

LINTER = Linter(select=["Names"])


def found(text: str) -> list[tuple[str, str]]:
    return [(f.rule.partition(".")[2], f.match) for f in LINTER.lint_text(text).findings]


def test_the_rarer_form_is_reported_with_the_usual_one_as_an_unsafe_fix() -> None:
    (finding,) = LINTER.lint_text("He left Al-Qaeda. Men of Al-Qaeda came. Then Al Qaeda fell.").findings
    assert finding.match == "Al Qaeda"
    assert "'Al-Qaeda'" in finding.message and "2 of 3" in finding.message
    assert (finding.fixes[0].edits[0].text, finding.fixes[0].safety) == ("Al-Qaeda", "unsafe")
    assert len(finding.related) == 1


def test_stops_in_initials() -> None:
    assert found("The U.S. agreed. Then the U.S. paid, and the US left.") == [("Marks", "US")]


def test_a_letter_only_beside_the_same_words() -> None:
    assert found("Mr Nguyen spoke. Then Mr Nguyen left. Mr Nguyan stayed.") == [("Letters", "Nguyan")]
    assert found("Bo Hansen spoke. Then Bo Hansen left. Al Hanson stayed.") == []


def test_with_and_without_the_article() -> None:
    text = "He left for ISIS-K. The money of ISIS-K is gone, and ISIS-K is weak. It fell to the ISIS-K."
    assert found(text) == [("Article", "the ISIS-K")]


@pytest.mark.parametrize(
    "text",
    [
        "The NATO base is large. NATO is old, NATO was strong, and he left for NATO.",
        "Anna-Lena came with Anna Maria and Lena.",
        "At 5 P.M. the PM spoke.",
        "Austria met Australia. Austria won; Australia lost.",
        "",
        "- - -",
    ],
)
def test_silence(text: str) -> None:
    assert found(text) == []


def test_long_drafts_take_linear_time() -> None:
    assert len(found("Men of Al-Qaeda came. " * 3000 + "Al Qaeda fell.")) == 1
