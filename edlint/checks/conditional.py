"""`conditional`: if this, then also that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.dialect import translate
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Conditional(Check):
    """What `first` finds must have been defined by `second` in an earlier block or the same one."""

    shared = True
    values = 1
    needs_term = True
    keys: ClassVar[Mapping[str, Key]] = {
        "first": Key("text", "", "the pattern that requires a definition"),
        "second": Key("text", "", "the pattern of the definition; its groups, where it has any, hold what is defined"),
        "ignorecase": Key("bool", False, "accepted and without effect; write (?i) in the pattern"),
        "exceptions": patterns.EXCEPTIONS,
        "vocab": patterns.VOCAB,
        "accepted": patterns.ACCEPTED,
    }
    rule: Rule
    first: Term
    second: Term
    exceptions: patterns.Exceptions | None

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError when either pattern is missing."""
        made: list[Term] = []
        for key in ("first", "second"):
            if not options[key]:
                raise options.error(key, f"a conditional rule needs `{key}`")
            try:
                made.append(Term(translate(options[key]), literal=False, ignorecase=False, plain=False))
            except ValueError as fault:
                raise options.error(key, f"a pattern does not compile: {fault}") from None
        return cls(rule, made[0], made[1], patterns.exceptions(options))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.first, self.second)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, patterns.unit_kind(self.rule.scope))
        asked = list(patterns.found(scan, self.rule, self.first, self.exceptions))
        if not asked:
            return
        second = compiled(self.second.pattern)
        definitions = iter([*scan.hits(self.second, units), None])
        definition = next(definitions)
        known: set[str] = set()
        order = {unit: number for number, unit in enumerate(units)}
        for unit, hits in groupby(asked, key=lambda found: found[0]):
            number, here = order[unit], False
            while definition is not None and definition.unit <= number:
                text = scan.document.blocks[units[definition.unit].block].text
                match = second.match(text, definition.start)
                known.update(filter(None, match.groups() if match else ()))
                here = definition.unit == number
                definition = next(definitions)
            for _, text, start, end in hits:
                if text[start:end] in known if second.groups else here:
                    continue
                block = scan.document.blocks[unit.block]
                yield Match(block.span(unit.start + start, unit.start + end), text[start:end], (text[start:end],))
