"""The user's own folders: what edlint remembers between runs, and what belongs to processes that outlive one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from edlint.atomic import replacing


def cache_folder() -> Path | None:
    """The user's cache folder for edlint, or None when there is no home."""
    if given := os.environ.get("EDLINT_CACHE_DIR"):
        return Path(given)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "edlint"
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "edlint" / "Cache"
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is no home
    return Path(home) / ".cache" / "edlint" if home != "~" else None


def runtime_folder() -> Path | None:
    """The user's folder for running processes, or None where there is neither a runtime folder nor a home."""
    base = os.environ.get("XDG_RUNTIME_DIR")
    if base and Path(base).is_dir():
        return Path(base) / "edlint"
    cache = cache_folder()
    return cache / "run" if cache else None


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all. Makes its folder. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with replacing(path, mode=0o600, durable=False) as file:
        file.write(data)


def expanded(path: str) -> Path:
    """A path as a person writes it: `~` at its beginning stands for a home folder, where there is one."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises where there is none


def is_file(path: Path) -> bool:
    """Whether a path is a file; one that no file can have is none."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for names that are too long


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; one that no folder can have is none."""
    return os.path.isdir(path)  # noqa: PTH112 - as above
