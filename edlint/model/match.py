"""The noun Match: what a check found, on its way through the filters to become a Finding."""

from __future__ import annotations

from typing import NamedTuple

from edlint.model.finding import Fix, Level, Related
from edlint.model.rule import Rule
from edlint.text.span import Span

_NO_RULE = Rule("", "")


class Match(NamedTuple):
    """What a check found. Filters work on matches; a Finding is made of each that passes them all.

    A check gives: `span` in source offsets; `text`, what was matched; `values` that fill the message, in order; `template`, which
    replaces the rule's message unless empty; `name` of the finding where it is not the rule's own; `level`, the highest level
    that the finding may have (None leaves it to the rule); `group`: see Finding.

    The ruleset adds the `rule`. Filters add `parts`, the matches that this one was merged from, and `silenced`: the reason
    given by the directive that silences it, which may be empty; None where none does.
    """

    span: Span
    text: str
    values: tuple[str | int | float, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    cues: tuple[str, ...] = ()
    name: str = ""
    template: str = ""
    group: str = ""
    level: Level | None = None
    rule: Rule = _NO_RULE
    parts: tuple[Match, ...] = ()
    silenced: str | None = None

    def of(self, rule: Rule) -> Match:
        """The match as one that `rule` made: with its name, and its group if all of its matches are one finding."""
        return self._replace(rule=rule, name=self.name or rule.name, group=self.group or (rule.name if rule.once else ""))

    @property
    def severity(self) -> Level:
        """The level of the finding."""
        level = self.rule.level or Level.WARNING
        return level if self.level is None else min(level, self.level)

    @property
    def pack(self) -> str:
        """The pack that the finding's name begins with."""
        return self.name.partition(".")[0]
