from __future__ import annotations

import pytest
from components import shared

from edlint.formats import read
from edlint.model.document import Block, Document
from edlint.model.source import Source

LONG = "The council voted on Tuesday to close the old bridge, which carries some nine thousand cars a day."


def plain(text: str) -> Document:
    return read(Source("a.txt", text), "plain")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in plain(text).blocks]


def test_title_heading_paragraph() -> None:
    text = f"Bridge to Close\n\n{LONG}\n\nWhat Comes Next\n\n{LONG}\n"
    assert kinds(text) == [("title", "Bridge to Close"), ("paragraph", LONG), ("heading", "What Comes Next"), ("paragraph", LONG)]
    assert [block.level for block in plain(text).blocks] == [1, 0, 2, 0]


@pytest.mark.parametrize("title", ["Will the Bridge Close?", "Stop!", "You Will Not Believe This…", "And Then...", "“Never Again”"])
def test_a_title_may_ask_or_shout(title: str) -> None:
    assert kinds(f"{title}\n\n{LONG}")[0] == ("title", title)


@pytest.mark.parametrize("line", ["The bridge is closed.", "He said:", "lower case start", "+1", "https://example.org/a", "He said “no.”"])
def test_a_first_line_that_is_no_title(line: str) -> None:
    assert kinds(f"{line}\n\n{LONG}")[0] == ("paragraph", line)


def test_a_lone_line_is_no_title() -> None:
    assert kinds("Bridge to Close") == [("paragraph", "Bridge to Close")]


@pytest.mark.parametrize(
    "line",
    ["What’s your Reaction?", "By Ana Ruiz and Bo Li", "12 May 2021", "Published May 3, 2021", "A first part,", "small words", "+1", "0"],
)
def test_short_lines_that_are_no_heading(line: str) -> None:
    assert kinds(f"Bridge to Close\n\n{line}\n\n{LONG}")[1] == ("paragraph", line)


def test_the_last_line_is_no_heading() -> None:
    assert kinds(f"Bridge to Close\n\n{LONG}\n\nRead More")[-1] == ("paragraph", "Read More")


def test_a_heading_stands_alone() -> None:
    assert [kind for kind, _ in kinds(f"Bridge to Close\n\nShare This\nTweet This\n\n{LONG}")] == [
        "title",
        "paragraph",
        "paragraph",
        "paragraph",
    ]


def test_a_caption_printed_twice_is_two_blocks() -> None:
    caption = "Workers on the old bridge over the river, which closes next week for"
    blocks = plain(f"{LONG}\n\n{caption}\n{caption}\n\n{LONG}\n").blocks
    assert [block.text for block in blocks] == [LONG, caption, caption, LONG]


def test_pasted_copy_has_one_paragraph_a_line() -> None:
    assert [text for _, text in kinds(f"{LONG}\n{LONG} And more.\n{LONG}")] == [LONG, f"{LONG} And more.", LONG]


WRAPPED = """The council voted on Tuesday to close the old bridge, which carries some
nine thousand cars a day, because an engineer found rust in two of the
beams that hold it up.
Nobody spoke against the plan, though three members of the council were
away and a fourth had left early.
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_hard_wrapped_lines_are_joined_and_a_short_one_ends_its_paragraph(end: str) -> None:
    document = plain(WRAPPED.replace("\n", end))
    first, second = document.blocks
    assert first.text == " ".join(WRAPPED.split("\n")[:3]) and second.text == " ".join(WRAPPED.split("\n")[3:5])
    at = second.text.index("early")
    assert document.source.text[slice(*second.span(at, at + 5))] == "early"
    at = len(WRAPPED.split("\n")[0])
    assert document.source.text[slice(*first.span(at, at + 1))] == end


def test_two_wrapped_lines_are_joined() -> None:
    assert len(plain("The council voted on Tuesday to close the old bridge, which carries\nsome cars.\n").blocks) == 1


def test_short_lines_are_never_joined() -> None:
    assert len(plain("roses are red\nviolets are blue\nand so are you\n").blocks) == 3


def test_lists_lose_their_markers() -> None:
    blocks = plain("- one\n* two\n• three\n1. four\n12) five\n").blocks
    assert [(block.kind, block.text, block.within) for block in blocks] == [
        ("list", word, ("list",)) for word in ("one", "two", "three", "four", "five")
    ]


@pytest.mark.parametrize("line", ["-5 degrees", "1.5 million people", "2021. That was it.", "*really*", "-"])
def test_what_only_looks_like_a_list(line: str) -> None:
    assert [(block.kind, block.text) for block in plain(f"{LONG}\n{line}").blocks][1] == ("paragraph", line)


def test_quotes_and_captions() -> None:
    assert kinds("> He said\n>no\n\nPhoto: Bo Li\nPHOTO CAPTION: The bridge\nCredit: AP\nPhotography is hard.") == [
        ("quote", "He said"), ("quote", "no"), ("caption", "Photo: Bo Li"), ("caption", "PHOTO CAPTION: The bridge"),
        ("caption", "Credit: AP"),
        ("paragraph", "Photography is hard."),
    ]  # fmt: skip


def test_a_row_of_stars_is_no_prose() -> None:
    assert [block.text for block in plain(f"{LONG}\n\n* * *\n\n{LONG}\n-----\n{LONG}").blocks] == [LONG] * 3


def test_directives_are_comments() -> None:
    text = "# edlint-disable Claims: mine\nText here.\n  [edlint-enable]  \n# edl\n[edlint-disable x] more\n"
    document = plain(text)
    assert [(comment.text, text[slice(*comment.span)]) for comment in document.comments] == [
        ("edlint-disable Claims: mine", "# edlint-disable Claims: mine"),
        ("edlint-enable", "[edlint-enable]"),
    ]
    assert [block.text for block in document.blocks] == ["Text here.", "# edl", "[edlint-disable x] more"]


def test_blanks_are_trimmed_but_a_no_break_space_stays() -> None:
    (block,) = plain("\t One two.\u00a0 \t\n").blocks
    assert block.text == "One two.\u00a0" and block.whole == (2, 11)


def test_unusual_characters_do_not_end_a_line() -> None:
    assert [text for _, text in kinds("one\u2028two\x0cthree\x85four\x0bfive \x00 six.")] == [
        "one\u2028two\x0cthree\x85four\x0bfive \x00 six."
    ]


def test_the_seed_reads_as_an_editor_reads_it() -> None:
    document = plain(shared("seeds/op-ed.txt").read_bytes().decode())
    line = document.source.lines.position

    def lines(kind: str) -> list[int]:
        return [line(block.whole.start).line for block in document.blocks if block.kind == kind]

    def at(number: int) -> Block:
        return next(block for block in document.blocks if line(block.whole.start).line == number)

    assert lines("title") == [1] and lines("heading") == [22, 47, 80]
    assert set(lines("paragraph")) >= {19, 20, 44, 45, 77, 78, *range(90, 105)}
    assert at(19).text == at(20).text and at(3).text.endswith("\u00a0")
