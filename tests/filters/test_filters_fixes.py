"""Fixes that delete the lines of a copied widget."""

from __future__ import annotations

import pytest

from edlint.filters.fixes import delete_lines
from edlint.formats import read
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.text.span import Span

RULES = {
    "P.Safe": Rule("P.Safe", "score", merge=True, delete="safe"),
    "P.Sure": Rule("P.Sure", "score", merge=True, delete="safe"),
    "P.Doubt": Rule("P.Doubt", "score", merge=True, delete="unsafe"),
    "P.Other": Rule("P.Other", "score", merge=True),
    "P.Alone": Rule("P.Alone", "score", delete="safe"),
    "P.Single": Rule("P.Single", "score"),
}
TEXT = "The mayor spoke.\n\nShare\n12\nTweet\n4\n\nThe end.\n"


def at(words: str, rule: str) -> Match:
    start = TEXT.index(words)
    return Match(Span(start, start + len(words)), words).of(RULES[rule])


def offered(joined: Match, *parts: Match) -> list[tuple[str, str]]:
    (match,) = delete_lines(read(Source("a", TEXT), "plain"), [joined._replace(parts=parts)])
    return [(fix.safety, TEXT[slice(*fix.edits[0].span)]) for fix in match.fixes]


ALL = "Share\n12\nTweet\n4"


@pytest.mark.parametrize(
    ("joined", "parts", "safety"),
    [
        ("P.Safe", [("P.Safe", ALL)], "safe"),
        ("P.Safe", [("P.Safe", "Share"), ("P.Sure", "Tweet\n4")], "safe"),
        ("P.Safe", [("P.Safe", "Share"), ("P.Doubt", "Tweet")], "unsafe"),
        ("P.Safe", [("P.Safe", "Share"), ("P.Other", "Tweet")], "unsafe"),
        ("P.Safe", [("P.Safe", ALL), ("P.Other", "Tweet")], "safe"),
        ("P.Safe", [("P.Safe", ALL), ("P.Other", "The end.")], "safe"),
        ("P.Safe", [("P.Safe", ALL), ("P.Single", "4\n\nThe end.")], "safe"),
        ("P.Doubt", [("P.Doubt", "Share"), ("P.Safe", "Tweet\n4")], "unsafe"),
        ("P.Alone", [("P.Alone", ALL)], "safe"),
    ],
)
def test_a_run_is_as_safe_as_all_that_is_in_it(joined: str, parts: list[tuple[str, str]], safety: str) -> None:
    assert offered(at(ALL, joined), *(at(words, rule) for rule, words in parts)) == [(safety, f"{ALL}\n\n")]


def test_a_rule_that_does_not_say_so_offers_nothing() -> None:
    assert offered(at(ALL, "P.Other"), at(ALL, "P.Other")) == []
    assert offered(at("mayor", "P.Alone"), at("mayor", "P.Alone")) == []


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("The mayor spoke.\n\n## Share\n", "safe"),
        ("The mayor spoke.\n\n## Share\n\n## The vote\n\nIt was close.\n", "safe"),
        ("The mayor spoke.\n\n## Share\n\nIt was close.\n", "unsafe"),
        ("Share\n\nThe mayor spoke.\n", "unsafe"),
        ("---\nauthor: Ana Ruiz\n---\n\nShare\n\nThe mayor spoke.\n", "unsafe"),
    ],
)
def test_the_first_line_and_headings_of_a_text_are_not_deleted_for_sure(text: str, safety: str) -> None:
    line = "## Share" if "## Share" in text else "Share"
    start = text.index(line)
    match = Match(Span(start, start + len(line)), line).of(RULES["P.Alone"])
    (found,) = delete_lines(read(Source("a.md", text), "markdown"), [match])
    assert [fix.safety for fix in found.fixes] == [safety]
