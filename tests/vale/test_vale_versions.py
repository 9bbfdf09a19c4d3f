"""Drafts as Vale 3.20 reads them, as 3.15 read them, and what older styles bring along."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from edlint.config.file import load_config
from edlint.errors import ConfigError
from edlint.linter import Linter

Lint = Callable[..., list[tuple[int, int, str]]]
INI = "StylesPath = styles\n{above}[*]\nBasedOnStyles = Own\n"


@pytest.fixture
def linter(tmp_path: Path) -> Callable[..., Linter]:
    def make(rule: str, above: str = "") -> Linter:
        style = tmp_path / "styles" / "Own"
        style.mkdir(parents=True, exist_ok=True)
        (style / "Rule.yml").write_text(rule + "\n", encoding="utf-8")
        (tmp_path / ".vale.ini").write_text(INI.format(above=above), encoding="utf-8")
        return Linter(load_config(tmp_path / ".vale.ini"))

    return make


@pytest.fixture
def lint(linter: Callable[..., Linter]) -> Lint:
    def run(rule: str, draft: str, name: str = "draft.md", above: str = "") -> list[tuple[int, int, str]]:
        result = linter(rule, above).lint_text(draft, name)
        assert result.source is not None and not result.faults
        return [(*result.source.lines.position(f.span.start), f.match) for f in result.findings]

    return run


FIRST = "extends: existence\nmessage: m\nscope: sentence\nnonword: true\ntokens: ['^So']"
EVERYWHERE = "# So it is\n\nSo it goes. So be it.\n\n- So what\n- Well. So there\n\n> So they say\n\n| So |\n|--|\n| So |\n\n![So](a.png)\n"


def test_sentences_are_those_of_all_prose(lint: Lint) -> None:
    assert [line for line, _, _ in lint(FIRST, EVERYWHERE)] == [1, 3, 3, 5, 6, 8, 10, 12]


def test_in_the_older_reading_sentences_are_those_of_paragraphs(lint: Lint) -> None:
    assert [line for line, _, _ in lint(FIRST, EVERYWHERE, above="ValeVersion = 3.15\n")] == [3, 3]


def test_a_sentence_is_read_by_rules_that_ask_for_sentences(lint: Lint) -> None:
    rule = "extends: existence\nmessage: m\nscope: {}\nnonword: true\ntokens: ['\\.$']"
    assert [column for _, column, _ in lint(rule.format("[text, sentence.list]"), "One. Two.\n\n- One. Two.\n")] == [9, 6, 11]
    assert [line for line, _, _ in lint(rule.format("sentence & ~list"), "One. Two.\n\n- One. Two.\n")] == [1, 1]
    assert lint(rule.format("heading"), "# One. Two\n") == []


@pytest.mark.parametrize(
    ("draft", "match"),
    [
        ("**Logs** \u2014 text", "Logs \u2014 text"),
        ("**Logs**\u2014text", "Logs\u2014text"),
        ("`x`s and *y* , z", "*s and y , z"),
        ("a *b* c (*d* e) <b>f</b>g", "a b c (d e) fg"),
        ("a<br>b and [c](x.md): d", "a b and c: d"),
        ("see https://a.example/x now, <https://a.example>.", f"see {'*' * 19} now, {'*' * 17}."),
    ],
)
def test_what_follows_inline_markup_is_parted_from_it_as_it_is_written(lint: Lint, draft: str, match: str) -> None:
    rule = f"extends: existence\nmessage: m\nnonword: true\ntokens: ['^{re.escape(match)}$']"
    assert len(lint(rule, draft)) == 1


def test_the_text_before_a_nested_element_is_a_block_of_its_own(lint: Lint) -> None:
    rule = "extends: existence\nmessage: m\nnonword: true\ntokens: ['[a-z]+$']"
    assert [match for _, _, match in lint(rule, "<ul><li>one<p>two</p></li></ul>", "draft.html")] == ["one", "two"]


@pytest.mark.parametrize(
    ("written", "matches"),
    [
        ("summary: |\n  First todo\n  second todo", [(3, 9), (4, 10)]),
        ("summary: >-\n  todo", [(3, 3)]),
        ("summary: 'it''s'\ntitle: 'a todo'", [(3, 11)]),
        ("summary: first\n  second todo", []),  # a value that no line of the draft holds is not read
    ],
)
def test_front_matter_has_its_true_lines(lint: Lint, written: str, matches: list[tuple[int, int]]) -> None:
    rule = "extends: existence\nmessage: m\ntokens: [todo]"
    assert [(line, column) for line, column, _ in lint(rule, f"---\n{written}\n---\n\nText\n")] == matches


@pytest.mark.parametrize(
    "action",
    ["{name: remove, params: [remove, '.?!']}", "{name: convert, params: [simple, more]}", "{name: replace, params: [a, b]}"],
)
def test_an_action_may_have_parameters_that_it_does_not_use(lint: Lint, action: str) -> None:
    assert len(lint(f"extends: existence\nmessage: \"'%s'\"\ntokens: [todo]\naction: {action}", "todo\n")) == 1


def test_a_converted_identifier_becomes_words(linter: Callable[..., Linter]) -> None:
    rule = "extends: existence\nmessage: '%[2]s for %[1]s'\ntokens: ['\\w*[a-z][A-Z_]\\w*']\naction: {name: convert, params: [simple]}"
    assert [f.message for f in linter(rule).lint_text("fooBarBaz snake_case\n", "a.md").findings] == [
        "foo bar baz for fooBarBaz",
        "snake case for snake_case",
    ]


def test_a_rule_may_bring_its_own_tests(lint: Lint) -> None:
    assert len(lint("extends: existence\nmessage: m\ntokens: [todo]\ntests: [{text: todo}]", "todo\n")) == 1


@pytest.mark.parametrize("named", ["ignore: nowhere.txt", "ignore: [nowhere.txt]", "dic: nowhere.dic\naff: nowhere.aff"])
def test_a_spelling_rule_runs_without_a_file_that_is_missing(linter: Callable[..., Linter], named: str) -> None:
    made = linter(f"extends: spelling\nmessage: m\n{named}")
    assert [f.match for f in made.lint_text("We recieve.\n", "a.md").findings] == ["recieve"]
    assert any("nowhere" in notice and "Rule.yml:3" in notice for notice in made.notices)


def test_a_listed_word_is_right_as_it_is_listed(lint: Lint, tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "config" / "ignore"
    folder.mkdir(parents=True)
    (folder / "own.txt").write_text("Zorbly\nquuxify\n", encoding="utf-8")
    found = lint("extends: spelling\nmessage: m\nignore: own.txt", "Zorbly zorbly quuxify Quuxify\n")
    assert [match for _, _, match in found] == ["zorbly"]


def test_british_spellings_are_words_and_slips_are_not(lint: Lint) -> None:
    rule = "extends: spelling\nmessage: m"
    assert lint(rule, "Our organisations favour the theatre, travelled, analysed, catalogued, learnt judgement.\n") == []
    assert [match for _, _, match in lint(rule, "Exercize, organistion, favuor, theatrre.\n")] == [
        "Exercize", "organistion", "favuor", "theatrre",
    ]  # fmt: skip


def test_a_vocabulary_where_it_was_before_version_3_is_read(linter: Callable[..., Linter], tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "Vocab" / "House"
    folder.mkdir(parents=True)
    (folder / "accept.txt").write_text("recieve\n", encoding="utf-8")
    made = linter("extends: spelling\nmessage: m", "Vocab = House\n")
    assert made.lint_text("We recieve.\n", "a.md").findings == ()
    assert any(".vale.ini:2" in notice and "House" in notice for notice in made.notices)


def test_a_version_that_is_not_known(linter: Callable[..., Linter]) -> None:
    with pytest.raises(ConfigError, match=r":2: ValeVersion: no such value: '3.14' \(did you mean '3.15'\?\)"):
        linter(FIRST, "ValeVersion = 3.14\n")


def test_the_version_in_a_configuration_of_ours(tmp_path: Path) -> None:
    style = tmp_path / "styles" / "Own"
    style.mkdir(parents=True)
    (style / "Rule.yml").write_text(FIRST + "\n", encoding="utf-8")
    config = tmp_path / ".edlint.yml"
    for version, lines in (("3.15", 0), ("3.20", 1)):
        config.write_text(f"extends: [./styles/Own]\nvale: {{version: '{version}'}}\n", encoding="utf-8")
        assert len(Linter(load_config(config)).lint_text("# So\n", str(tmp_path / "a.md")).findings) == lines


HEADING = "extends: capitalization\nmessage: m\nscope: heading\nthreshold: 1\nmatch: {}\nexceptions: [{}]"


@pytest.mark.parametrize(
    ("form", "exceptions", "heading", "right"),
    [
        ("$sentence", "Nile", "Down the Nile", True),
        ("$sentence", "Nile", "Down the nile", True),  # an exception allows a form, and does not ask for it
        ("$sentence", "Rust Belt", "Down the Rust Belt", True),
        ("$sentence", "Rust Belt", "Down the Rust belt", False),
        ("$sentence", "", "Real-Time data", True),
        ("$title", "iPhone", "The iPhone Arrives", True),
        ("$title", "iPhone", "The Iphone Arrives", True),
        ("$title", "iPhone", "The ipod Arrives", False),
    ],
)
def test_exceptions_in_headings(lint: Lint, form: str, exceptions: str, heading: str, right: bool) -> None:
    rule = HEADING.format(form, exceptions)
    if heading.startswith("Real"):
        rule = rule.replace("threshold: 1", "threshold: 0.5")
    assert (lint(rule, f"# {heading}\n") == []) is right


def test_a_vocabulary_gives_words_their_form(lint: Lint, tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "config" / "vocabularies" / "House"
    folder.mkdir(parents=True)
    (folder / "accept.txt").write_text("Nile\n", encoding="utf-8")
    assert len(lint(HEADING.format("$sentence", "Cairo"), "# Down the nile\n", above="Vocab = House\n")) == 1


def test_a_phrase_among_the_exceptions_keeps_its_case(lint: Lint) -> None:
    rule = "extends: existence\nmessage: m\nignorecase: true\ntokens: [kill]\nexceptions: [{}]"
    assert [column for _, column, _ in lint(rule.format("Kill Bill"), "Kill Bill, kill bill\n")] == [12]
    assert lint(rule.format("(?i)Kill Bill"), "Kill Bill, kill bill\n") == []


@pytest.mark.parametrize(
    ("scope", "at"),
    [("link", ["here](", "and"]), ("strong", ["here**"]), ("emphasis", ["here*]"]), ("code", ["here` now"]), ("text", ["See"])],
)
def test_inline_elements_are_blocks_for_rules_that_ask_for_them(lint: Lint, scope: str, at: list[str]) -> None:
    draft = "See [here](a.md)**here** there [and *here*](b.md)`here` now\n"
    found = lint(f"extends: existence\nmessage: m\nscope: {scope}\nnonword: true\ntokens: ['^\\w+']", draft)
    assert [column for _, column, _ in found] == [draft.index(text) + 1 for text in at]


def test_what_is_missing_is_reported_where_it_is_missing(lint: Lint) -> None:
    rule = "extends: occurrence\nmessage: m\nscope: heading\nmin: 1\ntoken: Step"
    draft = "# Step\n\n# Go on\n\n## Well\n"
    assert lint(rule, draft) == [(3, 3, "Go"), (5, 4, "Well")]
    assert lint(rule, draft, above="ValeVersion = 3.15\n")[0] == (1, 1, "")


def test_numerals_are_words_where_the_dictionary_has_them(lint: Lint) -> None:
    assert [match for _, _, match in lint("extends: spelling\nmessage: m\ncustom: true", "Part VII, CLI.\n")] == ["CLI"]


def test_the_tables_of_toml_front_matter_are_no_fields_of_the_draft(lint: Lint) -> None:
    draft = '+++\ntitle = "So it is"\nauthors = ["So"]\n\n[extra]\nteam = "So they are"\n[[more]]\nname = "So be it"\n+++\n\nSo it goes.\n'
    assert [(line, match) for line, _, match in lint("extends: existence\nmessage: m\ntokens: [So]", draft)] == [(2, "So"), (11, "So")]
