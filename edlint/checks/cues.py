"""Cues: the weighted evidence of scored rules. What an editor may write under `cues:`, and what it counts in a unit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from edlint.checks.base import Feature, Key, Options, Scan, Term, Units
from edlint.checks.features import FEATURES
from edlint.checks.values import typed
from edlint.errors import did_you_mean
from edlint.matching.prefilter import prefilter

PLACES = {"here": (0,), "before": (-1,), "after": (1,), "near": (-1, 1)}
CUE_KEYS: dict[str, Key] = {
    "any": Key("texts", (), "words or phrases; each matches as whole words, whatever its case, quotes and blanks"),
    "pattern": Key("texts", (), "regexes, tried on the unit's text with straight quotes and plain blanks"),
    "feature": Key("text", "", "a property of the unit, with at_least / at_most"),
    "signal": Key("text", "", "the name of a signal or scored rule that holds for the unit"),
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


_DEFAULTS = {name: key.default for name, key in CUE_KEYS.items()}


class Cue(NamedTuple):
    """One entry of `cues:`. Exactly one of terms, feature, signal is set."""

    weight: float
    why: str
    shifts: tuple[int, ...]
    skip_quotes: bool
    mark: bool
    whole: bool
    terms: frozenset[Term] = frozenset()
    feature: Feature | None = None
    signal: str = ""
    low: float | None = None
    high: float | None = None
    skip_ascribed: bool = False


Possible = Mapping[int, Collection[Term]]  # by number of the cue: those of its terms that can stand in a unit


class Cues(tuple[Cue, ...]):
    """The cues of one list, with what follows from it for every document."""

    @cached_property
    def hope(self) -> float:
        """What cues without words add at most."""
        return sum(cue.weight for cue in self if cue.weight > 0 and not cue.terms)

    @cached_property
    def wordless(self) -> list[int]:
        """The numbers of the cues without words, signals last, because they take longest."""
        return sorted((n for n, cue in enumerate(self) if not cue.terms), key=lambda n: bool(self[n].signal))

    @cached_property
    def order(self) -> list[tuple[bool, int]]:
        """For each cue where it is listed: words that add come first."""
        return [(not (cue.terms and cue.weight > 0), number) for number, cue in enumerate(self)]

    @cached_property
    def cost(self) -> list[tuple[bool, bool, float]]:
        """For each cue what decides when it is looked for: what adds before what subtracts, phrases before patterns, heavy ones first."""
        return [(cue.weight <= 0, not all(term.literal for term in cue.terms), -abs(cue.weight)) for cue in self]

    @cached_property
    def _by_literal(self) -> Mapping[str, Sequence[tuple[int, Term, frozenset[str]]]]:
        """The terms that a literal may stand for, each with the number of its cue and the literals of which one must stand there,
        too; under "" those that may stand anywhere."""
        found: dict[str, list[tuple[int, Term, frozenset[str]]]] = {"": []}
        for number, cue in enumerate(self):
            for term in cue.terms:
                known = prefilter(term)
                for literal in known.literals if cue.shifts == (0,) else ():
                    found.setdefault(literal, []).append((number, term, known.also))
                if cue.shifts != (0,) or not known.literals:
                    found[""].append((number, term, frozenset()))
        return found

    @cached_property
    def _literals(self) -> frozenset[str]:
        return frozenset(self._by_literal)

    @cached_property
    def _bounds(self) -> Mapping[str, float]:
        """For each literal what the cues whose terms it may stand for add at most."""
        return _WhenAsked(lambda literal: self._sum({number for number, _, _ in self._by_literal[literal]}))

    def most(self, scan: Scan) -> float:
        """The highest sum that a unit of the document may have."""
        return self.hope + self._sum({number for number, _ in self._terms(scan.occurring)})

    def _sum(self, numbers: Iterable[int]) -> float:
        return sum(self[number].weight for number in numbers if self[number].weight > 0)

    def _terms(self, literals: frozenset[str] | None) -> Iterator[tuple[int, Term]]:
        """The terms that may stand where only these literals do; None: any."""
        if literals is None:
            yield from ((number, term) for number, cue in enumerate(self) for term in cue.terms)
            return
        for literal in ("", *(literals & self._literals)):
            for number, term, also in self._by_literal[literal]:
                if not (also and also.isdisjoint(literals)):
                    yield number, term

    def promising(self, scan: Scan, units: Units, asked: Iterable[int], needed: float) -> Iterator[tuple[int, Possible]]:
        """Those of the units `asked` whose words may add up to `needed`, going by the literals in them, each with what may stand in it."""
        least = needed - self._bounds[""]
        of_units = ((number, None) for number in asked) if scan.occurring is None else scan.literals(units, asked)
        for number, literals in of_units:
            if literals is not None and least > 0 and sum(map(self._bounds.__getitem__, self._literals & literals)) < least:
                continue
            possible: dict[int, set[Term]] = {}
            for at, term in self._terms(literals):
                possible.setdefault(at, set()).add(term)
            if self._sum(possible) >= needed:
                yield number, possible


class _WhenAsked(dict[str, float]):
    """Values that are worked out when they are first asked for: of thousands of literals a draft holds few."""

    def __init__(self, make: Callable[[str], float]) -> None:
        self._make = make

    def __missing__(self, key: str) -> float:
        value = self[key] = self._make(key)
        return value


def build_cues(options: Options, key: str, entries: object, *, quotes: str, ascribed: str = "check") -> Cues:
    """The cues of a list in a rule file, under the rule's `quotes` and `ascribed`. Raises RuleError, placed at the entry."""
    if not isinstance(entries, list | tuple):
        raise options.error(key, "a list of cues is wanted")
    cues = [_cue(options, f"{key}.{n}", entry, quotes) for n, entry in enumerate(entries)]
    return Cues(cue._replace(skip_ascribed=cue.weight > 0) for cue in cues) if ascribed == "skip" else Cues(cues)


def _cue(options: Options, key: str, entry: object, quotes: str) -> Cue:
    if not isinstance(entry, Mapping):
        raise options.error(key, "a cue is a mapping such as {any: [word], weight: 1}")
    for name in entry:
        if name not in CUE_KEYS:
            raise options.error(f"{key}.{name}", f"unknown key {name!r} in a cue", did_you_mean(name, CUE_KEYS))
    value = {**_DEFAULTS, **{name: _value(options, f"{key}.{name}", given, CUE_KEYS[name]) for name, given in entry.items()}}
    given = [name for name in ("any", "pattern", "feature", "signal") if value[name]]
    if not given or (len(given) > 1 and given != ["any", "pattern"]):
        raise options.error(key, "a cue has `any` or `pattern` (or both), or `feature`, or `signal`")
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


def _value(options: Options, key: str, given: object, spec: Key) -> Any:
    try:
        return typed(given, spec)
    except ValueError as fault:
        raise options.error(key, str(fault)) from None


def _check_values(options: Options, key: str, value: Mapping[str, Any]) -> None:
    if value["feature"] and value["feature"] not in FEATURES:
        hint = did_you_mean(value["feature"], FEATURES) or "one of " + ", ".join(FEATURES)
        raise options.error(f"{key}.feature", f"unknown feature {value['feature']!r}", hint)
    if value["weight"] * 2 % 1:
        raise options.error(f"{key}.weight", f"weights go in steps of .5, not {value['weight']:g}")


def _terms(value: Mapping[str, Any]) -> frozenset[Term]:
    ignorecase = not value["case"]
    phrases = [Term(bare, True, ignorecase) for text in value["any"] if (bare := text.strip())]
    return frozenset((*phrases, *(Term(text, False, ignorecase) for text in value["pattern"])))
