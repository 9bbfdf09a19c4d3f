"""Lines that were wrapped to a width are one line for every rule; lines that an author ended stay lines."""

from __future__ import annotations

import pytest

from edlint.formats import read
from edlint.linter import Linter
from edlint.model.document import Document
from edlint.model.source import Source

WRAPPED = {
    "the last line is one word": "The clerk now reads every letter that comes in by post twice a week to ensure\nprogress.",
    "a name follows the break": "The plan for the pier was drawn last spring by the engineer, Ana\nRuiz, and paid for by the port.",
    "the line ends in an article": "Nobody asked who had signed the\nCharter of the port.",
    "a link makes the source wide": "See [the long report](https://example.org/a/very/long/address/indeed) on the\nMonday meeting.",
    "a quotation": "> The keeper said that the lamp would burn all night, whatever the weather, and\n> comments\n> were closed.",
    "a list item": "- Never use one word on two sites, since the thief who learns it can sign in to\n  your account.",
    "an indented list item": "1. Choose a word that nobody could guess, not even one who knows\n   your birthday, and\n   log in.",
    "emphasis at the break": "The new lamp was lit on Friday by *the mayor of the town* and by the keeper of\n*The Light*, a boat.",
    "Windows line ends": "The clerk now reads every letter that comes in by post twice a week to ensure\r\nprogress.",
    "narrow lines": "The boats came home on Friday,\nearly, for the wind had by then\nturned to the north.",
    "a footnote": "Text.[^1]\n\n[^1]: The figures are those of the port, which counts every boat, but not\n    advertisement boats.",
}
STACKS = {
    "labels of buttons": "Share\nTweet\nPrint\nEmail",
    "lower-case labels": "share\ntweet\nprint",
    "hard breaks": "Harbour Lights Ltd  \n12 Quay Street  \nthe old port",
    "backslashes": "Harbour Lights Ltd\\\n12 Quay Street\\\nthe old port",
    "whole sentences": "The lamp was lit on Friday by the keeper himself.\nThe boats came home early that night.",
    "verse": "The lamp is lit, the boats come in,\nand all the bells begin to ring,\nas bells will do.",
}


def markdown(text: str) -> Document:
    return read(Source("a.md", text), "markdown")


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED)
def test_a_wrapped_paragraph_is_one_line(text: str) -> None:
    lines = ["\n" in block.text for block in markdown(text).blocks]
    assert lines and not any(lines)


@pytest.mark.parametrize("text", STACKS.values(), ids=STACKS)
def test_lines_that_were_ended_stay_lines(text: str) -> None:
    (block,) = markdown(text).blocks
    assert len(block.text.split("\n")) == len(text.split("\n"))


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED)
def test_words_on_both_sides_of_a_break_keep_their_places(text: str) -> None:
    document = markdown(text)
    for block in document.blocks:
        for word in {w.strip(".,*") for w in block.text.split()}:
            at = block.text.index(word)
            assert document.source.text[slice(*block.span(at, at + len(word)))] == word


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@pytest.mark.parametrize("words", ["your account.", "progress.", "comments.", "advertisement.", "log in."])
def test_no_rule_judges_the_last_line_of_a_wrapped_paragraph(words: str, suffix: str) -> None:
    title = "The budget passes"
    text = f"{title}\n\nThe keeper reads the letters of the port on every second Friday, so as to hear of\n{words}\n\nHe then left.\n"
    found = Linter().lint_text(text, f"a{suffix}").findings
    assert [f for f in found if f.rule.startswith("Boilerplate.")] == []


def test_a_run_of_labels_in_markdown_is_still_found() -> None:
    text = "The lamp was lit on Friday, the keeper said.\n\nShare this article\nShare on Facebook\nTweet\nPrint this page\n"
    assert any(f.rule.startswith("Boilerplate.") for f in Linter().lint_text(text, "a.md").findings)


def test_a_paste_of_cut_captions_is_two_lines() -> None:
    caption = "Workers on the old bridge over the river, which closes next week for"
    assert markdown(f"{caption}\n{caption}").blocks[0].text.count("\n") == 1
