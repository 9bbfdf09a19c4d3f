"""Rules that nothing can silence: neither a directive, nor a baseline, nor a choice of rules, nor a configuration nearer to the draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from edlint.checks import kind_of
from edlint.errors import ConfigError, did_you_mean
from edlint.filters.directives import NO_REASON
from edlint.filters.suppress import Terms
from edlint.model.config import Config
from edlint.model.rule import Rule
from edlint.ruleset.names import Names


class Owner(Protocol):
    """What a configuration further up makes of the rules: its Linter."""

    config: Config

    @property
    def all_rules(self) -> Mapping[str, Rule]:
        """See Linter."""

    def rules_for(self, path: str) -> Mapping[str, Rule]:
        """See Linter."""


@dataclass(frozen=True)
class Locks:
    """What the configuration of a draft, and the `owners` further up, have locked."""

    config: Config
    owners: tuple[Owner, ...] = ()

    def check(self, known: Names) -> None:
        """Raise ConfigError for a locked name that is neither a rule nor a pack."""
        for name in self.config.locked:
            if name not in known:
                hint = did_you_mean(name, known) or "see `edlint rules`"
                raise ConfigError(f"locked: there is no rule or pack {name!r}", self.config.place("locked"), hint)

    @property
    def require_reason(self) -> bool:
        """Whether a directive must give its reason."""
        return any(config.require_reason for config in (self.config, *self.config.above))

    @property
    def terms(self) -> Terms:
        """What limits the directives of a draft."""
        return Terms(self, self.require_reason)

    def __call__(self, rule: str) -> bool:
        """Whether findings of a rule are locked, so that nothing can silence them."""
        if rule == NO_REASON:
            return self.require_reason
        return any(_among(rule, config.locked) for config in (self.config, *self.config.above))

    def rules(self) -> dict[str, Rule]:
        """Every rule of the owners."""
        return {name: rule for owner in reversed(self.owners) for name, rule in owner.all_rules.items()}

    def hold(self, rules: Mapping[str, Rule], own: Mapping[str, Rule], path: str) -> dict[str, Rule]:
        """The rules for a draft with the locked ones as their owner has them. `own` are those of its configuration before any choice."""
        held = {name: rule for name, rule in own.items() if _among(name, self.config.locked)}
        for owner in self.owners:
            held |= {name: rule for name, rule in owner.rules_for(path).items() if _among(name, owner.config.locked)}
        held = {name: rule for name, rule in held.items() if rule.level is not None}
        off = {name: rule._replace(level=None) for name, rule in self.rules().items()}  # signals that the locked rules use
        return {**off, **rules, **held}

    def grammar(self) -> Config:
        """The configuration whose grammar engine is asked: the outermost that has locked a rule of grammar, else the draft's own."""
        for owner in reversed(self.owners):
            if any(kind_of(rule).engine(rule) and _among(rule.name, owner.config.locked) for rule in owner.all_rules.values()):
                return owner.config
        return self.config


def _among(rule: str, locked: Iterable[str]) -> bool:
    return rule in locked or rule.partition(".")[0] in locked
