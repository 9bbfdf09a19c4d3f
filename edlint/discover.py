"""From the paths on a command line to the drafts to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from edlint.errors import SourceError, UsageError, did_you_mean
from edlint.globs import compile_glob

SUFFIXES = frozenset((".txt", ".text", ".md", ".markdown", ".mdx", ".html", ".htm"))
SKIPPED = frozenset(("node_modules", "venv", "__pycache__"))
STDIN = "-"


class Discovery(NamedTuple):
    """`drafts`: the paths to lint, "-" among them for standard input, in order and without doubles. `empty`: folders that held none."""

    drafts: tuple[str, ...]
    empty: tuple[str, ...] = ()


def discover(paths: Sequence[str], excludes: Callable[[Path], bool] = lambda path: False, force_exclude: bool = False) -> Discovery:
    """Find the drafts that `paths` (files, folders, globs, "-") stand for: named order first, sorted within a folder or glob.

    Folders are searched for known suffixes, hidden ones passed over; files that are named are taken whatever their suffix.
    `excludes` leaves out what is found in folders and globs, and named files too with `force_exclude`.
    Raises UsageError for a path that does not exist, SourceError for a folder that cannot be read.
    """
    drafts: dict[str, str] = {}
    empty = []
    for path in paths:
        found = [path] if path == STDIN else [_tidy(p) for p in _expand(path, excludes, force_exclude)]
        for draft in found:
            drafts.setdefault(draft if draft == STDIN else os.path.realpath(draft), draft)
        if not found and Path(path).is_dir():
            empty.append(path)
    return Discovery(tuple(drafts.values()), tuple(empty))


def _tidy(path: str) -> str:
    """The path as reports show it: forward slashes, no "./" (but a file named "-" keeps it)."""
    short = path.replace(os.sep, "/").removeprefix("./")
    return path if short == STDIN else short


def _expand(path: str, excludes: Callable[[Path], bool], force_exclude: bool) -> list[str]:
    """The drafts of one path."""
    if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where a folder may not be entered)
        return [p for p in _walk(path) if _is_draft(p) and not excludes(Path(p))]
    if os.path.lexists(path):
        return [] if force_exclude and excludes(Path(path)) else [path]
    if any(c in path for c in "*?[{"):
        return _glob(path, excludes)
    raise UsageError(f"{path}: no such file or folder", hint=_neighbour(path))


def _is_draft(path: str) -> bool:
    return Path(path).suffix.lower() in SUFFIXES


def _walk(top: str) -> Iterator[str]:
    """Every regular file below a folder, sorted; links are followed, each real folder is entered once."""
    seen = set()
    stack = [top]
    while stack:
        here = stack.pop()
        real = os.path.realpath(here)
        if os.path.isdir(here):  # noqa: PTH112
            if real not in seen:
                seen.add(real)
                stack.extend(sorted(_entries(here), reverse=True))
        elif os.path.isfile(here):  # noqa: PTH113
            yield here


def _entries(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and entry.name not in SKIPPED:
                    yield entry.path
    except OSError as problem:
        raise SourceError(f"{folder}: cannot be read: {problem.strerror}") from None


def _glob(pattern: str, excludes: Callable[[Path], bool]) -> list[str]:
    """The files a glob names. Searching starts in the last folder that is written without wildcards."""
    parts = pattern.replace("\\", "/").split("/")
    fixed = next(i for i, part in enumerate(parts) if any(c in part for c in "*?[{"))
    top = "/".join(parts[:fixed]) + "/" if fixed else "./"
    expression = compile_glob("/" + "/".join(parts[fixed:]))
    found = []
    for file in _walk(top) if os.path.isdir(top) else ():  # noqa: PTH112
        match = expression.fullmatch(file[len(top) :].replace(os.sep, "/"))
        if match and (not match["inside"] or _is_draft(file)) and not excludes(Path(file)):
            found.append(file)
    if not found:
        raise UsageError(f"{pattern}: no file matches", hint="check the pattern, or name a folder")
    return found


def _neighbour(path: str) -> str:
    """A hint with the nearest name in the same folder."""
    target = Path(path)
    try:
        return did_you_mean(target.name, (p.name for p in target.parent.iterdir()))
    except OSError:
        return ""
