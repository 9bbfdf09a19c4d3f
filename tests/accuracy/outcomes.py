"""What was right and what was wrong, unit by unit and rule by rule, and how sure the rates are."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

RESAMPLES, DRAWS = 1000, 2_000_000  # resamples of all units, fewer where that would be more draws than this
SEED = 20
Triple = tuple[int, int, int]  # true, false, missed


@dataclass
class Outcomes:
    """Counts of one measurement. A unit is what was written at one go, an article, a page or a headline: what is wrong in one part
    of it is likely to be wrong in another, so that resampling takes whole units."""

    units: dict[str, list[int]] = field(default_factory=dict)
    rules: dict[str, list[int]] = field(default_factory=dict)  # right, wrong

    def add(self, unit: str, label: bool, rules: Iterable[str]) -> None:
        """Count one judgement: whether something should be flagged, and the rules that did."""
        named = set(rules)
        counts = self.units.setdefault(unit, [0, 0, 0])
        if named or label:
            counts[2 if not named else 0 if label else 1] += 1
        for rule in named:
            self.rules.setdefault(rule, [0, 0])[0 if label else 1] += 1

    def intervals(self) -> dict[str, list[float]]:
        """The range in which 95 of 100 resamples of the units (Efron's percentile bootstrap) have precision, recall and F1."""
        kinds = Counter[Triple]((c[0], c[1], c[2]) for c in self.units.values())
        if not kinds:
            return {}
        dice, count = random.Random(SEED), len(self.units)
        population, weights = list(kinds), list(kinds.values())
        drawn = [_rates(dice.choices(population, weights, k=count)) for _ in range(max(100, min(RESAMPLES, DRAWS // count)))]
        return {name: _middle([rates[at] for rates in drawn]) for at, name in enumerate(("P", "R", "F1"))}

    def precisions(self) -> dict[str, dict[str, Any]]:
        """For each rule how many of its flags were right and wrong, its precision, and Wilson's 95 % interval for that."""
        return {rule: precision(*counts) for rule, counts in sorted(self.rules.items())}


def precision(right: int, wrong: int) -> dict[str, Any]:
    """Counts with their precision and its 95 % interval (Wilson 1927), all rounded to three places."""
    count = right + wrong
    share, z = right / count, 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return {"right": right, "wrong": wrong, "P": round(share, 3), "95 %": [round(middle - reach, 3), round(middle + reach, 3)]}


def _rates(units: Iterable[Triple]) -> Triple | tuple[float, float, float]:
    true = false = missed = 0
    for hit, wrong, miss in units:
        true += hit
        false += wrong
        missed += miss
    return true / max(1, true + false), true / max(1, true + missed), 2 * true / max(1, 2 * true + false + missed)


def _middle(values: list[float]) -> list[float]:
    ordered = sorted(values)
    return [round(ordered[int(share * (len(ordered) - 1))], 3) for share in (0.025, 0.975)]
