"""The stages after linting: remove findings that the baseline accepts or that are not new, and apply fixes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from edlint.checks import kind_of
from edlint.errors import SourceError, UsageError
from edlint.files.atomic import sweep
from edlint.files.digest import digest
from edlint.filters import Filter
from edlint.formats import open_source
from edlint.grammar.base import UNREAD
from edlint.grammar.query import GRAMMAR_UNCHECKED
from edlint.model.report import FileResult, Stale
from edlint.model.server import READER_PACKS
from edlint.model.source import Source
from edlint.reading import StoredSource, read_draft
from edlint.session.baseline import Entry, Outcome, apply, split
from edlint.session.cachedlinter import CachedLinter
from edlint.session.changed import keep_new, unchanged
from edlint.session.fix import Change, apply_fixes, encoded, write_back

if TYPE_CHECKING:
    from edlint.session.git import History

Files = tuple[FileResult, ...]


class Accepted(NamedTuple):
    """Results without what baselines accept, and the baseline entries that have no finding any more."""

    files: Files
    stale: tuple[Stale, ...]


class Fixed(NamedTuple):
    """Results after fixing, and what changed in drafts that were not written."""

    files: Files
    changes: tuple[Change, ...]


class Gate:
    """The stages after linting, each from results to results. A context manager, because git may be asked throughout.

    `linters` holds, by the path of each result, the linter of its draft. `piped` is the path by which standard input is shown,
    "" when it was not read.
    """

    def __init__(self, linters: Mapping[str, CachedLinter], piped: str = "") -> None:
        self._linters = linters
        self._piped = piped
        self._history: History | None = None
        self._entries: dict[str, tuple[Entry, ...]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self._history is not None:
            self._history.__exit__(kind, value, trace)

    def accept(self, files: Files, baselines: Sequence[Path | None], paths: Sequence[str]) -> Accepted:
        """Remove the findings that the baseline of each file accepts. `paths` are what the run was asked to check.

        Raises ConfigError for a baseline that is missing or broken.
        """
        from edlint.session.baselinefile import load_baseline

        results = list(files)
        gone: list[Entry] = []
        for baseline in dict.fromkeys(filter(None, baselines)):
            mine = [number for number, other in enumerate(baselines) if other == baseline]
            outcome = self.compare([files[n] for n in mine], load_baseline(baseline), baseline, paths)
            for number, result in zip(mine, outcome.files, strict=True):
                results[number] = result
            gone += outcome.stale
        counts = Counter((entry.path, entry.rule, entry.text) for entry in gone)
        return Accepted(tuple(results), tuple(Stale(*known, times) for known, times in sorted(counts.items())))

    def compare(self, files: Sequence[FileResult], entries: Sequence[Entry], baseline: Path, paths: Sequence[str]) -> Outcome:
        """What `entries` accept, whose paths are relative to the folder of the file `baseline`."""
        folder = os.path.dirname(os.path.abspath(baseline))  # noqa: PTH100, PTH120
        pairs = [(relative(file.path, folder), file) for file in files]
        locks = {path: self._linters[file.path].linter.locks for path, file in pairs if file.findings}
        entries = [entry for entry in entries if entry.path not in locks or not locks[entry.path](entry.rule)]
        absent = {entry.path for entry in entries} - {path for path, _ in pairs}
        places = {path: os.path.normpath(os.path.join(folder, path)) for path in absent}  # noqa: PTH118
        asked = tuple(os.path.join(os.path.abspath(path), "") for path in paths if os.path.isdir(path))  # noqa: PTH100, PTH112, PTH118
        gone = {path: place.startswith(asked) for path, place in places.items() if not os.path.lexists(place)}
        outcome = apply(pairs, entries, self._judges, gone)
        self._entries |= outcome.compared
        return outcome

    def _judges(self, file: FileResult, name: str) -> bool:
        """Whether the run would have found what a rule finds in a file."""
        linter = self._linters[file.path].linter
        rule = linter.rule_named(name)
        if rule is None or file.faults:
            return rule is None
        gap = GRAMMAR_UNCHECKED if kind_of(rule).engine(rule) else UNREAD if rule.pack in READER_PACKS else ""
        unread = gap != "" and any(note.startswith(gap) for note in file.notices)
        return not unread and linter.rules_for(file.path)[rule.name].level is not None

    def keep_new(self, files: Files, rev: str) -> Files:
        """Remove the findings that were there at a revision already. Raises UsageError where git cannot tell."""
        if any(file.path == self._piped == "<stdin>" for file in files):
            raise UsageError("--diff-base: standard input has no history", hint="name its file with --stdin-filename")
        from edlint.session.git import History

        self._history = History(rev).__enter__()
        for file in {os.path.dirname(file.path): file for file in files}.values():  # noqa: PTH120
            self._history.repository(file.path)  # without a finding, too, what cannot be told is an error
        return tuple(self._only_new(file) for file in files)

    def _only_new(self, file: FileResult, given: Sequence[Filter] = ()) -> FileResult:
        if self._history is None or not file.findings:
            return file
        linter = self._linters[file.path].linter
        before = self._history.before(file.path, read=file.path == self._piped)
        if before.same:
            return unchanged(file)
        if before.data is None:
            return file
        try:
            old = open_source(before.data, file.path, linter.config.encoding)
        except SourceError:  # it was no draft then
            return file

        def lint(source: Source, *, also: Sequence[Filter] = ()) -> FileResult:
            return linter.lint(source, also=(*given, *also))

        return keep_new(file, old, lint)

    def apply_fixes(self, files: Files, *, unsafe: bool, write: bool) -> Fixed:
        """Apply the fixes: with `write` to the files, else only to the results. A draft that cannot be fixed gets a fault."""
        results, changes = [], []
        for folder in {os.path.dirname(os.path.realpath(file.path)) for file in files if write and file.findings}:  # noqa: PTH120
            sweep(folder)
        for file in files:
            try:
                after = apply_fixes(file, self._again, unsafe=unsafe)
                if after.fixed and write and file.path != self._piped:
                    after = after._replace(source=self._written(file, after))
                elif after.fixed and file.source and after.source:
                    encoded(after.source)
                    changes.append(Change(file.source, after.source))
                results.append(after)
            except SourceError as fault:
                told = f"{fault.message} ({fault.hint})" if fault.hint else fault.message
                results.append(file._replace(faults=(*file.faults, told)))
        return Fixed(tuple(results), tuple(changes))

    def _written(self, file: FileResult, after: FileResult) -> Source | None:
        """Write a fixed draft. Gives its source, which does not hold the text. Raises SourceError."""
        if file.source is None or after.source is None:
            return None
        write_back(file.source, after.source)
        data, stamp = read_draft(file.path)
        return StoredSource(file.path, self._linters[file.path].config.encoding, digest(data), stamp)

    def _again(self, source: Source, *, also: Sequence[Filter] = ()) -> FileResult:
        """A fixed draft through all stages before the fixes; `also`: see Linter.lint."""
        result = self._linters[source.path].linter.lint(source, also=also)
        parts = split(result.findings, self._entries.get(source.path, ()))
        return self._only_new(result._replace(findings=parts.new, accepted=parts.accepted), also)


def relative(path: str, folder: str) -> str:
    """The path of a draft as a baseline in `folder` (absolute) names it."""
    try:
        found = os.path.relpath(os.path.abspath(path), folder)  # noqa: PTH100
    except ValueError:  # another drive
        found = os.path.abspath(path)  # noqa: PTH100
    return found.replace(os.sep, "/")
