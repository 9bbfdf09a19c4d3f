"""Cues: the weighted evidence of scored rules. What an editor may write under `cues:`, and what it counts in a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from edlint.checks.base import Feature, Hit, Key, Options, Scan, Term, Unit
from edlint.checks.features import FEATURES
from edlint.checks.speakers import LONGEST_HEADLINE, ascribed
from edlint.errors import did_you_mean

PLACES = {"here": (0,), "before": (-1,), "after": (1,), "near": (-1, 1)}
CUE_KEYS: dict[str, Key] = {
    "any": Key("texts", (), "words or phrases; each matches as whole words, whatever its case, quotes and blanks"),
    "pattern": Key("texts", (), "regexes, tried on the unit's text with straight quotes and plain blanks"),
    "feature": Key("text", "", "a property of the unit, with at_least / at_most"),
    "signal": Key("text", "", "the name of a signal rule that holds for the unit"),
    "weight": Key("number", 1.0, "what the cue adds, in steps of .5; may be negative"),
    "why": Key("text", "", "what the cue is called in reports; by default what was found"),
    "at": Key("text", "here", "which unit is read: this one or a neighbour", tuple(PLACES)),
    "case": Key("bool", False, "compare letter case too"),
    "whole": Key("bool", False, "what was found must make up the whole unit: no letter may stand beside it"),
    "quotes": Key("text", "", "whether quoted words count for this cue; by default as the rule says", ("", "skip", "check")),
    "mark": Key("bool", True, "what this cue found is part of what the finding points at"),
    "at_least": Key("number", None, "the smallest value of the feature that counts; 1 when neither bound is given"),
    "at_most": Key("number", None, "the largest value of the feature that counts"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """One cue that holds for a unit: its weight, what to call it, and where it was found in the unit's block, if anywhere."""

    weight: float
    label: str
    ranges: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        return f"{self.weight:+g} {self.label}"


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of `cues:`. Exactly one of terms, feature, signal is set."""

    weight: float
    why: str
    shifts: tuple[int, ...]
    skip_quotes: bool
    mark: bool
    whole: bool
    terms: tuple[Term, ...] = ()
    feature: Feature | None = None
    signal: str = ""
    low: float | None = None
    high: float | None = None
    skip_ascribed: bool = False

    def holds(self, scan: Scan, unit: Unit) -> bool:
        """Whether a feature or signal cue holds for the unit itself."""
        if self.feature is None:
            return scan.signal(self.signal, unit)
        value = self.feature(scan, unit)
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def build_cues(options: Options, key: str, entries: Sequence[Any], *, quotes: str, ascribed: str = "check") -> tuple[Cue, ...]:
    """The cues of a list in a rule file, under the rule's `quotes` and `ascribed`. Raises RuleError, placed at the entry."""
    cues = tuple(_cue(options, f"{key}.{n}", entry, quotes) for n, entry in enumerate(entries))
    return tuple(replace(cue, skip_ascribed=cue.weight > 0) for cue in cues) if ascribed == "skip" else cues


def _cue(options: Options, key: str, entry: Any, quotes: str) -> Cue:
    if not isinstance(entry, Mapping):
        raise options.error(key, "a cue is a mapping such as {any: [word], weight: 1}")
    for name in entry:
        if name not in CUE_KEYS:
            raise options.error(f"{key}.{name}", f"unknown key {name!r} in a cue", did_you_mean(name, CUE_KEYS))
    given = [name for name in ("any", "pattern", "feature", "signal") if entry.get(name)]
    if not given or (len(given) > 1 and given != ["any", "pattern"]):
        raise options.error(key, "a cue has `any` or `pattern` (or both), or `feature`, or `signal`")
    value = {name: entry.get(name, spec.default) for name, spec in CUE_KEYS.items()}
    _check_values(options, key, value)
    low, high = value["at_least"], value["at_most"]
    return Cue(
        weight=float(value["weight"]),
        why=value["why"],
        shifts=PLACES[value["at"]],
        skip_quotes=(value["quotes"] or quotes) == "skip",
        mark=value["mark"],
        whole=value["whole"],
        terms=_terms(value),
        feature=FEATURES[value["feature"]] if value["feature"] else None,
        signal=value["signal"],
        low=1.0 if low is None and high is None else low,
        high=high,
    )


def _check_values(options: Options, key: str, value: Mapping[str, Any]) -> None:
    if value["at"] not in PLACES:
        raise options.error(f"{key}.at", f"unknown place {value['at']!r}", "one of " + ", ".join(PLACES))
    if value["feature"] and value["feature"] not in FEATURES:
        hint = did_you_mean(value["feature"], FEATURES) or "one of " + ", ".join(FEATURES)
        raise options.error(f"{key}.feature", f"unknown feature {value['feature']!r}", hint)
    for name in ("weight", "at_least", "at_most"):
        number = value[name]
        if number is not None and (isinstance(number, bool) or not isinstance(number, int | float)):
            raise options.error(f"{key}.{name}", f"{number!r} is not a number")
    if value["weight"] * 2 % 1:
        raise options.error(f"{key}.weight", f"weights go in steps of .5, not {value['weight']:g}")


def _terms(value: Mapping[str, Any]) -> tuple[Term, ...]:
    def listed(entry: Any) -> list[str]:
        return [entry] if isinstance(entry, str) else [str(text) for text in entry]

    ignorecase = not value["case"]
    phrases = [Term(text.strip(), literal=True, ignorecase=ignorecase) for text in listed(value["any"]) if text.strip()]
    return (*phrases, *(Term(text, literal=False, ignorecase=ignorecase) for text in listed(value["pattern"])))


def count(scan: Scan, cues: Sequence[Cue], units: Sequence[Unit], enough: float) -> dict[int, list[Count]]:
    """For each unit (by number) whose cues could reach `enough`, the cues that hold.

    Terms are counted first, and features and signals only where they can still make the difference: their gain is
    known beforehand, so a unit without any term is looked at only when features alone could reach `enough`.
    """
    found: dict[int, list[Count]] = defaultdict(list)
    gains: dict[int, float] = defaultdict(float)
    for cue in cues:
        for number, ranges in _occurrences(scan, cue, units).items():
            label = cue.why or _label(scan, units, number, ranges)
            found[number].append(Count(cue.weight, label, ranges if cue.mark and 0 in cue.shifts else ()))
            gains[number] += max(0.0, cue.weight)
    late = [cue for cue in cues if not cue.terms]
    hope = sum(cue.weight for cue in late if cue.weight > 0)
    numbers = range(len(units)) if hope >= enough else sorted(n for n, gain in gains.items() if gain + hope >= enough)
    counted = {number: found[number] for number in numbers}
    for number, counts in counted.items():
        counts.extend(c for cue in late if (c := _late(scan, cue, units, number)))
    return counted


def _late(scan: Scan, cue: Cue, units: Sequence[Unit], number: int) -> Count | None:
    near = (number + shift for shift in cue.shifts)
    if any(0 <= n < len(units) and cue.holds(scan, units[n]) for n in near):
        return Count(cue.weight, cue.why or cue.signal or getattr(cue.feature, "__name__", "").replace("_", " "))
    return None


def _occurrences(scan: Scan, cue: Cue, units: Sequence[Unit]) -> dict[int, tuple[tuple[int, int], ...]]:
    """For each unit in which the cue's terms count, their ranges in the block where they stand."""
    here: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for term in cue.terms:
        for hit in scan.hits(term, units):
            if not _of_others(scan, cue, units[hit.unit], hit):
                here[hit.unit].append((hit.start, hit.end))
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, ranges in here.items():
        if cue.whole and not _fills(scan, units[number], ranges):
            continue
        for shift in cue.shifts:
            if 0 <= number - shift < len(units):
                found[number - shift].extend(ranges)
    return {number: tuple(sorted(ranges)) for number, ranges in found.items()}


def _fills(scan: Scan, unit: Unit, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether every letter of the unit lies in one of the ranges."""
    text, at = scan.document.blocks[unit.block].text, unit.start
    for start, end in sorted(ranges):
        if any(map(str.isalpha, text[at:start])):
            return False
        at = max(at, end)
    return not any(map(str.isalpha, text[at : unit.end]))


def _of_others(scan: Scan, cue: Cue, unit: Unit, hit: Hit) -> bool:
    """Whether what was found stands in words that are not the unit's own and do not count for the cue."""
    if cue.skip_quotes and scan.in_quotes(unit.block, hit.start, hit.end):
        return True
    if not cue.skip_ascribed or unit.end - unit.start > LONGEST_HEADLINE:
        return False
    text = scan.plain(unit.block)[unit.start : unit.end]
    return any(start <= hit.start - unit.start and hit.end - unit.start <= end for start, end in ascribed(text))


def _label(scan: Scan, units: Sequence[Unit], number: int, ranges: tuple[tuple[int, int], ...]) -> str:
    start, end = ranges[0]
    text = scan.document.blocks[units[number].block].text[start:end]
    return f"\u201c{' '.join(text.split())}\u201d"
