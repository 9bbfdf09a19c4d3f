import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.text.prose import sentences, words
from edlint.text.quotations import quotations


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def said(*texts: str) -> list[list[str]]:
    return [[text[start:end] for start, end in ranges] for text, ranges in zip(texts, quotations(texts), strict=True)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Smith met Dr. No.", "He left at 5 p.m. Tuesday.", "Rain fell until 6 p.m.", "Officials spoke."],
        ["He is in the U.S.", "The end.", "The U.S. Army and the U.N. Security Council met."],
        ["J. K. Rowling wrote it.", "That was Plan B.", "The mayor agreed."],
        ["Apple Inc. Chief Executive Tim Cook spoke.", "It is made by Foo Ltd.", "The rest, e.g. Bar, is not."],
        ["On Jan. 5 he saw No. 10 and Sen. A. B. Cee, D-Mass., there.", "He said no.", "Rivals cheered."],
        ["St. Louis lies on the river.", "He lives on Main St.", "The house is red."],
        [
            "It rose 3.5 percent ... and fell.",
            "See example.com or notes.txt now.",
            "Prices fell, etc.",
            "Who knew?!",
            "No one…",
            "Yes. . . .",
            "Right.",
        ],
        ["“Go!”", "Then he left.", '"I quit."', "She stayed.", "(He did not.)", "Why [1].", "Because.[2]", "So."],
        ['"Really?" he said.', '"Really?" Mr. Smith said.', "“Why?” asked the king.", "Yahoo! is fun."],
        ["He won.", "“They lost,” said Rep. Jo Ray (D-Nev.).", "Senators nodded."],
        ["他来了。", "他走了！", "好吗？", "“是。”", "他说。"],
        ["1. Wash it.", "They left in 1996.", "Then iPhone sales rose.", "iPhone sales fell."],
        ["No space.Here is none.", "Two"],
        [". . ."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts
    assert cut("\n " + "\n".join(parts) + "\xa0\u2028") == parts


def test_a_blank_line_ends_a_sentence_and_a_line_end_does_not() -> None:
    assert cut("One\ntwo\n \nthree. \n\nfour, Mr.\n\nFive") == ["One\ntwo", "three.", "four, Mr.", "Five"]
    assert cut("1. One.\n\n2. Two.") == ["1. One.", "2. Two."]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\xa0\u2003"])
def test_no_sentence_in_white_space(text: str) -> None:
    assert sentences(text) == [] == words(text)


PIECES = st.text(alphabet="aB1 .!?…,\n\t\r\xa0\u2028\"'“”‘’()[]-—。！？」é\u0301😀\0«»„", max_size=60)


@given(st.one_of(PIECES, st.text(max_size=40)))
def test_sentences_cover_the_text(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert not text[last:start].strip()
        assert text[start:end] and text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't O’Neill ISIS-K 1,996 3.5", "don't|O’Neill|ISIS-K|1,996|3.5"),
        ("The U.S. and U.S.-led, at 5 a.m. J.K. Ph.D. e.g.", "The|U.S.|and|U.S.-led|at|5|a.m.|J.K.|Ph.D.|e.g."),
        ("end.The example.com writers’ rock 'n' roll '90s", "end|The|example.com|writers|rock|n|roll|90s"),
        ("cafe\u0301s हिन्दी word--word, 1,2 2010–15", "cafe\u0301s|हिन्दी|word|word|1|2|2010|15"),
        ("— … “ ” ' - . _ 😀", ""),
        ("Plan B. He", "Plan|B|He"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert [text[start:end] for start, end in words(text)] == [word for word in expected.split("|") if word]


@given(st.one_of(PIECES, st.text(max_size=40)))
def test_every_letter_is_in_one_word(text: str) -> None:
    ranges = words(text)
    assert all(a[1] <= b[0] for a, b in pairwise(ranges))
    inside = {at for start, end in ranges for at in range(start, end)}
    assert all(at in inside for at, char in enumerate(text) if char.isalnum())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "hi" and left.', ['"hi"']),
        ("“A “b” ‘c’ d” e “f”", ["“A “b” ‘c’ d”", "“f”"]),
        ("«Oui», „Ja“ and ‚nein‘ (”så”)", ["«Oui»", "„Ja“", "‚nein‘", "”så”"]),
        ("'This is it', he said; ('foo')", ["'This is it'", "'foo'"]),
        ("‘The writers’ room is closed,’ he said. ’Tis so.", ["‘The writers’ room is closed,’"]),
        ("‘Heroes’ praised for flood victims’ rescue", ["‘Heroes’"]),
        ("O'Neill said: 'It's the boys' turn.' Then", ["'It's the boys' turn.'"]),
        ('"I am 5\'10" tall," she said, "ok"', ['"I am 5\'10" tall,"', '"ok"']),
        ('He said "a"—"b" (“c”) "d".', ['"a"', '"b"', "“c”", '"d"']),
        ('“hello" and "hello” and “hello“.', ['“hello"', '"hello”', "“hello“"]),
        ('"He said "hi" to me" once', ['"He said "hi" to me"']),
        ("“’Tis the writers’ room.” Ok", ["“’Tis the writers’ room.”"]),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "the writers' room, the '90s, rock 'n' roll, 'tis the boys' club",
        "the writers’ room, the ’90s, the ‘90s, rock ’n’ roll, ‘tis the boys’ club’s",
        "a 6\" pipe, 5'10\" tall, 6' wide",
        'one stray "mark here',
        'one stray" mark, and " another',
        "stray ” and » and ‘ here",
    ],
)
def test_no_quotation(text: str) -> None:
    assert said(text) == [[]]
    assert said(text, "Next paragraph.") == [[], []]


def test_a_speech_of_several_paragraphs() -> None:
    assert said("He said: “One.", "“Two.", "“Three.” He left.", "Four.") == [["“One."], ["“Two."], ["“Three.”"], []]
    assert said('"One.', " ", '"Two."') == [['"One.'], [], ['"Two."']]
    assert said("‘One, he said.", "‘Two,’ he said.") == [["‘One, he said."], ["‘Two,’"]]


def test_an_unclosed_mark_does_not_swallow_the_document() -> None:
    assert said("He “said so. \n", "Next.", "Last ”one”.") == [["“said so."], [], ["”one”"]]
    assert said("“We lost, he said. They said “no comment” on Friday.") == [["“We lost, he said. They said", "“no comment”"]]
    assert said('He "said so.', "Next.") == [[], []]


@given(st.lists(PIECES, max_size=4))
def test_quotations_are_in_order_and_begin_with_a_mark(texts: list[str]) -> None:
    for text, ranges in zip(texts, quotations(texts), strict=True):
        last = 0
        for start, end in ranges:
            assert last <= start < end <= len(text)
            assert text[start] in "\"'“”„‘‚«"
            last = end


HOSTILE = [
    ".",
    ". ",
    "? ",
    "\n",
    "\n ",
    " ",
    ".\n",
    "a. ",
    "A. ",
    ". (",
    '." ',
    "“.",
    "。",
    ".[1]",
    ".(",
    "\"'",
    " 'a",
    "“a ",
    "s' a",
    '5" a',
    "‘a “",
    '"(',
    "'n' ",
    "-a",
    "a'",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * 50_000
    began = time.process_time()
    sentences(text), words(text), quotations([text])
    assert time.process_time() - began < 3
