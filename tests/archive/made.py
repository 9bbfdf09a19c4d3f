"""Made-up articles with known faults: the same ones for the same seed, as many as are wanted, one after another."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from tests.bench.drafts import sentence

SECTIONS = ("news", "business", "sport", "culture", "opinion")
FAULTS = {  # rule → text that it flags, put into some of the articles
    "Boilerplate.Newsletter": "Sign up for our free newsletter",
    "Captions.Repeated": "The ferry lies in the old harbour, where the crew waits for the tide to turn.",
    "Boilerplate.Share": "Share on Facebook Share on Twitter Share on WhatsApp",
    "Story.NoSuchDay": "The hearing was held on February 30, 2023.",
}


def articles(count: int, seed: int = 1, paragraphs: int = 4) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Rows with an id, a text in Markdown, a date and a section; and the rules that should flag each."""
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        parts = [f"# A town counts its bridges, part {number}"]
        parts += [" ".join(sentence(rng) for _ in range(3)) for _ in range(paragraphs)]
        planted = [rule for rule in FAULTS if rng.random() < 0.1]
        lines = [FAULTS[rule] for rule in planted for _ in range(1 + (rule == "Captions.Repeated"))]
        places = rng.sample(range(1, len(parts) + 1), len(lines))  # never side by side, where one finding would speak for two
        for place, line in sorted(zip(places, lines, strict=True), reverse=True):
            parts.insert(place, line)
        date = f"{2015 + rng.randrange(10)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        yield {"id": f"made-{number:09}.md", "text": "\n\n".join(parts), "date": date, "section": rng.choice(SECTIONS)}, planted


def write(path: Path, count: int, seed: int = 1) -> int:
    """Write so many as JSON Lines. Gives how many faults were planted."""
    planted = 0
    with path.open("w", encoding="utf-8") as file:
        for row, rules in articles(count, seed):
            planted += len(rules)
            file.write(json.dumps(row) + "\n")
    return planted
