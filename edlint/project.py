"""Many drafts: which there are, which configuration each has, and the Report over all of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from edlint.config import Config
from edlint.discover import Choice, Discovery, discover, not_followed
from edlint.errors import SourceError, UsageError
from edlint.finding import Level
from edlint.formats import format_for
from edlint.grammar import Engines
from edlint.locks import bars
from edlint.oversight import chooses_drafts, require_consent, switched_off, take_sent, with_above
from edlint.report.model import FileResult, Report, Stale
from edlint.rule import Rule
from edlint.run.batch import Batch, Tell, silent
from edlint.run.desk import Desk
from edlint.run.draft import lint_draft, lint_piped
from edlint.version import __version__

if TYPE_CHECKING:
    from edlint.gate.fix import Change
    from edlint.linter import Linter

STDIN = "-"
_NO_DRAFTS = "edlint reads .txt, .md and .html files, and any file named itself"


@dataclass(frozen=True, slots=True)
class Options:
    """What a door asks for beyond the configuration. `fail_on`, `max_warnings` (-1: any number), `baseline` and `encoding`
    replace the configured ones when set.

    `diff_base` is a revision: what was found there already is left alone. `fix` says whether fixes are applied, and whether
    drafts are written then; `unsafe_fixes` are applied only when asked for.

    `cache` is the folder in which results are remembered, None for none; `jobs` how many processes may lint at a time.
    `force_exclude` and `respect_gitignore` are explained at `edlint.discover.Choice`; `allow_remote` is consent to send text to
    a server elsewhere that a configuration names; `rule_filter` is explained at `edlint.linter.Linter`. Raises UsageError for
    options that exclude each other.
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
    rule_filter: str = ""

    def __post_init__(self) -> None:
        if self.config and self.isolated:
            raise UsageError("--config and --isolated exclude each other")


class Run(NamedTuple):
    """What a run has to report, and what its fixes changed in the drafts that were not written."""

    report: Report
    changes: tuple[Change, ...] = ()


class Project:
    """Lints drafts, each by the configuration nearest to it. One Linter serves all drafts that share a configuration."""

    def __init__(self, options: Options | None = None, engines: Engines | None = None) -> None:
        self.options = options or Options()
        self._engines = engines or Engines()
        self._desks: dict[Path | None, Desk] = {}
        self._places: dict[str, tuple[Desk, str]] = {}
        self._nearest: Callable[[str], Path | None] | None = None
        self._left_out: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _given(self) -> Config | None:
        """The configuration for every draft, when one was named or all are to be ignored."""
        if self.options.config is not None:
            return self._loaded(self.options.config)
        return self._asked(Config()) if self.options.isolated else None

    def _config_path(self, folder: str) -> Path | None:
        """The configuration file in force in a folder (absolute), or None."""
        if self._given is not None:
            return self._given.path
        if self._nearest is None:
            from edlint.configfile import Nearest

            self._nearest = Nearest()
        return self._nearest(folder)

    def _desk_in(self, folder: str) -> Desk:
        """What serves the drafts in a folder (absolute)."""
        path = self._config_path(folder)
        if path not in self._desks:
            config = self._given or (with_above(self._loaded(path), self._loaded) if path else self._asked(Config()))
            self._desks[path] = Desk(config, self._linter, (self.options.select, self.options.ignore, self.options.rule_filter))
        return self._desks[path]

    def _loaded(self, path: Path) -> Config:
        from edlint.configfile import load_config

        return self._asked(load_config(path))

    def _asked(self, config: Config) -> Config:
        """A configuration with what the options put in its place."""
        options, most = self.options, self.options.max_warnings
        return replace(
            config, grammar=config.grammar._replace(allow_remote=options.allow_remote), encoding=options.encoding or config.encoding,
            baseline=options.baseline or config.baseline, max_warnings=config.max_warnings if most is None else None if most < 0 else most,
            fail_on=(None if options.fail_on == "never" else options.fail_on) if options.fail_on else config.fail_on,
        )  # fmt: skip

    def _linter(self, config: Config) -> Linter:
        from edlint.linter import Linter

        options = self.options
        chosen = {"select": options.select, "ignore": options.ignore}
        return Linter(config, **chosen, engines=self._engines, rule_filter=options.rule_filter)

    def _place(self, path: str) -> tuple[Desk, str]:
        """What serves a draft, and the absolute path of its folder."""
        name = path if path != STDIN else self.options.stdin_filename or "stdin.txt"
        prefix = name[: name.rfind("/") + 1]
        if prefix not in self._places:
            folder = os.path.abspath(prefix or ".")  # noqa: PTH100
            self._places[prefix] = self._desk_in(folder), folder
        return self._places[prefix]

    def linter_for(self, draft: Path) -> Linter:
        """The Linter for a draft. Raises ConfigError, RuleError or UsageError for a configuration that cannot work."""
        return self._place(draft.as_posix())[0].linter

    def config_for(self, draft: Path) -> Config:
        """The configuration for a draft, with what the options put in its place. Raises ConfigError."""
        return self._place(draft.as_posix())[0].config

    def config_path(self, draft: Path) -> Path | None:
        """The configuration file in force for a draft, or None."""
        return self.config_for(draft).path

    def drafts(self, paths: Sequence[str]) -> tuple[str, ...]:
        """The drafts that paths stand for, without excluded ones.

        Raises UsageError when there are none, SourceError when a folder cannot be read.
        """
        found = self._found(paths)
        for folder, why in found.closed:
            raise SourceError(f"{folder}: cannot be read: {why}")
        return found.drafts

    def _found(self, paths: Sequence[str]) -> Discovery:
        choice = Choice(self.options.force_exclude, self.options.respect_gitignore)
        found = discover(paths, lambda folder: chooses_drafts(self._desk_in(folder).config), choice)
        if not found.drafts and found.empty and not found.closed:
            raise UsageError(f"no drafts in {', '.join(found.empty)}", hint=not_followed(found.links) or _NO_DRAFTS)
        self._left_out = found.left_out
        return found

    def inputs(self, paths: Sequence[str]) -> Iterator[str]:
        """Every file that a run over `paths` depends on: drafts, configuration, rules, words. Raises what keeps a run from starting."""
        yield from self._found(paths).drafts
        for desk in self._desks.values():
            yield from desk.inputs()

    def check(self, paths: Sequence[str]) -> Report:
        """The report of a run."""
        return self.run(paths).report

    def run(self, paths: Sequence[str], tell: Tell = silent) -> Run:
        """Lint all drafts that paths stand for, in their order ("-" is standard input); then baseline, changed lines, fixes."""
        began, options = time.perf_counter(), self.options
        files, sent = take_sent(self.lint(paths, tell))
        stale: tuple[Stale, ...] = ()
        changes: tuple[Change, ...] = ()
        configs = [self._place(file.path)[0].config for file in files]
        baselines = [config.baseline for config in configs]
        if any(baselines) or options.diff_base or options.fix != "no":
            from edlint.gate.steps import Gate

            with Gate(self.linter_for, (options.stdin_filename or "<stdin>") if STDIN in paths else "") as gate:
                files, stale = gate.accept(files, baselines, paths)
                if options.diff_base:
                    files = gate.narrow(files, options.diff_base)
                if options.fix != "no":
                    files, changes = gate.mend(files, unsafe=options.unsafe_fixes, write=options.fix == "write")
        files = tuple(file._replace(bars=bars(config.above)) for file, config in zip(files, configs, strict=True))
        named = ", ".join(dict.fromkeys(os.path.relpath(path) for path in baselines if path))
        most = min((c.max_warnings for config in configs for c in (config, *config.above) if c.max_warnings is not None), default=None)
        off = switched_off(((file.path, config) for file, config in zip(files, configs, strict=True)), options.ignore)
        told = (named, stale, most, self._left_out, off, sent)
        return Run(Report(files, self._rules(files), __version__, time.perf_counter() - began, *told), changes)

    def detailed(self, report: Report) -> Report:
        """The report with each draft's parts and sourced claims."""
        files = (self.linter_for(Path(f.path)).detail(f, format=format_for(f.path)) if f.source else f for f in report.files)
        return report._replace(files=tuple(files))

    def lint(self, paths: Sequence[str], tell: Tell = silent) -> tuple[FileResult, ...]:
        """The results of the drafts that paths stand for, before baseline, changed lines and fixes; then folders that are closed."""
        found, options = self._found(paths), self.options
        require_consent(self._place(path)[0].config for path in found.drafts)
        told = (options.select, options.ignore, str(options.config or ""), options.isolated, options.encoding, options.rule_filter)
        batch = Batch(self._place, self.read, options.cache, options.jobs, told)
        closed = (FileResult(folder, error=f"{folder}: cannot be read: {why}") for folder, why in found.closed)
        results = batch.results(found.drafts, tell)
        if results and found.links:
            results[0] = results[0]._replace(notices=(*results[0].notices, not_followed(found.links)))
        return (*results, *closed)

    def read(self, path: str) -> FileResult:
        """Lint one draft now. Raises EdlintError for what is wrong with the configuration or the rules."""
        desk, _ = self._place(path)
        return lint_piped(desk, self.options.stdin_filename) if path == STDIN else lint_draft(desk, path)

    def _rules(self, files: Sequence[FileResult]) -> Mapping[str, Rule]:
        """The rules behind the findings; a finding of an engine's rule is explained by the grammar rule that listens to it."""
        known: dict[str, Rule] = {}
        shown = (f for file in files for f in (*file.findings, *file.accepted, *file.fixed, *(s.finding for s in file.suppressed)))
        names = {f.rule for f in shown}
        for desk in self._desks.values():
            known |= {name: rule for name in names - known.keys() if (rule := desk.rule_named(name))}
        return {name: known[name] for name in sorted(names)}
