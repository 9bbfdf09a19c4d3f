"""Registries: edlint's own parts by name, and those that other distributions add by entry points.

A plug-in names its parts in its `pyproject.toml`, in groups such as `edlint.checks`. They are looked for only when a name is asked for
that is not edlint's own, and what was found is remembered until something is installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from edlint.errors import UsageError
from edlint.files.folders import cache_folder

Part = TypeVar("Part")
_PREFIX = "edlint."


class EntryPoint(NamedTuple):
    """A part of a plug-in: its group (such as "checks") and name, where it lies ("module" or "module:attribute"), and its distribution."""

    group: str
    name: str
    home: str
    distribution: str


class Registry(Mapping[str, Part]):
    """The parts of one group by name: edlint's own, and after them those of plug-ins. None takes the place of one of edlint's own.

    `made` turns the home of an added part into what the registry holds.
    """

    def __init__(self, group: str, own: Mapping[str, Part], made: Callable[[str], Part]) -> None:
        self._group, self.own, self._made = group, own, made

    @property
    def added(self) -> dict[str, str]:
        """The homes of the parts that plug-ins add."""
        return {point.name: point.home for point in installed() if point.group == self._group and point.name not in self.own}

    def __getitem__(self, name: str) -> Part:
        return self.own[name] if name in self.own else self._made(self.added[name])

    def __contains__(self, name: object) -> bool:
        return name in self.own or name in self.added

    def __iter__(self) -> Iterator[str]:
        return iter((*self.own, *self.added))

    def __len__(self) -> int:
        return len(self.own) + len(self.added)

    def __bool__(self) -> bool:
        return bool(self.own) or bool(self.added)


def load(home: str) -> Any:
    """The object at "module" or "module:attribute". Raises UsageError for a plug-in that cannot be loaded."""
    module, _, name = home.partition(":")
    try:
        found = import_module(module)
        return getattr(found, name) if name else found
    except Exception as fault:
        if module.startswith(_PREFIX):
            raise
        hint = "repair or uninstall the plug-in"
        raise UsageError(f"the plug-in {home} cannot be loaded: {type(fault).__name__}: {fault}", hint=hint) from None


def installed() -> tuple[EntryPoint, ...]:
    """The parts that plug-ins add, sorted."""
    return _installed(tuple(folder for folder in sys.path if os.path.isabs(folder)))  # noqa: PTH117


def versions() -> Iterator[str]:
    """For each plug-in its distribution and version, and the time of its newest module, so that any change shows. Loads none."""
    for point in installed():
        yield f"{point} {_newest(point.home.partition(':')[0].partition('.')[0])}"


def _newest(package: str) -> int:
    """When a module of a package was last changed, in nanoseconds; 0 when that cannot be told."""
    try:
        spec = find_spec(package)
        files = Path(spec.origin).parent.glob("*.py") if spec and spec.origin else ()
        return max((path.stat().st_mtime_ns for path in files), default=0)
    except (ImportError, ValueError, OSError):
        return 0


@lru_cache(maxsize=4)
def _installed(folders: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    stamps = []
    for folder in folders:
        with suppress(OSError):
            stamps.append(f"{folder} {os.stat(folder).st_mtime_ns}")  # noqa: PTH116
    key = "\n".join(stamps)
    cache = cache_folder()
    store = cache / "plugins.bin" if cache else None
    known = _cached(store, key)
    if known is None:
        known = tuple(sorted(_scan(folders)))
        _cache(store, key, known)
    return known


def _scan(folders: tuple[str, ...]) -> Iterator[EntryPoint]:
    """The entry points of edlint's groups in every distribution that lies in one of the folders."""
    for folder in folders:
        with suppress(OSError):
            for name in os.listdir(folder):  # noqa: PTH208
                if name.endswith((".dist-info", ".egg-info")):
                    with suppress(OSError, UnicodeDecodeError):
                        yield from _read(name, Path(folder, name, "entry_points.txt").read_text("utf-8"))


def _read(distribution: str, text: str) -> Iterator[EntryPoint]:
    """The entry points of edlint's groups in an `entry_points.txt`."""
    group = ""
    for line in text.splitlines() if f"[{_PREFIX}" in text else ():
        if line.startswith("["):
            group = line.strip().strip("[]")
        elif group.startswith(_PREFIX) and "=" in line:
            name, _, home = (part.strip() for part in line.partition("="))
            yield EntryPoint(group.removeprefix(_PREFIX), name, home, distribution)


def _cached(store: Path | None, key: str) -> tuple[EntryPoint, ...] | None:
    """What an earlier run found, as long as nothing was installed or removed since."""
    from edlint.files.signing import read_signed

    try:
        head, *lines = (read_signed(store) or b"").decode().split("\0")
        return tuple(EntryPoint(*line.split("\t")) for line in lines) if head == key else None
    except (ValueError, TypeError):
        return None


def _cache(store: Path | None, key: str, known: tuple[EntryPoint, ...]) -> None:
    from edlint.files.signing import write_signed

    write_signed(store, "\0".join([key, *("\t".join(point) for point in known)]).encode("utf-8", "replace"))
