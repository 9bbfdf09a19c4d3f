"""`typo`: slips of the hand are found in small letters; names, terms, code and other languages are left alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from edlint.linter import Linter
from edlint.model.config import Config

LINTER = Linter(select=["Grammar.Spelling"])


def typos(text: str, path: str = "draft.md") -> list[str]:
    return [finding.match for finding in LINTER.lint_text(text, path).findings]


def test_slips_are_found_where_they_stand() -> None:
    text = "The council passed the bugdet after a seperate vote, and the tooklkit's end was near."
    assert typos(text) == ["bugdet", "seperate", "tooklkit"]
    assert [text[f.span.start : f.span.end] for f in LINTER.lint_text(text).findings] == typos(text)


def test_fixes_are_guesses() -> None:
    (finding,) = LINTER.lint_text("The council passed the bugdet in May.").findings
    assert finding.fixes[0].edits[0].text == "budget" and {fix.safety for fix in finding.fixes} == {"unsafe"}


def test_a_typing_error_in_a_quotation_is_the_writers() -> None:
    assert typos("“It was a long nihgt for the crew,” she said of the storm.") == ["nihgt"]


@pytest.mark.parametrize(
    "text",
    [
        "The colour of the harbor was grey, and they organised and realized it.",
        "We met at the zarfan by the river. The Zarfan was dry that year.",
        "A thinger is a part. Put the thinger in, and turn the thinger once before you go on.",
        "Run `confgi` first, or see example.com/abuot and mail teh@example.com about #bugdet or user_nmae.",
        "Para los vecinos del barrio la fiesta comienza temprano, cuando todavia duermen los ninos.",
        "He was comin' home and singin' all the way, and nobody minded.",
        "Its low-carb and pre-war menus were a de facto standard, a sort of avant-garde.",
        "The town acted pre-emptively, and the re-elected mayor signed a pre-emptive order.",
        "They refactored the microservices, and a livestream of the hackathon went out.",
        "The boys' coats and the girls' hats were in the car's boot.",
        "See [teh page](https://example.com/teh-page) no more: it went to exmaple.org in May.".replace("teh page", "the page"),
    ],
)
def test_silence(text: str) -> None:
    assert typos(text) == []


def test_vocabulary(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("bugdet\n", encoding="utf-8")
    linter = Linter(Config(vocabulary=(words,)), select=["Grammar.Spelling"])
    assert not linter.lint_text("The council passed the bugdet in May.").findings


def test_a_text_without_words() -> None:
    assert typos("") == typos("1 2 3\n\n***\n") == []


@pytest.mark.parametrize("letter", ["a", "a\u200b", "é", "a-"])
def test_one_long_word_takes_little_time(letter: str) -> None:
    began = time.process_time()
    assert typos(letter * 20_000) == []
    assert time.process_time() - began < 3
