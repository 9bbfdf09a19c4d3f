"""Many drafts: which there are, which configuration each has, and the Report over all of them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from edlint.config import Config
from edlint.discover import discover
from edlint.errors import UsageError
from edlint.finding import Level
from edlint.formats import format_for
from edlint.grammar import Engines
from edlint.linter import Linter
from edlint.report.model import FileResult, Report, Stale
from edlint.rule import Rule
from edlint.version import __version__

if TYPE_CHECKING:
    from edlint.fix import Change

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Options:
    """What a door asks for beyond the configuration. `fail_on`, `max_warnings` (-1: any number), `baseline` and `encoding`
    replace the configured ones when set.

    `diff_base` is a revision: what was found there already is left alone. `fix` says whether fixes are applied, and whether
    drafts are written then; `unsafe_fixes` are applied only when asked for.

    Raises UsageError for options that exclude each other.
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

    def __post_init__(self) -> None:
        if self.config and self.isolated:
            raise UsageError("--config and --isolated exclude each other")


class Run(NamedTuple):
    """What a run has to report, and what its fixes changed in which draft."""

    report: Report
    changes: tuple[Change, ...] = ()


class Project:
    """Lints drafts, each by the configuration nearest to it. One Linter serves all drafts that share a configuration."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._engines = Engines()
        self._linters: dict[Path | None, Linter] = {}
        self._configs: dict[Path | None, Config] = {}
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
            config, options = self.config_for(draft), self.options
            self._linters[path] = Linter(config, select=options.select, ignore=options.ignore, engines=self._engines)
        return self._linters[path]

    def config_for(self, draft: Path) -> Config:
        """The configuration for a draft, with what the options put in its place. Raises ConfigError."""
        path = self.config_path(draft)
        if path not in self._configs:
            config = self._given or (_loaded(path) if path else Config())
            if self.options.fail_on is not None:
                config = replace(config, fail_on=None if self.options.fail_on == "never" else self.options.fail_on)
            if self.options.max_warnings is not None:
                config = replace(config, max_warnings=None if self.options.max_warnings < 0 else self.options.max_warnings)
            self._configs[path] = replace(config, baseline=self.options.baseline) if self.options.baseline else config
        return self._configs[path]

    def drafts(self, paths: Sequence[str]) -> tuple[str, ...]:
        """The drafts that paths stand for, without excluded ones. Raises UsageError when there are none."""
        found = discover(paths, lambda p: self.linter_for(p).config.excludes(p))
        if not found.drafts and found.empty:
            hint = "edlint reads .txt, .md and .html files, and any file named itself"
            raise UsageError(f"no drafts in {', '.join(found.empty)}", hint=hint)
        return found.drafts

    def check(self, paths: Sequence[str]) -> Report:
        """The report of a run."""
        return self.run(paths).report

    def run(self, paths: Sequence[str]) -> Run:
        """Lint all drafts that paths stand for, in their order ("-" is standard input); then baseline, changed lines, fixes."""
        began, options = time.perf_counter(), self.options
        files = self.lint(paths)
        stale: tuple[Stale, ...] = ()
        changes: tuple[Change, ...] = ()
        configs = self._configs_of(files)
        baselines = [config.baseline for config in configs]
        if any(baselines) or options.diff_base or options.fix != "no":
            from edlint.gate import Gate

            with Gate(self.linter_for, options.encoding, self._piped(paths)) as gate:
                files, stale = gate.accept(files, baselines, paths)
                if options.diff_base:
                    files = gate.narrow(files, options.diff_base)
                if options.fix != "no":
                    files, changes = gate.mend(files, unsafe=options.unsafe_fixes, write=options.fix == "write")
        named = ", ".join(dict.fromkeys(os.path.relpath(path) for path in baselines if path))
        most = min((config.max_warnings for config in configs if config.max_warnings is not None), default=None)
        report = Report(files, self._rules(files), __version__, time.perf_counter() - began, named, stale, most)
        return Run(report, changes)

    def lint(self, paths: Sequence[str]) -> tuple[FileResult, ...]:
        """The results of the drafts that paths stand for, before baseline, changed lines and fixes."""
        return tuple(self._lint(path) for path in self.drafts(paths))

    def _configs_of(self, files: Sequence[FileResult]) -> list[Config]:
        """The configuration of each draft, looked up once for a folder."""
        folders = [os.path.dirname(file.path) for file in files]  # noqa: PTH120 (a Path for each of ten thousand drafts takes long)
        found = {folder: self.config_for(Path(file.path)) for folder, file in dict(zip(folders, files, strict=True)).items()}
        return [found[folder] for folder in folders]

    def _piped(self, paths: Sequence[str]) -> str:
        """The path by which standard input is shown; "" when it is not read."""
        return (self.options.stdin_filename or "<stdin>") if STDIN in paths else ""

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
        shown = (f for file in files for f in (*file.findings, *file.accepted, *file.fixed, *(s.finding for s in file.suppressed)))
        names = {f.rule for f in shown}
        for linter in self._linters.values():
            known |= {name: rule for name in names - known.keys() if (rule := linter.rule_named(name))}
        return {name: known[name] for name in sorted(names)}


def _loaded(path: Path) -> Config:
    from edlint.configfile import load_config

    return load_config(path)
