"""`enumeration`: a count of points that leaves one out, such as Firstly … Thirdly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, NamedTuple, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term, Units
from edlint.model.finding import Related
from edlint.model.rule import Rule
from edlint.text.lazy import lazy

_LEAD = lazy(r"\W*")


class Step(NamedTuple):
    """A sentence that opens with a step of a series: the sentence's number, the step's (0-based), and the range in the block's text."""

    sentence: int
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Enumeration(Check):
    """A step that opens a sentence is reported when a series has begun, the step before it is missing, and nothing stands for it."""

    keys: ClassVar[Mapping[str, Key]] = {
        "series": Key("list", (), "series, each a list of steps in order; a step is the words, or a list of them, that open its sentence"),
        "fillers": Key("texts", (), "words that may stand for a step when they open a sentence between"),
        "within": Key("int", 30, "how many sentences may lie between two steps that belong together"),
    }
    rule: Rule
    series: tuple[tuple[tuple[Term, ...], ...], ...]
    fillers: tuple[Term, ...]
    within: int

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError, placed at the series, for one of fewer than three steps: no step can be missing inside it."""
        series = []
        for number, steps in enumerate(options["series"]):
            if not isinstance(steps, list | tuple) or len(steps) < 3:
                raise options.error(f"series.{number}", "a series is a list of three steps or more")
            series.append(tuple(_terms([step] if isinstance(step, str) else step) for step in steps))
        if not series:
            raise options.error("series", "an enumeration rule needs at least one series")
        return cls(rule, tuple(series), _terms(options["fillers"]), options["within"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        opening = [term for steps in self.series for step in steps for term in step]
        return [*opening, *map(_bare, opening), *self.fillers]

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, "sentence")
        for steps in self.series:
            yield from self._skips(scan, units, steps)

    def _skips(self, scan: Scan, units: Units, steps: Sequence[tuple[Term, ...]]) -> Iterator[Match]:
        """The steps of one series that come too early."""
        found = sorted(step for number, terms in enumerate(steps) for step in _opening(scan, units, terms, number))
        for last, step in pairwise(found):
            missing = steps[last.number + 1 : step.number]
            if not missing or step.sentence - last.sentence > self.within or self._named(scan, units, missing, last, step):
                continue
            block, before = units[step.sentence].block, units[last.sentence].block
            text = scan.document.blocks[block].text[step.start : step.end]
            seen = scan.document.blocks[before].text[last.start : last.end]
            related = (Related(scan.document.blocks[before].span(last.start, last.end), "the step before"),)
            yield Match(scan.document.blocks[block].span(step.start, step.end), text, (text, seen, _bare(missing[0][0]).pattern), related)

    def _named(self, scan: Scan, units: Units, missing: Sequence[tuple[Term, ...]], last: Step, step: Step) -> bool:
        """Whether something between two steps stands for the missing ones: their words, wherever, or a filler that opens a sentence."""
        between = range(last.sentence, step.sentence)
        words = (hit.unit for terms in missing for term in terms for hit in scan.hits(_bare(term), units))
        return any(unit in between for unit in words) or any(s.sentence in between for s in _opening(scan, units, self.fillers, 0))


def _opening(scan: Scan, units: Units, terms: Sequence[Term], number: int) -> Iterator[Step]:
    """The sentences that open with one of some terms."""
    for term in terms:
        for hit in scan.hits(term, units):
            unit = units[hit.unit]
            lead = _LEAD.match(scan.document.blocks[unit.block].text, unit.start)
            if hit.start == unit.start or (lead and lead.end() == hit.start):
                yield Step(hit.unit, number, hit.start, hit.end)


def _bare(term: Term) -> Term:
    """A step's words without the comma that follows them where they open a sentence."""
    return term._replace(pattern=term.pattern.rstrip(","))


def _terms(phrases: Sequence[str]) -> tuple[Term, ...]:
    return tuple(Term(str(phrase), literal=True) for phrase in phrases)
