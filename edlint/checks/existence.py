"""`existence`: none of these may occur."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.fixing import ACTION, SAFE, Action, action_of, fix_for
from edlint.model.rule import Rule

_ALL = ("text",)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Existence(Check):
    """Every match of the tokens is reported."""

    shared = True
    needs_term = True
    keys: ClassVar[Mapping[str, Key]] = {
        "tokens": Key("texts", (), "patterns that may not occur, each between word boundaries"),
        "raw": Key("texts", (), "pieces of one pattern, joined as they stand, put before the tokens"),
        "append": Key("bool", False, "put `raw` after the tokens instead"),
        "ignorecase": patterns.IGNORECASE,
        "nonword": patterns.NONWORD,
        "exceptions": patterns.EXCEPTIONS,
        "vocab": patterns.VOCAB,
        "accepted": patterns.ACCEPTED,
        "plain": patterns.PLAIN,
        "unless": Key("texts", (), "patterns; a draft in which one stands speaks of the tokens, and nothing in it is reported", own=True),
        "action": ACTION,
        "safe": SAFE,
    }
    rule: Rule
    term: Term
    exceptions: patterns.Exceptions | None
    unless: Term | None
    action: Action | None

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Join tokens and raw into one pattern. Raises RuleError when there is nothing to look for."""
        tokens = patterns.texts(options["tokens"])
        raw = "".join(options["raw"])
        if rule.compat:  # where `raw` passes through a formatter
            raw = raw.replace("%%", "%")
        if not tokens and not raw:
            raise options.error("tokens", "an existence rule needs `tokens` or `raw`")
        joined = patterns.bounded("|".join(tokens), nonword=options["nonword"]) if tokens else "(?m)"
        pattern = joined + raw if options["append"] else raw + joined
        term = patterns.term(options, "tokens", patterns.lean(pattern), plain=options["plain"])
        spoken = "|".join(patterns.texts(options["unless"]))
        unless = patterns.term(options, "unless", patterns.lean(patterns.bounded(spoken, nonword=True)), plain=True) if spoken else None
        return cls(rule, term, patterns.exceptions(options), unless, action_of(options))

    @classmethod
    def fills(cls, rule: Rule) -> int:
        """See Check.fills. The second value is what an action offers."""
        return 2 if rule.options.get("action") else 1

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.term, self.unless) if self.unless else (self.term,)

    def needed(self) -> Sequence[Term]:
        """See Check.needed."""
        return (self.term,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        found = list(patterns.found(scan, self.rule, self.term, self.exceptions))
        if found and self.unless and scan.hits(self.unless, scan.units(_ALL, patterns.unit_kind(_ALL))):
            return
        for unit, text, start, end in found:
            span = scan.document.blocks[unit.block].span(unit.start + start, unit.start + end)
            match = text[start:end]
            offered = self.action.results(match) if self.action else ()
            yield Match(span, match, (match, *offered[:1]), fixes=fix_for(span, offered, self.action))
