"""Runs: neighbouring units of a scored rule as one finding from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from edlint.checks.base import Key, Options, Unit
from edlint.checks.counting import Count, total

RUN_KEYS: dict[str, Key] = {
    "joins": Key("number", 1.0, "the lowest sum with which a unit joins a run"),
    "threshold": Key("number", None, "the sum of a whole run that is enough; by default the rule's threshold"),
    "gap": Key("int", 0, "a run continues across this many units in a row that do not join"),
}


class Runs(NamedTuple):
    """A unit joins a run from the sum `joins` on; a run counts when one of its units reaches the rule's threshold or
    all together reach `threshold`. Up to `gap` units in a row that do not join are passed over inside a run."""

    joins: float
    threshold: float
    gap: int

    def collect(self, counted: Mapping[int, Sequence[Count]], alone: float, units: Sequence[Unit]) -> Iterator[list[int]]:
        """The runs that count, each as the numbers of its units in order, gaps filled; first and last unit join by themselves."""
        sums = {n: total(counts) for n, counts in counted.items()}
        joining = sorted(n for n in sums if sums[n] >= self.joins)
        run: list[int] = []
        for number in [*joining, len(units) + self.gap + 1]:
            if run and number - run[-1] > self.gap + 1:
                if max(sums[n] for n in run) >= alone or sum(sums[n] for n in run) >= self.threshold:
                    yield list(range(run[0], run[-1] + 1))
                run = []
            run.append(number)


def build_runs(options: Options) -> Runs | None:
    """The rule's `run:`, or None. Raises RuleError for a value that is no number."""
    given = options["run"]
    if given is None:
        return None
    for name, value in given.items():
        if name not in RUN_KEYS:
            raise options.error(f"run.{name}", f"unknown key {name!r} in `run`", ", ".join(RUN_KEYS))
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
            raise options.error(f"run.{name}", f"{value!r} is not a number that makes sense here")
    return Runs(float(given.get("joins", 1)), float(given.get("threshold", options["threshold"])), int(given.get("gap", 0)))
