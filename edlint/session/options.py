"""The options of a session, which stand above the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple, Self

from edlint.model.finding import Level
from edlint.model.rule import Rule

# what a worker must know of the options, as plain values
Packed = tuple[tuple[str, ...], tuple[str, ...], str, bool, str, str, str, bool | None]


class Options(NamedTuple):
    """What is asked of a session beyond the configuration. `fail_on`, `max_warnings` (-1: any number), `baseline` and `encoding`
    replace the configured ones when set.

    `diff_base` is a revision: what was found there already is left alone. `fix` says whether fixes are applied, and whether
    drafts are written then; `unsafe_fixes` are applied only when asked for.

    `cache` is the folder in which results are kept, None for none; `jobs` how many processes may lint at a time.
    `force_exclude` and `respect_gitignore` are explained at `edlint.session.discover.DiscoverOptions`; `allow_remote` is consent to send
    text to a server elsewhere that a configuration names; `reader` says whether a second reader reads along (None: where one is
    configured); `rule_filter` is explained at `edlint.linter.Linter`; `date` is the day of drafts that do not say theirs. `trial` are
    rules that run alone, in the place of any others of their names.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: Path | None = None
    isolated: bool = False
    fail_on: Level | Literal["never"] | None = None
    encoding: str = ""
    stdin_filename: str = ""
    max_warnings: int | None = None
    baseline: Path | None = None
    diff_base: str = ""
    fix: Literal["no", "show", "write"] = "no"
    unsafe_fixes: bool = False
    cache: Path | None = None
    jobs: int = 1
    force_exclude: bool = False
    respect_gitignore: bool | None = None
    allow_remote: bool = False
    reader: bool | None = None
    rule_filter: str = ""
    trial: tuple[Rule, ...] = ()
    date: str = ""

    @property
    def chosen(self) -> tuple[object, ...]:
        """The choice of rules, on which findings depend."""
        return self.select, self.ignore, self.rule_filter, self.date

    def packed(self) -> Packed:
        """The options that a worker process needs to find the same in a draft, as plain values."""
        chosen = self.select, self.ignore, str(self.config or ""), self.isolated
        return *chosen, self.encoding, self.rule_filter, self.date, self.reader

    @classmethod
    def unpacked(cls, values: Packed) -> Self:
        """The options that `packed` turned into plain values."""
        select, ignore, config, isolated, encoding, rule_filter, date, reader = values
        path = Path(config) if config else None
        return cls(select, ignore, path, isolated, encoding=encoding, rule_filter=rule_filter, date=date, reader=reader)
