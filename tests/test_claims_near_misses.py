"""Claims knows a vague source from words that only look like one, and a cause from a purpose or a way of working."""

from __future__ import annotations

import pytest

from edlint.linter import Linter
from edlint.model.finding import Level

SILENT = """
Set the table so that everyone sees the cake.
Make sure everybody knows where the exit is.
Not everyone feels at home in a loud café.
The ride was shorter than expected, and warmer than many think.
The mural will be viewed by many visitors from the train.
Her plan for Sunday is to talk about the roof.
Some questions to settle first are listed on the board.
There are several reasons to feel proud of the choir.
The figures only say how many tickets were sold.
Sorting the data suggests itself as a first step.
A shout at dinner would have been seen as rude in those days.
Some call this corner of the garden the wilderness.
We interviewed nine bakers. Most of them said that they rise at three.
During our interviews, several said that they had never been asked.
When asked about the toll, some said that they would rather walk.
Participants noted the smell, and a number of attendees complained of the heat.
If visitors feel lost, they turn to the map at the gate.
When customers are confused, the phone rings all day.
Several instruments point to the same fault.
Some towns view the fireworks from the hill.
Many shoppers consider the bus on rainy days.
She has seen many think about leaving and stay.
They were often called before the bishop.
The harvest is often considered in May, when the trees are in flower.
The dialect is widely understood, better than it is spoken.
The hall is also known as the barn.
That is true for most small museums of the coast.
He had some success claiming the parcel.
For some, this was a first look at the sea.
Two of the lamps were late several times because drivers had questions.
A number of chapels maintained by the parish are open.
The library keeps several studies of the marsh.
Mr. Rees expected a letter, and those expecting a reply waited.
The seal was seen as it left the water.
The two farmers say that they will sell.
Production data is tied to the contract.
Perhaps some of his neighbours are hostile.
I think most people believe what they like.
We found that many clerks feel rushed.
[Studies](https://example.org/sleep) have shown that naps help.
Research shows that naps help (Institute of Sleep, 2014).
The new clip makes it easier to hold the page while both hands are busy with the bow and the string.
""".strip().split("\n")

VAGUE = """
Many teachers feel that the exam is unfair.
Some villagers see the mast as a threat.
Most Norlanders think that the ferry is too dear.
Several governments have said that they will not pay.
Many gardeners say that slugs dislike coffee.
Others argue that the tower should be pulled down.
Everyone in the trade knows that the mill is finished.
The island is viewed by many as a tax haven.
The law has been considered a failure.
The mayor is widely seen as a spent force.
Research has shown that naps help.
Reports suggest that the bank is near its end.
Several recent surveys have put the party last.
The verdict left many parents wondering whom to trust.
It has long been said that the bell brings luck.
The actor has been described as difficult.
Some fear that the dam will not hold.
Investors are nervous about the merger.
The merger will cost jobs, analysts say.
Coastal villagers say that the nets are torn at night.
The treaty is widely regarded as a blow to the islands.
The envoy was seen as too mild.
Some may argue that the toll is fair.
It was announced that the line would close.
By all accounts he was a kind man.
The paint is thought to cause headaches.
The choir has been criticised for its choice of songs.
Most shopkeepers expect a poor season.
""".strip().split("\n")


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=["Claims"])


@pytest.mark.parametrize("text", SILENT)
def test_no_warning(linter: Linter, text: str) -> None:
    found = linter.lint_text(f"{text}\n\nThe end came soon.\n", "draft.md").findings
    assert not [f.message for f in found if f.level > Level.SUGGESTION or f.rule == "Claims.VagueSource"]


@pytest.mark.parametrize("text", VAGUE)
def test_vague_source(linter: Linter, text: str) -> None:
    found = linter.lint_text(f"{text}\n\nThe end came soon.\n", "draft.md").findings
    assert [f.rule for f in found if f.level > Level.SUGGESTION] == ["Claims.VagueSource"]


RELEASE = "The port authority announced a new lock on Monday."
BODY = "\n\n".join(f"The plan for basin {letter} is ready." for letter in "ABCDEFGHIJ")
FIGURE = "The lock is three times more likely to stick than the gate."


def test_what_an_announcement_tells_counts_for_less(linter: Linter) -> None:
    assert [f.rule for f in linter.lint_text(f"{BODY}\n\n{FIGURE}\n").findings] == ["Claims.Figure"]
    assert linter.lint_text(f"{RELEASE}\n\n{BODY}\n\n{FIGURE}\n").findings == ()


def test_an_announcement_late_in_the_piece_is_no_source(linter: Linter) -> None:
    assert [f.rule for f in linter.lint_text(f"{BODY}\n\n{RELEASE}\n\n{FIGURE}\n").findings] == ["Claims.Figure"]


def test_a_vague_source_in_an_announcement_stays_vague(linter: Linter) -> None:
    assert [f.rule for f in linter.lint_text(f"{RELEASE}\n\n{BODY}\n\nExperts say the lock is safe.\n").findings] == ["Claims.VagueSource"]


def test_what_is_said_in_an_interview_has_a_source(linter: Linter) -> None:
    talk = "\n\n".join(f"**Q:** How is basin {n}?\n\n**A:** Most people think it leaks." for n in "ABC")
    assert linter.lint_text(f"# Two voices\n\n{talk}\n", "talk.md").findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "The chart below shows ten years of landings. In May they rose sharply. Most of the boats were sold.",
        "The Harbour Act was passed in May. It gives the docks 90 million euros a year.",
    ],
)
def test_figures_of_a_chart_or_a_law_have_a_source(linter: Linter, text: str) -> None:
    assert linter.lint_text(f"{text}\n", "draft.txt").findings == ()
    alone = text.partition(". ")[2]
    assert any(f.rule == "Claims.Figure" for f in linter.lint_text(f"{alone}\n", "draft.txt").findings)


@pytest.mark.parametrize(
    "text",
    [
        "The new ring road has strangled trade in the old town.",
        "Shopkeepers are losing patience with the council.",
        "Regulators looked the other way.",
        "Bees are vanishing in the valley.",
        "Children who skip breakfast do worse at school.",
        "Sugar is the main culprit.",
    ],
)
def test_claims_without_a_figure_are_found_in_short_sentences(linter: Linter, text: str) -> None:
    assert [f.rule.partition(".")[0] for f in linter.lint_text(f"{text}\n", "draft.txt").findings] == ["Claims"]
    assert linter.lint_text(f"{text[:-1]}, the harbour office said.\n", "draft.txt").findings == ()


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("\N{FIRE} Critics say the roof has failed.", "Critics say"),
        ("\N{WHITE HEAVY CHECK MARK} \N{FIRE} Experts agree that the roof leaks.", "Experts agree"),
        ("The verdict: critics say the roof has failed.", "critics say"),
        ("The roof leaks; experts agree that it was laid badly.", "experts agree"),
        ("The roof is new (critics say it leaks).", "critics say"),
    ],
)
def test_a_vague_source_is_marked_without_what_stands_before_it(text: str, match: str) -> None:
    found = Linter(select=["Claims.VagueSource"]).lint_text(text, "draft.md").findings
    assert [finding.match for finding in found] == [match]
