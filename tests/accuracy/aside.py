"""Which labelled articles are aside: they are counted, and nobody reads them or fits weights on them.

The figures of these articles are the ones to quote. An article is aside by the hash of its name, so that every checkout and every reader
agrees, whatever file it stands in. Headlines are aside by their source.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

PARTS = 5
HALVES = 2  # headlines are few: one source in two is aside
# rules were written with all of their rows in view, so that nothing in them is aside
READ_WHOLE = frozenset({"gold_dev.jsonl", "clickbait_and_titles_dev.jsonl", "neutral_dev.jsonl"})


def is_aside(article: str) -> bool:
    """Whether an article is one of the fifth that is aside."""
    return int(sha1(article.encode(), usedforsecurity=False).hexdigest(), 16) % PARTS == 0


def aside_in(path: Path) -> Callable[[str], bool]:
    """What tells of the articles in a file whether they are aside."""
    return (lambda _: False) if path.name in READ_WHOLE else is_aside


def headlines_aside_in(path: Path) -> Callable[[str], bool]:
    """What tells of the sources of a file of headlines whether they are aside."""
    if path.name in READ_WHOLE:
        return lambda _: False
    return lambda source: int(sha1(source.encode(), usedforsecurity=False).hexdigest(), 16) % HALVES == 0
