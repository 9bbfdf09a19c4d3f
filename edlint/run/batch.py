"""Many drafts: what earlier runs found stands where nothing changed; the others are linted by this process or by several."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from edlint.reading import StoredSource, stamp
from edlint.report.model import FileResult
from edlint.run.desk import Desk

Tell = Callable[[int, int], None]  # takes how many drafts are done, and how many there are
WORTH = 400_000  # bytes without grammar that take longer to lint than other processes take to start
EACH = 1_000  # bytes that take as long as what is done once for a draft
GRAMMAR = 2  # how much longer a byte takes with an engine


def silent(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


@dataclass(frozen=True)
class Batch:
    """How a project lints many drafts.

    `place` gives what serves a draft and its folder (absolute), `read` lints a draft now. `cache` is the folder in which
    results are remembered, or None; `jobs` the most processes to use, which are told `options` (see edlint.run.worker).
    """

    place: Callable[[str], tuple[Desk, str]]
    read: Callable[[str], FileResult]
    cache: Path | None
    jobs: int
    options: tuple[object, ...]

    def results(self, drafts: Sequence[str], tell: Tell = silent) -> list[FileResult]:
        """The result of each draft, in their order. Raises what `read` raises, and EdlintError when a process is lost."""
        began, total = time.time_ns(), len(drafts)
        results: dict[str, FileResult | None] = {path: self._recalled(path, began) for path in drafts}
        missing = [path for path, result in results.items() if result is None]
        for done, (path, fresh) in enumerate(self._linted(missing), total - len(missing) + 1):
            results[path] = fresh
            tell(done, total)
        for path in missing:
            if (result := results[path]) and _outdated(result):
                results[path] = self.read(path)
        found = {path: result for path, result in results.items() if result}
        self._remember(found, missing)
        return self._once(found)

    def _recalled(self, path: str, began: int) -> FileResult | None:
        if self.cache is None:
            return None
        desk, folder = self.place(path)
        desk.open(self.cache, began)
        return desk.recall(folder, path)

    def _linted(self, drafts: Sequence[str]) -> Iterator[tuple[str, FileResult]]:
        """The results of those drafts, in any order."""
        shared = {path: cost for path in drafts if (cost := self._cost(path))} if min(self.jobs, len(drafts)) > 1 and sys.executable else {}
        if sum(shared.values()) < WORTH:
            shared = {}
        for path in drafts:
            if path not in shared:
                yield path, self.read(path)
        if shared:
            from edlint.run.pool import lint

            for desk in {self.place(path)[0] for path in shared}:
                _ = desk.linter  # what is wrong with rules and options is said before any process starts
            for path, result in lint(shared, self.jobs, self.options):
                yield path, result._replace(fail_on=self.place(path)[0].config.fail_on)

    def _cost(self, path: str) -> int:
        """How much work a draft is, in bytes without grammar; 0 for one that is left to this process."""
        try:
            size = os.stat(path).st_size  # noqa: PTH116
        except OSError:
            return 0
        grammar = self.place(path)[0].config.grammar
        if grammar.server:  # somebody else's server is not asked by many at once
            return 0
        return (size + EACH) * (GRAMMAR if grammar.engine != "none" else 1)

    def _remember(self, results: dict[str, FileResult], fresh: Sequence[str]) -> None:
        new: dict[Desk, list[tuple[str, FileResult]]] = {self.place(path)[0]: [] for path in results}
        for path in fresh:
            desk, folder = self.place(path)
            new[desk].append((folder, results[path]))
        for desk, pairs in new.items():
            desk.close(pairs)

    def _once(self, results: dict[str, FileResult]) -> list[FileResult]:
        """The results; the first of each desk has the desk's notices as well."""
        told: set[Desk] = set()
        for path, result in results.items():
            desk, _ = self.place(path)
            if desk not in told and not result.error:
                told.add(desk)
                results[path] = result._replace(notices=(*desk.notices, *result.notices))
        return list(results.values())


def _outdated(result: FileResult) -> bool:
    """Whether a draft's file was written to after it was linted, so that findings would be shown in other words."""
    source = result.source
    if not isinstance(source, StoredSource):
        return False
    try:
        return stamp(os.stat(source.path)) != source.stamp  # noqa: PTH116
    except OSError:
        return True
