"""Repeats: what is found and where, what is left alone, and how long it takes."""

import random
import string
import time
from typing import Any

import pytest
from components import shared
from hypothesis import given
from hypothesis import strategies as st

from edlint.checks.base import Match, Options, Scan
from edlint.checks.duplicate import Duplicate
from edlint.checks.passages import Passage, View, words
from edlint.checks.repeats import find_repeats
from edlint.errors import RuleError
from edlint.formats import read
from edlint.model.document import Block, Document
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.text.sourcemap import SourceMap

SCOPE = ("text & ~table",)
CAPTION = "Dockers unload the last crates of winter oranges at the southern quay."
FILLER = "Nothing else of note was seen in the harbour on that grey morning."


def check(kind: str = "exact", **options: object) -> Duplicate:
    rule = Rule("T.Duplicate", "duplicate", scope=SCOPE, options={"kind": kind, **options})
    return Duplicate.build(rule, Options(rule, Duplicate.keys))


def scan(document: Document) -> Scan:
    return Scan(document, None, {}, lambda _: ())


def find(text: str, kind: str = "exact", format: str = "plain", **options: object) -> list[Match]:
    return list(check(kind, **options).find(scan(read(Source("draft", text), format))))


def by_kind(text: str) -> dict[str, int]:
    one = scan(read(Source("draft", text), "plain"))
    return {kind: n for kind in ("exact", "near", "contained") if (n := len(list(check(kind).find(one))))}


def draft(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


# What is found


def test_a_caption_printed_twice_points_at_the_copy_and_names_the_first() -> None:
    text = f"{FILLER}\n\n{CAPTION}\n{CAPTION}\n"
    (match,) = find(text)
    assert text[slice(*match.span)] == CAPTION == match.text
    assert match.span.start == text.rindex(CAPTION)
    assert match.related[0].span.start == text.index(CAPTION)
    assert match.values == ("3", "12")


@pytest.mark.parametrize(
    "copy",
    [
        CAPTION.upper(),
        CAPTION.rstrip("."),
        CAPTION.replace(" ", "  "),
        f"“{CAPTION}”",
        CAPTION.replace("the last", "the\u00a0last"),
    ],
)
def test_case_spacing_and_punctuation_do_not_hide_a_copy(copy: str) -> None:
    assert len(find(draft(CAPTION, FILLER, copy))) == 1


def test_straight_and_curly_apostrophes_are_one() -> None:
    line = "The mayor's office won't say who paid for the ferry's new engine."
    assert len(find(draft(line, FILLER, line.replace("'", "’")))) == 1


def test_every_further_copy_is_reported_against_the_first() -> None:
    text = draft(CAPTION, FILLER, CAPTION, FILLER + " So they said.", CAPTION)
    assert [m.values[0] for m in find(text)] == ["1", "1"]


def test_a_short_caption_counts_when_its_copy_is_next_to_it() -> None:
    line = "Dockers unload crates of oranges"
    assert len(find(f"{FILLER}\n\n{line}\n{line}\n\n{FILLER[:-9]}\n")) == 1
    assert find(draft(FILLER, line, FILLER[:-9], line)) == []
    assert find(f"{FILLER}\n\n{line}\n{line}\n{line}\n") == []


def test_caption_lines_inside_one_block_are_compared() -> None:
    text = f"{CAPTION}\n{CAPTION}"
    block = Block("paragraph", text, SourceMap.verbatim(0))
    (match,) = check().find(scan(Document(Source("d", text), "markdown", (block,))))
    assert match.span == (len(CAPTION) + 1, len(text))


def test_a_light_paraphrase_is_near() -> None:
    first = "The council voted to close the old swimming hall after the roof was found to be unsafe."
    copy = "The council voted to shut the old swimming hall after roof was found to be unsafe."
    assert by_kind(draft(first, FILLER, copy)) == {"near": 1}


def test_a_pull_quote_is_contained_whichever_comes_first() -> None:
    quote = "Nobody asked the people who live below the dam"
    body = f"She shook her head for a while. {quote}, and nobody will ask them now that the money is spent and gone."
    (match,) = find(draft(body, FILLER, f"“{quote}”"), "contained")
    assert match.text == f"“{quote}”"
    text = draft(f"“{quote}”", FILLER, body)
    (match,) = find(text, "contained")
    assert text[slice(*match.span)] == quote == match.text


def test_a_caption_cut_short_counts_from_five_words() -> None:
    whole = "Dockers unload crates of oranges at the quay before the strike begins."
    assert len(find(draft(FILLER, whole, "Dockers unload crates of oranges..."), "contained")) == 1
    assert find(draft(FILLER, whole, "Dockers unload crates of oranges"), "contained") == []


def test_a_repeat_is_reported_under_one_kind_only() -> None:
    longer = f"{CAPTION} The strike begins at noon, the union said, unless the port gives way."
    assert by_kind(draft(CAPTION, longer, FILLER, CAPTION)) == {"exact": 1, "contained": 1}
    near = CAPTION.replace("the last crates", "last crates")
    assert by_kind(draft(CAPTION, FILLER, near)) == {"near": 1}


def test_a_rule_reports_in_reading_order() -> None:
    other = "Two harbour pilots wait for the fog to lift off the outer channel."
    starts = [m.span.start for m in find(draft(CAPTION, other, FILLER, other, CAPTION))]
    assert starts == sorted(starts) and len(starts) == 2


# What is left alone

SILENT = {
    "short label": ["Photo: the harbour office", CAPTION, "Photo: the harbour office"],
    "repeated heading": ["What we know so far", CAPTION, "What we know so far", FILLER],
    "refrain of a speech": ["We will never sell the water of this valley.", CAPTION, "We will never sell the water of this valley."],
    "refrain that returns three times": [
        *["And who will answer for the children of this town?", CAPTION],
        *["And who will answer for the children of this town?", FILLER],
        "And who will answer for the children of this town?",
    ],
    "chorus": [
        "Row the boat over the dark and narrow sound,\nand leave the lamp alight for me on land.",
        CAPTION,
        "Row the boat over the dark and narrow sound,\nand leave the lamp alight for me on land.",
    ],
    "question put to two people": [
        "What did you think when the siren went off that night?",
        "Ada: I thought that it was one more drill.",
        "What did you think when the siren went off that night?",
        "Ben: I ran for the stairs and did not look back.",
    ],
    "answers of two people": ["Ada: I thought that it was just one more drill.", FILLER, "Ben: I thought that it was just one more drill."],
    "list template": [
        "Carla Nunes, 44, of Ashby, was fined for fishing without a permit on May 3.",
        "Piet Vos, 61, of Holm, was fined for fishing without a permit on May 9.",
    ],
    "one changed figure": ["What will a flat in the old port cost you at 3%?", "What will a flat in the old port cost you at 5%?"],
    "numbered parts": ["Notes on the history of the harbour law (Part I)", "Notes on the history of the harbour law (Part II)"],
    "table rows": ["Ashby\t12 tons of cod landed in the spring season\topen", "Ashby\t12 tons of cod landed in the spring season\topen"],
    "shared formula": [
        "At the end of the day the port must pay its way.",
        "By the end of the day the rain had reached every village on the far side of the bay, and the port lay empty.",
    ],
}


@pytest.mark.parametrize("lines", SILENT.values(), ids=SILENT.keys())
def test_meant_repeats_are_left_alone(lines: list[str]) -> None:
    assert by_kind(draft(*lines)) == {}


def test_guards_can_be_switched_off() -> None:
    assert len(find(draft(*SILENT["refrain of a speech"]), refrain=0)) == 1
    assert len(find(draft(*SILENT["chorus"]), verse=False)) == 2
    assert len(find(draft(*SILENT["question put to two people"]), questions=False)) == 1
    assert len(find(draft(*SILENT["answers of two people"]), "near", template=0)) == 1


def test_no_guard_silences_a_copy_directly_below_the_first() -> None:
    line = "We will never sell the water of this valley."
    assert len(find(draft(FILLER, line, line))) == 1


def test_the_title_of_a_page_may_stand_as_its_first_heading() -> None:
    title = "Why the harbour office sold its last two cranes"
    text = f"<title>{title} | The Post</title><body><p>{FILLER}</p><h1>{title}</h1><p>{CAPTION}</p></body>"
    for kind in ("exact", "near", "contained"):
        assert find(text, kind, "html") == []


def test_only_blocks_in_scope_are_compared() -> None:
    text = f"{CAPTION}\n{CAPTION}"
    first = Block("table", CAPTION, SourceMap.verbatim(0))
    second = Block("paragraph", CAPTION, SourceMap.verbatim(len(CAPTION) + 1))
    assert list(check().find(scan(Document(Source("d", text), "markdown", (first, second))))) == []


# Fixes


def fixed(text: str) -> tuple[str, str]:
    (match,) = find(text)
    (fix,) = match.fixes
    (edit,) = fix.edits
    return text[: edit.span.start] + edit.text + text[edit.span.end :], fix.safety


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_fix_deletes_the_whole_line_of_a_copy(end: str) -> None:
    text = f"{FILLER}{end}{end}{CAPTION}{end}{CAPTION}{end}{end}{FILLER} It rained.{end}"
    assert fixed(text) == (text.replace(CAPTION + end, "", 1), "safe")


def test_the_fix_leaves_one_blank_line_between_paragraphs() -> None:
    assert fixed(draft(CAPTION, FILLER, CAPTION, "The end."))[0] == draft(CAPTION, FILLER, "The end.")


def test_a_copy_in_other_dress_is_deleted_on_request_only() -> None:
    assert fixed(draft(CAPTION, FILLER, CAPTION.upper()))[1] == "unsafe"


def test_what_may_be_meant_is_deleted_on_request_only() -> None:
    apart = find(draft(CAPTION, FILLER, CAPTION, "It rained again.", CAPTION))
    assert [match.fixes[0].safety for match in apart] == ["unsafe", "unsafe"]
    below = find(f"{CAPTION}\n{CAPTION}\n{CAPTION}\n")
    assert [match.fixes[0].safety for match in below] == ["safe", "safe"]
    row = "404 | 2020-08-01 07:18 | 15 | 7.57547 | 12 | 80 t"
    assert fixed(draft(row, FILLER, row))[1] == "unsafe"


def test_no_fix_where_the_line_holds_more_than_the_copy() -> None:
    (match,) = find(f"<p>{CAPTION}</p>\n<p>{CAPTION}</p>", format="html")
    assert match.fixes == ()


# Bad values


@pytest.mark.parametrize("options", [{"min_words": 2}, {"cut_words": 0}, {"containment": 0.1}, {"overlap": 1.5}])
def test_bounds_that_cannot_be_measured_are_errors(options: dict[str, Any]) -> None:
    with pytest.raises(RuleError, match=next(iter(options))):
        check(**options)


# Positions and time


@given(st.text(st.one_of(st.characters(), st.sampled_from("aİß'’\u0307\u200b\u00ad \u00a0é1.")), max_size=60))
def test_words_and_their_places_agree(text: str) -> None:
    view = View(text)
    assert len(view.spans) == len(view.words)


LINE = st.lists(st.sampled_from(["ab", "cde", "fg", "’tis", "É😀", "7", "non\u00ad-stop"]), max_size=12).map(" ".join)


@given(st.lists(LINE, max_size=12))
def test_every_repeat_lies_inside_its_passages(lines: list[str]) -> None:
    passages = [Passage(n, 0, line) for n, line in enumerate(lines)]
    for repeat in find_repeats(passages):
        assert repeat.first < repeat.copy
        assert repeat.whole in (repeat.first, repeat.copy)
        if repeat.kind == "exact":
            assert words(lines[repeat.first]) == words(lines[repeat.copy])
        elif repeat.kind == "contained":
            longer = lines[repeat.first if repeat.whole == repeat.copy else repeat.copy]
            assert 0 <= repeat.like.start <= repeat.like.end <= len(longer)


def seconds(lines: list[str]) -> float:
    passages = [Passage(n, 0, line) for n, line in enumerate(lines)]
    start = time.process_time()
    find_repeats(passages)
    return time.process_time() - start


def lines_of(kind: str, count: int) -> list[str]:
    dice = random.Random(7)
    vocabulary = ["".join(dice.choices(string.ascii_lowercase, k=6)) for _ in range(50 if kind == "few words" else 5000)]
    if kind == "template":
        return [f"{dice.choice(vocabulary)}, {n}, was fined for fishing without a permit in May" for n in range(count)]
    lines = [" ".join(dice.choices(vocabulary, k=14)) for _ in range(count)]
    if kind == "near":
        return [line for at in range(count // 2) for line in (lines[at], lines[at].replace(" ", " x ", 1))]
    return lines


@pytest.mark.parametrize("kind", ["prose", "few words", "template", "near"])
def test_time_is_linear_in_the_number_of_lines(kind: str) -> None:
    small, large = (min(seconds(lines_of(kind, count)) for _ in range(2)) for count in (2000, 16000))
    assert large < 8 * small * 2.5 + 0.1


def test_many_quotes_from_one_long_paragraph_take_no_time() -> None:
    (body,) = (" ".join(lines_of("prose", 4000)),)
    tokens = body.split()
    quotes = [" ".join(tokens[at : at + 12]) for at in range(0, 40000, 20)]
    assert seconds([body, *quotes]) < 3 and seconds([*quotes, body]) < 3


# Whole drafts


def test_the_captions_of_the_seed_are_found_at_their_lines() -> None:
    source = Source("op-ed.txt", shared("seeds/op-ed.txt").read_text(encoding="utf-8"))
    one = scan(read(source, "plain"))
    matches = [match for kind in ("exact", "near", "contained") for match in check(kind).find(one)]
    found = [(source.lines.position(match.span.start).line, match.values[0]) for match in matches]
    assert found == [(20, "19"), (45, "44"), (78, "77")]


@pytest.mark.parametrize("order", ["![{0}](a.jpg)\n\n{1}\n", "{1}\n\n![{0}](a.jpg)\n", "{1}\n\nFiller.\n\n![{0}](a.jpg)\n\n{1}\n"])
def test_an_alternative_text_that_repeats_a_line_is_found_wherever_the_line_stands(order: str) -> None:
    text = order.format(CAPTION.upper(), CAPTION)
    [match] = find(text, "alt", "markdown")
    assert text[slice(*match.span)] == CAPTION.upper()
    assert text[slice(*match.related[0].span)] == CAPTION
    assert (match.values[1], match.fixes) == ("12", ())


@pytest.mark.parametrize("other", ["Dockers at work on a grey morning, seen from afar.", CAPTION.replace("last", "first"), "", "Oranges"])
def test_an_alternative_text_of_its_own_is_left_alone(other: str) -> None:
    assert find(f"![{other}](a.jpg)\n\n{CAPTION}\n\n{other}s\n", "alt", "markdown") == []


def test_two_alternative_texts_and_two_lines_are_the_business_of_others() -> None:
    assert find(f"![{CAPTION}](a.jpg)\n\n{FILLER}\n\n![{CAPTION}](b.jpg)\n\n{FILLER}\n", "alt", "markdown") == []


def test_many_pictures_take_linear_time() -> None:
    text = "".join(f"![{CAPTION} {n}](a.jpg)\n\n{CAPTION} {n}\n\n" for n in range(5_000))
    document = scan(read(Source("draft", text), "markdown"))
    began = time.process_time()
    assert len(list(check("alt").find(document))) == 5_000
    assert time.process_time() - began < 5
