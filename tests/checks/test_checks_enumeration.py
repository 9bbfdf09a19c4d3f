"""The check type `enumeration`: a count that leaves a point out."""

from __future__ import annotations

import pytest
from support import rule

from edlint.errors import RuleError
from edlint.linter import Linter

LINTER = Linter(select=["Grammar.Enumeration"])


def found(text: str) -> list[str]:
    return [f.match for f in LINTER.lint_text(text).findings]


def test_the_finding_names_both_steps_and_the_missing_one() -> None:
    text = "Firstly, the road is narrow.\n\nIt is dark too.\n\nThirdly, it is dear."
    (finding,) = LINTER.lint_text(text).findings
    assert text[finding.span.start : finding.span.end] == "Thirdly"
    assert all(f"'{word}'" in finding.message for word in ("Thirdly", "Firstly", "second"))
    assert [text[r.span.start : r.span.end] for r in finding.related] == ["Firstly"]


@pytest.mark.parametrize(
    ("text", "skips"),
    [
        ("First, we were late. Third, it rained.", ["Third,"]),
        ("First, we were late. Secondly, it rained. Fifthly, we got lost. Sixthly, we slept.", ["Fifthly"]),
        ("(1) Wood is cheap. (3) Steel is not.", ["3)"]),
        ("a) Wood is cheap.\n\nc) Steel is not.", ["c)"]),
    ],
)
def test_skips(text: str, skips: list[str]) -> None:
    assert found(text) == skips


@pytest.mark.parametrize(
    "text",
    [
        "Firstly, it rained. Secondly, it was dark. Firstly, the road. Secondly, the cost. Thirdly, the noise.",  # it starts anew
        "Firstly, it rained. He said: \u201cThirdly, it was dark.\u201d",  # nobody's direct speech is judged
        "The first bus came at nine. The third never came.",
        "First place went to Kenya. Third place went to Peru.",
        "Smith was first, Jones third.",
        "First, Smith spoke. The second to speak was Jones. Third, Li spoke.",
        "First, Smith spoke. Another was Jones. Third, Li spoke.",
        "First came the rain. Third, Li spoke.",
        "Thirdly, nobody was asked.",
        "Fig. 1) and fig. 3) are maps.",
        "",
    ],
)
def test_silence(text: str) -> None:
    assert found(text) == []


def test_steps_that_lie_far_apart_do_not_belong_together() -> None:
    assert found("Firstly, it rained. " + "It went on. " * 40 + "Thirdly, it was dark.") == []


@pytest.mark.parametrize("series", ["[]", "[[one, two]]", "[one]"])
def test_a_series_has_three_steps(series: str) -> None:
    from edlint.ruleset.compile import compile_rules

    with pytest.raises(RuleError):
        compile_rules({"A.B": rule(f"extends: enumeration\nmessage: m\nseries: {series}\n", "A.B")})
