"""No fix reaches into somebody's speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.filters.by_rule import skip_quotations
from edlint.filters.fixes import protect_speech
from edlint.formats import read
from edlint.model.finding import Edit, Fix
from edlint.model.match import Match
from edlint.model.rule import Quotes, Rule
from edlint.model.source import Source
from edlint.text.span import Span


def safety(text: str, start: int, end: int, kind: str = "markdown") -> str:
    fix = Fix("t", (Edit(Span(start, end), "x"),), "safe")
    match = Match(Span(start, end), "", fixes=(fix,))
    return protect_speech(read(Source("a", text), kind), [match])[0].fixes[0].safety


SAID = 'She said: "We will go," and left.'  # the quotation is [10, 23)


@pytest.mark.parametrize(
    ("start", "end", "after"),
    [
        (0, 3, "safe"),
        (4, 10, "safe"),
        (10, 10, "safe"),
        (11, 13, "display"),
        (12, 12, "display"),
        (4, 12, "display"),
        (20, 26, "display"),
        (23, 23, "safe"),
        (23, 26, "safe"),
        (10, 23, "safe"),
        (4, 30, "safe"),
        (10, 22, "display"),
    ],
)
def test_a_fix_may_take_a_quotation_away_but_not_change_it(start: int, end: int, after: str) -> None:
    assert SAID[10:23] == '"We will go,"'
    assert safety(SAID, start, end) == after


def test_a_fix_over_two_quotations_takes_both_or_none() -> None:
    text = '"One two," she said. "Three four," he said.'
    assert safety(text, 0, len(text)) == "safe"
    assert safety(text, 3, len(text)) == safety(text, 0, 25) == "display"


@pytest.mark.parametrize(("text", "kind"), [("> We go.\n", "markdown"), ("<blockquote><p>We go.</p></blockquote>", "html")])
def test_a_block_quote_is_not_touched(text: str, kind: str) -> None:
    at = text.index("We")
    assert safety(text, at, at + 6, kind) == safety(text, at, at + 2, kind) == "display"


def test_matches_without_a_fix_stay_as_they_are() -> None:
    match = Match(Span(11, 13), "We")
    assert protect_speech(read(Source("a", SAID), "markdown"), [match]) == [match]


@pytest.mark.parametrize(("quotes", "passed"), [("skip", [0, 4, 23]), ("only", [10, 11]), ("check", [0, 4, 10, 11, 23])])
def test_a_rule_says_whether_it_looks_inside_quotations(quotes: Quotes, passed: list[int]) -> None:
    rule = Rule("A.b", "existence", quotes=quotes)
    places = [(0, 3), (4, 12), (10, 23), (11, 13), (23, 26)]
    matches = [Match(Span(*place), SAID[slice(*place)]).of(rule) for place in places]
    assert [match.span.start for match in skip_quotations(read(Source("a", SAID), "markdown"), matches)] == passed


@given(st.lists(st.sampled_from(["One two. ", '"Three four," ', "> five\n\n", "six\n\n"]), max_size=8), st.data())
def test_no_edit_that_stays_applicable_changes_a_quotation(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    document = read(Source("a", text), "markdown")
    spans = [block.span(*r) for block, ranges in zip(document.blocks, document.quoted, strict=True) for r in ranges]
    harmed = [s for s in spans if s.start < end and start < s.end and not (start <= s.start and s.end <= end)]
    if harmed:
        assert safety(text, start, end) == "display"


@pytest.mark.parametrize("places", [(0, 11), (11, 0)])
def test_one_edit_in_a_quotation_holds_back_the_whole_fix(places: tuple[int, int]) -> None:
    fix = Fix("t", tuple(Edit(Span(at, at + 2), "x") for at in places), "safe")
    plain = Fix("t", (Edit(Span(0, 2), "x"),), "safe")
    matches = [Match(Span(0, 2), "", fixes=fixes) for fixes in ((plain, fix), (), (fix, plain))]
    checked = protect_speech(read(Source("a", SAID), "markdown"), matches)
    assert [[fix.safety for fix in match.fixes] for match in checked] == [["safe", "display"], [], ["display", "safe"]]
