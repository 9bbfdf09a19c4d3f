"""`existence`: none of these may occur."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Hit, Key, Match, Options, Scan, Term, Unit, UnitKind
from edlint.checks.fixing import Action, action_of, fix_for
from edlint.rule import Rule


@dataclass(frozen=True, slots=True)
class Existence:
    """Every match of the tokens is reported."""

    keys: ClassVar[Mapping[str, Key]] = {
        "tokens": Key("texts", (), "patterns that may not occur, each between word boundaries"),
        "raw": Key("texts", (), "pieces of one pattern, joined as they stand, put before the tokens"),
        "append": Key("bool", False, "put `raw` after the tokens instead"),
        "ignorecase": patterns.IGNORECASE,
        "nonword": patterns.NONWORD,
        "exceptions": patterns.EXCEPTIONS,
        "vocab": patterns.VOCAB,
        "plain": patterns.PLAIN,
        "action": Key("mapping", None, "what an editor may offer: name and params"),
        "safe": Key("bool", False, "the action may be applied without asking"),
    }
    rule: Rule
    term: Term
    exception: Term | None
    action: Action | None

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Join tokens and raw into one pattern. Raises RuleError when there is nothing to look for."""
        tokens = patterns.texts(options["tokens"])
        raw = "".join(options["raw"])
        if not tokens and not raw:
            raise options.error("tokens", "an existence rule needs `tokens` or `raw`")
        joined = patterns.bounded("|".join(tokens), nonword=options["nonword"]) if tokens else ""
        pattern = joined + raw if options["append"] else raw + joined
        term = Term(pattern, literal=False, ignorecase=options["ignorecase"], plain=options["plain"])
        return cls(rule, term, patterns.exceptions(options), action_of(options))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.term,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        for block, start, end in found(scan, self.rule, self.term, self.exception):
            text = scan.document.blocks[block].text[start:end]
            span = scan.document.blocks[block].span(start, end)
            offered = self.action.results(text) if self.action else ()
            yield Match(span, text, (text, *offered[:1]), fixes=fix_for(span, offered, self.action))


def found(scan: Scan, rule: Rule, term: Term, exception: Term | None) -> Iterator[Unit]:
    """The non-empty matches of a term in the rule's scope that hold no exception, as ranges of block texts."""
    kind: UnitKind = patterns.unit_kind(rule.scope)
    units = scan.units(rule.scope, kind)
    for hit in scan.hits(term, units):
        block = units[hit.unit].block
        text = scan.document.blocks[block].text[hit.start : hit.end]
        if text and not (exception and excepted(text, exception)):
            yield Unit(block, hit.start, hit.end)


def excepted(text: str, exception: Term) -> bool:
    """Whether an exception is found in the matched text."""
    import regex

    return regex.search(exception.pattern, text.strip(), timeout=1.0) is not None


__all__ = ["Existence", "Hit", "excepted", "found"]
