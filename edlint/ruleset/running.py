"""What it takes to run rules over one document: budgets, and signals worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edlint.checks.base import Check, Match, Scan, Unit, Units
from edlint.checks.score import Score, Signal
from edlint.model.rule import Rule
from edlint.regexes import budget
from edlint.regexes.syntax import PatternError


class Runner:
    """Runs rules over one document of so many code points, each within its own time and all within theirs."""

    def __init__(self, characters: int) -> None:
        self._characters = characters
        self._together = budget.Together(characters)
        self._faults: list[str] = []
        self._unfinished: list[str] = []

    def matches(self, rule: Rule, check: Check, scan: Scan) -> list[Match]:
        """What a rule finds; nothing, and a word in `faults`, when its searches together take too long."""
        try:
            with budget.budget(self._characters, self._together):
                return list(check.find(scan)) if scan.document.layers is None else _once(check.find(scan))
        except TimeoutError:
            if self._together.left <= 0:
                self._unfinished.append(rule.name)
            else:
                self._faults.append(f"{rule.name}: a search ran out of time, so the rule was not finished ({rule.path})")
        except PatternError as fault:
            self._faults.append(f"{rule.name}: a pattern does not compile: {fault} ({rule.path})")
        return []

    @property
    def faults(self) -> tuple[str, ...]:
        """A line for each rule that failed, and one for all that were not finished when the time of all was used up."""
        if not self._unfinished:
            return tuple(self._faults)
        names = ", ".join(self._unfinished)
        spent = f"the rules together used up the {self._together.allowed:.0f} seconds that a draft of this size may take"
        return (*self._faults, f"{spent}; not finished: {names}")


def _once(matches: Iterable[Match]) -> list[Match]:
    """One match for each place where matches begin: blocks, paragraphs and sentences are all looked at."""
    found: dict[int, Match] = {}
    for match in matches:
        found.setdefault(match.span.start, match)
    return [found[start] for start in sorted(found)]


class Holding:
    """A signal, or a scored rule used as one, on one document: the units for which it holds, each worked out once."""

    def __init__(self, signal: Score | Signal) -> None:
        self._signal = signal
        self._known = bytearray()  # for each unit: 0 where it was not worked out yet, 1 where the signal does not hold, 2 where it does

    def __call__(self, scan: Scan, units: Sequence[Unit], wanted: frozenset[int]) -> frozenset[int]:
        """The numbers of those of `units` for which the signal holds; complete for `wanted`."""
        own = scan.units(self._signal.rule.scope, self._signal.unit)
        if units is own:
            return self._of(scan, own, wanted)
        mine = {at: n for n in wanted if 0 <= n < len(units) and (at := own.number(units[n])) >= 0}
        held = self._of(scan, own, frozenset(mine))
        return frozenset(mine[number] for number in held)

    def _of(self, scan: Scan, own: Units, wanted: frozenset[int]) -> frozenset[int]:
        """Those of the signal's own units `wanted` for which it holds."""
        count = len(own)
        known = self._known = self._known or bytearray(count)
        asked = [n for n in wanted if 0 <= n < count]
        new = frozenset(n for n in asked if not known[n])
        if new:
            held = self._signal.holding(scan, own, new)
            for number in new:
                known[number] = 1
            for number in held:
                known[number] = 2
        return frozenset(n for n in asked if known[n] == 2)
