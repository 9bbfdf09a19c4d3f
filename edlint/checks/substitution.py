"""`substitution`: use this instead of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term, Unit
from edlint.checks.dialect import translate
from edlint.checks.fixing import ACTION, SAFE, Action, action_of, fix_for
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled
from edlint.text.lazy import lazy

_PLAIN_TEXT = lazy(r"[^\W_]*(?:[\s-]+[^\W_]*)*")
_SIMPLE = lazy(r"(?:[^\W_ ]\??|[ -]\??)+")
_GROUP = lazy(r"\$(\d+)")
_PATTERN = lazy(r"[\\(\[*+]|\w\?.")  # a replacement that is a pattern, not a text to put in
_WORDS = lazy(r"\w(?:[\w '-]*\w)?")
_PARTS = lazy(r"(?<!\\)\|")

Part = tuple[Term, tuple[tuple[str, str], ...]]  # what is looked for, and the pairs of `swap` it stands for
Found = tuple[Unit, str, int, int, Part]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Substitution(Check):
    """Every match of a key of `swap` is reported with what should stand there."""

    shared = True
    values = 2
    needs_term = True
    keys: ClassVar[Mapping[str, Key]] = {
        "swap": Key("mapping", {}, "pattern: replacement; $1 in a replacement stands for the pattern's first group"),
        "ignorecase": patterns.IGNORECASE,
        "nonword": patterns.NONWORD,
        "exceptions": patterns.EXCEPTIONS,
        "vocab": patterns.VOCAB,
        "accepted": patterns.ACCEPTED,
        "capitalize": Key("bool", False, "capitalise the replacement if the match is capitalised"),
        "plain": patterns.PLAIN,
        "pos": Key("text", "", "obsolete, read and ignored"),
        "action": ACTION,
        "safe": SAFE,
    }
    rule: Rule
    parts: tuple[Part, ...]
    exceptions: patterns.Exceptions | None
    action: Action | None
    capitalize: bool

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Join the keys, longest first. Raises RuleError for an empty swap or key."""
        swaps = [(str(key), _text(value)) for key, value in options["swap"].items()]
        if not swaps:
            raise options.error("swap", "a substitution rule needs at least one pair")
        if any(not key.strip() for key, _ in swaps):
            raise options.error("swap", "an empty pattern would match everywhere")
        swaps.sort(key=lambda pair: len(pair[0].encode()), reverse=True)
        # Each pair by itself costs nothing where its words do not occur; in one pattern, the first pair that matches counts.
        groups = [swaps] if rule.compat else [[pair] for pair in swaps]
        parts = tuple((_term(options, group), tuple(group)) for group in groups)
        return cls(rule, parts, patterns.exceptions(options), action_of(options), options["capitalize"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return [term for term, _ in self.parts]

    @property
    def _chooses(self) -> bool:
        """Whether a replacement lists alternatives for the reader to choose from."""
        return self.action is not None and self.action.name == "replace" and not self.action.params

    @property
    def _template(self) -> str:
        """The message to fill; alternatives come with quotation marks, so those of the message go."""
        message = self.rule.message
        for quoted in ("'%s'", '"%s"') if self._chooses else ():
            if message.count(quoted) == 2:
                message = message.replace(quoted, "%s", 1)
        return message

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        offer = self.action or Action("replace", (), False)
        at, plain = None, ""
        for unit, text, start, end, part in self._found(scan):
            if part[0].plain and unit != at:
                at, plain = unit, scan.plain(unit.block)[unit.start : unit.end]
            seen = plain if part[0].plain else text
            match = text[start:end]
            expected = self._expected(part, seen, start, end)
            choices = tuple(each.replace(r"\|", "|") for each in _PARTS.split(expected))
            if match in choices if self._chooses else _is_right(match, expected):
                continue
            shown = _either(choices) if self._chooses else _spelled(expected, match)
            offered = offer.results(match)
            if offer.name == "replace" and not offer.params:
                offered = choices if self._chooses or len(choices) > 1 or not _PATTERN.search(shown) else ()
            span = scan.document.blocks[unit.block].span(unit.start + start, unit.start + end)
            yield Match(span, match, (shown, match), fixes=fix_for(span, offered, offer), template=self._template)

    def _found(self, scan: Scan) -> Iterator[Found]:
        """The matches of all parts in reading order; where some overlap, the first, and of those that begin together the longest."""
        past = (-1, 0)
        parts = [part for part in self.parts if scan.possible(part[0])]
        everything = [(*found, part) for part in parts for found in patterns.found(scan, self.rule, part[0], self.exceptions)]
        for found in sorted(everything, key=lambda f: (f[0], f[2], -f[3])) if len(parts) > 1 else everything:
            unit, _, start, end, _ = found
            if (unit.block, unit.start + start) >= past:
                past = (unit.block, unit.start + end)
                yield found

    def _expected(self, part: Part, text: str, start: int, end: int) -> str:
        """What should stand instead of text[start:end]: the replacement of the key that matched there."""
        term, swaps = part
        key, value = swaps[0]
        if len(swaps) > 1:
            again = compiled(term.pattern, term.ignorecase).match(text, start)
            if again is not None and again.lastindex:
                key, value = swaps[again.lastindex - 1]
        if "$" in value:
            pattern = compiled(translate(key), term.ignorecase)
            own = pattern.match(text, start) or pattern.search(text[start:end])
            value = _filled(value, (text[start:end], *(own.groups("") if own else ())))
        return value[:1].upper() + value[1:] if self.capitalize and text[start].isupper() else value


def _term(options: Options, swaps: Sequence[tuple[str, str]]) -> Term:
    """The term that finds the keys of some pairs. A key that is just words needs no regex."""
    keys = [key for key, _ in swaps]
    if len(keys) == 1 and not options["nonword"] and _WORDS.fullmatch(keys[0]) and (options["plain"] or keys[0].isalnum()):
        return Term(keys[0], literal=True, ignorecase=options["ignorecase"])
    joined = "|".join(f"({patterns.ungrouped(key)})" for key in keys)
    return patterns.term(options, "swap", patterns.bounded(joined, nonword=options["nonword"]), plain=options["plain"])


def _filled(value: str, groups: Sequence[str]) -> str:
    """A replacement with its $1, $2 filled; a group that is not there is empty."""
    return _GROUP.sub(lambda ref: groups[int(ref[1])] if int(ref[1]) < len(groups) else "", value)


def _text(value: object) -> str:
    """A replacement as text: what YAML read as a number or a truth value is meant as it was written."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _is_right(match: str, expected: str) -> bool:
    """Whether the match already is what it should be."""
    if _PLAIN_TEXT.fullmatch(expected):
        return match == expected
    try:
        return compiled(translate(rf"\A(?:{expected})\Z")).search(match) is not None
    except ValueError:
        return match == expected


def _spelled(expected: str, match: str) -> str:
    """The expected text; of a simple pattern such as `OAuth2?`, the spelling it has for this match."""
    if "?" not in expected or not _SIMPLE.fullmatch(expected):
        return expected
    spelled = ""
    for char, optional in re.findall(r"([^?])(\??)", expected):
        if match[len(spelled) : len(spelled) + 1].lower() == char.lower():
            spelled += char
        elif not optional:
            return expected
    return spelled if len(spelled) == len(match) else expected


def _either(choices: Sequence[str]) -> str:
    """The alternatives as a reader is shown them: 'a', 'b', or 'c'."""
    quoted = [f"'{choice}'" if choice else "" for choice in choices]
    if len(quoted) < 3:
        return " or ".join(quoted)
    return ", ".join(quoted[:-1]) + f", or {quoted[-1]}"
