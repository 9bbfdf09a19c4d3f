"""Fuzz until the time is up: `python -m tests.fuzz [--seconds 60 | --tries N] [--seed N] [TARGET…]`.

Exits 1, naming the seed, at the first failure; with `--all`, at the end, naming the first seed of each target that failed. With
`--tries`, the seeds are 1 to N each time, so that what passed today passes next month; without it they are new ones, which is how
faults are looked for."""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from pathlib import Path

from . import files, targets
from .targets import LIMIT

TARGETS = {**targets.TARGETS, **files.TARGETS}


def main() -> int:
    """Take the targets in turn, each try with a seed of its own, so that one number repeats it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Throw random input at edlint until the time is up.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"what to fuzz (default: all of {', '.join(TARGETS)})")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long (default: 60)")
    parser.add_argument("--tries", type=int, help="try the seeds 1 to TRIES of each target, however long that takes")
    parser.add_argument("--seed", type=int, help="the seed of a single try, to see it fail again")
    parser.add_argument("--all", action="store_true", help="go on after a failure, without the target that failed")
    given = parser.parse_args()
    unknown = [name for name in given.targets if name not in TARGETS]
    if unknown:
        parser.error(f"there is no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    names = given.targets or list(TARGETS)
    if given.seed is not None:
        return 0 if all(_try(name, given.seed) for name in names) else 1
    began = time.monotonic()
    first, tries, failed = 1 if given.tries else random.randrange(10**9), dict.fromkeys(names, 0), list[str]()
    print(f"from seed {first}", flush=True)
    while len(failed) < len(names):
        if max(tries.values()) >= given.tries if given.tries else time.monotonic() - began >= given.seconds:
            break
        for name in names:
            if name in failed:
                continue
            if not _try(name, first + tries[name]):
                failed.append(name)
                if not given.all:
                    return 1
            tries[name] += 1
    verdict = f"failed: {', '.join(failed)}" if failed else "nothing broke"
    print(
        ", ".join(f"{count} {name}" for name, count in tries.items()), f"from seed {first} in {time.monotonic() - began:.0f} s: {verdict}"
    )
    return 1 if failed else 0


def _try(name: str, seed: int) -> bool:
    """Whether a target holds for the input that a seed makes, within its time (of the processor, since others may use it too)."""
    began = time.process_time()
    try:
        TARGETS[name](random.Random(seed))
        took = time.process_time() - began
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
