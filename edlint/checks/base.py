"""What every check type shares: Key, Term, Unit, Hit, the Protocol Scan, and the base class Check."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, Self, TypeVar

from edlint.errors import RuleError
from edlint.grammar.base import Remark, Slice
from edlint.model.document import Document
from edlint.model.match import Match as Match
from edlint.model.rule import Rule

Made = TypeVar("Made")
UnitKind = Literal["block", "line", "sentence", "whole"]  # whole: no sentence of a layered block that is looked at itself


class Key(NamedTuple):
    """One key a check type accepts in a rule file: its type, default, and a line of help.

    `type` is one of text, texts (a list, or one text), bool, int, number, mapping, list, any; `choices` limits a text.
    `entries` are the keys of a mapping, or of each mapping in a list, where they are known. No other linter has a key that is `own`.
    """

    type: str
    default: Any
    help: str
    choices: Collection[str] = ()
    entries: Mapping[str, Key] = MappingProxyType({})
    own: bool = False


class Term(NamedTuple):
    """Something to look for in text: a literal phrase (whole words, where its edges are word characters) or a regex.

    `ignorecase` compares without regard to case. A `plain` term is compared with the plain view of the text
    (see `Scan.plain`), any other with the text as it stands.
    """

    pattern: str
    literal: bool
    ignorecase: bool = True
    plain: bool = True


class Unit(NamedTuple):
    """What a rule judges at a time: `text[start:end]` of block number `block` (all 0-based, half-open)."""

    block: int
    start: int
    end: int


class Hit(NamedTuple):
    """A Term found in a unit: the unit's number in the list that was asked about, and the range in the block's text."""

    unit: int
    start: int
    end: int


class Scan(Protocol):
    """One document as the checks see it: its units, and where the terms of all rules stand in it."""

    @property
    def document(self) -> Document:
        """The document."""

    def plain(self, block: int) -> str:
        """The block's text, same length, with straight quotes and an ordinary space for every kind of white space."""

    def units(self, scope: tuple[str, ...], kind: UnitKind) -> Sequence[Unit]:
        """The units of one kind in the blocks that `scope` selects, in reading order. Equal questions give the same object."""

    def possible(self, terms: frozenset[Term]) -> frozenset[Term]:
        """Those of `terms` that can stand in the document; what is left out stands nowhere in it."""

    def hits(self, term: Term, units: Sequence[Unit], only: Sequence[int] | None = None) -> Sequence[Hit]:
        """Where `term` stands in `units`, in reading order; hits of one term never overlap. Units see only their own text.

        With `only` at least the units of these numbers, which must rise, are looked at.
        """

    def shared(self, key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
        """What `make` gives, worked out once for all that ask with an equal key while this document is scanned."""

    def in_quotes(self, block: int, start: int, end: int) -> bool:
        """Whether a range of a block's text lies wholly inside quotation marks."""

    def where(self, term: Term, units: Sequence[Unit], first: int, last: int) -> Collection[int]:
        """The numbers of the units in which `term` may stand; in none but these of the units from `first` to `last` it does."""

    def holding(self, name: str, units: Sequence[Unit], wanted: frozenset[int]) -> frozenset[int]:
        """The numbers of those of `units` for which the signal or scored rule `name` holds; none where it judges other units.

        Only of the units `wanted` is the answer complete.
        """

    def remarks(self, slice: Slice) -> Sequence[tuple[int, Remark]]:
        """(block number, remark) for each remark of the grammar engine in a slice, in order; offsets are in the block's text."""


class Check:
    """The class behind a rule's `extends:`. Built once for each rule, then asked about each document; holds no state between.

    A class says of its check type what is otherwise than here:
    `shared`: other linters' rules have the type too; one without a key of edlint's own runs as it does there (see Rule.compat).
    `lenient`: keys of a rule file that are unknown are passed over.
    `reports` is false where rules report nothing themselves and need no message, `finds` where a filter speaks for them.
    `signals`: a cue may name its rules as a signal.
    `one_language`: it can say nothing of a passage in another language than the draft's, whether the rule names a language or not.
    `needs_term`: it finds nothing where none of its terms stands.
    `layers`: the parts of a layered document that it reads, whatever the rule's scope.
    `counts`: the first value of its messages is a whole number.
    `file_keys`: keys that name files of words.
    """

    __slots__ = ()
    keys: ClassVar[Mapping[str, Key]] = MappingProxyType({})
    shared: ClassVar[bool] = False
    lenient: ClassVar[bool] = False
    reports: ClassVar[bool] = True
    finds: ClassVar[bool] = True
    signals: ClassVar[bool] = False
    one_language: ClassVar[bool] = False
    needs_term: ClassVar[bool] = False
    layers: ClassVar[tuple[str, ...]] = ()
    counts: ClassVar[bool] = False
    file_keys: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Make the check. Raises RuleError for values that cannot work."""
        raise NotImplementedError

    @property
    def terms(self) -> Sequence[Term]:
        """Every term the check will ask the Scan about."""
        return ()

    def find(self, scan: Scan) -> Iterable[Match]:
        """What the rule has to say about the scanned document, in reading order."""
        return ()

    def needed(self) -> frozenset[Term]:
        """The terms without any of which it finds nothing; none where it always reads."""
        return frozenset(self.terms) if self.needs_term else frozenset()

    @classmethod
    def engine(cls, rule: Rule) -> str:
        """The grammar engine that a rule needs, or ""."""
        return ""

    @classmethod
    def engine_rules(cls, rule: Rule) -> tuple[str, ...]:
        """The engine's rules that a rule lists, whose names its findings bear."""
        return ()

    @classmethod
    def is_open(cls, rule: Rule) -> bool:
        """Whether a rule listens to more of the engine's rules than it can list."""
        return False

    @classmethod
    def with_vocabulary(cls, rule: Rule, terms: Sequence[str]) -> Rule:
        """The rule with accepted terms (patterns) among its exceptions, where it heeds the vocabulary."""
        if "vocab" not in cls.keys or not rule.options.get("vocab", cls.keys["vocab"].default) or rule.options.get("nonword"):
            return rule
        return rule._replace(options={**rule.options, "exceptions": (*rule.options.get("exceptions", ()), *terms)})


class Spoken(Check):
    """Behind the rules that no check finds anything for, because a filter speaks for them."""

    finds = False

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls()


class Options:
    """A rule's own keys, with defaults filled in and types already checked by the loader."""

    __slots__ = ("_rule", "_values")

    def __init__(self, rule: Rule, keys: Mapping[str, Key]) -> None:
        self._rule = rule
        self._values = {name: rule.options.get(name, key.default) for name, key in keys.items()}

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def get(self, name: str, default: Any) -> Any:
        """The value of a key that not every check type has."""
        return self._values.get(name, default)

    def error(self, key: str, message: str, hint: str = "") -> RuleError:
        """The error to raise for the value of `key` (dotted: "cues.2.pattern"), placed at its line, or where the check type is named."""
        place = self._rule.place(key)
        return RuleError(f"{key}: {message}", place if place.line else self._rule.place("extends"), hint)


Feature = Callable[[Scan, Unit], float]
