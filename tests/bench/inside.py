"""What is measured inside one process, which is started for nothing else: `python -m tests.bench.inside FUNCTION ARGUMENTS`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from edlint.linter import Linter

from .drafts import markdown

ROUNDS = 3


def packs() -> list[str]:
    """The shipped packs but Grammar."""
    return sorted({name.partition(".")[0] for name in Linter().names} - {"Grammar"})


def pack(select: Sequence[str], size: int) -> float:
    """CPU seconds of some packs (none: all but Grammar) on one draft of a size in characters."""
    return _lint(_ready(select), markdown(size), ROUNDS)


def sizes(of: Sequence[int]) -> list[float]:
    """CPU seconds of all packs but Grammar on drafts of those sizes."""
    linter = _ready(())
    return [_lint(linter, markdown(size), ROUNDS if size < 1e6 else 1) for size in of]


def rules(counts: Sequence[int], size: int) -> list[tuple[int, float]]:
    """How many rules were on, and CPU seconds on one draft, for each of those numbers of rules (0: all but Grammar's)."""
    known = sorted(name for name in Linter().names if not name.startswith("Grammar."))
    text, found = markdown(size), []
    for count in counts:
        some = [known[number * len(known) // count] for number in range(min(count, len(known)))] if count else known
        found.append((len(some), _lint(_ready(some), text, ROUNDS)))
    return found


def _lint(linter: Linter, text: str, rounds: int) -> float:
    """CPU seconds for one draft, the least of some rounds: other programs can only make one slower."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        linter.lint_text(text, "draft.md")
        taken.append(time.process_time() - began)
    return min(taken)


def _ready(select: Sequence[str]) -> Linter:
    """A Linter that has compiled what it needs."""
    linter = Linter(select=select or packs())
    linter.lint_text(markdown(10_000), "warm.md")
    return linter


WORK: Mapping[str, Callable[..., Any]] = {"packs": packs, "pack": pack, "sizes": sizes, "rules": rules}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](**json.loads(sys.argv[2]))))
