from __future__ import annotations

import pytest
from components import shared

from edlint.formats import read
from edlint.formats.markdown import code_points
from edlint.model.document import Document, Mark
from edlint.model.source import Source


def markdown(text: str) -> Document:
    return read(Source("a.md", text), "markdown")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in markdown(text).blocks]


def test_a_post() -> None:
    text = """# Head
One.

## Sub {#id}

> Two.
> - three

- [ ] four

  five

| a | b |
|---|---|
| x \\| y | `z` |

```py
x  y
```

Said.[^n]

[^n]: A note.

---
"""
    assert [(b.kind, b.level, b.text, b.within) for b in markdown(text).blocks] == [
        ("title", 1, "Head", ()), ("paragraph", 0, "One.", ()), ("heading", 2, "Sub", ()), ("quote", 0, "Two.", ("quote",)),
        ("list", 0, "three", ("quote", "list")), ("list", 0, "four", ("list",)), ("list", 0, "five", ("list",)),
        ("table", 0, "a", ("table", "header")), ("table", 0, "b", ("table", "header")), ("table", 0, "x | y", ("table",)),
        ("table", 0, "*", ("table",)), ("code", 0, "x  y", ()), ("paragraph", 0, "Said.", ()), ("paragraph", 0, "A note.", ("note",)),
    ]  # fmt: skip


def test_marks() -> None:
    (block,) = markdown("*a **b*** [c `d`](http://e) f[^1] <http://g>\n\n[^1]: h\n").blocks[:1]
    assert block.text == "a b c * f http://g"
    assert block.marks == (
        Mark("emphasis", 0, 3), Mark("strong", 2, 3), Mark("link", 4, 7, "http://e"), Mark("code", 6, 7), Mark("note", 9, 9, "1"),
        Mark("link", 10, 18, "http://g"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "piece", "source"),
    [
        ("é 😀 &amp; x", "&", "&amp;"), ("a \\* b", "*", "*"), ("“é” `co``de` x", "******", "co``de"), ("é `` `x` `` y", "***", "`x`"),
        ("| é |\n|---|\n| a \\| b |", "| b", "| b"), ("| é |\n|---|\n| `a\\|b` |", "***", "a\\|b"), ("> é\r\n> b", "\n", "\r\n"),
        ("a  \r\nb", "\n", "  \r\n"),
        ("# é {#x}\n\nb", "é", "é"), ("e\u0301 *\u00a0x*", "\u00a0x", "\u00a0x"), ("- é\n\n\t1. 中文 x", "x", "x"),
    ],
)  # fmt: skip
def test_positions(text: str, piece: str, source: str) -> None:
    block = next(block for block in markdown(text).blocks if piece in block.text)
    at = block.text.index(piece)
    assert text[slice(*block.span(at, at + len(piece)))] == source


def test_code_points() -> None:
    text = "aé“😀z\u0301"
    data = text.encode()
    point = code_points(text, data)
    offsets = [len(text[:n].encode()) for n in range(len(text) + 1)]
    assert [point(offset) for offset in offsets] == list(range(len(text) + 1))


def test_images_and_their_captions() -> None:
    assert kinds("![one *two*](a.png)\n\n*A caption.*\n\n*No caption.*\n\n![x](y)\n*Another.*\n\n*Photo: Bo Li*") == [
        ("alt", "one two"), ("caption", "A caption."), ("paragraph", "No caption."), ("caption", "Another."), ("alt", "x"),
        ("caption", "Photo: Bo Li"),
    ]  # fmt: skip


def test_html_blocks_read_as_html_does() -> None:
    figure = '> <figure>\n> <img src=x\n>  alt="é &amp; b">\n> <figcaption>Cap *x*</figcaption></figure>\n\n'
    text = figure + '<div\nclass="caption">\nMore\n</div>\n\nText <p>here<br>\nagain\n'
    document = markdown(text)
    assert [(b.kind, b.text, b.within) for b in document.blocks] == [
        ("alt", "é & b", ("quote", "figure")), ("caption", "Cap *x*", ("quote", "figure")), ("caption", "More", ()),
        ("paragraph", "Text here\nagain", ()),
    ]  # fmt: skip


def test_a_tag_that_is_talked_about_changes_nothing() -> None:
    text = "Use <li> or <script> or <title> here.\n\nThen <blockquote> there.\n\n<script>\nhidden\n</script>\n\nLast."
    assert [kind for kind, _ in kinds(text)] == ["paragraph"] * 3


def test_comments() -> None:
    text = "<!-- edlint-disable X -->\n\nOne <!-- two --> three\n\n> <!-- a\n> b -->\n"
    document = markdown(text)
    assert [comment.text for comment in document.comments][:2] == ["edlint-disable X", "two"]
    assert text[slice(*document.comments[1].span)] == "<!-- two -->"
    assert document.blocks[0].text == "One  three"


FRONT = r"""---
title: "A \"quoted\" title: yes"
date: 2020-01-01
description: >
  Folded text here

  and there.
summary: Plain text # remark
  that runs on
image:
  src: https://example.org/a.png
  caption: It's a cat
  alt: 'Don''t'
links:
  - title: Inner Title
lang: en_GB
excerpt: [a, b]
subtitle: https://example.org
slug: no-prose-here
tags: [a, b]
---
# Head
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter(end: str) -> None:
    document = markdown(FRONT.replace("\n", end))
    assert [(b.kind, b.key, b.text) for b in document.blocks] == [
        ("title", "title", 'A "quoted" title: yes'), ("front-matter", "description", "Folded text here\nand there."),
        ("front-matter", "summary", "Plain text\nthat runs on"), ("caption", "caption", "It's a cat"), ("alt", "alt", "Don't"),
        ("front-matter", "title", "Inner Title"), ("heading", "", "Head"),
    ]  # fmt: skip
    assert document.language == "en-GB"
    quote = document.blocks[0].text.index('"')
    assert document.source.text[slice(*document.blocks[0].span(quote, quote + 1))] == '\\"'


def test_toml_front_matter() -> None:
    assert kinds('+++\ntitle = "One"\ndraft = true\ndescription="Two"\n+++\nThree') == [
        ("title", "One"),
        ("front-matter", "Two"),
        ("paragraph", "Three"),
    ]


def test_a_rule_is_no_front_matter() -> None:
    assert kinds("One\n\n---\ntitle: x\n\n---\n")[0] == ("paragraph", "One")


def test_a_lone_surrogate_does_not_break_reading() -> None:
    assert kinds("a \ud800 *b*")[0][0] == "paragraph"


def test_real_posts_read_whole() -> None:
    posts = list(shared("vale/texts").glob("*.md"))
    assert posts
    for path in posts:
        blocks = markdown(path.read_bytes().decode()).blocks
        assert [block.kind for block in blocks].count("title") == 1 and len(blocks) > 20


def test_a_heading_that_repeats_the_title_is_the_title() -> None:
    twice = read(Source("a.md", "---\ntitle: One Day\n---\n\n# One Day\n\nText.\n"), "markdown")
    assert [b.kind for b in twice.blocks] == ["front-matter", "title", "paragraph"]
    other = read(Source("a.md", "---\ntitle: One Day\n---\n\n# Another\n\nText.\n"), "markdown")
    assert [b.kind for b in other.blocks] == ["title", "heading", "paragraph"]
