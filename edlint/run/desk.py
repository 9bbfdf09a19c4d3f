"""One configuration in force, with what serves the drafts under it: the Linter, and what earlier runs found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from edlint.config import Config
from edlint.errors import EdlintError
from edlint.reading import Stamp, digest, stamp
from edlint.report.model import FileResult
from edlint.rule import Rule
from edlint.run.cache import Memory
from edlint.run.conditions import conditions, files_of, names_files

if TYPE_CHECKING:
    from edlint.linter import Linter


class Desk:
    """Serves the drafts under one configuration. The Linter is made, and rules are read, only when some draft must be linted.

    `asked` are the other choices that findings depend on. Nothing is remembered unless `open` names a cache.
    """

    def __init__(self, config: Config, make: Callable[[Config], Linter], asked: tuple[object, ...]) -> None:
        self.config = config
        self._make, self._asked = make, asked
        self._memory: Memory | None = None
        self._opened = False
        self._before: list[Stamp] = []

    @cached_property
    def linter(self) -> Linter:
        """The Linter. Raises ConfigError, RuleError or UsageError for a configuration that cannot work."""
        return self._make(self.config)

    @property
    def notices(self) -> tuple[str, ...]:
        """What there is to say of the rules as such, to be said once in a run."""
        if "linter" in self.__dict__:
            return self.linter.notices
        return self._memory.notices if self._memory else ()

    def inputs(self) -> set[str]:
        """The files of configuration, rules and words. Raises ConfigError or RuleError for packs that do not exist."""
        baseline = {str(self.config.baseline)} if self.config.baseline else set()
        return self._written | baseline | {str(path) for path in files_of(self.config)}

    @property
    def _written(self) -> set[str]:
        """The files in which the configuration stands."""
        configs = (self.config, *self.config.above)
        own = {str(config.path) for config in configs if config.path}
        return own | {place.path for config in configs for place in config.origins.values()}

    def _stamps(self) -> list[Stamp]:
        return [stamp(os.stat(path)) for path in sorted(self._written)]  # noqa: PTH116

    def open(self, cache: Path, began: int) -> None:
        """Use a cache (a folder). `began` is when the run did, in nanoseconds. A second call changes nothing."""
        if self._opened:
            return
        self._opened = True
        try:
            key = conditions(self.config)
            self._before = self._stamps()
        except (EdlintError, OSError):  # the Linter will say it better
            return
        if key is not None:
            name = digest(repr((self.config.path or Path.cwd(), self._asked)).encode("utf-8", "surrogateescape")).hex()
            self._memory = Memory.load(cache / f"results-{name}.bin", key, began)

    def recall(self, folder: str, path: str) -> FileResult | None:
        """The result for a draft in `folder` (absolute) that was linted earlier and has not changed; else None."""
        return self._memory.recall(folder, path, self.config) if self._memory else None

    def close(self, fresh: Iterable[tuple[str, FileResult]]) -> None:
        """Remember results, each with its draft's folder, unless rules or configuration changed since `open`."""
        memory = self._memory
        if memory is None:
            return
        rules: dict[str, Rule] = {}
        for folder, result in fresh:
            memory.remember(folder, result)
            names = {f.rule for f in (*result.findings, *(s.finding for s in result.suppressed))} - rules.keys()
            rules |= {name: rule for name in names if (rule := self.linter.rule_named(name))}
        if not memory.changed:
            return
        unknown = "linter" in self.__dict__ and names_files(self.linter.all_rules.values(), self.config)
        with suppress(EdlintError, OSError):  # gone meanwhile
            if not unknown and self._stamps() == self._before and conditions(self.config) == memory.key:
                memory.save(self.notices, rules)

    def rule_named(self, name: str) -> Rule | None:
        """The rule behind findings of that name, without reading rules when no draft had to be linted."""
        known = self._memory.rules.get(name) if self._memory else None
        return known or (self.linter.rule_named(name) if "linter" in self.__dict__ else None)
