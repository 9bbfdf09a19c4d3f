"""Drafts to measure on: prose in Markdown made up from a fixed seed, the same on every machine."""

from __future__ import annotations

import random

_SUBJECTS = [
    "The council",
    "A spokeswoman",
    "The mayor",
    "Two residents",
    "The new report",
    "Several drivers",
    "The company",
    "Her lawyer",
    "A judge",
    "The school board",
]
_VERBS = ["said", "told reporters", "announced", "denied", "confirmed", "argued", "found", "decided", "expects", "warned"]
_OBJECTS = [
    "the bridge would open in spring",
    "it had not been asked",
    "the cost had risen by 12 percent",
    "nobody was hurt",
    "the figures were wrong",
    "the work would take two years",
    "the vote was close",
    "a second inquiry was needed",
    "prices fell in March",
    "the plan had failed",
]
_TAILS = [
    "according to the minutes",
    "after a long debate",
    "despite earlier promises",
    "in a letter to the ministry",
    "on Tuesday evening",
    "while critics say otherwise",
    "at a crowded meeting",
    "for the third year running",
    "with no further comment",
    "as the rain set in",
]


def sentence(rng: random.Random) -> str:
    """One made-up sentence of some fourteen words."""
    number = f" {rng.randint(2, 9999):,} times" if rng.random() < 0.2 else ""
    told = f"{rng.choice(_SUBJECTS)} {rng.choice(_VERBS)} {rng.choice(_OBJECTS)}{number}"
    return f"{told}, {rng.choice(_TAILS)} in ward {rng.randint(1, 99999)}."


def markdown(size: int, seed: int = 1) -> str:
    """A Markdown draft of at least `size` characters: headings, paragraphs, links, lists, quotations."""
    rng = random.Random(seed)
    parts, length = ["# A town counts its bridges"], 0
    while length < size:
        kind = rng.random()
        if kind < 0.1:
            part = f"## What the ward of {rng.randint(1, 9999)} decided"
        elif kind < 0.2:
            part = "\n".join(f"- {sentence(rng)}" for _ in range(3))
        elif kind < 0.3:
            part = f"\u201c{sentence(rng)}\u201d said *the clerk* in [a statement](https://example.org/{rng.randint(1, 99)})."
        else:
            part = " ".join(sentence(rng) for _ in range(rng.randint(2, 5)))
        parts.append(part)
        length += len(part) + 2
    return "\n\n".join(parts) + "\n"


def article(words: int = 1200) -> str:
    """A draft of about so many words."""
    return markdown(words * 6)
