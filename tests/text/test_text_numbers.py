"""Numbers in words and digits: where they stand, and what they come to."""

from __future__ import annotations

import pytest

from edlint.text.numbers import figures, numbers, ordinal_of, share_of, shown


def found(text: str) -> list[tuple[str, float]]:
    return [(text[n.start : n.end], n.value) for n in numbers(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("77", 77), ("1,250,000", 1_250_000), ("3.5 million", 3.5e6), ("2bn", 2e9), ("forty-five", 45), ("two hundred and six", 206),
        ("three hundred and twenty thousand", 320_000), ("a million", 1e6), ("twenty five", 25), ("nineteen", 19), ("zero", 0),
        ("one hundred", 100), ("62.5", 62.5),
    ],
)  # fmt: skip
def test_a_number_has_its_value(text: str, value: float) -> None:
    assert found(f"They had {text} of them.") == [(text, value)]


@pytest.mark.parametrize(
    "text", ["the A-20 road", "at 5:30", "version 1.2.3", "2014-03-05", "the 3rd", "x86", "an or a", "hundreds of them"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert found(text) == []


def test_words_that_do_not_make_one_number_are_left_alone() -> None:
    assert found("five twenty") == []


def test_an_m_means_a_million_only_behind_a_currency() -> None:
    assert found("£5m") == [("5m", 5e6)]
    assert found("a 5m wall") == []


def test_numbers_are_put_out_of_sight_at_their_place() -> None:
    told = figures("rose from seventy-seven to 21 #1")
    assert told.text == "rose from ############# to ##  #"
    assert len(told.text) == len(told.source)
    assert told.values == {10: 77, 27: 21, 31: 1}


@pytest.mark.parametrize(
    ("text", "share"), [
        ("a third", 1 / 3), ("three quarters", 0.75), ("one in five", 0.2), ("half", 0.5), ("6 out of 10", 0.6), ("five in one", None),
     ("a house", None)],
)  # fmt: skip
def test_a_fraction_is_a_part_of_one(text: str, share: float | None) -> None:
    assert share_of(text) == share


def test_ordinals_and_what_is_shown() -> None:
    assert (ordinal_of("3rd"), ordinal_of("Twelfth"), ordinal_of("house")) == (3, 12, None)
    assert (shown(1250000.0), shown(62.5)) == ("1,250,000", "62.5")


def test_a_long_line_of_number_words_takes_no_time() -> None:
    assert len(found("one " * 20_000)) <= 20_000
