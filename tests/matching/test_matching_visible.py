"""Characters that nobody sees hide no words from a rule, and every span covers the words with what stands inside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support import findings, found, no_remarks, ruleset
from support import rule as made

from edlint.formats import read
from edlint.grammar.base import Question, Remark
from edlint.linter import Linter
from edlint.matching.visible import visible
from edlint.model.config import Config
from edlint.model.document import Block, Document
from edlint.model.finding import Finding
from edlint.model.source import Source
from edlint.text.sourcemap import SourceMap
from edlint.text.span import Span

HYPE = "extends: existence\nmessage: m\nignorecase: true\ntokens: [critics say]\nwhy: w\n"
UNSEEN = ["\u200b", "\xad", "\u2060", "\u200c", "\u200d", "\ufeff", "\u200e", "\u202e", "\u2066", "\ufe0f", "\u034f", "\U000e0041"]


@pytest.mark.parametrize("mark", UNSEEN, ids=ascii)
@pytest.mark.parametrize("at", [1, 7, 8, 10])
def test_a_phrase_is_found_with_an_unseen_character_inside(mark: str, at: int) -> None:
    phrase = "Critics say"
    hidden = phrase[:at] + mark + phrase[at:]
    assert found(f"It failed. {hidden} so.", HYPE) == [hidden]


@pytest.mark.parametrize("mark", UNSEEN, ids=ascii)
def test_what_stands_beside_the_words_is_no_part_of_the_finding(mark: str) -> None:
    assert found(f"{mark}Critics say{mark} so.{mark}", HYPE) == ["Critics say"]
    assert found(f"They{mark} lost; {mark}critics say{mark}", HYPE) == ["critics say"]


def test_words_that_only_unseen_characters_part_are_one_word() -> None:
    assert found("Critics\u200bsay so.", HYPE) == []


@pytest.mark.parametrize("entity", ["&shy;", "&#8203;", "&#x200B;", "&zwnj;", "&ZeroWidthSpace;"])
@pytest.mark.parametrize("path", ["a.md", "a.html"])
def test_entities_are_characters_too(entity: str, path: str) -> None:
    text = f"<p>The {entity}council.</p>\n<p>Two &amp; three cri{entity}tics say so.</p>\n"
    assert found(read(Source(path, text), ""), HYPE) == [f"cri{entity}tics say"]


@pytest.mark.parametrize(
    "text",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian
        "\u0915\u094d\u200d\u0937",  # Hindi
        "\U0001f469\u200d\U0001f692",  # a firefighter
        "\u2764\ufe0f\u200d\U0001f525",
        "\u0e20\u0e32\u0e29\u0e32\u200b\u0e44\u0e17\u0e22",  # Thai
        "1\ufe0f\u20e3",
    ],
    ids=ascii,
)
def test_characters_that_a_script_or_an_emoji_needs_stay(text: str) -> None:
    document = visible(read(Source("a.txt", f"The word is {text} here."), ""))
    assert document.blocks[0].text == f"The word is {text} here."


def test_a_document_without_such_characters_is_left_as_it_is() -> None:
    document = read(Source("a.md", "# “Café”\n\nIt’s Zürich – *not* Genève.\n"), "")
    assert visible(document) is document


def test_a_block_of_nothing_but_unseen_characters_goes() -> None:
    document = read(Source("a.html", "<p>One.</p><p>\u200b \ufeff</p><p>Two.</p>"), "")
    assert [block.text for block in visible(document).blocks] == ["One.", "Two."]


def test_a_rule_that_names_such_characters_sees_them() -> None:
    text = "The may\u200bor, critics say, left.\xad"
    for tokens in (r"\x{200B}", r"\u200b", "\u200b", r"[\x{200B}-\x{200D}]"):
        seeing = yaml.safe_dump({"extends": "existence", "message": "m", "nonword": True, "why": "w", "tokens": [tokens]})
        assert found(text, seeing, HYPE) == ["\u200b", "critics say"]
    assert found(text, "extends: existence\nmessage: m\nnonword: true\nwhy: w\ntokens: ['\\xAD', '\\p{Cf}']\n") == ["\u200b", "\xad"]


def test_marks_stand_where_they_stood() -> None:
    document = read(Source("a.md", "The \u200bold [ha\xadrbour\u2060](https://a.example) and *bo\u200bats*, **\u200b** too.\n"), "")
    (block,) = visible(document).blocks
    assert [(mark.kind, block.text[mark.start : mark.end]) for mark in block.marks if mark.end > mark.start] == [
        ("link", "harbour"),
        ("emphasis", "boats"),
    ]


def test_signals_and_grammar_read_the_same_text() -> None:
    scored = made("extends: score\nmessage: m\nscope: sentence\nthreshold: 1\ncues: [{any: [the council], weight: 1}]\n")
    assert [f.match for f in findings("The coun\u200bcil met.", scored)] == ["The council met."]
    asked: list[str] = []
    grammar = ruleset(made("extends: grammar\nmessage: m\nrules: [Any]\n"))
    document = read(Source("a.txt", "The coun\u200bcil met."), "")

    def remarks(d: Document, question: Question) -> Sequence[tuple[int, Remark]]:
        asked.extend(block.text for block in d.blocks)
        return no_remarks(d, question)

    grammar.run(document, remarks)
    assert asked == ["The council met."]


def test_rules_written_for_vale_read_as_vale_does(tmp_path: Path) -> None:
    (tmp_path / "House").mkdir()
    (tmp_path / "House" / "Hype.yml").write_text(HYPE.replace("why: w\n", ""), "utf-8")
    result = Linter(Config(extends=(tmp_path / "House",))).lint_text("Critics say so. Cri\u200btics say so.\n", "a.md")
    assert [finding.span for finding in result.findings] == [(0, 11)]


@cache
def linter() -> Linter:
    return Linter(Config(), ignore=["Grammar", "Paste"])


DRAFT = """# The council & the port

Critics say the plan failed, and many believe that it *will* fail again.

- “Nobody knows,” said Ana Ruiz &mdash; the mayor.

> Photo: The harbour of Ellis on a Friday in May

Photo: The harbour of Ellis on a Friday in May

Click here to subscribe to our newsletter
"""


def at_places(text: str, places: dict[int, str]) -> tuple[str, list[int]]:
    """A text with characters put in after some letters, and where each offset of the old text is in the new one."""
    parts, offsets, length = [], [], 0
    for at, char in enumerate(text):
        put = places.get(at, "") if text[at - 1 : at].isalpha() and char.isalpha() and "&" not in text[max(0, at - 6) : at] else ""
        parts += [put, char]
        offsets.append(length + len(put))
        length += len(put) + 1
    return "".join(parts), offsets


@given(st.dictionaries(st.integers(1, len(DRAFT) - 1), st.text(st.sampled_from(UNSEEN[:6]), min_size=1, max_size=2), max_size=20))
def test_findings_are_the_same_and_cover_their_words_with_what_is_inside(places: dict[int, str]) -> None:
    text, offsets = at_places(DRAFT, places)

    def key(finding: Finding, span: Span) -> tuple[str, str, Span]:
        return finding.rule, finding.match, span

    clean = linter().lint_text(DRAFT, "draft.md").findings
    wanted = [key(f, Span(offsets[f.span.start], offsets[f.span.end - 1] + 1)) for f in clean]
    assert wanted
    assert [key(f, f.span) for f in linter().lint_text(text, "draft.md").findings] == wanted


@given(st.text(st.sampled_from("ab é’\n" + "".join(UNSEEN)), max_size=30))
def test_what_is_left_stands_where_it_stood(text: str) -> None:
    block = Block("paragraph", text, SourceMap.verbatim(3))
    for bare in visible(Document(Source("a.txt", f"## {text}"), "plain", (block,))).blocks:
        for at, char in enumerate(bare.text):
            (start, end) = bare.span(at, at + 1)
            assert (end - start, text[start - 3]) == (1, char)
        inside = text[slice(bare.whole.start - 3, bare.whole.end - 3)]
        assert [c for c in inside if c not in UNSEEN] == [c for c in bare.text if c not in UNSEEN]
