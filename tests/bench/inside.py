"""What is measured inside one process, which is started for nothing else: `python -m tests.bench.inside FUNCTION ARGUMENTS`."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from edlint.config import Config
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


def rules(counts: Sequence[int], size: int) -> list[float]:
    """CPU seconds on one draft with so many made-up rules of a kind: three phrases each, one in ten of them with one that occurs."""
    text, taken = markdown(size), []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            pack = Path(folder) / "Made"
            pack.mkdir()
            for number in range(count):
                phrases = [f"ward {number}1" if number % 10 == 0 else f"quorum {number}", f"the {number}th ballot", f"tollkeeper{number}"]
                rule = {"extends": "existence", "message": "No '%s'.", "level": "warning", "tokens": phrases}
                (pack / f"Rule{number}.yml").write_text(json.dumps(rule), encoding="utf-8")
            linter = Linter(Config(extends=(pack,), strict=False))
            linter.lint_text(markdown(10_000), "warm.md")
            taken.append(_lint(linter, text, ROUNDS))
    return taken


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
