"""`capitalization`: the case of a whole block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.casing import Casing
from edlint.checks.dialect import translate
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled

_FORMS = ("$title", "$sentence", "$lower", "$upper")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Capitalization(Check):
    """A block is reported when its case is not the one asked for."""

    shared = True
    values = 2
    keys: ClassVar[Mapping[str, Key]] = {
        "match": Key("text", "", "$title, $sentence, $lower, $upper, or a pattern that must be found in the block"),
        "style": Key("text", "AP", "which small words a title leaves in lower case: AP or Chicago"),
        "exceptions": patterns.EXCEPTIONS,
        "indicators": Key("texts", (), "endings of words after which a new capital is due, such as `:`"),
        "threshold": Key("number", 0.8, "the share of words that must be right"),
        "prefix": Key("text", "", "a pattern to skip at the start of the block"),
        "vocab": patterns.VOCAB,
        "accepted": patterns.ACCEPTED,
    }
    rule: Rule
    form: str
    casing: Casing
    exceptions: patterns.Exceptions | None
    prefix: str

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError when `match` is missing or a pattern is wrong."""
        form = options["match"]
        if not form:
            raise options.error("match", "a capitalization rule needs `match`", "one of " + ", ".join(_FORMS) + ", or a pattern")
        try:
            pattern = form if form in _FORMS else translate(form)
            prefix = translate(options["prefix"])
            for own in (pattern, prefix):  # which are compiled here, not when the first block is read
                compiled("" if own in _FORMS else own)
            own, accepted = (tuple(e for e in options[key] if e) for key in ("exceptions", "accepted"))
            casing = Casing(options["style"] == "Chicago", own, accepted, tuple(options["indicators"]), options["threshold"])
        except ValueError as fault:
            raise options.error("match", f"a pattern does not compile: {fault}") from None
        return cls(rule, pattern, casing, patterns.exceptions(options), prefix)

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms. Every block is read, so nothing is looked for."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        known: dict[str, str | None] = {}  # a block of one paragraph, or of one sentence, has the same text as that
        for unit in scan.units(self.rule.scope, patterns.unit_kind(self.rule.scope)):
            block = scan.document.blocks[unit.block]
            text = block.text[unit.start : unit.end]
            if text not in known:
                known[text] = self._expected(text)
            expected = known[text]
            if expected is not None:
                yield Match(block.span(unit.start, unit.end), text, (text, expected))

    def _expected(self, text: str) -> str | None:
        """How the text should be written; None when it is right."""
        prefix = compiled(self.prefix).match(text) if self.prefix else None
        start = prefix.end() if prefix else 0
        if self.form in ("$title", "$sentence"):
            inner = self.exceptions.inner if self.exceptions else ""
            right = self.casing.titled if self.form == "$title" else self.casing.sentenced
            return right(text, inner, start)
        text = text[start:]
        if self.form in ("$lower", "$upper"):
            expected = text.lower() if self.form == "$lower" else text.upper()
            return None if text == expected or self._excepts(text) else expected
        return None if compiled(self.form).search(text) or self._excepts(text) else text

    def _excepts(self, text: str) -> bool:
        return self.exceptions is not None and self.exceptions.silence(text, 0, len(text))
