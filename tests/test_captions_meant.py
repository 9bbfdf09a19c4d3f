"""Repeats that an author means, in drafts with markup, and those that are slips; each class with several members."""

import pytest

from edlint.linter import Linter
from edlint.model.finding import Level

ONE = "The council met on Monday to vote on the plan, the clerk said, and the vote was close."
TWO = "A second reading is due in May, when the new hall will have been paid for, she said."
SLIP = "The ferry to the northern islands will not sail before the ice on the sound has gone."


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=["Captions"])


def found(linter: Linter, text: str, path: str = "a.md") -> list[tuple[str, Level, str]]:
    return [(f.rule, f.level, text[slice(*f.span)]) for f in linter.lint_text(text, path).findings]


HEAD = "Five things that every town should know about its own water"
STEP = "Open the menu at the top right and choose the second entry from below"
MEANT = {
    "title as first heading": f"---\ntitle: {HEAD}\n---\n\n## {HEAD}\n\n{ONE}\n",
    "title as first heading of the text": f"# {HEAD}\n\n## {HEAD}\n\n{ONE}\n",
    "title and description": f"---\ntitle: {HEAD}\ndescription: {HEAD}\n---\n\n{ONE}\n",
    "table of contents": f"# Water\n\n- [{HEAD}](#five)\n- [Notes](#notes)\n\n## {HEAD}\n\n{ONE}\n",
    "numbered contents without links": f"# Water\n\n1. {HEAD}\n2. Notes\n\n## {HEAD}\n\n{ONE}\n",
    "parallel headings": (
        f"# Rules\n\n## What to do when your house stands in the old town\n\n{ONE}\n\n"
        f"## What to do when your house stands in or near the old town\n\n{TWO}\n"
    ),
    "same heading in two sections": f"# Rules\n\n### What the rule says of the water in the well\n\n{ONE}\n\n"
    f"### What the rule says of the water in the well\n\n{TWO}\n",
    "steps": f"# Guide\n\n## On a phone\n\n1. {STEP}.\n2. Wait.\n\n## On a desk\n\n1. {STEP}.\n2. Close it.\n",
    "steps as paragraphs": f"# Guide\n\n## Phone\n\n{STEP}, then wait for your town.\n\n## Desk\n\n{STEP}, then wait for your town.\n",
    "works cited": (
        "# Notes\n\nThe first claim is old.\n\n- Ruiz, A. *On the wells of the north and their keepers.* Harbour Press, 2019.\n\n"
        f"{ONE}\n\n- Ruiz, A. *On the wells of the north and their keepers.* Harbour Press, 2019.\n"
    ),
    "buttons": f"# Apps\n\n[Go to the page of the project](https://example.org/a){{ .button .primary }}\n\n{ONE}\n\n"
    "[Go to the page of the project](https://example.org/b){ .button .primary }\n",
    "template tags": f'# A\n\n{{% image "a/b.png" "A town by the river in the spring of the year" %}}\n\n{ONE}\n\n'
    f'{{% image "a/b.png" "A town by the river in the spring of the year" %}}\n',
    "epigraph": f"# Song\n\n> The boats go out and nobody asks them when they come home to stay\n\n{ONE}\n\n"
    "> The boats go out and nobody asks them when they come home to stay\n",
    "call under each section": f"# Fair\n\n{ONE}\n\nPlease register at the hall by the first of May to keep your place in the class.\n\n"
    f"## Day two\n\n{TWO}\n\nPlease register at the hall by the first of May to keep your place in the class.\n",
    "licence under each picture": f"# Album\n\n{ONE}\n\nPicture by Ana Ruiz, free to use with her name\n\n{TWO}\n\n"
    "Picture by Ana Ruiz, free to use with her name\n",
    "pull quote in a tag": f'# Day\n\n<p class="pull">{SLIP}</p>\n\n{ONE}\n\n{SLIP}\n',
    "rows of options": "# Settings\n\n- Let the site read the place of the phone: no\n- Let the site read the place of the tablet: no\n",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT.keys())
def test_repeats_that_markup_says_are_meant(linter: Linter, text: str) -> None:
    assert found(linter, text) == []


SLIPS = {
    "side by side": f"# Day\n\n{ONE}\n\n{SLIP}\n\n{SLIP}\n",
    "a picture between": f"# Day\n\n{SLIP}\n\n![The sound](a.jpg)\n\n{SLIP}\n\n{ONE}\n",
    "long sentence apart": f"# Day\n\n{SLIP}\n\n{ONE}\n\n{TWO}\n\n{SLIP}\n",
}


@pytest.mark.parametrize("text", SLIPS.values(), ids=SLIPS.keys())
@pytest.mark.parametrize("path", ["a.md", "a.txt"])
def test_copies_that_can_only_be_a_slip_are_errors(linter: Linter, text: str, path: str) -> None:
    assert [(rule, level, said) for rule, level, said in found(linter, text, path)] == [("Captions.Repeated", Level.ERROR, SLIP)]


@pytest.mark.parametrize("path", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    "credit",
    [
        "Photo: Ama Boateng", "Photograph: Ama Boateng/The Courier", "(Photo by Ama Boateng)", "Credit: Ama Boateng",
        "(AP Photo/Ama Boateng)", "(Ama Boateng/The Courier)", "Ama Boateng / Reuters", "Image courtesy of the Harbour Museum.",
        "Picture: Ama Boateng via Getty Images",
    ],
)  # fmt: skip
def test_a_short_caption_with_its_credit_is_a_slip_however_far_apart(linter: Linter, credit: str, path: str) -> None:
    caption = f"Welders close the hull of the old tender. {credit}"
    assert found(linter, f"{ONE}\n\n{caption}\n\n{TWO}\n\n{caption}\n", path) == [("Captions.Repeated", Level.ERROR, caption)]


@pytest.mark.parametrize(
    "line",
    [
        "See the photo of Ama Boateng by Friday noon.", "The old yard asks for the council's Credit", "Bring us an Image by the river",
        "The tender was built in Oban (and/or Mallaig)",
    ],
)  # fmt: skip
def test_a_short_line_that_only_speaks_of_pictures_may_come_again(linter: Linter, line: str) -> None:
    assert found(linter, f"{ONE}\n\n{line}\n\n{TWO}\n\n{line}\n") == []


def test_two_captions_of_one_wording_are_an_error(linter: Linter) -> None:
    caption = "<figure><img src='a.jpg' alt=''><figcaption>The ferry lies in the ice of the northern sound</figcaption></figure>"
    text = f"<p>{ONE}</p>{caption}<p>{TWO}</p>{caption}"
    assert [entry[:2] for entry in found(linter, text, "a.html")] == [("Captions.Repeated", Level.ERROR)]


def test_a_caption_pasted_twice_and_apart_is_a_warning_without_a_safe_fix(linter: Linter) -> None:
    line = "The ferry lies in the ice of the northern sound"
    [finding] = linter.lint_text(f"{ONE}\n\n{line}\n\n{TWO}\n\n{line}\n", "a.txt").findings
    assert (finding.rule, finding.level) == ("Captions.Again", Level.WARNING)
    assert {fix.safety for fix in finding.fixes} == {"unsafe"}


TWICE = (
    "The reverse holds for all of the towns on the eastern bank.",
    "Nobody on the quay knew when the last boat would leave.",
    "It costs 12 crowns a day to heat the smallest of the halls.",
    "After the war the mill was sold to a company from the south.",
    "Most of the readers who wrote in had never been to the island.",
    "A score above the mean shows that a town spends more than others.",
    "The survey was sent to 400 households in the first week of May.",
    "Bo Li, who keeps the light, said that the lamp had been out since June.",
    "Work on the second of the three bridges will begin when the ice has gone.",
    "There is no record of who paid for the bells, or of when they were hung.",
)


@pytest.mark.parametrize("sentence", TWICE)
@pytest.mark.parametrize("form", ["{0} {1} {1}", "{1} {1} {0}", "- {0} {1} {1}", "> {1}\n> {1} {0}"])
def test_a_sentence_twice_running_in_a_paragraph(linter: Linter, sentence: str, form: str) -> None:
    text = f"# A day\n\n{form.format('The rest is known.', sentence)}\n\n{ONE}\n"
    [(rule, level, said)] = found(linter, text)
    assert (rule, level, said) == ("Captions.SentenceTwice", Level.ERROR, sentence)


@pytest.mark.parametrize(
    "text",
    [
        "No. No. It was not so.",
        "He waited. He waited. Then the boat came.",
        "“Nobody has seen the key of the hall since May. Nobody has seen the key of the hall since May,” she said.",
        "We will not give up the water of this valley. We will not give up the water of this valley.",
        "Will anybody tell us who paid for it? Will anybody tell us who paid for it?",
        "The sea was cold. The sea was cold. The sea was cold.",
        "The towns of the east spend less on roads. The towns of the west spend less on roads.",
        "I have seen the ice on the sound come and go. I have seen the ice on the sound come and go.",
        "Never again. Never again. Never again.",
        "Let us go down to the water before night falls. Let us go down to the water before night falls.",
    ],
)
def test_refrains_dialogue_and_short_sentences_may_come_twice(linter: Linter, text: str) -> None:
    assert found(linter, f"# A day\n\n{text}\n\n{ONE}\n") == []


def test_the_second_sentence_is_deleted_on_request(linter: Linter) -> None:
    text = f"# A day\n\n{TWICE[1]} {TWICE[1]} So it went.\n"
    [finding] = linter.lint_text(text, "a.md").findings
    fix = finding.fix(unsafe=True)
    assert finding.fix() is None and fix is not None
    [edit] = fix.edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == f"# A day\n\n{TWICE[1]} So it went.\n"


PRESS = "Press the green button until the lamp on the left begins to blink and then let it go."
SAID = "The light never asks how you are and it never minds the answer"
TOLD = f"Jana Ruiz was born on the island. “{SAID},” she says, and she pours tea into two mugs made of tin."
ALTERNATIVES = {
    "MkDocs tabs": ("a.md", f'# A\n\n=== "Linux"\n\n    {PRESS}\n\n=== "Mac"\n\n    {PRESS}\n'),
    "Docusaurus tabs": (
        "a.mdx",
        f'<Tabs>\n<TabItem value="a">\n\n{PRESS}\n\n</TabItem>\n<TabItem value="b">\n\n{PRESS}\n\n</TabItem>\n</Tabs>\n',
    ),
    "components in one paragraph": ("a.mdx", f"<Group>\n<Tab>\n{PRESS}\n</Tab>\n<Tab>\n{PRESS}\n</Tab>\n</Group>\n"),
    "tags of a template": ("a.md", f'{{% tab "Linux" %}}\n{PRESS}\n{{% endtab %}}\n{{% tab "Mac" %}}\n{PRESS}\n{{% endtab %}}\n'),
    "shortcodes": ("a.md", f'{{{{< tab "Linux" >}}}}\n{PRESS}\n{{{{< /tab >}}}}\n{{{{< tab "Mac" >}}}}\n{PRESS}\n{{{{< /tab >}}}}\n'),
    "fenced boxes": ("a.md", f":::{{tab-item}} One\n{PRESS}\n:::\n\n:::{{tab-item}} Two\n{PRESS}\n:::\n"),
    "tabs of a page": ("a.html", f'<div role="tabpanel"><p>{PRESS}</p></div><div role="tabpanel"><p>{PRESS}</p></div>'),
    "list of terms": ("a.html", f"<dl><dt>Quiet</dt><dd>{PRESS}</dd><dt>Silent</dt><dd>{PRESS}</dd></dl>"),
    "terms of one option": ("a.md", f"`--quiet`\n:   {PRESS}\n\n`--silent`\n:   {PRESS}\n"),
    "commands": ("a.md", f"Run `up` and wait. {PRESS}\n\nRun `down` and wait. {PRESS}\n"),
    "headings": ("a.md", f"# A\n\n## On a telephone of the older kind, with keys\n\n{PRESS}\n\n## Desk\n\n{PRESS}\n\n{ONE}\n"),
    "bold labels": ("a.md", f"# A\n\n**Adults**\n\n{PRESS}\n\n**Children**\n\n{PRESS}\n\n{ONE}\n"),
    "pull quote of a class": ("a.html", f'<p>{TOLD}</p><p class="pullquote">{SAID}</p><p>{ONE}</p>'),
    "nested pull quote": ("a.html", f'<p>{TOLD}</p><aside class="pull-quote"><p>“{SAID}”</p></aside><p>{ONE}</p>'),
    "class after the text": ("a.md", f"{TOLD}\n\n{SAID}\n{{: .pullquote }}\n\n{ONE}\n"),
    "pull quote of a shortcode": ("a.md", f"{TOLD}\n\n{{{{< pullquote >}}}}\n{SAID}\n{{{{< /pullquote >}}}}\n\n{ONE}\n"),
    "pull quote as a quotation": ("a.md", f"{TOLD}\n\n> {SAID}\n{{: .pull }}\n\n{ONE}\n"),
    "marked in the paragraph": (
        "a.md",
        f'{ONE}\n\n{SAID}\n\nShe says: <span class="pullquote">{SAID}</span>, and pours the tea into mugs.\n',
    ),
    "steps in a paragraph": (
        "a.md",
        "To start, **open** the menu at the top right, choose **Settings** and look for the second tab from below.\n\n"
        f"{ONE}\n\nThe other program is much like the first. To start, **open** the menu at the top right, choose **Settings** and look "
        "for the second tab from below. Then clear whatever the page shows you and start again.\n",
    ),
}


@pytest.mark.parametrize(("path", "text"), ALTERNATIVES.values(), ids=ALTERNATIVES.keys())
def test_alternatives_and_text_set_apart_may_repeat(linter: Linter, path: str, text: str) -> None:
    assert found(linter, text, path) == []


def test_a_figure_of_a_template_does_not_part_two_copies(linter: Linter) -> None:
    text = f'# Day\n\n{SLIP}\n\n{{{{< figure src="a.jpg" >}}}}\n\n{SLIP}\n\n{ONE}\n'
    assert [entry[:2] for entry in found(linter, text)] == [("Captions.Repeated", Level.ERROR)]


def test_copies_under_labels_in_plain_text_are_no_error(linter: Linter) -> None:
    assert [entry[1] for entry in found(linter, f"Adults\n\n{PRESS}\n\nChildren\n\n{PRESS}\n", "a.txt")] == [Level.WARNING]


SAID = "The keeper of the hall must count the chairs before the doors are opened to the town."


@pytest.mark.parametrize("path", ["a.md", "a.txt"])
@pytest.mark.parametrize("between", ["Nobody minded.", "Nobody minded.\n\nIt rained. {more}"])
def test_a_long_sentence_that_comes_again_in_running_prose_is_found(linter: Linter, path: str, between: str) -> None:
    more = "The lane behind the mill was under water by nine, and so was the floor of the church."
    text = f"The hall is old. {SAID} {between.format(more=more)} {SAID} The band played on.\n"
    assert found(linter, text, path) == [("Captions.SentenceAgain", Level.WARNING, SAID)]


@pytest.mark.parametrize(
    "text",
    [
        f"The hall is old. {SAID}\n\nIt rained. {SAID}\n\nIt froze. {SAID} And so on.\n",
        f'The hall is old. "{SAID}"\n\n"It rained. {SAID}" And so on.\n',
        "The hall is old. Nobody counts the chairs any more.\n\nIt rained. Nobody counts the chairs any more.\n",
        f"## Halls\n\nThey are old. {SAID}\n\n## Barns\n\nThey are new. {SAID}\n",
        f"The `hall` is old. {SAID}\n\nThe `barn` is new. {SAID}\n",
        f"The hall is old. {SAID.replace('town', 'city')}\n\nIt rained. {SAID}\n",
    ],
    ids=["three times", "quoted", "short", "sections built alike", "code", "one word changed"],
)
def test_a_formula_and_sections_built_alike_are_no_slip(linter: Linter, text: str) -> None:
    assert "Captions.SentenceAgain" not in [rule for rule, *_ in found(linter, text, "a.md")]


ENTRY = "Raises an error where the name is not known to the registry, and leaves the table of the harbour as it was before."
MANUAL = "".join(f"## {{}}\n\nReads the {thing} of the harbour.\n\n{ENTRY}\n\n" for thing in ("name", "date"))


def test_a_manual_may_say_the_same_of_several_entries(linter: Linter) -> None:
    assert found(linter, "# Registry\n\n" + MANUAL.format("`harbour.name()`", "`harbour.date()`")) == []
    assert found(linter, "# Registry\n\n" + "".join(f"{text.join(PARTS)}" for text in (ENTRY, ONE, TWO))) == []


PARTS = ("## Of the north\n\nA lead.\n\n", "\n\n## Of the south\n\nAnother.\n\n", "\n\n")


def test_one_paragraph_in_two_sections_is_no_error_and_no_safe_fix(linter: Linter) -> None:
    text = "# Registry\n\n" + ENTRY.join(PARTS)
    (finding,) = linter.lint_text(text, "a.md").findings
    assert (finding.rule, finding.level) == ("Captions.Again", Level.WARNING)
    assert [fix.safety for fix in finding.fixes] == ["unsafe"]
    assert found(linter, text.replace("## Of the south\n\n", "")) == [("Captions.Repeated", Level.ERROR, ENTRY)]
