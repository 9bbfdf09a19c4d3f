"""A table becomes rules that do what it says and pass their own tests."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import findings

from edlint.authoring.ruletest import SelfTest
from edlint.authoring.style_import import imported
from edlint.errors import RuleError, UsageError
from edlint.files.yamlfile import load_yaml
from edlint.model.document import Document
from edlint.model.rule import Rule
from edlint.ruleset.compile import Outcome, Ruleset
from edlint.ruleset.load import make_rule


def table(folder: Path, *pairs: tuple[str, ...], name: str = "words.csv") -> dict[str, Rule]:
    """The rules that a table of these rows becomes, after their own tests."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("wrong", "right"), *pairs])
    rules = {}
    for name, text in imported(path, "House").items():
        data, lines = load_yaml(text, name, RuleError)
        stem = name.removesuffix(".yml")
        rules[stem] = make_rule(f"House.{stem}", data, lines, name)
    tests = SelfTest({rule.name: rule for rule in rules.values()})
    assert [failure.message for rule in rules.values() for failure in tests.run(rule)] == []
    return rules


def said(text: str, rules: dict[str, Rule]) -> list[str]:
    return [finding.message for finding in findings(text, *rules.values())]


def test_words_in_small_letters_are_found_whatever_their_case(tmp_path: Path) -> None:
    rules = table(tmp_path, ("utilise", "use"), ("at this moment", "now"), ("at this moment in time", "now"))
    assert list(rules) == ["Words"]
    assert said('Utilise it. They said "utilise".', rules) == ["Write 'Use' instead of 'Utilise'."]
    assert said("It is, at this moment in\xa0time, late.", rules) == ["Write 'now' instead of 'at this moment in\xa0time'."]
    assert said("The utilised boat.", rules) == []


def test_words_with_capitals_are_found_as_they_are_written(tmp_path: Path) -> None:
    rules = table(tmp_path, ("US", "United States"), ("port ellis", "Port Ellis"), ("p.m.", "PM"))
    assert set(rules) == {"WordsCase", "WordsNamesSigns"}
    assert said("It told us of the US and port ellis at 5 p.m. and of Port Ellis.", rules) == [
        "Write 'United States' instead of 'US'.",
        "Write 'Port Ellis' instead of 'port ellis'.",
        "Write 'PM' instead of 'p.m.'.",
    ]


def test_a_capital_that_goes_may_begin_a_sentence(tmp_path: Path) -> None:
    rules = table(tmp_path, ("Email", "email"), ("Web site", "website"))
    assert said("Email me. Email her, by Email. Web site and Web site.", rules) == [
        "Write 'email' instead of 'Email'.",
        "Write 'website' instead of 'Web site'.",
        "Write 'website' instead of 'Web site'.",
    ]


def test_the_right_term_may_hold_the_wrong_one(tmp_path: Path) -> None:
    rules = table(tmp_path, ("log in", "log in to"), ("US", "the US"), ("fact", "mere fact of"))
    assert said("Log in to it. The US, no, the US. The mere fact of it.", rules) == ["Write 'the US' instead of 'US'."]
    assert len(said("Log in now. A US ship. A fact. A fact of life. A mere fact.", rules)) == 5


def test_signs_are_no_patterns(tmp_path: Path) -> None:
    pairs = [("C++", "C plus plus"), (".net", ".NET"), ("%", "per cent"), ("a.b", "a|b"), ("wha", "What?"), ("(sic)", "[sic]")]
    text = "In C++ and .net 5% (sic). Then aXb, a.b, ASP.net and C+++. Wha"
    found = [*pairs[:4], ("Wha", "What?"), pairs[5], pairs[0]]
    assert sorted(said(text, table(tmp_path, *pairs))) == sorted(f"Write '{right}' instead of '{wrong}'." for wrong, right in found)


def test_curly_quotes_are_straight_ones(tmp_path: Path) -> None:
    rules = table(tmp_path, ("don’t", "do not"), ("o'clock", "hours"))
    assert len(said("They don't, they don’t, at five o’clock.", rules)) == 3


def test_a_note_is_the_reason_that_the_report_gives(tmp_path: Path) -> None:
    rules = table(
        tmp_path, ("kids", "children", "Informal."), ("guys", "people", "Informal."), ("utilise", "use", "Long."), ("lest", "so as not")
    )
    assert {name: rule.why for name, rule in rules.items()} == {
        "WordsKids": "Informal.",
        "WordsUtilise": "Long.",
        "Words": "The house has one way to write this.",
    }


def test_rules_have_names_of_their_own(tmp_path: Path) -> None:
    rules = table(tmp_path, ("a-b", "c", "One."), ("A b", "d", "Two."), ("a b", "e", "Three."), name="our 1st list.csv")
    assert list(rules) == ["Our1stListAB", "Our1stListCaseAB", "Our1stListAB2"]


def test_the_sentences_of_the_examples_hold_no_wrong_term(tmp_path: Path) -> None:
    rules = table(tmp_path, ("draft", "text"), ("once more", "again"), ("reporter", "writer"))
    assert rules["Words"].bad[0].text == "1 draft 2"


@pytest.mark.parametrize(
    ("pairs", "line", "what"),
    [
        ([("utilise", "make use of"), ("make use", "use")], 2, "'make use of' holds 'make use', which is wrong by line 3"),
        ([("boat", "ship"), ("ship", "vessel")], 2, "'ship' holds 'ship', which is wrong by line 3"),
        ([("a", "b"), ("five dollars", "$5")], 3, "'$5': a dollar sign before a figure cannot stand in a replacement"),
        ([("no", "no, no")], 2, "'no, no' holds 'no'"),
        ([("it's", "it’s")], 2, 'no pattern can be made of "it\'s"'),
    ],
)
def test_what_cannot_be_a_rule_is_told_by_its_line(tmp_path: Path, pairs: list[tuple[str, str]], line: int, what: str) -> None:
    with pytest.raises(UsageError) as fault:
        table(tmp_path, *pairs)
    assert str(fault.value).startswith(f"{tmp_path / 'words.csv'}:{line}: {what}")


def test_what_stands_everywhere_makes_no_rule(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"words\.csv:3: '\.' occurs in ordinary sentences"):
        table(tmp_path, ("1", "11"), (".", "11"))


TERM = st.text(alphabet="aAbBé .^$*+?{}[]\\|()'\"’-%1,;:#", min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(pairs=st.lists(st.tuples(TERM, TERM), min_size=1, max_size=4))
def test_any_table_gives_rules_that_hold_or_a_fault_with_its_line(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    try:
        rules = table(tmp_path_factory.mktemp("t"), *pairs)
    except UsageError as fault:
        assert fault.place is not None
        assert fault.place.line is not None or "no rows" in str(fault)
    else:
        assert sum(len(rule.options["swap"]) for rule in rules.values()) <= len(pairs)


def test_a_table_of_many_rows_is_tried_in_one_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    run = Ruleset.run

    def counted(self: Ruleset, document: Document, *rest: Any) -> Outcome:
        read.append(len(document.blocks))
        return run(self, document, *rest)

    monkeypatch.setattr(Ruleset, "run", counted)
    path = tmp_path / "words.csv"
    path.write_text("wrong,right\n" + "".join(f"wrong{n} word,right{n}\n" for n in range(3_000)), "utf-8")
    assert list(imported(path, "House")) == ["Words.yml"]
    assert len(read) == 3 and read[1:] == [3_000, 3_000]


def test_the_row_at_fault_is_named_among_many(tmp_path: Path) -> None:
    rows = [(f"wrong{n} word", f"right{n}") for n in range(50)]
    rows[31] = ("odd", "wrong7 word")
    with pytest.raises(UsageError) as told:
        table(tmp_path, *rows)
    assert str(told.value).startswith(f"{tmp_path / 'words.csv'}:33: 'wrong7 word' holds 'wrong7 word', which is wrong by line 9")
