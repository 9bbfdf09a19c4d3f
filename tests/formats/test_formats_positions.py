"""Whatever the draft is made of: each character of a block came from where the map says, in order, inside the source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from edlint.formats import FORMATS, read
from edlint.model.document import Block, Document
from edlint.model.source import Source

PIECES = [
    "word", "Two words", "don’t", "😀", "e\u0301", "\u00a0", "\u2028", "\x0c", "\x00", "\t", " ", "  ", "\n", "\r\n", "\r", "\n\n",
    "\r\n\r\n", "&amp;", "&nbsp;",
    "&#8217;", "&lt", "&", "*", "**", "_", "`", "``", "[a](b)", "[^1]", "\n\n[^1]: Note\n", "![alt *x*](y)", "\\*", "\\", "# ", "## ",
    "- ", "1. ", "> ",
    "> - ", "\n| a | b |\n|---|---|\n| c \\| d | `e` |\n", "    ", "```\n", "<b>", "</b>", "<p>", "</p>", "<br>", "<br/>", "<i", "<li>",
    "</ul>", "<ul>", "<td>",
    "<table>", "<h1>", "</h1>", "<pre>", "</pre>", "<code>", "</code>", "<!-- c -->", "<!--", "-->", '<img alt="x &quot; é">',
    '<a href="#n">', "</a>", "<sup>",
    "</sup>", "<script>", "</script>", "<svg>", "</svg>", "<figure><figcaption>", "</figure>", "<title>", '"', "'", "=", ">", "Photo: ",
    "中文", ".", "?",
    "{% if x %}", "{% x", "%}", "{{ a | b }}", "{{< fig src='x' >}}", "{% comment %}", "{% endcomment %}", "{{", "}}", "{", "}",
    "{/* c */}",
    "{: .a}", "{ .b }", "\n??? note \"Two\"\n\n    ", "\n!!! tip\n    ", "\n=== \"One\"\n", "\n::: note\n", "\n:::\n", "{# c #}", ":smile:",
    "\n--8<--\n", "\nimport A from 'a'\n", "<video>", "</video>", "<p class=\"title\">", '<p lang="fr" hidden>',
    "\n\n# edlint-disable X\n", "A line that is long enough to be wrapped by a mail program, says\n",
]  # fmt: skip
FRONT = [
    "", "", '{"title": "a \\u00e9 \\"b\\"",\r\n"x": {"alt": "Two\\nwords"}}\n', ';;;\n"title": "é"\n;;;\n',
    "---\ntitle: 'a ''b'' é'\nsummary: >\n  é x\r\n  y\n---\n", '+++\ntitle = "é \\"x\\""\n+++\n',
]  # fmt: skip
DRAFTS = st.tuples(st.sampled_from(FRONT), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)).map("".join)
MASKS = {"\n": "\r", " ": "\n\t\r\f"}


def check(document: Document) -> None:
    text = document.source.text
    for comment in document.comments:
        assert 0 <= comment.span.start < comment.span.end <= len(text)
    for block in document.blocks:
        check_block(block, text)


def check_block(block: Block, text: str) -> None:
    assert block.text and block.text == block.text.strip(" \t\n\r\f\v")
    coded = [mark for mark in block.marks if mark.kind == "code"]
    spans = [block.span(at, at + 1) for at in range(len(block.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.start <= second.start and first.end <= second.end for first, second in pairwise(spans))
    for at, span in enumerate(spans):
        shown, source = block.text[at], text[span.start : span.end]
        if len(source) == 1 and not any(mark.start <= at < mark.end for mark in coded):
            emptied = block.kind == "code" and shown in "<!-> "  # a line of template syntax, which is a comment to the parser
            assert shown == source or source in MASKS.get(shown, "") or emptied
    assert all(0 <= mark.start <= mark.end <= len(block.text) for mark in block.marks)
    assert block.whole == (spans[0].start, spans[-1].end)


@pytest.mark.parametrize("format", list(FORMATS))
@settings(max_examples=400, deadline=None)
@given(text=DRAFTS)
def test_every_character_is_where_the_map_says(format: str, text: str) -> None:
    check(read(Source("a", text), format))


@settings(max_examples=400, deadline=None)
@given(text=DRAFTS)
@example(text='<code><a href="#n">\n=== "One"\n <b>')
def test_every_character_of_mdx_is_where_the_map_says(text: str) -> None:
    check(read(Source("a.mdx", text), "markdown"))


@pytest.mark.parametrize("format", list(FORMATS))
@settings(max_examples=200, deadline=None)
@given(text=st.text())
def test_any_text_is_a_draft(format: str, text: str) -> None:
    check(read(Source("a", text), format))


SAME = {
    "plain": "Bridge to Close\n\n"
    "The council said “no” to it & went home.\n\nWhat Comes Next\n\n- One thing\n- Two things\n\nPhoto: Bo Li\n\nThe end.\n",
    "markdown": "# Bridge to Close\n\n"
    "The *council* said “no” to it &amp; went home.\n\n## What Comes Next\n\n"
    "- One thing\n- Two [things](x)\n\n*Photo: Bo Li*\n\nThe end.\n",
    "html": "<h1>Bridge to Close</h1>"
    "<p>The <i>council</i> said “no” to\nit &amp; went home.<h2>What Comes Next</h2><ul><li>One thing<li>Two things</ul>"
    "<p>Photo: Bo Li<p>The end.",
}  # fmt: skip


def test_one_text_reads_the_same_in_every_format() -> None:
    found = {name: [(b.kind, b.level, b.text, b.within) for b in read(Source("a", text), name).blocks] for name, text in SAME.items()}
    assert found["plain"] == found["markdown"] == found["html"] and len(found["html"]) == 7
