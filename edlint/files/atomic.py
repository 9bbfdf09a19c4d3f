"""Atomic writes: a file holds either its old bytes or its new ones, whatever happens in between, and no edit by somebody else is lost."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import IO

from edlint.files.swap import put_in_place, version

PREFIX, SUFFIX = ".edlint-", ".tmp"
ABANDONED = 24 * 3600.0  # seconds without a write after which no living process can be writing a temporary file any more
_PRIVATE = 0o600
_BY_THE_KERNEL = ("security.ima", "security.evm")  # attributes that the kernel computes from a file's content


class ChangedError(Exception):
    """Somebody wrote to a file after it was read and before it was replaced. What they wrote is kept."""


class KeptError(OSError):
    """A file that is not replaced because something would be lost; `strerror` says what."""

    def __init__(self, why: str) -> None:
        super().__init__(0, why)


def replace_file(path: str | Path, data: bytes, was: bytes | None = None) -> None:
    """Put `data` in place of what a file holds.

    With `was`, only if it still holds that: raises ChangedError otherwise, also for a change made while the file is replaced.
    What is kept of the old file, and what is refused, is explained at `replacing`. Raises OSError when it cannot be written.
    """
    if was is None:
        with replacing(path) as file:
            file.write(data)
        return
    real = os.path.realpath(path)
    old, read = os.stat(real), version(real)  # noqa: PTH116
    if read.data != was:
        raise ChangedError
    with _beside(real, old, _PRIVATE) as (file, temporary):
        file.write(data)
        _finish(file)
        if not put_in_place(temporary, real, read):
            raise ChangedError


@contextmanager
def replacing(path: str | Path, *, mode: int = 0o666, durable: bool = True) -> Iterator[IO[bytes]]:
    """A file to write to, which replaces the one at `path` once everything is written. After an error the old file is unchanged.

    A link goes on pointing to its file. An existing file keeps its mode, owner, group and extended attributes; where that
    cannot be done, or where it is write-protected or has several names (hard links), it is a KeptError. A new file gets
    `mode`, less what the umask takes away. If `durable`, the bytes are on the disk before the old ones go. The folder is swept.
    Raises OSError.
    """
    real = os.path.realpath(path)
    sweep(os.path.dirname(real))  # noqa: PTH120
    try:
        old = os.stat(real, follow_symlinks=False)  # noqa: PTH116
    except FileNotFoundError:
        old = None
    with _beside(real, old, mode) as (file, temporary):
        yield file
        _finish(file, durable)
        os.replace(temporary, real)  # noqa: PTH105


def create_file(path: str | Path, data: bytes, mode: int = 0o666) -> None:
    """Create a file, whole or not at all. Raises FileExistsError, or OSError when it cannot be written."""
    target = os.path.abspath(path)  # noqa: PTH100 (a link that leads nowhere is something that exists)
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target)
    with _beside(target, None, mode) as (file, temporary):
        file.write(data)
        _finish(file)
        _move_to_free_name(temporary, target)


def sweep(folder: str | Path) -> None:
    """Remove the temporary files that killed processes of this user left in a folder: those without a write for a day."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
                with suppress(OSError):
                    found = entry.stat(follow_symlinks=False)
                    mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
                    if mine and stat.S_ISREG(found.st_mode) and time() - max(found.st_mtime, found.st_ctime) > ABANDONED:
                        os.unlink(entry.path)  # noqa: PTH108


@contextmanager
def _beside(target: str, old: os.stat_result | None, mode: int) -> Iterator[tuple[IO[bytes], str]]:
    """A new file in the folder of `target`, opened for writing, and its path, under which it is removed in the end.

    It is like the `old` file, if there is one, before anything is written. Raises KeptError when it cannot be.
    """
    if old:
        _check_replaceable(target, old)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    temporary = os.path.join(os.path.dirname(target), f"{PREFIX}{os.urandom(12).hex()}{SUFFIX}")  # noqa: PTH118, PTH120
    handle = os.open(temporary, flags, _PRIVATE if old else mode)
    try:
        with os.fdopen(handle, "wb") as file:
            if old:
                _inherit(target, old, handle)
            yield file, temporary
    finally:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108


def _finish(file: IO[bytes], durable: bool = True) -> None:
    """Write what is buffered, to the disk if `durable`, and close the file."""
    file.flush()
    if durable:
        os.fsync(file.fileno())
    file.close()


def _check_replaceable(path: str, old: os.stat_result) -> None:
    """Raise KeptError for a file that must not be replaced by another."""
    if not stat.S_ISREG(old.st_mode):
        raise KeptError("it is not a regular file")
    if not old.st_mode & 0o222 or not os.access(path, os.W_OK):
        if os.lstat(path).st_ino != old.st_ino:  # nor could a file be written that was moved away a moment ago
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        raise KeptError("the file is write-protected")
    if old.st_nlink > 1:
        raise KeptError(f"the file has {old.st_nlink} names (hard links), and the others would keep the old text")


def _inherit(real: str, old: os.stat_result, handle: int) -> None:
    """Give a new file the owner, mode and extended attributes of another, before anything is written to it. Raises KeptError."""
    if not hasattr(os, "fchown"):
        return
    now = os.fstat(handle)
    try:
        if (now.st_uid, now.st_gid) != (old.st_uid, old.st_gid):
            os.fchown(handle, old.st_uid, old.st_gid)
    except PermissionError:
        raise KeptError("the file belongs to another user or group, and would change hands") from None
    os.fchmod(handle, stat.S_IMODE(old.st_mode))  # after the owner: changing that takes some bits of the mode away
    if hasattr(os, "listxattr"):
        for name in set(_attributes(real)) - set(_BY_THE_KERNEL):
            _copy_attribute(real, handle, name)


def _attributes(path: str | int) -> list[str]:
    try:
        return os.listxattr(path)
    except OSError:  # a file system that has none
        return []


def _copy_attribute(real: str, handle: int, name: str) -> None:
    value = os.getxattr(real, name)
    try:
        if name not in _attributes(handle) or os.getxattr(handle, name) != value:
            os.setxattr(handle, name, value)
    except OSError as fault:
        raise KeptError(f"the extended attribute {name} cannot be kept: {fault.strerror}") from None


def _move_to_free_name(temporary: str, target: str) -> None:
    """Rename a file to a name that is not taken. Raises FileExistsError, or OSError."""
    if os.name == "nt":
        os.rename(temporary, target)  # noqa: PTH104 (fails there where the name is taken)
        return
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: the name is reserved, then filled in one step
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
        try:
            os.replace(temporary, target)  # noqa: PTH105
        except OSError:
            os.unlink(target)  # noqa: PTH108
            raise
