"""`score`: a unit is reported when the weights of its cues reach a threshold. `signal`: the same sum for other rules to use."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term, Unit, UnitKind, Units
from edlint.checks.counting import Count, count, total
from edlint.checks.cues import CUE_KEYS, Cues, build_cues
from edlint.checks.runs import RUN_KEYS, Runs, build_runs
from edlint.errors import did_you_mean
from edlint.model.finding import Level
from edlint.model.rule import Rule
from edlint.text.span import Span

_UNIT = Key("text", "block", "the unit of text that is scored", ("block", "line", "sentence"))
_THRESHOLD = Key("number", 1.0, "the sum of weights from which a unit is reported")
_CUES = Key("list", (), "the evidence: see the cue keys", entries=CUE_KEYS)
CARRY_KEYS: dict[str, Key] = {
    "cues": Key("list", (), "what a unit must show for the signal to extend to it", entries=CUE_KEYS),
    "threshold": Key("number", 1.0, "the sum of these cues that is enough"),
    "reach": Key("int", 1, "the maximum number of units it extends to"),
    "gap": Key("int", 0, "it skips this many units in a row without these cues"),
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Score(Check):
    """Units whose cues reach the threshold, one finding each, or one for each run of neighbouring units."""

    signals = True
    keys: ClassVar[Mapping[str, Key]] = {
        "unit": _UNIT,
        "threshold": _THRESHOLD,
        "suggest_below": Key("number", None, "a finding with a lower sum than this is a suggestion, whatever the rule's level"),
        "weak": Key(
            "texts", (), "names (`why`) of cues that are no reason for more than a suggestion: they do not count against `suggest_below`"
        ),
        "cues": _CUES,
        "mark": Key("text", "unit", "what a finding covers: the whole unit, or from its first to its last cue", ("unit", "cues")),
        "ascribed": Key("text", "check", "whether words count that the headline attributes to a named speaker", ("skip", "check")),
        "run": Key("mapping", None, "combine neighbouring units into one finding", entries=RUN_KEYS),
        "yields_to": Key(
            "texts", (), "scored rules that take precedence while they are on: a rule without `run` does not report what they report"
        ),
    }
    rule: Rule
    unit: UnitKind
    threshold: float
    suggest_below: float
    weak: frozenset[str]
    cues: Cues
    mark: str
    run: Runs | None
    yields_to: frozenset[str]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for cues that cannot work or a threshold they cannot reach."""
        cues = _cues(rule, options, options["ascribed"])
        threshold, first = float(options["threshold"]), frozenset(options["yields_to"])
        below = threshold if options["suggest_below"] is None else float(options["suggest_below"])
        return cls(rule, options["unit"], threshold, below, frozenset(options["weak"]), cues, options["mark"], build_runs(options), first)

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [term for cue in self.cues for term in cue.terms]

    @property
    def signal_names(self) -> frozenset[str]:
        """The signals its cues refer to."""
        return frozenset(cue.signal for cue in self.cues if cue.signal)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, self.unit)
        counted = self._counted(scan, units)
        if self.run is not None:
            for run in self.run.collect(counted, self.threshold, units):
                yield self._match(scan, [units[n] for n in run], [c for n in run for c in counted.get(n, ())])
            return
        reached = frozenset(number for number, counts in counted.items() if total(counts) >= self.threshold)
        for name in self.yields_to if reached else ():
            reached -= scan.holding(name, units, reached)
        for number in sorted(reached):
            yield self._match(scan, [units[number]], counted[number])

    def holding(self, scan: Scan, units: Units, wanted: frozenset[int]) -> frozenset[int]:
        """The numbers of the units whose own sum reaches the threshold, whether `wanted` or not."""
        return frozenset(number for number, counts in self._counted(scan, units).items() if total(counts) >= self.threshold)

    def answered(self, scan: Scan) -> Iterator[tuple[Unit, list[str]]]:
        """The units that would be reported but for signals that count against them, each with the names of these signals."""
        units = scan.units(self.rule.scope, self.unit)
        most = sum(cue.weight for cue in self.cues if cue.signal and cue.weight < 0)
        for number, counts in count(scan, self.cues, units, self.threshold + most).items():
            against = [c for c in counts if c.signal and c.weight < 0]
            if against and total(counts) < self.threshold <= total(counts) - total(against):
                yield units[number], [c.signal for c in against]

    def _counted(self, scan: Scan, units: Units) -> Mapping[int, Sequence[Count]]:
        """The cues that hold in the units of this rule; asked for by the linter, and by the rules that use it as a signal."""
        enough = self.threshold if self.run is None else min(self.threshold, self.run.joins)
        return scan.shared((self,), lambda: count(scan, self.cues, units, enough))

    def _match(self, scan: Scan, units: Sequence[Unit], counts: Sequence[Count]) -> Match:
        """The finding over some units, from the first to the last."""
        first, last = units[0], units[-1]
        start, end = first.start, last.end
        ranges = [r for c in counts if c.weight > 0 for r in c.ranges]
        if self.mark == "cues" and ranges and len(units) == 1:
            start, end = min(r[0] for r in ranges), max(r[1] for r in ranges)
        blocks = scan.document.blocks
        span = Span(blocks[first.block].span(start, start + 1).start, blocks[last.block].span(end - 1, end).end)
        if first.block == last.block:
            text = blocks[first.block].text[start:end]
        else:
            text = "\n".join(blocks[u.block].text[u.start : u.end] for u in units)
        labels = list(dict.fromkeys(c.label for c in counts if c.weight > 0))
        cues = dict.fromkeys(map(str, counts)) if len(units) > 1 else _told(counts)
        weighed = sum(c.weight for c in counts if c.label not in self.weak)
        level = Level.SUGGESTION if weighed < self.suggest_below else None
        return Match(span, text, (" ".join(text.split()), ", ".join(labels)), cues=tuple(cues), level=level)


def _told(counts: Sequence[Count]) -> list[str]:
    """What counted in one unit: what adds and what subtracts under each name, summed, so that the figures make the unit's total."""
    sums: dict[tuple[str, bool], float] = {}
    for c in counts:
        key = (c.label, c.weight > 0)
        sums[key] = sums.get(key, 0.0) + c.weight
    return [f"{weight:+g} {label}" for (label, _), weight in sums.items()]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Signal(Check):
    """A named property of units, summed from cues like a score; it reports nothing and is used by `signal:` cues."""

    signals = True
    reports = False
    keys: ClassVar[Mapping[str, Key]] = {
        "unit": _UNIT,
        "threshold": _THRESHOLD,
        "cues": _CUES,
        "carry": Key("mapping", None, "how the signal extends to the following units", entries=CARRY_KEYS),
        "source": Key("bool", False, "it tells that a source is named: reports list what it answers for"),
    }
    rule: Rule
    unit: UnitKind
    threshold: float
    cues: Cues
    source: bool
    carry: Cues
    carry_threshold: float
    reach: int
    gap: int

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for cues that cannot work."""
        carry = {**{key: spec.default for key, spec in CARRY_KEYS.items()}, **(options["carry"] or {})}
        for key, value in carry.items():
            if key not in CARRY_KEYS:
                raise options.error(f"carry.{key}", f"unknown key {key!r}", did_you_mean(str(key), CARRY_KEYS))
            if key != "cues" and (isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9):
                raise options.error(f"carry.{key}", f"a number is wanted, not {value!r}")
        listed = build_cues(options, "carry.cues", carry["cues"], quotes=rule.quotes)
        cues = _cues(rule, options)
        carried = listed, float(carry["threshold"]), int(carry["reach"]), int(carry["gap"])
        return cls(rule, options["unit"], float(options["threshold"]), cues, options["source"], *carried)

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [term for cue in (*self.cues, *self.carry) for term in cue.terms]

    @property
    def signal_names(self) -> frozenset[str]:
        """The signals its cues refer to."""
        return frozenset(cue.signal for cue in (*self.cues, *self.carry) if cue.signal)

    def find(self, scan: Scan) -> Iterator[Match]:
        """The units for which the signal holds, so that its own examples can be tested; the linter does not ask."""
        units = scan.units(self.rule.scope, self.unit)
        blocks = scan.document.blocks
        for number in sorted(self.holding(scan, units, frozenset(range(len(units))))):
            unit = units[number]
            text = blocks[unit.block].text[unit.start : unit.end]
            yield Match(blocks[unit.block].span(unit.start, unit.end), text, (text,))

    def words(self, scan: Scan, unit: Unit) -> Iterator[tuple[int, int]]:
        """Where in a unit's block the words stand that make the signal hold for it; nothing where it was carried on."""
        units = scan.units(self.rule.scope, self.unit)
        at = bisect_left(units, unit)
        if at < len(units) and units[at] == unit:
            counts = count(scan, self.cues, units, self.threshold, frozenset({at})).get(at, ())
            yield from (r for c in counts if c.weight > 0 for r in c.ranges)

    def holding(self, scan: Scan, units: Units, wanted: frozenset[int]) -> frozenset[int]:
        """The numbers of the units for which the signal holds, of themselves or carried on from a unit before; complete for `wanted`.

        It is carried to the units that show a carry cue, over up to `gap` units in a row that do not, for whom it does not hold.
        """
        far = self.reach * (self.gap + 1) if self.carry else 0
        read = _spread(wanted, back=far) if far else wanted
        own = {n for n, counts in count(scan, self.cues, units, self.threshold, read).items() if total(counts) >= self.threshold}
        if not self.carry or not own:
            return frozenset(own)
        reached = (_spread(own, on=far) & read) - own
        carried = count(scan, self.carry, units, self.carry_threshold, reached)
        held, left, passed = set(own), 0, 0
        for number in range(min(own), max(read) + 1):
            if number in own:
                left, passed = self.reach, 0
            elif left and total(carried.get(number, ())) >= self.carry_threshold:
                held.add(number)
                left, passed = left - 1, 0
            elif passed < self.gap:
                passed += 1
            else:
                left = 0
        return frozenset(held)


def _spread(numbers: Iterable[int], *, back: int = 0, on: int = 0) -> frozenset[int]:
    """Numbers from 0 on, with those up to `back` before and up to `on` after each; in time linear in what comes out."""
    spread: list[int] = []
    past = 0
    for number in sorted(numbers):
        spread.extend(range(max(past, number - back), number + on + 1))
        past = max(past, number + on + 1)
    return frozenset(spread)


def _cues(rule: Rule, options: Options, ascribed: str = "check") -> Cues:
    cues = build_cues(options, "cues", options["cues"], quotes=rule.quotes, ascribed=ascribed)
    best = sum(cue.weight for cue in cues if cue.weight > 0)
    for key in ("threshold", "suggest_below"):
        # With runs these may lie above what one unit can reach: then only a run of several counts.
        if best < (options.get(key, None) or 0) and not options.get("run", None):
            raise options.error(key, f"the cues add up to {best:g} at most, so {options[key]:g} is never reached")
    return cues
