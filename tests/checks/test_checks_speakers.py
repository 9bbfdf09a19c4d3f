"""Which words of a headline are said by a speaker it names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.checks.speakers import ascribed, interview


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Cruz: Bill is a disaster", "Bill is a disaster"),
        ("Bishop of Dunmore: This is a disgrace", "This is a disgrace"),
        ("Bill is a disaster, says Cruz", "Bill is a disaster"),
        ("Bill is a disaster, party leader Cruz says", "Bill is a disaster"),
        ("Cruz calls bill a disaster", "bill a disaster"),
        ("bill is a shameless scam: minister", "bill is a shameless scam"),
        ("Bill is a shameless scam: Ana Ruiz", "Bill is a shameless scam"),
        ("Bill is a shameless scam: UN report", "Bill is a shameless scam"),
        ("Washington Post: Bill is a disgrace", "Bill is a disgrace"),
        ("Police Union: Bill is a disgrace", "Bill is a disgrace"),
    ],
)
def test_the_words_of_a_named_speaker(headline: str, said: str) -> None:
    assert [headline[start:end] for start, end in ascribed(headline)] == [said]


@pytest.mark.parametrize(
    "headline",
    [
        "Shock: Patients flee the ward",
        "Emergence of a party in Rome: The Only Threat to the crown",
        "Shameless minister quits",
        "Breaking: A bridge falls down",
        "Report: Shameless minister quits",
        "Black Death Warning: Shameless minister quits",
        "Border Chaos: Shameless minister quits",
        "Immigration Reform: Shameless plan",
        "Shameless minister quits after vote: What Comes Next",
        "Shameless minister quits as allies warn: 'Winter is coming'",
        "",
    ],
)
def test_nobody_speaks(headline: str) -> None:
    assert not [r for r in ascribed(headline) if "shameless" in headline[slice(*r)].lower() or r[1] == len(headline)]


@given(st.text("Aa:, saysCruz'", max_size=60))
def test_ranges_lie_inside(headline: str) -> None:
    assert all(0 <= start <= end <= len(headline) for start, end in ascribed(headline))


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["Q: Why?", "A: So.", "It was late.", "Q: And then?", "A: Home."], [1, 1, 1, 1, 1]),
        (["Two skippers talk.", "Ana Ruiz: Aye.", "Bo Li: No.", "Ana Ruiz: Yes.", "Bo Li: Well."], [0, 1, 1, 1, 1]),
        (["AR: Aye.", "BL: No.", "AR: Yes.", "BL: Well.", "", "They left."], [1, 1, 1, 1, 0, 0]),
        (["Ana Ruiz met Bo Li.", "Ana: Aye.", "Bo: No.", "Ana: Yes.", "Bo: Well."], [0, 1, 1, 1, 1]),
    ],
)
def test_an_interview_is_told_by_labels_that_come_again(paragraphs: list[str], said: list[int]) -> None:
    assert list(interview(paragraphs)) == said


@pytest.mark.parametrize(
    "paragraphs",
    [
        [],
        ["", ""],
        ["Note: Bring a coat.", "Tip: Bring two.", "Note: It rains.", "Tip: It pours."],
        ["Ana Ruiz: Aye.", "The sea was calm.", "Ana Ruiz: Yes."],
        ["Q: Why?", "A: So."],
    ],
)
def test_notes_and_a_single_voice_are_no_interview(paragraphs: list[str]) -> None:
    assert not any(interview(paragraphs))
