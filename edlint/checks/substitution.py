"""`substitution`: use this instead of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Key, Match, Options, Scan, Term
from edlint.checks.existence import found
from edlint.checks.fixing import Action, action_of, fix_for
from edlint.rule import Rule

_PLAIN_TEXT = re.compile(r"[\w\s-]*")
_GROUP = re.compile(r"\$(\d+)")
_OPENING = re.compile(r"(?<!\\)\((?!\?)")


@dataclass(frozen=True, slots=True)
class Substitution:
    """Every match of a key of `swap` is reported with what should stand there."""

    keys: ClassVar[Mapping[str, Key]] = {
        "swap": Key("mapping", {}, "pattern: replacement; $1 in a replacement stands for the pattern's first group"),
        "ignorecase": patterns.IGNORECASE,
        "nonword": patterns.NONWORD,
        "exceptions": patterns.EXCEPTIONS,
        "vocab": patterns.VOCAB,
        "capitalize": Key("bool", False, "give the replacement a capital where the match has one"),
        "plain": patterns.PLAIN,
        "pos": Key("text", "", "obsolete, read and ignored"),
        "action": Key("mapping", None, "what an editor may offer: name and params"),
        "safe": Key("bool", False, "the replacement may be made without asking"),
    }
    rule: Rule
    term: Term
    swaps: tuple[tuple[str, str], ...]
    exception: Term | None
    action: Action | None
    ignorecase: bool
    capitalize: bool

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Join the keys, longest first. Raises RuleError for an empty swap or key."""
        swaps = [(key, "" if value is None else str(value)) for key, value in options["swap"].items()]
        if not swaps:
            raise options.error("swap", "a substitution rule needs at least one pair")
        if any(not key.strip() for key, _ in swaps):
            raise options.error("swap", "an empty pattern would match everywhere")
        swaps.sort(key=lambda pair: len(pair[0].encode()), reverse=True)
        joined = "|".join(f"({_OPENING.sub('(?:', key)})" for key, _ in swaps)
        pattern = patterns.bounded(joined, nonword=options["nonword"])
        term = Term(pattern, literal=False, ignorecase=options["ignorecase"], plain=options["plain"])
        action = action_of(options) or Action("replace", (), options["safe"])
        return cls(rule, term, tuple(swaps), patterns.exceptions(options), action, options["ignorecase"], options["capitalize"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return (self.term,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        for block, start, end in found(scan, self.rule, self.term, self.exception):
            text = scan.document.blocks[block].text[start:end]
            expected = self._expected(scan.plain(block)[start:end] if self.term.plain else text)
            if expected is None or _is_right(text, expected):
                continue
            span = scan.document.blocks[block].span(start, end)
            offered = tuple(expected.split("|"))
            yield Match(span, text, (expected, text), fixes=fix_for(span, offered, self.action))

    def _expected(self, text: str) -> str | None:
        """What should stand instead of a matched text: the replacement of the first key that matches it whole."""
        for key, value in self.swaps:
            whole = _whole(key, self.ignorecase, text)
            if whole is None:
                continue
            expected = _GROUP.sub(lambda ref, whole=whole: whole[int(ref[1])] or "", value)  # type: ignore[misc]
            if self.capitalize and text[:1].isupper():
                expected = expected[:1].upper() + expected[1:]
            return expected
        return None


def _whole(key: str, ignorecase: bool, text: str) -> Any:
    import regex

    return regex.fullmatch(key, text, regex.IGNORECASE if ignorecase else 0, timeout=1.0)


def _is_right(text: str, expected: str) -> bool:
    """Whether the match already is what it should be."""
    if _PLAIN_TEXT.fullmatch(expected):
        return text == expected
    import regex

    try:
        return regex.fullmatch(expected, text, timeout=1.0) is not None
    except regex.error:
        return text == expected
