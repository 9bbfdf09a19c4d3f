"""The pack Grammar is silent where words only look wrong: names, letters, nouns, the end of a clause of its own."""

from __future__ import annotations

import pytest

from edlint.linter import Linter

SILENT = """
# Names that are also verbs.

May brought soup for the crew, and May went home late.

Will has taught at the school for years. Will gave the first talk.

Later that day Will sent the file, and Will wrote to the board.

Mark sells boats, and Grace runs the yard. Did Grace say so?

What did Drew say? Drew had no answer, and neither did Rose.

Her will left the house to the town. The will stated that nothing should be sold.

Then Will saw the flood, and May told the mayor.

Pat and Bill were late, so May took notes and Will held the door.

# Nouns that are also verbs.

Does Rob know? Rob does, and he told Sue.

These shows brought in buyers from abroad. Those needs went unmet for years.

These means of transport were slow. These makes of car were cheap.

Those looks fooled nobody. These helps proved useful to the cook.

These uses vary from town to town. Those takes were cut from the film.

Many works hang in the hall. These works cost little.

The books shows at the fair drew a crowd.

Most runs end at the harbour. These plays opened in May.

# A clause that ends in "use", and everyday things.

The tools they use to do the job are old. It is the kit we use to get there.

Here is the map that people use to go around the marsh. The words you use to say it matter.

She wrote of the joys of the everyday. It was a small, everyday, forgettable thing.

They sold everyday goods to everyday families, and everyday life went on.

The oven I use to make bread is old. The list she must use to see them all is long.

The knife you use to eat with is his. The line we use to play out the rope broke.

# A as a letter.

Vitamin A is found in carrots. Hepatitis A outbreaks are rare. She took Plan A over Plan B.

Team A ate first. Title A and Title B schools differ. Lane A is closed, and exit A opens at noon.

Exhibit A is a shoe. Class A office space is dear. Grade A eggs cost more.

Take option a or b. Point a is north of point b. He got an A in maths and an A+ in art.

A is the first letter, and A and B are friends. Group A only met once.

Section A, Article 4 applies. Block A opened in May. Type A influenza is common.

She earned an A average. It was an A1 road, and an A-level paper. The A in the sign fell off.

# Slips of the pattern that published posts showed.
She worked with all of them and it has been a pleasure. They fought for those fighting at sea, and writing these out took days.

There are things you should consider to improve the yard. Should limits be set on the haul?

People are praised for who they are. Then Peter then suggested a walk. The crew who use it are tired.

They get the help they need as well as follow the rules.

# Another language.
Los vecinos van a un mercado y compran a otros pescadores todo lo que necesitan para educar a otras familias.

# The internet before a noun.

Gaps in internet coverage persist. They invest in Internet start-ups and in internet infrastructure.

A drop in Internet prices helped. The boom in internet radio is over. There is trust in Internet banking.

Her course on Internet law starts in May. Bans on internet gambling grew. A tax on Internet purchases was voted down.

An expert in Internet security spoke on Internet freedom and on internet shutdowns.

# A participle before its noun.

It is an often told story. This is a rarely told story of the war. The oft told joke is that he slept.

It is a commonly made mistake in the trade. A hastily made decision can cost lives. That little told story moved her.

One badly made decision and one well told story came of it. The most told joke in town is old.

An easily made mistake is to skip it. The best told story won. A hard won living made with nets.

# A clause that ends in "have".

The friends I have were kind. The books we have came from him. What they did have was a boat.

Those we have were bought in May. The few that they do have began life as sheds.

The best teachers we have became heads. All the money they had went to the bank. The hope we have gave us strength.

Are there cost or labour issues here? Is there fish or meat in it? Was there trade or sales tax on it?

The worst thing he could have was a fall. What you have took years to build. Anything they have came from her.

The dog that she has ate my shoe. The car he has broke down. The only one I have is here.
""".strip().split("\n\n")

WRONG = (
    ("They have went home.", "went"),
    ("The club has gave up its hall.", "gave"),
    ("The mayor could have wrote to us.", "wrote"),
    ("If I had knew it, I would have stayed.", "knew"),
    ("They will went home.", "went"),
    ("It was a honest answer.", "a"),
    ("A apple fell.", "A"),
    ("She tells funny story every night.", "funny story"),
    ("He made mistake by leaving.", "mistake"),
    ("We use to live here.", "use"),
    ("They met on internet.", "on internet"),
    ("I run everyday.", "everyday"),
    ("These includes the old town.", "includes"),
)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=["Grammar"])


@pytest.mark.parametrize("text", [line for line in SILENT if not line.startswith("#")])
def test_no_slip(linter: Linter, text: str) -> None:
    assert not [f.message for f in linter.lint_text(f"{' '.join(text.split())}\n\nThe end came soon.").findings]


@pytest.mark.parametrize(("text", "slip"), WRONG)
def test_slip(linter: Linter, text: str, slip: str) -> None:
    found = linter.lint_text(f"{text} The day was long, and the road was dry.").findings
    assert [text[f.span.start : f.span.end] for f in found] == [slip]
