"""Many drafts: discovery, the configuration and linter of each, cached results or work, then baseline, changed lines, fixes: a Report."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from edlint.errors import SourceError, UsageError
from edlint.formats import FORMATS, format_for
from edlint.grammar import Engines
from edlint.grammar.base import Notify
from edlint.model.config import Config
from edlint.model.report import FileResult, Report, Stale
from edlint.model.rule import Rule
from edlint.session.cachedlinter import STDIN, CachedLinter
from edlint.session.configs import Configs, bars, chooses_drafts, require_consent, split_sent, switched_off
from edlint.session.discover import DiscoverOptions, Discovery, discover, not_followed
from edlint.session.options import Options
from edlint.session.work import ProgressCallback, Task, lint_all, silent
from edlint.version import __version__

if TYPE_CHECKING:
    from edlint.linter import Linter
    from edlint.session.baseline import Entry, Outcome
    from edlint.session.fix import Change
    from edlint.session.gate import Gate


class Run(NamedTuple):
    """What a run has to report, and what its fixes changed in the drafts that were not written."""

    report: Report
    changes: tuple[Change, ...] = ()


class Session:
    """Lints drafts, each by the configuration nearest to it. One linter serves all drafts that share a configuration."""

    def __init__(self, options: Options | None = None, engines: Engines | None = None) -> None:
        self.options = options or Options()
        self._engines = engines or Engines()
        self._configs = Configs(self.options)
        self._linters: dict[Path | None, CachedLinter] = {}
        self._folders: dict[str, tuple[str, CachedLinter]] = {}
        self._left_out: tuple[tuple[str, str], ...] = ()

    def _task(self, path: str) -> Task:
        """The task of linting a draft."""
        name = path if path != STDIN else self.options.stdin_filename or "stdin.txt"
        prefix = name[: name.rfind("/") + 1]
        if prefix not in self._folders:
            folder = os.path.abspath(prefix or ".")  # noqa: PTH100
            self._folders[prefix] = folder, self._linter_in(folder)
        return Task(path, *self._folders[prefix])

    def _linter_in(self, folder: str) -> CachedLinter:
        """The linter for the drafts in a folder (absolute)."""
        config = self._configs.of(folder)
        if config.path not in self._linters:
            self._linters[config.path] = CachedLinter(config, self.options, self._engines)
        return self._linters[config.path]

    def watch(self, tell: Notify) -> None:
        """Have `tell` told how far slow work on a draft is."""
        self._engines.tell = tell

    def linter_for(self, draft: Path) -> Linter:
        """The Linter for a draft. Raises ConfigError, RuleError or UsageError for a configuration that cannot work."""
        return self._task(draft.as_posix()).linter.linter

    def config_for(self, draft: Path) -> Config:
        """The configuration for a draft, with what the options put in its place. Raises ConfigError."""
        return self._task(draft.as_posix()).linter.config

    def inputs_of(self, draft: Path) -> set[str]:
        """The files of configuration, rules and words on which the findings in a draft depend. Raises EdlintError where one is missing."""
        return self._task(draft.as_posix()).linter.inputs()

    def drafts(self, paths: Sequence[str]) -> tuple[str, ...]:
        """The drafts that paths stand for, without excluded ones.

        Raises UsageError when there are none, SourceError when a folder cannot be read.
        """
        found = self._found(paths)
        for folder, why in found.unreadable:
            raise SourceError(f"{folder}: cannot be read: {why}")
        return found.drafts

    def _found(self, paths: Sequence[str]) -> Discovery:
        choice = DiscoverOptions(self.options.force_exclude, self.options.respect_gitignore)
        found = discover(paths, lambda folder: chooses_drafts(self._linter_in(folder).config), choice)
        if not found.drafts and found.empty and not found.unreadable:
            raise UsageError(f"no drafts in {', '.join(found.empty)}", hint=not_followed(found.links) or _known_drafts())
        self._left_out = found.left_out
        return found

    def inputs(self, paths: Sequence[str]) -> Iterator[str]:
        """Every file that a run over `paths` depends on: drafts, configuration, rules, words. Raises EdlintError if it cannot start."""
        yield from self._found(paths).drafts
        for linter in self._linters.values():
            yield from linter.inputs()

    def lint(self, paths: Sequence[str], progress: ProgressCallback = silent) -> tuple[FileResult, ...]:
        """The results of the drafts that paths stand for, before baseline, changed lines and fixes; then folders that are closed."""
        found = self._found(paths)
        tasks = [self._task(path) for path in found.drafts]
        require_consent(task.linter.config for task in tasks)
        results = lint_all(tasks, self.options, progress)
        if results and found.links:
            results[0] = results[0]._replace(notices=(*results[0].notices, not_followed(found.links)))
        unreadable = (FileResult(folder, error=f"{folder}: cannot be read: {why}") for folder, why in found.unreadable)
        return (*results, *unreadable)

    def lint_draft(self, path: str) -> FileResult:
        """Lint one draft now. Raises EdlintError for what is wrong with the configuration or the rules."""
        return self._task(path).linter.lint(path)

    def check(self, paths: Sequence[str]) -> Report:
        """The report of a run."""
        return self.run(paths).report

    def run(self, paths: Sequence[str], progress: ProgressCallback = silent) -> Run:
        """Lint all drafts that paths stand for, in their order ("-" is standard input); then baseline, changed lines, fixes."""
        began, options = time.perf_counter(), self.options
        files, sent = split_sent(self.lint(paths, progress))
        configs = [self.config_for(Path(file.path)) for file in files]
        baselines = [config.baseline for config in configs]
        stale: tuple[Stale, ...] = ()
        changes: tuple[Change, ...] = ()
        if any(baselines) or options.diff_base or options.fix != "no":
            with self._gate(files, paths) as gate:
                files, stale = gate.accept(files, baselines, paths)
                files = gate.keep_new(files, options.diff_base) if options.diff_base else files
                if options.fix != "no":
                    files, changes = gate.apply_fixes(files, unsafe=options.unsafe_fixes, write=options.fix == "write")
        files = tuple(file._replace(bars=bars(config.above)) for file, config in zip(files, configs, strict=True))
        named = ", ".join(dict.fromkeys(os.path.relpath(path) for path in baselines if path))
        most = min((c.max_warnings for config in configs for c in (config, *config.above) if c.max_warnings is not None), default=None)
        off = switched_off(((file.path, config) for file, config in zip(files, configs, strict=True)), options.ignore)
        told = (named, stale, most, self._left_out, off, sent)
        return Run(Report(files, self._rules(files), __version__, time.perf_counter() - began, *told), changes)

    def compare(self, files: Sequence[FileResult], entries: Sequence[Entry], baseline: Path, paths: Sequence[str]) -> Outcome:
        """What the entries of a baseline accept of the results of a run over `paths`."""
        with self._gate(files, paths) as gate:
            return gate.compare(files, entries, baseline, paths)

    def _gate(self, files: Sequence[FileResult], paths: Sequence[str]) -> Gate:
        from edlint.session.gate import Gate

        linters = {file.path: self._task(file.path).linter for file in files}
        return Gate(linters, (self.options.stdin_filename or "<stdin>") if STDIN in paths else "")

    def detailed(self, report: Report) -> Report:
        """The report with each draft as a document, its sourced claims, and the time."""
        files = (self.linter_for(Path(f.path)).detail(f, format=format_for(f.path)) if f.source else f for f in report.files)
        return report._replace(files=tuple(files), checked=time.time())

    def _rules(self, files: Sequence[FileResult]) -> Mapping[str, Rule]:
        """The rules behind the findings; a finding of an engine's rule is explained by the grammar rule that listens to it."""
        known: dict[str, Rule] = {}
        names = {finding.rule for file in files for finding in file.known}
        for linter in self._linters.values():
            known |= {name: rule for name in names - known.keys() if (rule := linter.rule_named(name))}
        return {name: known[name] for name in sorted(names)}


def _known_drafts() -> str:
    *others, last = (format.suffixes[0] for format in FORMATS.values() if format.suffixes)
    return f"edlint reads {', '.join(others)} and {last} files, and any file named itself"
