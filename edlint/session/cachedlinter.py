"""A linter with a cache: an unchanged draft gets its cached result, and only the others are linted."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from edlint.errors import EdlintError, SourceError
from edlint.files.digest import digest
from edlint.formats import format_for
from edlint.grammar import Engines
from edlint.model.config import Config
from edlint.model.report import FileResult
from edlint.model.rule import PARENTS, Rule
from edlint.reading import Stamp, StoredSource, read_draft, stamp
from edlint.session.cache import ResultCache, cache_key, files_of, named_files, states
from edlint.session.options import Options

if TYPE_CHECKING:
    from edlint.linter import Linter

STDIN = "-"


class CachedLinter:
    """Lints the drafts under one configuration. The Linter is made, and rules are read, only when some draft must be linted."""

    def __init__(self, config: Config, options: Options, engines: Engines) -> None:
        self.config = config
        self._options, self._engines = options, engines
        self._began = time.time_ns()
        self._memory: ResultCache | None = None
        self._opened = False
        self._before: list[Stamp] = []
        self._named: dict[str, bytes] | None = None

    @cached_property
    def linter(self) -> Linter:
        """The Linter. Raises ConfigError, RuleError or UsageError for a configuration that cannot work."""
        from edlint.linter import Linter

        options = self._options
        chosen = {"select": options.select, "ignore": options.ignore}
        linter = Linter(self.config, **chosen, engines=self._engines, rule_filter=options.rule_filter)
        self._named = self._states(linter) if self._memory else None  # before the words in these files are read
        return linter

    @property
    def _has_linter(self) -> bool:
        """Whether the Linter exists yet."""
        return "linter" in self.__dict__

    @property
    def notices(self) -> tuple[str, ...]:
        """Notices about the rules themselves, to be shown once in a run."""
        if self._has_linter:
            return self.linter.notices
        return self._memory.notices if self._memory else ()

    def rule_named(self, name: str) -> Rule | None:
        """The rule behind findings of that name, without reading rules when no draft had to be linted."""
        known = self._memory.rules.get(name) if self._memory else None
        return known or (self.linter.rule_named(name) if self._has_linter else None)

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

    def _open(self) -> None:
        """Open the cached results, unless there is no cache, or it cannot be told what findings depend on."""
        self._opened = True
        if self._options.cache is None:
            return
        try:
            key = cache_key(self.config)
            self._before = self._stamps()
        except (EdlintError, OSError):  # the Linter will say it better
            return
        if key is not None:
            name = digest(repr((self.config.path or Path.cwd(), self._options.chosen)).encode("utf-8", "surrogateescape")).hex()
            self._memory = ResultCache.load(self._options.cache / f"results-{name}.bin", key, self._began)

    def recall(self, folder: str, path: str) -> FileResult | None:
        """The cached result of a draft in `folder` (absolute) that has not changed; else None."""
        if not self._opened:
            self._open()
        return self._memory.recall(folder, path, self.config) if self._memory else None

    def remember(self, fresh: Iterable[tuple[str, FileResult]]) -> None:
        """Cache results, each with its draft's folder, unless rules or configuration have changed since the first lookup."""
        memory = self._memory
        if memory is None:
            return
        rules: dict[str, Rule] = {}
        for folder, result in fresh:
            memory.remember(folder, result)
            names = {finding.rule for finding in result.known} - rules.keys()
            rules |= {name: rule for name in names if (rule := self.linter.rule_named(name))}
        if not memory.changed:
            return
        with suppress(EdlintError, OSError):  # deleted in the meantime
            if self._has_linter:
                memory.named = self._named or {}
                if self._named is None or self._states(self.linter) != self._named:
                    return
            if self._stamps() == self._before and cache_key(self.config) == memory.key:
                memory.save(self.notices, rules)

    def _states(self, linter: Linter) -> dict[str, bytes] | None:
        """The files that rules name, as they are now; None where rules depend on others, or one cannot be read."""
        rules = {**linter.locks.rules(), **linter.all_rules}.values()
        if any(rule.options.get(PARENTS) for rule in rules):
            return None
        with suppress(OSError):
            return states(named_files(rules, self.config))
        return None

    def lint(self, path: str) -> FileResult:
        """Lint a file, or standard input ("-"), now. What goes wrong with one draft is its own error, and the others are linted.

        The text of a file is not kept but read again when it is asked for. Raises EdlintError for faulty configurations and rules.
        """
        _ = self.linter  # what is wrong with it is wrong for every draft
        shown = path if path != STDIN else self._options.stdin_filename or "<stdin>"
        try:
            return self._file(path) if path != STDIN else self._piped(shown)
        except EdlintError:
            raise
        except Exception as fault:
            return failed(shown, fault)

    def _file(self, path: str) -> FileResult:
        encoding = self.config.encoding
        try:
            data, stamp = read_draft(path, self.linter.max_bytes)
        except SourceError as fault:
            return FileResult(path, error=str(fault))
        result = self.linter.lint_bytes(data, path, encoding=encoding)
        return result if result.error else result._replace(source=StoredSource(path, encoding, digest(data), stamp))

    def _piped(self, shown: str) -> FileResult:
        try:
            data = sys.stdin.buffer.read(self.linter.max_bytes + 1)
        except (OSError, ValueError, AttributeError):  # Python has no stream at all where it was closed at the start
            return FileResult(shown, error=f"{shown}: standard input cannot be read; is it closed?")
        return self.linter.lint_bytes(data, shown, format=format_for(self._options.stdin_filename), encoding=self.config.encoding)


def failed(shown: str, fault: Exception) -> FileResult:
    """The result of a draft that took more memory than there is, or on which edlint itself failed."""
    if isinstance(fault, MemoryError):
        return FileResult(shown, error=f"{shown}: there is not enough memory to check it")
    if os.environ.get("EDLINT_TRACEBACK"):
        raise fault
    hint = "set EDLINT_TRACEBACK=1 to see where"
    return FileResult(shown, error=f"{shown}: edlint itself failed: {type(fault).__name__}: {fault} ({hint})")
