"""From the paths on a command line to the drafts to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from edlint.errors import UsageError, did_you_mean
from edlint.files.gitignore import Ignores, around, enter, ignored
from edlint.files.globs import any_match, compile_glob
from edlint.formats import format_of
from edlint.model.config import Config

SKIPPED = frozenset(("node_modules", "venv", "__pycache__"))
STDIN = "-"


class Discovery(NamedTuple):
    """`drafts`: the paths to lint, "-" among them for standard input, in order and without doubles. `empty`: folders that held none.
    `unreadable`: folders that could not be read, `left_out`: paths that were named and are left out all the same, each with the
    reason. `links`: symbolic links that lead out of the folder that was searched, and were not followed."""

    drafts: tuple[str, ...]
    empty: tuple[str, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()


class DiscoverOptions(NamedTuple):
    """Options that stand beside the configuration: whether `exclude` and .gitignore hold for files that are named (`force`), and
    whether .gitignore counts at all (None: as configured)."""

    force: bool = False
    gitignore: bool | None = None


def discover(paths: Sequence[str], config_for: Callable[[str], Config] | None = None, choice: DiscoverOptions | None = None) -> Discovery:
    """Find the drafts that `paths` (files, folders, globs, "-") stand for: named order first, sorted within a folder or glob.

    Folders are searched for known suffixes or what `include` names, without what is hidden, ignored by git or excluded;
    files that are named are taken whatever they are. A symbolic link that is named is followed; one that is found in a folder
    only to what lies in the folder that was named, and the file's own name counts where it is found too.
    `config_for` tells the configuration of a folder (absolute). Raises UsageError for a path that does not exist.
    """
    default = Config()
    search = _Search(config_for or (lambda folder: default), choice or DiscoverOptions())
    drafts: dict[str, str] = {}
    empty = []
    for path in paths:
        found = search.expand(path) if path != STDIN else [(STDIN, STDIN)]
        for draft, real in found:
            drafts.setdefault(real, draft)
        if not found and not search.choice.force and os.path.isdir(path):  # noqa: PTH112
            empty.append(path)
    links = tuple(link for link, real in search.links.items() if real not in drafts)
    return Discovery(tuple(drafts.values()), tuple(empty), tuple(search.unreadable.items()), tuple(search.left_out.items()), links)


def not_followed(links: Sequence[str]) -> str:
    """The notice about links that were not followed; "" without any."""
    if not links:
        return ""
    more = f" and {len(links) - 3} more" if len(links) > 3 else ""
    return f"links that lead out of the folder are not followed, name them to check them: {', '.join(links[:3])}{more}"


class _Search:
    """Expands paths. A draft comes as its path and its real path, by which doubles are known."""

    def __init__(self, config_for: Callable[[str], Config], choice: DiscoverOptions) -> None:
        self._config_for, self.choice = config_for, choice
        self.unreadable: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        self.links: dict[str, str] = {}  # what leads out of the folder searched, with its real path

    def expand(self, path: str) -> list[tuple[str, str]]:
        """The drafts of one path."""
        if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where a folder may not be entered)
            return [(_tidy(file), real) for file, real, here in self._walk(path) if here.takes(_name(file))] if self._wanted(path) else []
        if os.path.lexists(path):
            return [(_tidy(path), os.path.realpath(path))] if self._wanted(path) else []
        if any(c in path for c in "*?[{"):
            return self._glob(path)
        raise UsageError(f"{path}: no such file or folder", hint=_neighbour(path))

    def _glob(self, pattern: str) -> list[tuple[str, str]]:
        """The files a glob names. Searching starts in the last folder that is written without wildcards."""
        parts = pattern.replace("\\", "/").split("/")
        fixed = next(i for i, part in enumerate(parts) if any(c in part for c in "*?[{"))
        top = "/".join(parts[:fixed]) + "/" if fixed else "./"
        try:
            expression = compile_glob("/" + "/".join(parts[fixed:]))
        except ValueError as fault:
            raise UsageError(f"{pattern}: not a file pattern: {fault}") from None
        found = []
        for file, real, here in self._walk(top) if os.path.isdir(top) else ():  # noqa: PTH112
            match = expression.fullmatch(file[len(top) :].replace(os.sep, "/"))
            if match and (here.takes(_name(file)) if match["inside"] else not here.excludes(_name(file))):
                found.append((_tidy(file), real))
        if not found:
            raise UsageError(f"{pattern}: no file matches", hint=not_followed(tuple(self.links)) or "check the pattern, or name a folder")
        return found

    def _wanted(self, path: str) -> bool:
        """Whether a file or folder that was named is to be read, or is excluded or ignored all the same."""
        if not self.choice.force:
            return True
        full = _full(path)
        config = self._config_for(full.rpartition("/")[0] or "/")
        if config.excludes(Path(full)):
            self.left_out[_tidy(path)] = f"excluded by {os.path.relpath(config.path) if config.path else 'the configuration'}"
        elif self._respects(config) and ignored(full):
            self.left_out[_tidy(path)] = "ignored by git"
        return _tidy(path) not in self.left_out

    def _respects(self, config: Config) -> bool:
        return config.respect_gitignore if self.choice.gitignore is None else self.choice.gitignore

    def _walk(self, top: str) -> Iterator[tuple[str, str, _Folder]]:
        """Every file below a folder, sorted, then those that only links in it lead to: each real folder is entered once."""
        full, root = _full(top), os.path.join(os.path.realpath(top), "")  # noqa: PTH118
        outer = around(full) if self._respects(self._config_for(full)) else None
        seen: set[str] = set()
        links: list[tuple[str, _Folder]] = []
        yield from self._files(self._entries(top, full, outer, seen), seen, links)
        for path, here in links:  # grows while linked folders are searched
            real = os.path.realpath(path)
            if not f"{real}{os.sep}".startswith(root):
                self.links[_tidy(path)] = real
            elif os.path.isdir(real):  # noqa: PTH112
                yield from self._files(self._entries(path, f"{here.full}/{_name(path)}", here.ignores, seen), seen, links)
            else:
                yield path, real, here

    def _files(self, entries: Entries, seen: set[str], links: list[tuple[str, _Folder]]) -> Iterator[tuple[str, str, _Folder]]:
        """Every file among entries and below them; links are put aside."""
        stack = [entries]
        while stack:
            entry, here, folder = next(stack[-1], (None, None, False))
            if entry is None or here is None:
                stack.pop()
            elif entry.is_symlink():
                links.append((entry.path, here))
            elif folder:
                stack.append(self._entries(entry.path, f"{here.full}/{entry.name}", here.ignores, seen))
            else:
                yield entry.path, f"{here.real}/{entry.name}", here

    def _entries(self, path: str, full: str, ignores: Ignores | None, seen: set[str]) -> Entries:
        """The entries of a folder to look at, sorted, each with whether it is a folder; nothing when it was entered before."""
        real = os.path.realpath(path)
        if real in seen:
            return
        seen.add(real)
        try:
            with os.scandir(path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as problem:
            self.unreadable[_tidy(path)] = str(problem.strerror)
            return
        config = self._config_for(full)
        if self._respects(config):
            ignores = enter(full, ignores)
        here = _Folder(full, real, config, ignores)
        for entry in entries:
            if entry.name[0] == "." or entry.name in SKIPPED:
                continue
            kind = _kind(entry)
            if kind and not (ignores and ignores.leaves_out(f"{here.full}/{entry.name}", kind == "folder")):
                yield entry, here, kind == "folder"


Entries = Iterator[tuple["os.DirEntry[str]", "_Folder", bool]]


class _Folder:
    """A folder that is searched: its absolute and its real path, and what is a draft in it."""

    def __init__(self, full: str, real: str, config: Config, ignores: Ignores | None) -> None:
        self.full, self.real, self.ignores = full.rstrip("/"), real.rstrip("/"), ignores
        self._config = config
        root = config.root.as_posix().rstrip("/")
        self._seen = f"{self.full}/".removeprefix(f"{root}/").lstrip("/")

    def takes(self, name: str) -> bool:
        """Whether a file here is a draft and is not excluded."""
        include = self._config.include
        draft = any_match(include, self._seen + name) if include else format_of(f".{name.rpartition('.')[2]}") != ""
        return draft and not self.excludes(name)

    def excludes(self, name: str) -> bool:
        """Whether the configuration excludes a file here."""
        return bool(self._config.exclude) and any_match(self._config.exclude, self._seen + name)


def _kind(entry: os.DirEntry[str]) -> str:
    """Whether an entry is a "folder" or a "file"; "" for pipes, sockets, devices, and links that lead nowhere or in a circle."""
    try:
        return "folder" if entry.is_dir() else "file" if entry.is_file() else ""
    except OSError:
        return ""


def _full(path: str) -> str:
    return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100


def _name(path: str) -> str:
    return path[path.replace(os.sep, "/").rfind("/") + 1 :]


def _tidy(path: str) -> str:
    """The path as reports show it: forward slashes, no "./" (but a file named "-" keeps it)."""
    short = path.replace(os.sep, "/").removeprefix("./")
    return path if short == STDIN else short


def _neighbour(path: str) -> str:
    """A hint with the nearest name in the same folder."""
    target = Path(path)
    try:
        return did_you_mean(target.name, (p.name for p in target.parent.iterdir()))
    except OSError:
        return ""
