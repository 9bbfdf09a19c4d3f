"""`agreement`: the number of a verb and of the subject that opens the sentence."""

from __future__ import annotations

import pytest

from edlint.checks.agreement import third_person
from edlint.linter import Linter

LINTER = Linter(select=["Grammar.SubjectVerb", "Grammar.Agreement", "Grammar.Confused"])


def found(text: str) -> list[str]:
    return [finding.match for finding in LINTER.lint_text(f"{text}\n\nThe end came soon.", "draft.md").findings]


WRONG = [
    ("The value of the shares depend on the market.", "depend"),
    ("A good teacher always explain the rules.", "explain"),
    ("The cost of the bridges remain high.", "remain"),
    ("The use of drones in cities raise concerns.", "raise"),
    ("The list of names include two mayors.", "include"),
    ("The quality of the roads differ from town to town.", "differ"),
    ("Each report usually contain a map.", "contain"),
    ("The results of the vote shows a split.", "shows"),
    ("This tool finds errors and suggest a fix.", "suggest"),
    ("The owners of the mill wants a new road.", "wants"),
    ("The rise in rents force families out.", "force"),
    ("The festival draw crowds.", "draw"),
    ("The festival draw large crowds each May.", "draw"),
    ("The price of bread rise every year.", "rise"),
    ("| Ellis | He have two boats. |\n|---|---|\n| Norland | The mayor. |", "have"),
    ("ID often contain your name.", "contain"),
    ("The leader of the protesters were arrested on Monday.", "were"),
    ("The reason for the delays are not known.", "are"),
    ("The rules of the club was changed in May.", "was"),
    ("The nurse thinks he sleep too much.", "sleep"),
    ("There have been a fire in the mill.", "There have"),
    ("There has been many complaints.", "There has"),
    ("There has never been so many boats here.", "There has"),
    ("These legal proposal are bad for the town.", "These"),
    ("Their going to the beach in May.", "Their"),
]
RIGHT = [
    "The main problem with the cars are the fumes they leave.",
    "A mix of the old boats were sold, and a number of them were lost.",
    "Tools for Humanity is the name of a firm.",
    "The club are looking for a new hall.",
    "His wife and he leave at noon, and Ana and she have a boat.",
    "There have been a number of fires, and there were no sheep on the hill.",
    "She asked that the head of the schools resign at once.",
    "The team of rivals want a new road for the town.",
    "The bulk of the boats stay in the bay all winter.",
    "God help the man who takes it from us.",
    "The Times of the north say little of it.",
    "Bread and water keep a man alive for weeks.",
    "The book on the shelf and the lamp give me joy.",
    "What the owners of the mill want is peace.",
    "A row of houses stand by the sea.",
    "The man in the boat called out and help came at once.",
    "The state pays teachers and police officers well.",
    "The court rejects claims and counter claims alike.",
    "This report covers trends and result sets from May.",
    "The cost of these exams stem cells need is high.",
    "Climbing stairs requires more force than the walk.",
    "Their going home so late was a surprise.",
    "Ten years in the yard makes a man patient.",
    "The police of the town say nothing.",
    "The school run each day, in the rain.",
    "The bus stop at the corner.",
    "A gas leak in the mill.",
    "Our pick of the best films.",
    "A user search of the old files.",
    "The control work involves hot fires and a new gate.",
    "The council want a new road.",
    "- The film cast many names\n- The site design two ways",
]


@pytest.mark.parametrize(("text", "verb"), WRONG)
def test_a_verb_of_the_wrong_number(text: str, verb: str) -> None:
    assert found(text) == [verb]


@pytest.mark.parametrize("text", RIGHT)
def test_silence(text: str) -> None:
    assert found(text) == []


def test_in_direct_speech_nothing_is_corrected() -> None:
    assert found("“The value of the shares depend on the market,” she said.") == []


@pytest.mark.parametrize(
    ("verb", "third"), [("try", "tries"), ("play", "plays"), ("pass", "passes"), ("go", "goes"), ("teach", "teaches"), ("rise", "rises")]
)
def test_third_person(verb: str, third: str) -> None:
    assert third_person(verb) == third
