"""Drafts that are open in an editor or on a page: linted as they stand there, again and again, whether they are saved or not.

What a keystroke costs is kept small by what is remembered of the last version: engines say the same of an unchanged paragraph
(edlint.grammar.remark_cache), and an unchanged sentence keeps its tags (edlint.text.tagger.tagged). All rules run on the whole draft
nevertheless, because most of them look beyond a paragraph: at the attribution before, the first copy above, the heading.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from edlint.errors import EdlintError
from edlint.files.globs import matches
from edlint.grammar import NO_ENGINE, Engines
from edlint.matching.memory import Memory
from edlint.model.config import Config
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.reading import stamp, too_large
from edlint.session.cachedlinter import failed
from edlint.session.configs import require_consent
from edlint.session.options import Options
from edlint.session.session import Session

if TYPE_CHECKING:
    from edlint.config.nearest import Nearest
    from edlint.filters import Filter
    from edlint.linter import Linter
    from edlint.reader.reader import Reader
    from edlint.session.baseline import Entry

BATCH = 20  # drafts of a folder that are linted before anything else gets its turn


class LiveSession:
    """Lints drafts as they are being written, each by the configuration nearest to its path.

    Configurations, rules and lists of words are read when they are first needed, and again after `refresh` has found that one of
    them changed; engines stay up. To be used by one thread at a time. What goes wrong is in the results: nothing raises.
    """

    def __init__(self, options: Options | None = None, later: Callable[[str], None] | None = None) -> None:
        """`later` is called, in any thread, with the path of a draft of which a second reader has said more since it was linted."""
        self._options = options or Options()
        self._engines = Engines(later or _nobody)
        self._session = Session(self._options, self._engines)
        self._baselines: dict[Path, tuple[Entry, ...]] = {}
        self._memories: dict[str, Memory] = {}
        self._open: set[str] = set()
        self._seen: dict[str, object] = {}

    def lint(self, path: str, text: str | Source, format: str = "") -> FileResult:
        """The result for a draft whose text is `text` just now; the file `path` need not exist. A Word file comes as a Source.

        Spans are code points of the text. `format` is the name of a format, "" for what the suffix says. A configuration that
        cannot work is the result's `error`. A draft that the configuration leaves out has no findings, and a notice that says so.
        """
        self._note(path)
        try:
            linter = self.linter_for(path)
            require_consent((linter.config,))
            source = Source(path, text) if isinstance(text, str) else text
            if why := _left_out(linter.config, path):
                return FileResult(path, source, notices=(f"not checked: {why}",))
            if len(source.text) > linter.max_bytes:
                return FileResult(path, error=too_large(path, linter.max_bytes))
            with self._memories.setdefault(path, Memory()).version(len(source.text)):
                result = linter.lint_text(text, path, format=format) if isinstance(text, str) else linter.lint(text, format=format)
            return self._accepted(result, linter.config.baseline) if linter.config.baseline else result
        except EdlintError as fault:
            return FileResult(path, error=str(fault))
        except Exception as fault:
            return failed(path, fault)

    def lint_source(self, source: Source, *, format: str = "", also: Sequence[Filter] = ()) -> FileResult:
        """The result for a Source, without what a baseline accepts; see Linter.lint. Raises EdlintError for faulty configurations."""
        linter = self.linter_for(source.path)
        result = linter.lint(source, format=format, also=also)
        return self._accepted(result, linter.config.baseline) if linter.config.baseline else result

    def _note(self, path: str) -> None:
        """Take note of a draft, and of what its findings depend on as it is now."""
        self._open.add(path)
        if _folder(path) not in self._seen:
            from edlint.config.nearest import Nearest

            self._seen[_folder(path)] = self._state(path, Nearest())

    def warm(self, path: str) -> None:
        """Start the grammar engine for the draft `path`, so that the first edit does not have to wait for it."""
        with suppress(EdlintError):
            config = self.linter_for(path).config
            require_consent((config,))
            grammar = config.grammar_for(Path(path))
            if grammar.engine != NO_ENGINE:
                self._engines.warm(grammar)

    def linter_for(self, path: str) -> Linter:
        """The Linter for the draft `path`. Raises ConfigError, RuleError or UsageError for a configuration that cannot work."""
        return self._session.linter_for(Path(path))

    def _accepted(self, result: FileResult, baseline: Path) -> FileResult:
        """A result without what the baseline accepts. Raises ConfigError for a baseline that is missing or broken."""
        from edlint.session.baselinefile import load_baseline

        if baseline not in self._baselines:
            self._baselines[baseline] = load_baseline(baseline)
        return self._session.compare([result], self._baselines[baseline], baseline, [result.path]).files[0]

    def folders(self, folders: Sequence[str]) -> Iterator[tuple[tuple[FileResult, ...], int, int]]:
        """The results of all drafts in folders as they are saved, some at a time, with how many are done and how many there are. No second
        reader reads them.

        What keeps a folder from being searched is a result with an error.
        """
        session = Session(self._options._replace(reader=False), self._engines)
        try:
            drafts = session.drafts(folders)
        except EdlintError as fault:
            yield (FileResult(folders[0] if folders else "", error=str(fault)),), 0, 0
            return
        for start in range(0, len(drafts), BATCH):
            some = drafts[start : start + BATCH]
            try:
                yield session.run(some).report.files, start + len(some), len(drafts)
            except EdlintError as fault:
                yield tuple(FileResult(path, error=str(fault)) for path in some), start + len(some), len(drafts)

    def refresh(self) -> bool:
        """Whether a configuration, a rule, a list of words or a baseline changed since it was read; if so, all are read anew.

        To be called every so often, also where an editor tells of changed files: a list of words may have any name.
        """
        if self._states() == {folder: self._seen.get(folder) for folder in self._folders()}:
            return False
        self._session, self._baselines, self._memories = Session(self._options, self._engines), {}, {}
        self._seen = self._states()
        return True

    def _folders(self) -> dict[str, str]:
        """The folders of the open drafts, each with one of its drafts."""
        return {_folder(path): path for path in self._open}

    def _states(self) -> dict[str, object]:
        from edlint.config.nearest import Nearest

        nearest = Nearest()
        return {folder: self._state(path, nearest) for folder, path in self._folders().items()}

    def _state(self, path: str, nearest: Nearest) -> object:
        """What the findings in a draft depend on: the nearest configuration, and the stamp of each file that belongs to it."""
        try:
            return nearest(_folder(path)), {file: _stamp(file) for file in self._session.inputs_of(Path(path))}
        except EdlintError as fault:
            return str(fault)

    def close(self, path: str) -> None:
        """Forget a draft that is no longer open."""
        self._open.discard(path)
        for reader in self._readers():
            reader.forget(path)
        self._memories.pop(path, None)

    def waiting(self, path: str) -> bool:
        """Whether a second reader has more to say of a draft."""
        return any(reader.waiting(path) for reader in self._readers())

    def _readers(self) -> Iterator[Reader]:
        if self._engines.shared:
            from edlint.reader.reader import Reader

            yield from (shared for shared in self._engines.shared.values() if isinstance(shared, Reader))


def _nobody(path: str) -> None:
    """Tell nobody that there is more to say of a draft."""


def _left_out(config: Config, path: str) -> str:
    """Why a configuration leaves a draft out; "" where it does not."""
    if config.excludes(Path(path)):
        return f"{config.path or 'the configuration'} excludes it"
    if config.include and not matches(config.include, Path(path), config.root):
        return f"{config.path} does not include it"
    return ""


def _folder(path: str) -> str:
    return os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120


def _stamp(file: str) -> object:
    try:
        return stamp(os.stat(file))  # noqa: PTH116
    except OSError as fault:
        return fault.errno
