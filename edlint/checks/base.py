"""What every check type shares: Key, the base class Check, and, passed on from `edlint.matching`, what it sees of a document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, Self

from edlint.errors import RuleError
from edlint.matching.prefilter import Term as Term
from edlint.matching.scan import Hit as Hit
from edlint.matching.scan import Scan as Scan
from edlint.matching.units import Unit as Unit
from edlint.matching.units import UnitKind as UnitKind
from edlint.matching.units import Units as Units
from edlint.model.match import Match as Match
from edlint.model.rule import Rule


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
    `values`: how many values its messages get; 0 where that differs.
    `copies`: its findings say that a text repeats an earlier one, their related place.
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
    copies: ClassVar[bool] = False
    values: ClassVar[int] = 0

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

    def needed(self) -> Sequence[Term]:
        """The terms without any of which it finds nothing; none where it always reads."""
        return self.terms if self.needs_term else ()

    @classmethod
    def notices(cls, rule: Rule) -> Sequence[str]:
        """What to say of a rule that runs, though not as it was written."""
        return ()

    @classmethod
    def fills(cls, rule: Rule) -> int:
        """How many values the messages of a rule get; 0 where that differs."""
        return cls.values

    @classmethod
    def files(cls, rule: Rule) -> Iterable[Path]:
        """Every place where a file that a rule names, and on which its findings depend, lies or could lie."""
        return ()

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
        """The rule with accepted terms (patterns) besides its own exceptions, where it heeds the vocabulary."""
        if "vocab" not in cls.keys or not rule.options.get("vocab", cls.keys["vocab"].default) or rule.options.get("nonword"):
            return rule
        return rule._replace(options={**rule.options, "accepted": (*rule.options.get("accepted", ()), *terms)})


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
