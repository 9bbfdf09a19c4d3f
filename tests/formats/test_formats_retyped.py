"""A Word or OpenDocument file whose text is edited elsewhere: checked as the file would be, and changed in as few words as can be."""

from __future__ import annotations

import random
from io import BytesIO
from itertools import pairwise
from typing import Any

import docx
import manuscripts
import pytest

from edlint.errors import SourceError
from edlint.formats import open_source, read
from edlint.formats.retyped import edits, retyped
from edlint.model.source import Source
from edlint.text.span import Span, edited

MAKERS = [manuscripts.plain_runs, manuscripts.word_by_word, manuscripts.unstyled, manuscripts.tracked, manuscripts.discussed]
MAKERS += [manuscripts.in_fields_and_controls, manuscripts.google]


def word(*paragraphs: str | tuple[str, str]) -> Source:
    document, out = docx.Document(), BytesIO()
    for each in paragraphs:
        document.add_paragraph(each) if isinstance(each, str) else document.add_paragraph(each[1], style=each[0])
    document.save(out)
    return open_source(out.getvalue(), "a.docx")


def blocks(source: Source) -> list[tuple[Any, ...]]:
    found = read(source, "docx").blocks
    return [(b.kind, b.text, b.whole, b.level, b.within, b.marks, b.language) for b in found]


def changed(rng: random.Random, text: str) -> str:
    """A text in which some words were replaced, deleted or put in, all inside of paragraphs."""
    lines = text.split("\n")
    for _ in range(rng.randrange(1, 5)):
        number = rng.randrange(len(lines))
        words = lines[number].split(" ")
        at = rng.randrange(len(words))
        words[at : at + rng.randrange(3)] = rng.choice([["quite"], ["one", "of", "them"], []])
        lines[number] = " ".join(words)
    return "\n".join(lines)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_what_is_checked_while_typing_is_what_the_written_file_would_be(make: Any) -> None:
    source, rng = open_source(make(), "a.docx"), random.Random(5)
    tried = 0
    for _ in range(60):
        text = changed(rng, source.text)
        try:
            written = source.edited(edits(source.text, text))
        except SourceError:
            continue
        tried += 1
        made = retyped(source, text)
        plain = [(kind, words, whole, level) for kind, words, whole, level, *_ in blocks(made)]
        assert made.text == text == written.text
        assert plain == [(kind, words, whole, level) for kind, words, whole, level, *_ in blocks(written)]
    assert tried > 20


def test_marks_around_an_edited_word_stay() -> None:
    document, out = docx.Document(), BytesIO()
    paragraph = document.add_paragraph("They went ")
    paragraph.add_run("home by train").bold = True
    paragraph.add_run(" on Monday")
    document.save(out)
    source = open_source(out.getvalue(), "a.docx")
    for text in (
        "They all went home by train on Monday", "They went home by a slow train on Monday", "They went home by train on a Monday",
    ):  # fmt: skip
        made, written = retyped(source, text), source.edited(edits(source.text, text))
        (block,), (other,) = read(made, "docx").blocks, read(written, "docx").blocks
        assert block.marks == other.marks and [block.text[m.start : m.end] for m in block.marks if m.kind == "strong"]


def test_what_is_edited_keeps_its_format_in_the_file() -> None:
    document, out = docx.Document(), BytesIO()
    paragraph = document.add_paragraph()
    paragraph.add_run("Monday:").bold = True
    paragraph.add_run(" they should of gone\thome")
    document.save(out)
    source = open_source(out.getvalue(), "a.docx")
    written = source.edited(edits(source.text, "Monday: they should have gone\thome"))
    runs = docx.Document(BytesIO(written.data)).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("Monday:", True), (" they should have gone\thome", None)]


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (["A walk", "One two three.", "Four five six.", "A list item"], ["title", "paragraph", "paragraph", "list"]),
        (["A walk", "One two three.", "Something else.", "Four five six.", "A list item"], ["title", *["paragraph"] * 3, "list"]),
        (["A walk", "One two three.", "A list item", "and another"], ["title", "paragraph", "list", "list"]),
        (["A walk", "One two", "three.", "", "Four five six.", "A list item"], ["title", *["paragraph"] * 3, "list"]),
        (["One two three.", "Four five six!", "A list item"], ["paragraph", "paragraph", "list"]),
        ([""], []),
    ],
)  # fmt: skip
def test_paragraphs_may_be_put_in_and_taken_out(after: list[str], kinds: list[str]) -> None:
    source = word(("Title", "A walk"), "One two three.", "Four five six.", ("List Bullet", "A list item"))
    made = retyped(source, "\n".join(after))
    found = read(made, "docx").blocks
    assert [block.kind for block in found] == kinds
    assert all(made.text[slice(*block.whole)] == block.text for block in found)
    assert edited(source.text, edits(source.text, made.text)) == made.text


def test_comments_of_people_move_with_their_paragraphs() -> None:
    document, out = docx.Document(), BytesIO()
    for text in ("One two.", "They should of gone.", "Three."):
        document.add_paragraph(text)
    document.add_comment(document.paragraphs[1].runs, text="edlint-disable-line Grammar: meant", author="Ana")
    document.save(out)
    source = open_source(out.getvalue(), "a.docx")
    made = retyped(source, "One two.\nPut in here.\nBut they should of gone.\nThree.")
    (comment,) = read(made, "docx").comments
    assert made.lines.position(comment.span.start).line == 3
    assert read(retyped(source, "One two.\nThree."), "docx").comments == ()


def test_a_text_that_is_not_written_can_be_neither_fixed_nor_annotated_by_mistake() -> None:
    made = retyped(word("They should of gone."), "They should of gone home.")
    assert made.container is not None and not made.container.allows([(Span(0, 4), "We")])
    with pytest.raises(SourceError):
        made.edited([(Span(0, 4), "We")])


@pytest.mark.parametrize("seed", range(20))
def test_edits_make_the_one_text_of_the_other(seed: int) -> None:
    rng = random.Random(seed)

    def line() -> str:
        return " ".join(rng.choices(["a", "b", "the", "The", "cat,"], k=rng.randrange(6)))

    for _ in range(100):
        old = [line() for _ in range(rng.randrange(1, 7))]
        new = list(old)
        for _ in range(rng.randrange(5)):
            at = rng.randrange(len(new) + 1)
            new[at : at + rng.randrange(2)] = [line() for _ in range(rng.randrange(3))]
        before, after = "\n".join(old), "\n".join(new)
        made = edits(before, after)
        assert edited(before, made) == after
        assert all(one.end <= two.start for (one, _), (two, _) in pairwise(made))
