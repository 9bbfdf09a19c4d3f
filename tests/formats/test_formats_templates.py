"""Template syntax is markup: nothing of it is read, nothing around it is lost, and every place stays."""

from __future__ import annotations

import pytest

from edlint.formats import read
from edlint.formats.templates import hide
from edlint.linter import Linter
from edlint.model.document import Document
from edlint.model.source import Source


def blocks(text: str, path: str = "a.md") -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(Source(path, text), "").blocks]


def prose(text: str, path: str = "a.md") -> list[str]:
    return [text for kind, text in blocks(text, path) if kind != "code"]


GONE = [
    '{% include figure.html src="a.png" caption="The old lamp" %}', '{%- render "card", name: "The lamp" -%}', "{{ content }}",
    '{{< youtube id="w7Ft2ymGmfc" title="How the lamp was lit" >}}', '{{% partial "lamp" %}}', "{# The lamp: to be done #}",
    "{{/* The lamp: to be done */}}", "<%= render('lamp') %>", "<% if lamp %>", "{% comment %} The lamp {% endcomment %}",
    "{% highlight ruby %}\nputs 'the the lamp'\n{% endhighlight %}", "{{< highlight go >}}\nthe the lamp\n{{< /highlight >}}",
    '{{< figure\n  src="a.png"\n  caption="The the lamp"\n>}}', "{::options parse_block_html=\"true\" /}", "{: .lead #lamp}",
    "{::comment}\nThe the lamp\n{:/comment}", "::: {.callout-note}", ":::", "::::info", ":::caution Lamps", "::youtube[How]{id=3}",
    "--8<-- \"lamp.md\"", "--8<--\nlamp.md\nlamps.md\n--8<--", "[TOC]", "[[toc]]", "<<< @/lamp.js", "import Lamp from '../lamp'",
    "import Lamp from \"../lamp\"\nimport { Light } from '../light'", "export const lamp = { old: true }", "{/* The lamp */}", "!!! note",
]  # fmt: skip


@pytest.mark.parametrize("markup", GONE)
def test_a_line_of_markup_leaves_nothing(markup: str) -> None:
    text = f"# The harbour\n\nThe boats came home.\n\n{markup}\n\nThe port was glad.\n"
    assert blocks(text) == [("title", "The harbour"), ("paragraph", "The boats came home."), ("paragraph", "The port was glad.")]


INSIDE = {
    "Read [the rules]({{ '/a b/' | url }}) now.": "Read the rules now.",
    "Read [the rules]({% post_url 2020-01-01-a %}) now.": "Read the rules now.",
    "Read [the rules]({{< ref \"a.md\" >}}){: .button} now.": "Read the rules now.",
    "[More](https://example.org/){ .md-button .md-button--primary }": "More",
    "[More](https://example.org/){:target=\"_blank\" rel='x'}, she said.": "More, she said.",
    "The lamp {: .bright } burns.": "The lamp burns.",
    "The lamp burns :rocket: all night.": "The lamp burns all night.",
    ":material-account-circle: Your lamp": "Your lamp",
    "{% if old %}The old lamp{% else %}The lamp{% endif %} burns.": "The old lampThe lamp burns.",
    "{{< lead >}}The lamp burns.{{< /lead >}}": "The lamp burns.",
    "The lamp costs {{ price }} pounds.": "The lamp costs *********** pounds.",
    "The lamp is ![bright](a.png){ width=\"300\" } tonight.": "The lamp is  tonight.",
    "It weighs {x} and <b>{y}</b>.": "It weighs {x} and {y}.",
    "A ratio of 3:4:5 and 10:30 holds, see a::b::c.": "A ratio of 3:4:5 and 10:30 holds, see a::b::c.",
    "What??? No!!! Yes.": "What??? No!!! Yes.",
    "import duties fell, and export duties rose.": "import duties fell, and export duties rose.",
}  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), INSIDE.items())
def test_markup_inside_a_line(text: str, shown: str) -> None:
    assert prose(text)[0] == shown


@pytest.mark.parametrize("line", ['!!! warning "Take care"', '??? info "The pages"', "???+ note", "!!! tip inline end", '=== "Tab"'])
def test_the_content_of_a_box_is_prose(line: str) -> None:
    text = f"{line}\n\n    The lamp burns.\n\n    - One.\n\n        Two.\n\nThe end.\n"
    assert blocks(text) == [("paragraph", "The lamp burns."), ("list", "One."), ("list", "Two."), ("paragraph", "The end.")]
    assert blocks(text.replace("\n\n    The lamp", "\n    The lamp"))[0] == ("paragraph", "The lamp burns.")


@pytest.mark.parametrize(
    "around",
    ["<b>\n!!! tip\n    word", "Text\n    !!! tip\n        word", "```\n!!! tip\n    word\n```", "<pre>\n\n!!! tip\n    word\n</pre>"],
)
def test_a_box_that_is_none_leaves_no_marker(around: str) -> None:
    assert not any("+" in text for _, text in blocks(around))


def test_boxes_in_boxes_and_lists() -> None:
    text = '- Item.\n\n    !!! note\n        Inner.\n\n!!! note\n\n    ??? tip "A"\n\n        Deep.\n'
    assert prose(text) == ["Item.", "Inner.", "Deep."]


def test_code_keeps_its_templates() -> None:
    text = "Write `{{ page.title }}`.\n\n```liquid\n{% comment %}\n```\n\nThe lamp burns.\n\n    {{ x }}\n"
    assert prose(text) == ["Write ****************.", "The lamp burns."]


def test_what_is_never_closed_swallows_nothing() -> None:
    text = "{% comment %}\n\nThe lamp burns.\n\n{{ x\n\nIt burns {% y still.\n\n<video src='a'>\n\nAll night.\n"
    assert [t for t in prose(text) if "burns" in t or "night" in t] == ["The lamp burns.", "It burns {% y still.", "All night."]


MDX = """---
title: The lamp
---

import Card from './card'
import {
  Lamp,
} from "./lamp"

export const year = 2026

<Card title="the the" on={() => a > b} style={{color: 'red'}}>

The lamp {props.state} burns.

</Card>

{lamps.map((lamp) => (
  <li key={lamp}>the the {lamp}</li>
))}

The end.
"""


def test_mdx() -> None:
    assert prose(MDX, "a.mdx") == ["The lamp", "The lamp ************* burns.", "The end."]


@pytest.mark.parametrize(
    ("path", "comment"),
    [
        ("a.mdx", "{/* edlint-disable-next-line Claims.VagueSource: own work */}"),
        ("a.md", "{/* edlint-disable-next-line Claims.VagueSource: own work */}"),
        ("a.md", "{# edlint-disable-next-line Claims.VagueSource: own work #}"),
        ("a.md", "{{/* edlint-disable-next-line Claims.VagueSource: own work */}}"),
        ("a.md", "{% comment %} edlint-disable-next-line Claims.VagueSource: own work {% endcomment %}"),
        ("a.html", "{# edlint-disable-next-line Claims.VagueSource: own work #}"),
    ],
)
def test_a_directive_in_a_template_comment(path: str, comment: str) -> None:
    claim = "Critics say the plan will cost twice as much as promised."
    claim, title = (f"<p>{claim}</p>", "<h1>Plan</h1>") if path == "a.html" else (claim, "# Plan")
    assert any(f.rule == "Claims.VagueSource" for f in Linter().lint_text(f"{title}\n\n{claim}\n", path).findings)
    found = Linter().lint_text(f"{title}\n\n{comment}\n{claim}\n", path)
    assert found.findings == () and [s.reason for s in found.suppressed] == ["own work"]


JSON = {
    "braces": '{\n  "title": "The \\"old\\" lamp",\n  "tags": ["a"],\n  "cover": {"alt": "A lamp \\u2014 lit"}\n}\n',
    "semicolons": ';;;\n"title": "The \\"old\\" lamp",\n"cover": {"alt": "A lamp \\u2014 lit"}\n;;;\n',
    "semicolons and braces": ';;;json\n{"title": "The \\"old\\" lamp", "cover": {"alt": "A lamp \\u2014 lit"}}\n;;;\n',
    "dashes": '---json\n{\n"title": "The \\"old\\" lamp",\n"cover": {"alt": "A lamp \\u2014 lit"}\n}\n---\n',
    "Windows line ends": '{\r\n"title": "The \\"old\\" lamp",\r\n"cover": {"alt": "A lamp \\u2014 lit"}\r\n}\r\n',
}  # fmt: skip


@pytest.mark.parametrize("front", JSON.values(), ids=JSON)
def test_front_matter_in_json(front: str) -> None:
    document = read(Source("a.md", front + "\nThe lamp burns.\n"), "")
    assert [(b.kind, b.text) for b in document.blocks] == [
        ("title", 'The "old" lamp'), ("alt", "A lamp — lit"), ("paragraph", "The lamp burns."),
    ]  # fmt: skip
    for block, word in zip(document.blocks, ("old", "lit", "burns"), strict=True):
        at = block.text.index(word)
        assert document.source.text[slice(*block.span(at, at + len(word)))] == word


@pytest.mark.parametrize("text", ["{braces} open a line.\n", "{}\n", '{"a": 1} and more.\n', "{ never closed\n", "[1, 2]\n"])
def test_braces_that_are_no_front_matter(text: str) -> None:
    assert read(Source("a.md", text), "").blocks[0].kind in ("paragraph", "title")


EMBEDS = [
    '<iframe src="a">the the</iframe>', "<video controls><source src='a'>the the</video>", "<noscript>the the</noscript>",
    "<object data='a'>the the</object>", "<audio src='a'>the the</audio>", "<canvas>the the</canvas>", '<p data-x="y">Loading...</p>',
    "<div>Loading…</div>", "<div><p> Please wait… </p></div>", "<p>Your browser does not support the video tag.</p>",
    "<div hidden>the the</div>", '<div style="color: red; display: none"><div>a</div>the the</div>', "<svg><text>the the</text></svg>",
]  # fmt: skip


@pytest.mark.parametrize("markup", EMBEDS)
@pytest.mark.parametrize("path", ["a.md", "a.html"])
def test_embeds_and_what_stands_in_for_them_are_not_read(markup: str, path: str) -> None:
    assert prose(f"<p>The lamp.</p>\n\n{markup}\n\n<p>The end.</p>\n", path) == ["The lamp.", "The end."]


def test_an_embed_inside_a_line_of_markdown() -> None:
    assert prose("The lamp <video src='a'>is *not* `seen`</video> burns.") == ["The lamp  burns."]
    assert prose("The lamp <video src='a'> burns.\n\nAll night.</video>") == ["The lamp  burns.", "All night."]


@pytest.mark.parametrize("shown", ["<p>Loading the ship took all night, she said.</p>", '<p class="hidden">Loading</p>', "<p hidden='a'>"])
def test_prose_about_loading_is_read(shown: str) -> None:
    assert (prose(shown, "a.html") == []) is ("hidden='" in shown)


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="title">{}</p>',
        '<p class="c3 title" id="x"><span class="c1">{}</span></p>',
        "<p class='title c9'>{}</p>",
        "<p class=MsoTitle>{}</p>",
    ],
)
@pytest.mark.parametrize("path", ["a.md", "a.html"])
def test_the_titles_of_word_processors(markup: str, path: str) -> None:
    assert blocks(f"{markup.format('The lamp')}\n\n<p>It burns.</p>\n", path) == [("title", "The lamp"), ("paragraph", "It burns.")]


@pytest.mark.parametrize("markup", ['<p class="card-title">{}</p>', '<p data-title="title">{}</p>'])
def test_what_is_no_title(markup: str) -> None:
    assert blocks(markup.format("The lamp"), "a.html") == [("paragraph", "The lamp")]


def test_a_subtitle_is_a_standfirst() -> None:
    assert blocks('<p class="subtitle">The lamp</p>', "a.html") == [("heading", "The lamp")]


def test_hiding_takes_time_that_grows_with_the_text_only() -> None:
    for piece in (
        "{{",
        "{% comment %}",
        "{#",
        "{/*",
        "<%",
        "{a=b",
        "`",
        "``",
        ":a",
        "\n!!! x",
        "{{< highlight >}}",
        "{",
        "--8<--\n",
        "\n```",
    ):
        assert len(hide(piece * 20_000, "mdx")[0]) == len(piece) * 20_000


def test_without_templates_the_text_is_the_same() -> None:
    text = "# The lamp\n\nIt burns: all night.\n\n| a | b |\n|---|---|\n"
    assert hide(text, "md") == (text, [])
    assert isinstance(read(Source("a.md", text), ""), Document)
