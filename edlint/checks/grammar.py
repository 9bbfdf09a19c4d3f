"""`grammar`: a slice of what the configured engine remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Key, Match, Options, Scan, Term
from edlint.finding import Edit, Fix
from edlint.grammar.base import Remark, Slice
from edlint.rule import Rule
from edlint.text.prose import words as words_of
from edlint.text.span import Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Grammar:
    """The remarks of the engine by the rules, categories or kinds that are listed; each finding bears the engine rule's name."""

    keys: ClassVar[Mapping[str, Key]] = {
        "engine": Key("text", "harper", "the engine whose remarks these are; without it the rule is off", ("harper", "languagetool")),
        "rules": Key("texts", (), "names of the engine's rules to listen to"),
        "categories": Key("texts", (), "LanguageTool's categories or kinds of remark to listen to; without these and `rules`: all"),
        "except": Key("texts", (), "rules, categories or kinds not to listen to"),
        "exceptions": Key("texts", (), "words; a remark on just one of them is no finding"),
        "lowercase": Key("bool", False, "only remarks on a word in small letters that stands nowhere in the draft with a capital"),
        "vocab": Key("bool", True, "take the vocabulary's terms as exceptions too"),
    }
    rule: Rule
    slice: Slice
    exceptions: frozenset[str]
    lowercase: bool

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError when a rule for Harper, which has no categories, lists no rules."""
        if options["engine"] == "harper" and not options["rules"]:
            raise options.error("rules", "a grammar rule lists the engine's rules it listens to")
        return cls(rule, slice_of(rule), frozenset(options["exceptions"]), options["lowercase"])

    @property
    def terms(self) -> Sequence[Term]:
        """None: engines read text, not terms."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        wanted = {unit.block for unit in scan.units(self.rule.scope, "block")}
        names = _capitalized(scan) if self.lowercase else frozenset()
        for number, remark in scan.remarks(self.slice):
            block = scan.document.blocks[number]
            text = block.text[remark.start : remark.end]
            around = block.text[max(0, remark.start - 2) : remark.end + 2]
            if number not in wanted or text in self.exceptions or "*" in around:  # masked code is nobody's grammar
                continue
            if self.lowercase and not (text.isalpha() and text.islower() and text not in names):
                continue
            span = block.span(remark.start, remark.end)
            yield Match(span, text, (text, remark.message), fixes=_fixes(span, remark), name=f"{self.rule.pack}.{remark.rule}")


def _capitalized(scan: Scan) -> frozenset[str]:
    """The words of the draft that stand somewhere with a capital, in small letters."""
    words = (text[a:b] for text in (block.text for block in scan.document.blocks) for a, b in words_of(text))
    return frozenset(word.lower() for word in words if not word.islower())


def slice_of(rule: Rule) -> Slice:
    """The slice that a grammar rule's options describe."""
    return Slice(*(frozenset(rule.options.get(key, ())) for key in ("rules", "categories", "except")))


def _fixes(span: Span, remark: Remark) -> tuple[Fix, ...]:
    """One fix for each replacement. An engine guesses, so none of them is safe."""
    return tuple(
        Fix(f"replace by {text!r}" if text else "delete", (Edit(span, text),), "unsafe") for text in remark.replacements[:3]
    )
