"""The list of English words: what is in it, what is formed of its words, and what an unknown word was meant to be."""

from __future__ import annotations

import pytest

from edlint.text import wordlist

WORDS = wordlist.load()


@pytest.mark.parametrize(
    "word", ["colour", "color", "organise", "organize", "travelled", "traveled", "cafe", "website", "harbour", "ax", "axe"]
)
def test_words_of_every_english(word: str) -> None:
    assert word in WORDS


@pytest.mark.parametrize("word", ["configurtion", "seperate", "bugdet", "teh", "zarfan", ""])
def test_no_words(word: str) -> None:
    assert word not in WORDS and not WORDS.is_formed(word)


@pytest.mark.parametrize("word", ["cyberbudget", "reharvested", "gardenlike", "pastoralists", "bridgewater", "unmuddied"])
def test_formed_of_words(word: str) -> None:
    assert word in WORDS or WORDS.is_formed(word)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("configurtion", "configuration"),
        ("seperate", "separate"),
        ("bugdet", "budget"),
        ("definately", "definitely"),
        ("accomodate", "accommodate"),
        ("tommorow", "tomorrow"),
        ("enviroment", "environment"),
        ("goverment", "government"),
        ("hte", "the"),
        ("nect", "next"),
    ],
)
def test_first_suggestion(wrong: str, right: str) -> None:
    assert WORDS.suggestions(wrong)[0] == right


@pytest.mark.parametrize("word", ["kubernetes", "xyzzyplugh", "src", "npm"])
def test_no_suggestion_for_what_is_no_slip(word: str) -> None:
    assert WORDS.suggestions(word) == []


def test_rank() -> None:
    assert WORDS.rank("the") < WORDS.rank("harbour") < WORDS.rank("zarfan") == wordlist.RARE


def test_packed_list_is_read_back() -> None:
    packed = wordlist.pack(["the", "boat", "the"], ["skerry"])
    end = 4 + 4 * int.from_bytes(packed[:4], "little")
    words = wordlist.WordList(packed[4:end], packed[end:])
    assert "boat" in words and "skerry" in words and "oats" not in words
    assert words.rank("the") <= words.rank("boat") < words.rank("skerry") == wordlist.RARE
