import pytest
from support import plain, told

from edlint.checks import check_class
from edlint.checks.base import Options
from edlint.errors import RuleError
from edlint.model.rule import Quotes, Rule
from edlint.ruleset.compile import compile_rules

KINDS = {"curly": ["[“”]"], "straight": ['"']}


def found(text: str, kinds: object = None) -> list[tuple[int, str, str]]:
    rule = Rule("T.Mixture", "mixture", "%d of %d are %s, not %s", quotes="check", options={"kinds": kinds or KINDS})
    found = told(compile_rules({rule.name: rule}), plain(text))
    return [(f.span.start, f.match, f.message) for f in found]


def test_the_rarer_kind_is_reported_once_where_it_first_stands() -> None:
    text = '“One.” He went.\n\n"Two." “Three.”'
    assert found(text) == [(text.index('"'), '"', "2 of 6 are straight, not curly")]


def test_one_kind_alone_is_no_mixture() -> None:
    assert found("“One.” “Two.”") == []
    assert found("") == []


def test_of_equally_many_the_first_named_kind_is_reported() -> None:
    assert found('“One” "two"')[0][2] == "2 of 4 are curly, not straight"


@pytest.mark.parametrize("kinds", [{}, {"one": ["a"]}, {"one": ["a"], "two": []}, {"one": ["a"], "two": [""]}])
def test_kinds_that_cannot_work_are_refused(kinds: object) -> None:
    rule = Rule("T.Mixture", "mixture", "m", options={"kinds": kinds})
    kind = check_class("mixture")
    with pytest.raises(RuleError, match="kind"):
        kind.build(rule, Options(rule, kind.keys))


@pytest.mark.parametrize(("quotes", "count"), [("skip", 0), ("check", 1)])
def test_what_is_quoted_counts_only_where_the_rule_reads_quotations(quotes: Quotes, count: int) -> None:
    rule = Rule("T.Mixture", "mixture", "m", quotes=quotes, options={"kinds": {"one": ["colour"], "two": ["color"]}})
    text = "The colour is new. She wrote “the color of snow” and left."
    assert len(told(compile_rules({rule.name: rule}), plain(text))) == count


def test_every_place_of_the_rarer_kind_is_named() -> None:
    text = '"One." “Two.”\n\n“Three.” “Four.” "Five."'
    rule = Rule("T.Mixture", "mixture", "%d of %d are %s, not %s", quotes="check", options={"kinds": KINDS})
    (only,) = told(compile_rules({rule.name: rule}), plain(text))
    assert [span.start for span in only.places] == [at for at, mark in enumerate(text) if mark == '"']
