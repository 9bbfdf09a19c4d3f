"""`grammar`: a slice of what the configured engine remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Hit, Key, Match, Options, Scan, Term
from edlint.checks.dialect import translate
from edlint.grammar import ENGINES
from edlint.grammar.base import Remark, Slice
from edlint.model.finding import Edit, Fix
from edlint.model.rule import Rule
from edlint.text.span import Span
from edlint.text.wordlist import is_foreign


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Grammar(Check):
    """The remarks of the engine by the rules, categories or kinds that are listed; each finding bears the engine rule's name."""

    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "engine": Key("text", "harper", "the engine whose remarks these are; without it the rule is off", ENGINES),
        "rules": Key("texts", (), "names of the engine's rules to use"),
        "where": Key("mapping", {}, "more of them: each with the pattern that its remarks must touch; where none stands nothing is read"),
        "categories": Key("texts", (), "LanguageTool's categories or kinds of remark to listen to; without these and `rules`: all"),
        "except": Key("texts", (), "rules, categories or kinds to leave out"),
        "exceptions": Key("texts", (), "words; a remark on exactly one of them is not reported"),
        "vocab": Key("bool", True, "take the vocabulary's terms as exceptions too"),
    }
    rule: Rule
    slice: Slice
    where: Mapping[str, Term]
    exceptions: frozenset[str]

    @classmethod
    def engine(cls, rule: Rule) -> str:
        """See Check.engine."""
        return str(rule.options.get("engine", cls.keys["engine"].default))

    @classmethod
    def engine_rules(cls, rule: Rule) -> tuple[str, ...]:
        """See Check.engine_rules."""
        return (*rule.options.get("rules", ()), *rule.options.get("where", ()))

    @classmethod
    def is_open(cls, rule: Rule) -> bool:
        """See Check.is_open."""
        return cls.engine(rule) != "harper" and not rule.options.get("rules")

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError when a rule for Harper, which has no categories, lists no rules."""
        if options["engine"] == "harper" and not (options["rules"] or options["where"]):
            raise options.error("rules", "a grammar rule lists the engine's rules it listens to")
        where = {name: _term(options, name, pattern) for name, pattern in options["where"].items()}
        return cls(rule, slice_of(rule), where, frozenset(options["exceptions"]))

    @property
    def terms(self) -> Sequence[Term]:
        """The patterns that remarks must touch; otherwise engines read text, not terms."""
        return list(self.where.values())

    def blocks(self, scan: Scan) -> set[int]:
        """The numbers of the blocks that the engine must read for this rule."""
        units = scan.units(self.rule.scope, "block")
        if len(self.where) < len(self.slice.rules) or not self.where:
            return {unit.block for unit in units}
        return {units[hit.unit].block for term in self.terms if scan.possible(term) for hit in scan.hits(term, units)}

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        units = scan.units(self.rule.scope, "block")
        wanted = {unit.block for unit in units}
        for number, remark in scan.remarks(self.slice):
            block = scan.document.blocks[number]
            text = block.text[remark.start : remark.end]
            around = block.text[max(0, remark.start - 2) : remark.end + 2]
            if number not in wanted or text in self.exceptions or "*" in around:  # masked code is nobody's grammar
                continue
            if self.rule.language == "en" and is_foreign(block.text):
                continue
            term = self.where.get(remark.rule)
            if term and not any(units[hit.unit].block == number and _touch(hit, remark) for hit in scan.hits(term, units)):
                continue
            span = block.span(remark.start, remark.end)
            yield Match(span, text, (text, remark.message), fixes=_fixes(span, remark), name=f"{self.rule.pack}.{remark.rule}")


def _touch(hit: Hit, remark: Remark) -> bool:
    return hit.start <= remark.end and remark.start <= hit.end


def _term(options: Options, name: str, pattern: object) -> Term:
    try:
        return Term(translate(str(pattern)), literal=False)
    except ValueError as fault:
        raise options.error(f"where.{name}", f"the pattern does not compile: {fault}") from None


def slice_of(rule: Rule) -> Slice:
    """The slice that a grammar rule's options describe."""
    rules, groups, without = (frozenset(rule.options.get(key, ())) for key in ("rules", "categories", "except"))
    return Slice(rules | frozenset(rule.options.get("where", ())), groups, without)


def _fixes(span: Span, remark: Remark) -> tuple[Fix, ...]:
    """One fix for each replacement. An engine guesses, so none of them is safe."""
    return tuple(Fix(f"replace by {text!r}" if text else "delete", (Edit(span, text),), "unsafe") for text in remark.replacements[:3])
