"""Lines that look like furniture of a page and are the writer's own: titles, headings, fields of a form, sentences, pointers."""

import pytest

from edlint.linter import Linter
from edlint.model.finding import Level

HEADINGS = (
    "Privacy", "Comments", "Share", "Discussion", "Credits", "Next", "Print", "Email", "Subscribe", "Register", "Login", "Search", "Home",
    "About", "About us", "Contact", "Contact us", "Help", "Feedback", "Terms", "Cookies", "Copyright", "Tags", "Topics", "Related",
    "See also", "More", "Read more", "Learn more", "Video", "Photos", "Gallery", "Audio", "Listen", "Play", "Reactions", "Reviews",
    "Rating", "Votes", "Likes", "Followers", "Newsletter", "Archive", "News", "Popular", "Trending", "Recommended", "Sponsors", "Partners",
    "Donate", "Support us", "Jobs", "Careers", "Follow us", "Stay connected", "Spread it", "Previous", "Back", "Notes", "Report abuse",
)  # fmt: skip
BODY = (
    "The council met on Monday to vote on the plan, the clerk said, and the vote was close.",
    "A second reading is due in May, when the new hall will have been paid for, she said.",
)
FORMS = {
    "a.txt": ("{head}\n\n{one}\n\n{two}\n", "A plan for the hall\n\n{one}\n\n{head}\n\n{two}\n"),
    "a.md": ("# {head}\n\n{one}\n\n{two}\n", "# A plan for the hall\n\n{one}\n\n## {head}\n\n{two}\n", "---\ntitle: {head}\n---\n\n{one}"),
    "a.html": ("<h1>{head}</h1><p>{one}</p><p>{two}</p>", "<h1>A plan for the hall</h1><p>{one}</p><h2>{head}</h2><p>{two}</p>"),
}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=["Boilerplate", "Captions"])


def found(linter: Linter, text: str, path: str = "a.md") -> list[tuple[str, Level, str]]:
    return [(f.rule, f.level, text[slice(*f.span)]) for f in linter.lint_text(text, path).findings]


@pytest.mark.parametrize("path", FORMS)
def test_titles_and_headings_above_text_are_the_writers(linter: Linter, path: str) -> None:
    said = [
        (head, rule, level)
        for head in HEADINGS
        for form in FORMS[path]
        for rule, level, _ in found(linter, form.format(head=head, one=BODY[0], two=BODY[1]), path)
    ]
    assert said == []


@pytest.mark.parametrize(
    "line",
    [
        "In case you missed it: a day for open books",
        "Sign up for the harbour day",
        "Watch the video of the vote",
        "Download the app of the town",
        "Share your story with the archive",
        "What do you think of the plan?",
        "Get our newsletter to the last house",
        "Related: how the hall was paid for",
        "Stay connected when the power fails",
        "Follow the money on the quay",
        "More stories from the harbour",
    ],
)
def test_a_title_or_heading_of_several_words_stops_nothing(linter: Linter, line: str) -> None:
    for text in (f"# {line}\n\n{BODY[0]}\n", f"# Plan\n\n{BODY[0]}\n\n## {line}\n\n{BODY[1]}\n", f"---\ntitle: {line}\n---\n\n{BODY[0]}\n"):
        assert [entry for entry in found(linter, text) if entry[1] > Level.SUGGESTION] == []


@pytest.mark.parametrize(
    "line",
    [
        "Ask first who pays the writer. Look for affiliate links and sponsorships on the page, and weigh what your click is worth to her.",
        "*Picture source: [the parks office](https://example.org/p)*",
        "*Image source: [the river board](https://example.org/p)*",
        "This article was published on April 1st, 2025.",
        "This post was written by two members of the crew after the storm.",
        "The site uses cookies only to keep the reader signed in.",
        "If you would rather not read about it by letter, you can unsubscribe at any time.",
        "Subscribe to the feed of this blog, or write to us.",
        "The terms of service were changed in June, and nobody told the towns.",
        "Browsers without JavaScript enabled show the plain table.",
        "The old player needs Flash, so the town took it off the page.",
        "All rights reserved was printed on every ticket, she said.",
    ],
)
def test_sentences_about_furniture_are_no_furniture(linter: Linter, line: str) -> None:
    for text in (f"# A note\n\n{line}\n\n{BODY[0]}\n", f"# A note\n\n{BODY[0]}\n\n{line}\n\n{BODY[1]}\n"):
        assert [entry for entry in found(linter, text) if entry[1] > Level.SUGGESTION] == []


@pytest.mark.parametrize(
    "line",
    [
        "*Next in our series, we look at towns that share one house.*",
        "Read more about [the plan](https://example.org/plan) on the page of the council.",
        "Subscribe to our newsletter to hear of the next part.",
        "Follow us on Mastodon for news of the harbour.",
        "Register now: [the open day](https://example.org/day)",
        "Next week: how the hall was paid for.",
        "Sign up for our [mailing list](https://example.org/list).",
        "Share your thoughts with us in the hall on Friday.",
        "Previously in this series: [a house for two towns](https://example.org/one)",
        "Leave a comment on [the draft](https://example.org/draft), or write to the clerk.",
    ],
)
def test_pointers_at_the_end_of_a_piece_are_a_suggestion_at_most(linter: Linter, line: str) -> None:
    text = f"# Buying better, part one\n\n{BODY[0]}\n\n{line}\n"
    assert [entry for entry in found(linter, text) if entry[1] > Level.SUGGESTION] == []


def test_steps_and_fields_announced_by_a_sentence_are_the_writers(linter: Linter) -> None:
    fields = "- Name\n- Email address\n- Password\n- Website\n- Submit"
    assert found(linter, f"# A form\n\n{BODY[0]}\n\nThe form asks for these:\n\n{fields}\n\n{BODY[1]}\n") == []
    steps = "1. Log in\n2. Print\n3. Share\n4. Log out"
    assert found(linter, f"# Steps\n\n{BODY[0]}\n\nAt the machine in the hall:\n\n{steps}\n") == []


def test_a_line_of_a_wrapped_paragraph_is_not_judged_alone(linter: Linter) -> None:
    text = f"# Safe\n\n{BODY[0]}\n\nIf a thief learns the word on one site, that will not let him sign in to\nyour account.\n"
    assert [entry for entry in found(linter, text) if entry[1] > Level.SUGGESTION] == []


def test_one_button_is_no_error_and_a_run_is_one(linter: Linter) -> None:
    one = found(linter, f"{BODY[0]}\n\nShare this article\n\n{BODY[1]}\n", "a.txt")
    run = found(linter, f"{BODY[0]}\n\n{BODY[1]}\n\nShare this article\n\nFacebook\n\n14 Comments\n", "a.txt")
    assert [(rule, level) for rule, level, _ in one] == [("Boilerplate.Share", Level.WARNING)]
    assert [(rule, level) for rule, level, _ in run] == [("Boilerplate.Pasted", Level.ERROR)]


def test_a_button_printed_below_each_comment_is_an_error(linter: Linter) -> None:
    said = ("It never rains in the north.", "It rained all of May, and the hall was wet.", "Then mend the roof!", "Not yet.")
    text = "\n\n".join(f"{line}\n\nReply" for line in said)
    said_of = found(linter, text, "a.txt")
    assert {(rule, level) for rule, level, _ in said_of} == {("Boilerplate.Pasted", Level.ERROR)}
    assert sum(covered.count("Reply") for _, _, covered in said_of) == len(said)


PROMOS = (
    "Were you on the ferry? Please send us your photos and videos at the desk.",
    "Send us your pictures of the flood",
    "Let any friend read this article",
    "Let your family read this story for nothing",
    "Are you a nurse in the north? Call our newsroom in confidence.",
    "Give this article as a gift",
    "9 quick suppers for dark evenings",
    "12 walks that cost nothing at all",
    "Moving house in spring: what you need to know",
    "Don't get caught out by frost: top tips",
)
OWN = (
    "9 votes for the plan",
    "What the plan will cost",
    "How to read the vote",
    "Don't vote twice",
    "See the clerk before the vote",
    "Two readings: what the plan needs",
    "2 readings of the plan",
    "The clerk asked the towns to send her their photos of the vote.",
    "Here is what the council said of the vote.",
    "Letters to the council",
)


@pytest.mark.parametrize("line", PROMOS)
def test_appeals_and_teasers_between_paragraphs_are_a_suggestion(linter: Linter, line: str) -> None:
    said = found(linter, f"{BODY[1]}\n\n{line}\n\n{BODY[0]}\n", "a.txt")
    assert said == [("Boilerplate.Promo", Level.SUGGESTION, line)]


@pytest.mark.parametrize("line", OWN)
def test_headings_and_sentences_about_the_text_below_are_no_teasers(linter: Linter, line: str) -> None:
    assert found(linter, f"{BODY[1]}\n\n{line}\n\n{BODY[0]}\n", "a.txt") == []


FIELDS = {
    "order form": ("a.txt", f"Order form\n\nName\n\nAddress\n\nEmail\n\nWebsite\n\n{BODY[0]}\n"),
    "fields with colons": ("a.md", f"# The club\n\nName:\n\nEmail:\n\nPhone:\n\nSignature:\n\n{BODY[0]}\n"),
    "fields in a list": ("a.md", f"# The club\n\n{BODY[0]}\n\n- Name\n- Email\n- Website\n\n{BODY[1]}\n"),
    "topics in a list": ("a.md", f"# Day\n\n{BODY[0]}\n\n{BODY[1]}\n\n## Topics\n\n- Bread\n- Boats\n"),
    "works with a word on each": (
        "a.md",
        f"# Day\n\n{BODY[0]}\n\n## See also\n\n- [The report](https://example.org/a), which counted boats\n",
    ),
    "title of a short note": ("a.md", "---\ntitle: Comments\n---\n\nI have turned the comments off.\n"),
    "what to do with a page": ("a.md", f"# Soup\n\n{BODY[0]}\n\nPrint this page and stick it on the fridge.\n"),
    "heading about advertising": ("a.txt", f"A fair\n\n{BODY[0]}\n\nAdvertisement\n\nAn advertisement in the programme costs 40 crowns.\n"),
    "heading in Markdown": ("a.md", f"# A fair\n\n{BODY[0]}\n\n## Advertisement\n\n{BODY[1]}\n"),
}


@pytest.mark.parametrize(("path", "text"), FIELDS.values(), ids=FIELDS.keys())
def test_fields_lists_and_notes_of_the_writer_are_left_alone(linter: Linter, path: str, text: str) -> None:
    assert found(linter, text, path) == []


def test_fields_below_the_prompt_of_a_page_are_the_pages(linter: Linter) -> None:
    prompt = "Leave a Reply\n\nYour email address will not be published. Required fields are marked *"
    rules = {
        rule
        for rule, level, _ in found(linter, f"{BODY[0]}\n\n{prompt}\n\nName *\n\nEmail *\n\nWebsite\n", "a.txt")
        if level is Level.ERROR
    }
    assert rules == {"Boilerplate.Pasted"}


@pytest.mark.parametrize("line", ["Advertisement", "ADVERTISEMENT", "Skip ad"])
def test_a_label_between_paragraphs_of_plain_text_is_a_warning(linter: Linter, line: str) -> None:
    said = found(linter, f"A plan for the hall\n\n{BODY[0]}\n\n{line}\n\n{BODY[1]}\n", "a.txt")
    assert said == [("Boilerplate.Ads", Level.WARNING, line)]


LISTED = {
    "release notes": "# Changes\n\nThe team lists all changes.\n\n## Added\n\n- Search\n\n## Fixed\n\n- A crash\n- Log in\n",
    "requests": "# Notes\n\n## Reply\n\n`POST /notes/1/reply`\n\n## Share\n\n`POST /notes/1/share`\n\n## Print\n\n`GET /notes/1/print`\n",
    "stars of a critic": "# The Salt Road\n\nThe best sentence of the book is its last, and it is a short one.\n\n★★★★☆\n",
    "links under See also": "# Linnets\n\nThe linnet is a slim bird with a long tail.\n\n"
    "## See also\n\n- [Twite](a.md)\n\n## External links\n\n- [Photos](b.md)\n",
    "sections of buttons": "# Courses\n\nThe hall is open to all.\n\n[Sign up](a.md)\n\n## Sewing\n\n[Sign up](b.md)\n",
}  # fmt: skip


@pytest.mark.parametrize("text", LISTED.values(), ids=LISTED.keys())
def test_what_a_writer_lists_and_links_is_no_furniture(linter: Linter, text: str) -> None:
    assert [f for f in linter.lint_text(text, "a.md").findings if f.level > Level.SUGGESTION] == []


def test_a_share_bar_under_its_own_heading_is_still_found(linter: Linter) -> None:
    text = f"# The hall\n\n{BODY[0]}\n\n## Share this\n\n- Facebook\n- Twitter\n- WhatsApp\n"
    assert [f.level for f in linter.lint_text(text, "a.md").findings][:1] >= [Level.WARNING]
