"""Cost grows with the length of the draft and with nothing else."""

from __future__ import annotations

from time import process_time

import pytest

from edlint.formats import FORMATS, read
from edlint.model.source import Source

DEEP = 10_000
SHAPES = {
    "quotes": "> " * DEEP + "x", "tight quotes": ">" * DEEP + "x", "lists": "- " * DEEP + "x", "stars": "*" * DEEP + "x" + "*" * DEEP,
    "emphasis": "*a _b " * DEEP,
    "brackets": "[" * DEEP + "x" + "]" * DEEP, "images": "![" * DEEP + "x" + "](y)" * DEEP,
    "backticks": " ".join("`" * (n % 99) for n in range(DEEP)),
    "divs": "<div>" * DEEP + "x" + "</div>" * DEEP, "open divs": "<div>\n\nx\n\n" * DEEP, "blockquotes": "<blockquote>x" * DEEP,
    "inline": "<b>" * DEEP + "x",
    "inline twice": "<b>" * DEEP + "x" + "</i>" * DEEP, "stray ends": "<div>" * DEEP + "</p></ul>" * DEEP,
    "links": '<a href="x">' * DEEP + "<p>x" * DEEP,
    "marked blocks": "<b><i>" * DEEP + "<p>x" * DEEP, "unclosed tags": "<a " * DEEP, "unclosed values": '<a b="' * DEEP,
    "odd values": '<a b="\'>' * DEEP,
    "hidden values": '<a b=">"' * DEEP, "comments": "<!-- " * DEEP, "scripts": "<script>" * DEEP,
    "templates": "<template><svg>" * DEEP + "x>",
    "closed templates": "<template>x</template><noscript>" * DEEP, "notes": '<sup><a href="#x' * DEEP + ">", "breaks": "<br>" * DEEP,
    "tables": "<table><tr><td>x" * DEEP,
    "entities": "&amp" * DEEP, "long entity": "&#" + "9" * DEEP * 10, "long tag": "<" + "a" * DEEP * 10,
    "attributes": "<p " + "a=b " * DEEP + ">x", "NULs": "\x00" * DEEP,
    "table": "|a" * 500 + "\n" + "|-" * 500 + "\n" + ("|b" * 500 + "\n") * 40, "notes in Markdown": "[^1] " * DEEP + "\n\n[^1]: x",
    "pres": "<pre> " * DEEP,
    "front matter": "---\n" + "title: x\n y\n" * DEEP + "---\n", "CRs": "x\r" * DEEP, "items": "<ul><li>x" * DEEP,
}  # fmt: skip


@pytest.mark.parametrize("format", list(FORMATS))
@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_depth_costs_no_more_than_length(format: str, shape: str) -> None:
    began = process_time()
    read(Source("a", shape), format)
    assert process_time() - began < 2


@pytest.mark.parametrize("format", list(FORMATS))
@pytest.mark.parametrize("piece", ["The quick “brown” fox. ", "x", " ", "\u00a0"], ids=["prose", "word", "blanks", "no-break"])
def test_megabytes_on_one_line(format: str, piece: str) -> None:
    began = process_time()
    read(Source("a", piece * (3_000_000 // len(piece))), format)
    assert process_time() - began < 10


@pytest.mark.parametrize("format", list(FORMATS))
def test_a_long_line_full_of_markup(format: str) -> None:
    began = process_time()
    read(Source("a", "a &amp; *b* <i>c</i> " * 50_000), format)
    assert process_time() - began < 10


@pytest.mark.parametrize("format", list(FORMATS))
def test_a_hundred_thousand_lines(format: str) -> None:
    began = process_time()
    read(Source("a", "A line of text that says something.\n" * 100_000), format)
    assert process_time() - began < 10
