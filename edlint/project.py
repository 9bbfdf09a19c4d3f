"""Many drafts: which there are, which configuration each has, and the Report over all of them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from edlint.config import Config
from edlint.discover import discover
from edlint.errors import UsageError
from edlint.finding import Level
from edlint.formats import format_for
from edlint.grammar import Engines
from edlint.linter import Linter
from edlint.report.model import FileResult, Report
from edlint.rule import Rule
from edlint.version import __version__

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Options:
    """What a door asks for beyond the configuration. `fail_on` and `encoding` replace the configured ones when set.

    Raises UsageError for options that exclude each other.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: Path | None = None
    isolated: bool = False
    fail_on: Level | Literal["never"] | None = None
    encoding: str = ""
    stdin_filename: str = ""

    def __post_init__(self) -> None:
        if self.config and self.isolated:
            raise UsageError("--config and --isolated exclude each other")


class Project:
    """Lints drafts, each by the configuration nearest to it. One Linter serves all drafts that share a configuration."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._engines = Engines()
        self._linters: dict[Path | None, Linter] = {}
        self._nearest: dict[Path, Path | None] = {}

    @cached_property
    def _given(self) -> Config | None:
        """The configuration for every draft, when one was named or all are to be ignored."""
        if self.options.config is not None:
            return _loaded(self.options.config)
        return Config() if self.options.isolated else None

    def config_path(self, draft: Path) -> Path | None:
        """The configuration file in force for a draft, or None."""
        if self._given is not None:
            return self._given.path
        folder = Path(os.path.abspath(draft)).parent  # noqa: PTH100 (as find_config sees it)
        if folder not in self._nearest:
            from edlint.configfile import find_config

            self._nearest[folder] = find_config(draft)
        return self._nearest[folder]

    def linter_for(self, draft: Path) -> Linter:
        """The Linter for a draft. Raises ConfigError, RuleError or UsageError for a configuration that cannot work."""
        path = self.config_path(draft)
        if path not in self._linters:
            config = self._given or (_loaded(path) if path else Config())
            if self.options.fail_on is not None:
                config = replace(config, fail_on=None if self.options.fail_on == "never" else self.options.fail_on)
            options = self.options
            self._linters[path] = Linter(config, select=options.select, ignore=options.ignore, engines=self._engines)
        return self._linters[path]

    def drafts(self, paths: Sequence[str]) -> tuple[str, ...]:
        """The drafts that paths stand for, without excluded ones. Raises UsageError when there are none."""
        found = discover(paths, lambda p: self.linter_for(p).config.excludes(p))
        if not found.drafts and found.empty:
            hint = "edlint reads .txt, .md and .html files, and any file named itself"
            raise UsageError(f"no drafts in {', '.join(found.empty)}", hint=hint)
        return found.drafts

    def check(self, paths: Sequence[str]) -> Report:
        """Lint all drafts that paths stand for, in their order; "-" is standard input."""
        began = time.perf_counter()
        files = tuple(self._lint(path) for path in self.drafts(paths))
        return Report(files, self._rules(files), __version__, time.perf_counter() - began)

    def _lint(self, path: str) -> FileResult:
        encoding = self.options.encoding
        if path != STDIN:
            return self.linter_for(Path(path)).lint_file(path, encoding=encoding)
        shown = self.options.stdin_filename or "<stdin>"
        linter = self.linter_for(Path(self.options.stdin_filename or "stdin.txt"))
        return linter.lint_bytes(sys.stdin.buffer.read(), shown, format=format_for(self.options.stdin_filename), encoding=encoding)

    def _rules(self, files: Sequence[FileResult]) -> Mapping[str, Rule]:
        """The rules behind the findings; a finding of an engine's rule is explained by the grammar rule that listens to it."""
        known: dict[str, Rule] = {}
        names = {f.rule for file in files for f in (*file.findings, *(s.finding for s in file.suppressed))}
        for linter in self._linters.values():
            known |= {name: rule for name in names - known.keys() if (rule := linter.rule_named(name))}
        return {name: known[name] for name in sorted(names)}


def _loaded(path: Path) -> Config:
    from edlint.configfile import load_config

    return load_config(path)
