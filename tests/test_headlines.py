"""The pack Headlines on plain pages: what anybody would call a tease is flagged, and what a page calls itself is not."""

from __future__ import annotations

import html

import pytest

from edlint.linter import Linter

# Headings of manuals, recipes, town halls and papers: some speak to the reader, ask, count or begin with a pointing word.
PLAIN = """
How to install
Why edlint
How it works
What is new
Getting started
Frequently asked questions
How do I report a bug
Can I use it offline
What it does not do
How we test
Write your first rule
Set up your editor
Before you begin
Where to go next
What you need
What you will learn
Choose a licence
Check your configuration
Things to do in Porto
10 ways to save energy at home
7 tips for writing better tests
5 steps to a safer kitchen
Tomato soup with basil
Easy apple cake
How to sharpen a knife
What to do when a build fails
Who can apply
Who we are
Our mission and values
Your rights
How we use your data
Is it safe to drink the water
Should I rebase or merge
The difference between a list and a tuple
Common mistakes and how to avoid them
Thanks to everyone who helped
This week in parliament
These are the rules
Here is an example
If something goes wrong
I have lost my password
What the law says about noise
Why leaves turn red in autumn
The children who walk two hours to school
""".strip().splitlines()

# Titles of the posts of offices, libraries and projects about their own work.
OFFICE = """
What we learned from a year of remote hiring
What we heard at the harbour consultation
How the library is moving its catalogue to open software
How the parish council is working to cut flood risk
How we rebuilt the booking system in six weeks
Why we publish our budget every quarter
Where we are with the new payroll service
Behind the redesign: how we chose a typeface
Round two of the pilot: what changed and why
Meet the team: Ana Ruiz, interaction designer
Ask an archivist: how do you store a wet map?
We asked three farmers: what did you plant this year?
Three lessons from our first accessibility audit
7 tips for better meeting notes
Tell us about your experience of the planning portal
You can now pay parking fines online
Do you need a permit for a street party?
If your form has an error, show it next to the field
What happens after you apply for a licence
The weekly notes: what they are, why they help, and how to write your own
Every child in the district gets a library card
We have a new privacy policy
Hello, world! We are the harbour desk
""".strip().splitlines()

NEWS = """
Man who stole a bus says he wanted to go home
Why the council wants to sell its car parks
The minister who lost his seat by three votes
They built the dam. Now the river is dry
Judge rules that the city must pay for the flood damage
Ferry operator says it has no plans to cut its winter service
Her son died in custody. She wants to know why
Is the housing market about to turn?
Who will pay for the new hospital?
Five things the budget changes for pensioners
When the last train leaves, the village is on its own
No one was hurt when the roof fell in
It took ten years to build the tunnel
20 people rescued from lift
12 bridges closed after inspection
2 goals in five minutes sink Rovers
Queen seriously ill
""".strip().splitlines()

TEASES = """
You won't believe what happened at the council meeting
17 things only people from Leeds will understand
This is why everyone is leaving the city
She opened the box. What happened next left everyone speechless
Here's why nobody wants this job
The reason she left him will break your heart
Doctors hate this one weird trick
10 reasons why you need to visit Lisbon
21 photos that prove cats are liquid
Which kitchen utensil are you?
Can you guess the film from one still?
We tried eating only bread for a week
When you see what she found in the attic, you'll gasp
The internet can't stop laughing at this penguin
Everything you know about salt is wrong
These tiny houses will make you want to move
12 signs your boss secretly hates you
Wait until you see what's inside this old barn
This is what a perfect day looks like
""".strip().splitlines()


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=("Headlines",))


def flagged(linter: Linter, title: str, heading: str = "") -> list[str]:
    section = f"<h2>{html.escape(heading, quote=False)}</h2>\n<p>More text.</p>" if heading else ""
    page = f"<h1>{html.escape(title, quote=False)}</h1>\n<p>The text of the page.</p>\n{section}"
    return [f"{finding.rule}: {finding.match}" for finding in linter.lint_text(page, "page.html").findings]


@pytest.mark.parametrize("text", [*PLAIN, *NEWS, *OFFICE])
def test_a_plain_title_is_left_alone(linter: Linter, text: str) -> None:
    assert flagged(linter, text) == []


@pytest.mark.parametrize("text", [*PLAIN, *NEWS, *OFFICE])
def test_a_plain_heading_is_left_alone(linter: Linter, text: str) -> None:
    assert flagged(linter, "The page", text) == []


@pytest.mark.parametrize("text", TEASES)
def test_a_tease_is_flagged_in_any_case(linter: Linter, text: str) -> None:
    assert any(name.startswith("Headlines.Clickbait") for name in flagged(linter, text))
    assert any(name.startswith("Headlines.Clickbait") for name in flagged(linter, text.title().replace("'S", "'s").replace("'T", "'t")))


def test_a_phrase_with_a_hyphen_is_whole(linter: Linter) -> None:
    assert flagged(linter, "Mayor shows the right-wing media the door")


INTERVIEW = (
    "What would you tell your younger self?",
    "What's the best advice you ever got?",
    "Why do you love this work so much?",
    "Which book changed your life?",
    "Do you ever get scared out there?",
    "If you could change one thing, what would it be?",
    "What has surprised you the most so far?",
)


@pytest.mark.parametrize("question", INTERVIEW)
def test_question_of_an_interview_below_the_title(question: str) -> None:
    page = f"# A talk with Bo Li\n\nHe has a boat.\n\n## {question}\n\nIt was a long road, and the sea helped.\n"
    assert not [f.message for f in Linter(select=["Headlines"]).lint_text(page, "talk.md").findings]


STATES = ("A file that was never read", "The cache that never expires", "When a lock is never freed", "How the cache works")


@pytest.mark.parametrize("title", STATES)
def test_title_that_names_a_thing_and_its_state(title: str) -> None:
    linter = Linter(select=["Headlines"])
    for page in (f"# {title}\n\nThe end came soon.\n", f"---\ntitle: {title}\n---\n\nThe end came soon.\n"):
        assert not [f.message for f in linter.lint_text(page, "page.md").findings]


def test_a_soft_title_is_plain_where_the_text_takes_its_words_up(linter: Linter) -> None:
    title = "The Little Ferry Museum Everybody Needs"
    teased = linter.lint_text(f"# {title}\n\nThe end came soon.\n", "page.md")
    told = linter.lint_text(f"# {title}\n\nThe ferry museum is small, and it needs help from everybody.\n", "page.md")
    assert teased.findings and not told.findings
