"""What is measured inside one process, which is started for nothing else: `python -m tests.bench.inside FUNCTION ARGUMENTS`."""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from edlint.linter import Linter
from edlint.model.config import Config

from . import shapes
from .drafts import markdown

ROUNDS = 3
STEP = 4  # how many times as large the larger of two sizes is, unless it is said


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


def _lint(linter: Linter, text: str, rounds: int, path: str = "draft.md") -> float:
    """CPU seconds for one draft, the least of some rounds: other programs can only make one slower."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        linter.lint_text(text, path)
        taken.append(time.process_time() - began)
    return min(taken)


def _ready(select: Sequence[str]) -> Linter:
    """A Linter that has compiled what it needs."""
    linter = Linter(select=select or packs())
    linter.lint_text(markdown(10_000), "warm.md")
    return linter


def growth(shape: str, enough: float, step: int = STEP) -> tuple[int, float, float]:
    """How the time for a shape grows: the larger of two sizes, the CPU seconds it takes, and the exponent between the two.

    The smaller is the first at which the shape takes `enough` CPU seconds more than one of the size 1, which are left out of account.
    """
    idle = _shape(shape, 1)
    size, taken = 50, 0.0
    while taken < enough and size < 200_000:
        size *= 2
        taken = _shape(shape, size) - idle
    larger = _shape(shape, step * size) - idle
    return step * size, larger, math.log(max(larger, 1e-3) / max(taken, 1e-3)) / math.log(step)


def _shape(name: str, size: int) -> float:
    """CPU seconds for a shape of a size."""
    with tempfile.TemporaryDirectory(prefix="edlint-bench-") as folder:
        if name in shapes.DRAFTS:
            suffix, write = shapes.DRAFTS[name]
            return _lint(_warm(), write(size), 1, f"draft.{suffix}")
        work = shapes.INPUTS[name](size, Path(folder))
        began = time.process_time()
        work()
        return time.process_time() - began


@cache
def _warm() -> Linter:
    return _ready(())


def space(shape: str, size: int) -> float:
    """Bytes by which the memory of this process grows for each character of a draft, or for each of so many short lines."""
    linter, (suffix, write) = _warm(), SPACE[shape]
    text, before = write(size), _most()
    linter.lint_text(text, f"draft.{suffix}")
    return (_most() - before) / size


def _most() -> int:
    """The most memory this process ever had, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def traced(shape: str, small: int, large: int) -> float:
    """What Python's own account says that one more character or line takes: the peaks for two sizes, compared."""
    linter, (suffix, write), peaks = _warm(), SPACE[shape], []
    linter.lint_text(write(small), f"draft.{suffix}")  # fills what is kept from draft to draft
    for size in (small, large):
        text = write(size)
        tracemalloc.start()
        linter.lint_text(text, f"draft.{suffix}")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return (peaks[1] - peaks[0]) / (large - small)


SPACE: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "news": ("md", markdown),
    "one paragraph": ("txt", lambda size: " ".join(markdown(size).split())),
    "short lines": ("txt", lambda size: "a\n" * size),
    "short lines in Markdown": ("md", lambda size: "a\n" * size),
}

WORK: Mapping[str, Callable[..., Any]] = {"packs": packs, "pack": pack, "sizes": sizes, "rules": rules, "growth": growth, "space": space}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](**json.loads(sys.argv[2]))))
