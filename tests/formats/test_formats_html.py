from __future__ import annotations

import pytest

from edlint.formats import read
from edlint.model.document import Document, Mark
from edlint.model.source import Source


def html(text: str) -> Document:
    return read(Source("a.html", text), "html")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in html(text).blocks]


def test_a_page() -> None:
    page = """<!DOCTYPE html><html lang="en-GB"><head><title>T | Site</title><meta name=x content="no prose"><style>p{}</style></head>
<body><nav><a href="/">Home</a></nav><h1>Head</h1><h2>Sub</h2><p>One.<blockquote><p>Two.</blockquote>
<figure><img src="a.jpg" alt="Alt"><figcaption>Cap</figcaption></figure><ul><li>a<li>b</ul>
<table><caption>Cap 2</caption><tr><th>H<td>C</table><pre>x  y</pre><h1>Other</h1><aside>As</aside><form><button>Go</button></form>
<footer>Foot</footer></body></html>"""
    document = html(page)
    assert [(b.kind, b.level, b.text, b.within) for b in document.blocks] == [
        ("paragraph", 0, "Home", ("nav", "template")), ("title", 1, "Head", ()), ("heading", 2, "Sub", ()), ("paragraph", 0, "One.", ()),
        ("quote", 0, "Two.", ("quote",)), ("alt", 0, "Alt", ("figure",)), ("caption", 0, "Cap", ("figure",)),
        ("list", 0, "a", ("list",)), ("list", 0, "b", ("list",)), ("caption", 0, "Cap 2", ("table",)),
        ("table", 0, "H", ("table", "header")), ("table", 0, "C", ("table",)), ("code", 0, "x  y", ()), ("heading", 1, "Other", ()),
        ("paragraph", 0, "As", ("aside", "template")), ("paragraph", 0, "Go", ("form", "template")),
        ("paragraph", 0, "Foot", ("footer", "template")),
    ]  # fmt: skip
    assert document.language == "en-GB"


def test_only_a_whole_page_has_a_template_and_its_article_has_none() -> None:
    parts = "<header>Top</header><article><header>Head</header><p>One.</p></article><nav>Home</nav>"
    assert [b.within for b in html(f"<body>{parts}</body>").blocks] == [("template",), (), (), ("nav", "template")]
    assert [b.within for b in html(parts).blocks] == [(), (), (), ("nav",)]


def test_the_page_title_counts_where_no_heading_does() -> None:
    assert kinds("<title>T &amp; S</title><h2>Sub</h2>") == [("title", "T & S"), ("heading", "Sub")]


def test_white_space_runs_become_one_blank() -> None:
    text = "<p>\n  one\n\ttwo  <b> three </b>\r\n four\u00a0 </p>"
    (block,) = html(text).blocks
    assert block.text == "one two three four\u00a0"
    assert text[slice(*block.span(3, 4))] == "\n\t"


def test_inline_elements_insert_nothing() -> None:
    assert kinds("foo<b>bar</b><span>baz</span><wbr>q") == [("paragraph", "foobarbazq")]


def test_breaks() -> None:
    assert kinds("<p>one <br/> two<br><br> three<br></p>") == [("paragraph", "one\ntwo"), ("paragraph", "three")]


def test_entities_map_to_where_they_stand() -> None:
    text = "<p>a &amp; b&nbsp;&#8217;&copy &unknown; AT&T</p>"
    (block,) = html(text).blocks
    assert block.text == "a & b\u00a0’© &unknown; AT&T"
    for piece, source in (
        ("&", "&amp;"),
        ("\u00a0", "&nbsp;"),
        ("’", "&#8217;"),
        ("©", "&copy"),
        ("&unknown;", "&unknown;"),
        ("AT&T", "AT&T"),
    ):
        at = block.text.index(piece)
        assert text[slice(*block.span(at, at + len(piece)))] == source


def test_marks() -> None:
    text = '<p>A <a href="x?a=1&amp;b=2"> link </a><em>e<strong>s</strong></em> <q>q</q><cite>c</cite> <code>x&lt;y</code></p>'
    (block,) = html(text).blocks
    assert block.text == "A link es qc ***"
    assert block.marks == (
        Mark("link", 2, 6, "x?a=1&b=2"), Mark("emphasis", 7, 9), Mark("strong", 8, 9), Mark("quote", 10, 11), Mark("cite", 11, 12),
        Mark("code", 13, 16),
    )  # fmt: skip


@pytest.mark.parametrize(
    "note",
    ['<sup><a href="#n1">1</a></sup>', '<a class="r" href="#n1"><sup>[1]</sup></a>', "<sup id=r><a href=#n1>[<span>1</span>]</a></sup>"],
)
def test_a_note_reference_is_a_mark_without_text(note: str) -> None:
    (block,) = html(f"<p>Said{note}.</p>").blocks
    assert block.text == "Said." and block.marks == (Mark("note", 4, 4, "n1"),)


def test_powers_and_anchors_are_no_notes() -> None:
    (block,) = html('<p>10<sup>2</sup> <a href="#top">Top</a> <a name=x>y</a></p>').blocks
    assert block.text == "102 Top y" and [mark.kind for mark in block.marks] == ["link"]


def test_a_link_around_blocks_marks_each() -> None:
    blocks = html('<a href="/x"><h2>Title</h2><p>Text</p></a><p>After</p>').blocks
    assert [(b.text, b.marks) for b in blocks] == [
        ("Title", (Mark("link", 0, 5, "/x"),)),
        ("Text", (Mark("link", 0, 4, "/x"),)),
        ("After", ()),
    ]


def test_alternative_text_is_a_block_after_the_one_it_stands_in() -> None:
    text = "<p>One <img alt='a &quot;b&quot;\n  c' src=i.png> two.</p>"
    first, alt = html(text).blocks
    assert (first.text, first.marks) == ("One two.", (Mark("image", 4, 4, "i.png"),))
    assert (alt.kind, alt.text, text[slice(*alt.whole)]) == ("alt", 'a "b" c', "a &quot;b&quot;\n  c")


@pytest.mark.parametrize("text", ["<p class='caption-text'>Cap</p>", "<div class=caption>Cap</div>", '<p class="x photo-caption y">Cap</p>',
                                  "<p><img src=a></p><p><em>Cap</em></p>", "<p>Photo: Cap</p>"])  # fmt: skip
def test_captions(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == ["caption"]


@pytest.mark.parametrize(
    "text", ["<p class=has-caption>Text</p>", "<p class=captioned>Text</p>", "<p><em>Text</em></p>", "<p title=caption>Text</p>"]
)
def test_what_is_no_caption(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == ["paragraph"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>if (a < b) { '<p>x</p>' } <!-- </script>", "<style>p > a {}</style>",
        "<template><p>x</p><template>y</template>z</template>",
        "<noscript><p>x</p></noscript>", "<iframe>x</iframe>", "<svg><title>Icon</title><svg></svg><text>x</text></svg>",
        "<SCRIPT>x</ScRiPt >",
        "<script src=x />", "<textarea>x</textarea>",
    ],
)  # fmt: skip
def test_what_is_never_prose(hidden: str) -> None:
    assert kinds(f"<p>One</p>{hidden}<p>Two</p>") == [("paragraph", "One"), ("paragraph", "Two")]


def test_an_element_that_is_never_closed_does_not_swallow_the_page() -> None:
    assert kinds("<noscript><svg><template><iframe><p>One</p>") == [("paragraph", "One")]


def test_comments() -> None:
    text = "<p>One<!-- edlint-disable X --> two</p><!--> <!-- -- > --><?php x ?><!x>"
    document = html(text)
    assert [block.text for block in document.blocks] == ["One two"]
    assert [(comment.text, text[slice(*comment.span)]) for comment in document.comments] == [
        ("edlint-disable X", "<!-- edlint-disable X -->"), ("-- >", "<!-- -- > -->"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a < b and 3<4", "a < b and 3<4"), ("x <y", "x <y"), ("<p>one <b", "one <b"),
        ('<a href="x>one', '<a href="x>one'.partition(">")[2]),
        ("</b></p>one</i>", "one"), ("one\x00two", "one\x00two"), ("<p/ >one", "one"), ("<a title=it's>one</a>", "one"),
        ("<>one</>", "<>one"),
        ('<p "stray>one</p> "two"', 'one\n "two"'), ("<!-- open", ""), ("&", "&"), ("&#99999999999;x", "\ufffdx"),
    ],
)  # fmt: skip
def test_broken_markup(text: str, read: str) -> None:
    assert "\n ".join(text for _, text in kinds(text)) == read


def test_code_blocks_keep_their_lines() -> None:
    text = "<pre><code>\r\nif a &lt; b:\r\n    c\r\n</code></pre>"
    (block,) = html(text).blocks
    assert (block.kind, block.text, block.marks) == ("code", "if a < b:\n    c", ())
    assert text[slice(*block.span(9, 10))] == "\r\n"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("<br><code><br>word", [("code", 0, 4)]),
        ("a <i> </i><br>word", []),
        ("<b>x<i>y </i> </b><br>word", [("strong", 0, 2), ("emphasis", 1, 2)]),
    ],
)
def test_a_mark_never_covers_what_follows_the_blanks_it_held(text: str, marks: list[tuple[str, int, int]]) -> None:
    (block,) = read(Source("a.html", text), "html").blocks
    assert [(mark.kind, mark.start, mark.end) for mark in block.marks] == marks
