"""Lint many drafts: reuse cached results of unchanged drafts, and lint the others in this process or in several."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from edlint.model.report import FileResult
from edlint.reading import StoredSource, stamp
from edlint.session.cachedlinter import CachedLinter
from edlint.session.options import Options

ProgressCallback = Callable[[int, int], None]  # takes how many drafts are done, and how many there are
WORKER_SHARE = 250_000  # bytes without grammar, of which each process gets as many at least: they take five times as long as its start
DRAFT_OVERHEAD = 1_000  # bytes that take as long as what is done once for a draft
GRAMMAR_FACTOR = 2  # how much longer a byte takes with an engine


class Task(NamedTuple):
    """A draft to lint: its path as it is shown, its folder (absolute), and the linter of its configuration."""

    path: str
    folder: str
    linter: CachedLinter


def silent(done: int, total: int) -> None:
    """The ProgressCallback that shows nothing."""


def lint_all(tasks: Sequence[Task], options: Options, progress: ProgressCallback = silent) -> list[FileResult]:
    """The result of each task, in their order. Raises what linting raises, and EdlintError when a process is lost."""
    results: dict[str, FileResult | None] = {task.path: task.linter.recall(task.folder, task.path) for task in tasks}
    missing = [task for task in tasks if results[task.path] is None]
    for done, (path, result) in enumerate(_linted(missing, options), len(tasks) - len(missing) + 1):
        results[path] = result
        progress(done, len(tasks))
    for task in missing:
        if (linted := results[task.path]) and _outdated(linted):
            results[task.path] = task.linter.lint(task.path)
    found = {path: result for path, result in results.items() if result}
    fresh: dict[CachedLinter, list[tuple[str, FileResult]]] = {task.linter: [] for task in tasks}
    for task in missing:
        fresh[task.linter].append((task.folder, found[task.path]))
    for linter, pairs in fresh.items():
        linter.remember(pairs)
    return _with_notices(tasks, found)


def _linted(tasks: Sequence[Task], options: Options) -> Iterator[tuple[str, FileResult]]:
    """The results of those tasks, in any order."""
    many = min(options.jobs, len(tasks)) > 1 and sys.executable
    shared = {task.path: (task, cost) for task in tasks if (cost := _cost(task))} if many else {}
    jobs = min(options.jobs, sum(cost for _, cost in shared.values()) // WORKER_SHARE)
    if jobs < 2:
        shared = {}
    for task in tasks:
        if task.path not in shared:
            yield task.path, task.linter.lint(task.path)
    if shared:
        from edlint.session.pool import lint

        for linter in {task.linter for task, _ in shared.values()}:
            _ = linter.linter  # what is wrong with rules and options is said before any process starts
        for path, result in lint({path: cost for path, (_, cost) in shared.items()}, jobs, options.packed()):
            yield path, result._replace(fail_on=shared[path][0].linter.config.fail_on)


def _cost(task: Task) -> int:
    """How much work a draft is, in bytes without grammar; 0 for one that is left to this process."""
    try:
        size = os.stat(task.path).st_size  # noqa: PTH116
    except OSError:
        return 0
    grammar = task.linter.config.grammar_for(Path(task.path))
    if grammar.server or task.linter.config.reader:  # somebody else's server is not asked by many at once
        return 0
    return (size + DRAFT_OVERHEAD) * (GRAMMAR_FACTOR if grammar.engine != "none" else 1)


def _with_notices(tasks: Sequence[Task], results: dict[str, FileResult]) -> list[FileResult]:
    """The results; the first of each configuration has the notices about that as well."""
    told: set[CachedLinter] = set()
    for path, _, linter in tasks:
        if linter not in told and not results[path].error:
            told.add(linter)
            results[path] = results[path]._replace(notices=(*linter.notices, *results[path].notices))
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
