"""What a rule asks for itself: no passages in a language it does not know, and no more than so many matches; and filters in a row."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from support import blocks

from edlint.filters import RULE_FILTERS, apply_filters
from edlint.filters.by_rule import limit_matches, skip_foreign
from edlint.model.document import Block, Document
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.text.sourcemap import SourceMap
from edlint.text.span import Span

TEXT = "One two.\n\nDrei vier.\n\nFive six."
STARTS = {"One": 0, "Drei": 10, "vier": 15, "Five": 22}


def draft() -> Document:
    """An English draft with a passage in German."""
    parts = [(0, 8, ""), (10, 20, "de-AT"), (22, 31, "")]
    made = (Block("paragraph", TEXT[a:b], SourceMap.verbatim(a), language=language) for a, b, language in parts)
    return Document(Source("a.txt", TEXT), "plain", tuple(made))


def matches(rule: Rule, *words: str) -> list[Match]:
    return [Match(Span(STARTS[word], STARTS[word] + len(word)), word).of(rule) for word in words]


@pytest.mark.parametrize(
    ("rule", "passed"),
    [
        (Rule("A.b", "existence"), ["One", "Drei", "vier", "Five"]),
        (Rule("A.b", "existence", language="en"), ["One", "Five"]),
        (Rule("A.b", "existence", language="en-GB"), ["One", "Five"]),
        (Rule("A.b", "existence", language="de"), ["One", "Drei", "vier", "Five"]),
        (Rule("A.b", "spelling"), ["One", "Five"]),
        (Rule("A.b", "grammar"), ["One", "Five"]),
        (Rule("A.b", "spelling", compat=True), ["One", "Drei", "vier", "Five"]),
    ],
)
def test_a_rule_that_knows_one_language_says_nothing_of_another(rule: Rule, passed: list[str]) -> None:
    assert [match.text for match in skip_foreign(draft(), matches(rule, *STARTS))] == passed


def test_a_match_that_reaches_out_of_the_passage_stays() -> None:
    (match,) = matches(Rule("A.b", "existence", language="en"), "vier")
    reaching = [match._replace(span=Span(*span)) for span in ((9, 14), (15, 22), (10, 20), (0, 31))]
    assert [tuple(m.span) for m in skip_foreign(draft(), reaching)] == [(9, 14), (15, 22), (0, 31)]


def test_a_draft_in_one_language_passes_as_it_is() -> None:
    found = matches(Rule("A.b", "existence", language="de"), *STARTS)
    assert skip_foreign(blocks("One two."), found) is found


@pytest.mark.parametrize(("limit", "passed"), [(0, 4), (1, 1), (3, 3), (4, 4), (9, 4)])
def test_a_limit_is_one_for_each_rule(limit: int, passed: int) -> None:
    limited, free = Rule("A.b", "existence", limit=limit), Rule("A.c", "existence")
    kept = limit_matches(draft(), [*matches(free, "One"), *matches(limited, *STARTS), *matches(free, "Five")])
    assert [match.name for match in kept] == ["A.c", *["A.b"] * passed, "A.c"]
    assert [match.text for match in kept][1:-1] == list(STARTS)[:passed]


def test_filters_pass_matches_on_and_what_they_drop_is_known() -> None:
    def twice(document: Document, found: Sequence[Match]) -> Sequence[Match]:
        return [*found, *found]

    def first(document: Document, found: Sequence[Match]) -> Sequence[Match]:
        return found[:1]

    found = matches(Rule("A.b", "existence"), "One", "Five")
    passed = apply_filters([twice, first], draft(), found)
    assert (passed.matches, passed.dropped) == (found[:1], {twice: [], first: [found[1]] * 2})
    assert apply_filters([], draft(), found) == (found, {})


def test_what_stands_in_quotations_does_not_count_against_the_limit() -> None:
    document = blocks('"One two," he said. One more, and one.')
    rule = Rule("A.b", "existence", limit=1)
    found = [Match(Span(at, at + 3), "one").of(rule) for at in (1, 20, 34)]
    assert [m.span.start for m in apply_filters(RULE_FILTERS, document, found).matches] == [20]
