"""Fuzz until the time is up: `python -m tests.fuzz [--seconds 60] [--seed N] [TARGET…]`. Exits 1, naming the seed, at the first failure."""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from pathlib import Path

from .targets import LIMIT, TARGETS


def main() -> int:
    """Take the targets in turn, each try with a seed of its own, so that one number repeats it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Throw random input at edlint until the time is up.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"what to fuzz (default: all of {', '.join(TARGETS)})")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long (default: 60)")
    parser.add_argument("--seed", type=int, help="the seed of a single try, to see it fail again")
    given = parser.parse_args()
    unknown = [name for name in given.targets if name not in TARGETS]
    if unknown:
        parser.error(f"there is no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    names = given.targets or list(TARGETS)
    if given.seed is not None:
        return 0 if all(_try(name, given.seed) for name in names) else 1
    began = time.monotonic()
    first, tries = random.randrange(10**9), dict.fromkeys(names, 0)
    while time.monotonic() - began < given.seconds:
        for name in names:
            if not _try(name, first + tries[name]):
                return 1
            tries[name] += 1
    print(", ".join(f"{count} {name}" for name, count in tries.items()), f"from seed {first} in {given.seconds:g} s: nothing broke")
    return 0


def _try(name: str, seed: int) -> bool:
    """Whether a target holds for the input that a seed makes, within its time."""
    began = time.monotonic()
    try:
        TARGETS[name](random.Random(seed))
        took = time.monotonic() - began
        if took > LIMIT:
            raise AssertionError(f"took {took:.1f} s, where {LIMIT:g} s are allowed")
    except Exception:
        traceback.print_exc()
        print(f"\nagain: python -m tests.fuzz {name} --seed {seed}", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
    sys.exit(main())
