"""The tagger: how words are cut, where they stand, and what part of speech they are given."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from components import shared
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.text.tagger import WEIGHTS, pack, tag, tokens, unpack
from tests.accuracy.tagger import measure
from tests.accuracy.train_tagger import hyphenated, lexicon, read, rounded

# Sentences and tags of our own.
SAMPLE = """
The/DT old/JJ bridge/NN was/VBD closed/VBN for/IN two/CD weeks/NNS ./.
She/PRP does/VBZ n't/RB know/VB what/WP they/PRP 've/VBP found/VBN ./.
Maria/NNP Keller/NNP plays/VBZ the/DT violin/NN and/CC he/PRP plays/VBZ along/RB ./.
We/PRP want/VBP to/TO run/VB a/DT longer/JJR race/NN in/IN May/NNP ./.
The/DT morning/NN run/NN takes/VBZ them/PRP past/IN the/DT mayor/NN 's/POS house/NN ./.
It/PRP 's/VBZ raining/VBG again/RB ,/, and/CC nobody/NN has/VBZ brought/VBN an/DT umbrella/NN ./.
Who/WP paid/VBD for/IN his/PRP$ tickets/NNS ?/.
There/EX are/VBP more/JJR trains/NNS on/IN Sundays/NNPS ./.
You/PRP can/MD leave/VB your/PRP$ bags/NNS here/RB ./.
The/DT biggest/JJS fish/NN slowly/RB swam/VBD away/RB ./.
"""


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


def sample() -> list[tuple[list[str], list[str]]]:
    pairs = [[word.rsplit("/", 1) for word in line.split()] for line in SAMPLE.strip().splitlines()]
    return [([word for word, _ in line], [tag for _, tag in line]) for line in pairs]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't go, it's late.", "Do|n't|go|,|it|'s|late|."),
        ("She’ll say we can’t.", "She|’ll|say|we|ca|n’t|."),
        ("We cannot stay, I'm gonna go", "We|can|not|stay|,|I|'m|gon|na|go"),
        ("Ann's dogs' bowls", "Ann|'s|dogs|'|bowls"),
        ("O'Neill's well-known rock'n'roll", "O'Neill|'s|well-known|rock'n'roll"),
        ("Mr. Ito left the U.S. at 5 p.m. for good.", "Mr.|Ito|left|the|U.S.|at|5|p.m.|for|good|."),
        ("$5,300.50 at 10:30, 50%", "$|5,300.50|at|10:30|,|50|%"),
        ('"Yes," he said... (or so)', '"|Yes|,|"|he|said|...|(|or|so|)'),
        ("see https://example.org/a?b=c, or ask me@example.org.", "see|https://example.org/a?b=c|,|or|ask|me@example.org|."),
        ("and/or node.js -- v2", "and|/|or|node.js|--|v2"),
        ("the *** option", "the|***|option"),
        ("", ""),
    ],
)
def test_words_are_cut_as_the_treebank_cuts_them(text: str, words: str) -> None:
    assert cut(text) == (words.split("|") if words else [])


@given(st.text(max_size=80))
def test_every_character_but_white_space_is_in_one_word(text: str) -> None:
    ranges = tokens(text)
    assert all(a < b for a, b in ranges)
    assert all(end <= start for (_, end), (start, _) in pairwise(ranges))
    assert "".join(cut(text)) == "".join(text.split())


@pytest.mark.parametrize("text", ["a+" * 100_000, "1.1a." * 50_000, "a@" * 100_000, "http://" + "," * 200_000, "a.  " + " " * 200_000])
def test_cutting_takes_linear_time(text: str) -> None:
    began = time.process_time()
    tokens(text)
    assert time.process_time() - began < 3


@settings(deadline=None)  # the first call reads the weights
@given(st.lists(st.text(min_size=1, max_size=12), max_size=12))
def test_every_word_gets_a_tag(words: list[str]) -> None:
    assert len(tag(words)) == len(words)


def test_plain_sentences_are_tagged_right() -> None:
    pairs = [(word, guess, right) for words, tags in sample() for word, guess, right in zip(words, tag(words), tags, strict=True)]
    wrong = [pair for pair in pairs if pair[1] != pair[2]]
    assert len(wrong) <= 0.04 * len(pairs), wrong


def test_the_same_word_is_told_apart_by_its_neighbours() -> None:
    assert tag(["They", "run", "daily", "."])[1] == "VBP"
    assert tag(["to", "run", "daily"])[1] == "VB"
    assert tag(["The", "run", "was", "long", "."])[1] == "NN"


def test_quotation_marks_may_be_curly() -> None:
    assert tag(["It", "’s", "late"]) == tag(["It", "'s", "late"])


def test_the_weights_are_small_and_carry_their_licence() -> None:
    assert WEIGHTS.stat().st_size <= 2_000_000
    assert "CC BY-SA 4.0" in WEIGHTS.with_name("LICENSE.md").read_text(encoding="utf-8")


def test_hyphenated_words_are_joined_for_training() -> None:
    parts = [("a", "DT", True), ("well", "RB", False), ("-", "HYPH", False), ("known", "VBN", True), ("name", "NN", False)]
    assert hyphenated(parts) == [("a", "DT", True), ("well-known", "JJ", True), ("name", "NN", False)]
    dash = [("well", "UH", True), ("-", ":", True), ("known", "VBN", True)]
    assert hyphenated(dash) == dash


def test_a_treebank_is_read_sentence_by_sentence(tmp_path: Path) -> None:
    path = tmp_path / "tiny.tsv.gz"
    path.write_bytes(gzip.compress(b"# a-1\tHi you.\nHi\tUH\tINTJ\t1\nyou\tPRP\tPRON\t0\n.\t.\tPUNCT\t0\n\n# a-2\t#\n#\tNN\tSYM\t1\n"))
    assert list(read(path)) == [("a-1", [("Hi", "UH", True), ("you", "PRP", False), (".", ".", False)]), ("a-2", [("#", "NN", True)])]


def test_weights_are_rounded_and_packed_the_same_way_each_time() -> None:
    weights = rounded({"wrun": {"VB": 3.1, "NN": -2.0, "JJ": 0.01}, "wthe": {"DT": 0.5}}, Counter(wrun=9, wthe=1))
    assert weights == {"wrun": {"VB": 12, "NN": -8}}
    known = lexicon([[("run", "VB", True)], [("the", "DT", True), ("run", "NN", True)]])
    packed = pack(known, weights)
    assert packed == pack(known, dict(reversed(weights.items())))
    model = unpack(packed)
    assert model.best(("DT", "NN", "VB"), ("wrun", "wthe")) == "VB"
    assert model.best(("DT", "NN"), ("wrun",)) == "DT"
    assert model.lexicon.tags == ("DT", "NN", "VB")


def test_nineteen_words_in_twenty_are_right_on_the_shared_treebank() -> None:
    assert measure(shared("data/ud/dev.tsv.gz"))["accuracy"]["all"] >= 95.0
