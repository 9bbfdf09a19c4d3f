"""reStructuredText: what its paragraphs are, and where; docutils, which wrote the language, reads the same text."""

from __future__ import annotations

import time

import manuscripts as ms
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given
from hypothesis import strategies as st

from edlint.formats import read
from edlint.model.document import Document
from edlint.model.source import Source

SAMPLE = """\
=======
A Title
=======

:Author: Ana Ruiz

Critics say the plan was *doomed* from the start, and **the the** mayor did
not answer ``code here`` after `the vote <http://x.example/>`_ of May.

What it costs
-------------

- One item with
  two lines.
- Another item.

  With a second paragraph.

1. First of all.
2. Then the rest.

Term
    Its definition goes here.

    A block of it::

        code = not read

Example::

    not prose prose

.. note:: This is a note
   of two lines.

.. figure:: x.png
   :alt: The bridge at dawn

   A caption for it.

..
   edlint-disable-next-line Claims: it is ours

.. code-block:: python

   x = 1

The end \\*of\\* it [1]_ stands here.

    Somebody said so.

.. [1] The source of it.

====  =====
a     table
====  =====
1     2
====  =====

A last paragraph.
"""

CRITICS = "Critics say the plan was doomed from the start, and the the mayor did not answer ********* after the vote of May."


def parsed(text: str) -> Document:
    return read(Source("draft.rst", text), "rst")


def test_what_each_paragraph_is() -> None:
    assert [(block.kind, block.text, block.within) for block in parsed(SAMPLE).blocks] == [
        ("title", "A Title", ()),
        (
            "paragraph",
            "Critics say the plan was doomed from the start, and the the mayor did not answer ********* after the vote of May.",
            (),
        ),
        ("heading", "What it costs", ()),
        ("list", "One item with two lines.", ("list",)),
        ("list", "Another item.", ("list",)),
        ("list", "With a second paragraph.", ("list",)),
        ("list", "First of all.", ("list",)),
        ("list", "Then the rest.", ("list",)),
        ("paragraph", "Term", ()),
        ("paragraph", "Its definition goes here.", ()),
        ("paragraph", "A block of it:", ()),
        ("paragraph", "Example:", ()),
        ("paragraph", "This is a note of two lines.", ()),
        ("alt", "The bridge at dawn", ()),
        ("caption", "A caption for it.", ()),
        ("paragraph", "The end *of* it stands here.", ()),
        ("quote", "Somebody said so.", ("quote",)),
        ("paragraph", "The source of it.", ("note",)),
        ("paragraph", "A last paragraph.", ()),
    ]
    assert [comment.text for comment in parsed(SAMPLE).comments] == ["edlint-disable-next-line Claims: it is ours"]


def test_docutils_reads_the_same_paragraphs() -> None:
    tree = publish_doctree(SAMPLE, settings_overrides={"report_level": 5})
    for node in [*tree.findall(nodes.literal)]:
        node.replace_self(nodes.Text("*" * len(node.astext())))
    for reference in [*tree.findall(nodes.footnote_reference)]:
        reference.parent.remove(reference)
    kinds = (nodes.title, nodes.paragraph, nodes.term, nodes.caption)
    theirs = {
        " ".join(node.astext().split()) for node in tree.findall(lambda n: isinstance(n, kinds) and not isinstance(n.parent, nodes.entry))
    }
    ours = {block.text for block in parsed(SAMPLE).blocks if block.kind != "alt"}
    assert {text for text in theirs if text.strip(": ")} == ours


def test_every_word_is_mapped_to_where_it_stands() -> None:
    for block in parsed(SAMPLE).blocks:
        for word in block.text.split():
            at = block.text.index(word)
            found = SAMPLE[slice(*block.span(at, at + len(word)))].replace("\\", "")
            assert found == word or set(word) == {"*"}


def test_marks() -> None:
    block = parsed("See `the study <http://x.example/>`_, :ref:`this <that>`, :func:`f`, |version|, Name_ and [2]_.\n").blocks[0]
    assert block.text == "See the study, this, *, *******, Name and ."
    assert [(m.kind, block.text[m.start : m.end], m.target) for m in block.marks] == [
        ("link", "the study", "http://x.example/"), ("link", "this", "that"), ("code", "*", ""), ("code", "*******", ""),
        ("link", "Name", ""), ("note", "", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["2*3*4 and a_b_c", "snake_case here", "an *open star", "an `open tick", "a|b|c", "::", "..", "..\n", "- ", "===", ":x:"]
)
def test_what_is_no_markup_is_text_and_nothing_fails(text: str) -> None:
    blocks = parsed(text).blocks
    if text[0].isalnum():
        assert [block.text for block in blocks] == [text]


def test_the_article_has_the_findings_of_its_text() -> None:
    marks = {"title": "=", "heading": "-"}
    text = ""
    for kind, line in ms.ARTICLE:
        text += ("- " if kind == "list" else "    " if kind == "quote" else "") + line + "\n"
        text += marks[kind] * len(line) + "\n\n" if kind in marks else "\n"
    expected = {(rule, words) for rule, words, _ in ms.found(ms.lint(ms.TEXT.encode(), "draft.txt"))}
    assert {(rule, words) for rule, words, _ in ms.found(ms.lint(text.encode(), "draft.rst"))} == expected


@given(st.text(alphabet="ab *`_:.|[]=-\\\n\t<>1", max_size=200))
def test_any_text_is_a_draft(text: str) -> None:
    for block in parsed(text).blocks:
        assert 0 <= block.whole.start <= block.whole.end <= len(text)


@pytest.mark.parametrize("piece", ["* ", "`", "**a", ".. note:: x\n\n   ", " - a\n", "|a", "[1", "``a", "a\n  b\n   c\n", ":a:`"])
def test_the_time_rises_with_the_length(piece: str) -> None:
    began = time.perf_counter()
    parsed(piece * (40_000 // len(piece)))
    assert time.perf_counter() - began < 5
