"""The user's own folders: what edlint remembers between runs, and what belongs to processes that outlive one."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from time import time

_MONTH = 30 * 24 * 3600.0  # seconds


def cache_folder() -> Path | None:
    """The user's cache folder for edlint; None where none is to be used: no home, EDLINT_NO_CACHE, a folder that others may write to."""
    folder = cache_place()
    unwanted = os.environ.get("EDLINT_NO_CACHE", "").lower() in ("1", "true", "t", "yes", "y", "on")
    return folder if folder and not unwanted and is_own(folder) else None


@contextmanager
def without_caches() -> Iterator[None]:
    """Switch caches off in this process and in those it starts."""
    before = os.environ.get("EDLINT_NO_CACHE")
    os.environ["EDLINT_NO_CACHE"] = "1"
    try:
        yield
    finally:
        os.environ.pop("EDLINT_NO_CACHE", None)
        if before is not None:
            os.environ["EDLINT_NO_CACHE"] = before


def is_own(path: Path) -> bool:
    """Whether a path is this user's own file or folder that nobody else may write to, or does not exist. What others wrote is not trusted.

    Nor is a pipe or device, which need not end.
    """
    try:
        found = os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        return True
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        return False
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)


@lru_cache(maxsize=1)
def code() -> tuple[str, ...]:
    """The path, size and time of each of edlint's own modules: this changes whenever they do, whatever the version says."""
    found = []
    folders = [str(Path(__file__).resolve().parents[1])]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders += [entry.path] if entry.name not in ("__pycache__", "rules") else []
                else:
                    about = entry.stat()
                    found.append(f"{entry.path} {about.st_size} {about.st_mtime_ns}")
    return tuple(sorted(found))


def cache_place() -> Path | None:
    """Where the user's cache folder for edlint is or would be, or None when there is no home."""
    if given := os.environ.get("EDLINT_CACHE_DIR"):
        return Path(given)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "edlint"
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "edlint" / "Cache"
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is no home
    return Path(home) / ".cache" / "edlint" if home != "~" else None


def state_folder() -> Path | None:
    """The user's folder for what edlint keeps for good; None where there is no home."""
    if base := os.environ.get("XDG_STATE_HOME"):
        return Path(base) / "edlint"
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "edlint"
    home = os.path.expanduser("~")  # noqa: PTH111 - as above
    return Path(home) / ".local" / "state" / "edlint" if home != "~" else None


def runtime_folder() -> Path | None:
    """The user's folder for running processes, or None where there is neither a runtime folder nor a home."""
    base = os.environ.get("XDG_RUNTIME_DIR")
    if base and Path(base).is_dir():
        return Path(base) / "edlint"
    cache = cache_place()
    return cache / "run" if cache else None


def make_private(folder: Path) -> None:
    """Make a folder that only its owner reads, and those above it that are missing. Raises OSError."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all. Makes its folder. Raises OSError."""
    from edlint.files.atomic import replacing  # only where something is to be written

    make_private(path.parent)
    with suppress(FileNotFoundError):
        if hasattr(os, "getuid") and os.lstat(path).st_mode & 0o077:  # others may read it, or it is a link: nothing is kept of that
            path.unlink()
    with replacing(path, mode=0o600, durable=False) as file:
        file.write(data)


def drop_unused(folder: Path, pattern: str) -> None:
    """Remove the files of a cache that have not been written for a month."""
    for path in folder.glob(pattern):
        with suppress(OSError):
            if path.stat().st_mtime < time() - _MONTH:
                path.unlink()


def expanded(path: str) -> Path:
    """A path as a person writes it, with a leading `~` replaced by the home folder if there is one."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises where there is none


def is_file(path: Path) -> bool:
    """Whether a path is a file; False for a name that no file can have."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for names that are too long


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; False for a name that no folder can have."""
    return os.path.isdir(path)  # noqa: PTH112 - as above
