"""Replacing a file that was read, unless somebody saves another version in the meantime.

Linux can swap the names of two files in one step. What was swapped out is then out of everybody's reach and can be compared
at leisure with what was read; if it is something else, it is put back. Elsewhere the comparison comes just before the renaming,
and a save in the microseconds between the two would be lost.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

if sys.platform != "win32":
    import fcntl

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # from Linux's fcntl.h and fs.h
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_UNSUPPORTED = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM)


class CannotSwapError(Exception):
    """This system, or the file system, cannot swap two names."""


class Version(NamedTuple):
    """What was at a path at one moment: which file (device, number, mode, owner, group, size, time of writing), and its bytes."""

    file: tuple[int, ...]
    data: bytes


def version(path: str) -> Version:
    """What is at a path now. Links are not followed, and only regular files are read. Raises OSError."""
    handle = os.open(path, _READ_FLAGS)
    with os.fdopen(handle, "rb", buffering=0) as file:
        return _version(handle, file.read)


def put_in_place(new: str, real: str, read: Version) -> bool:
    """Let the file named `new` take the place of `real`, if that still is what was `read`; tells whether it did.

    Afterwards `real` holds the new version or what somebody else saved last, and what `new` names is of no more use.
    Raises OSError; when a version saved by somebody else could not be put back, its message says where it is.
    """
    if not _unchanged(real, read):
        return False
    mine = version(new)
    with _uninterrupted():
        try:
            _swap(new, real)
        except CannotSwapError:
            if version(real) != read:  # once more, because the attempt took time
                return False
            os.replace(new, real)  # noqa: PTH105
            return True
        return _settle(new, real, read, mine)


def _settle(out: str, real: str, expected: Version, placed: Version) -> bool:
    """Whether what was swapped out to `out` is what was `expected`. If it is not, it is put back.

    `placed` is what stands at `real` instead. While that is swapped out again somebody may save once more, so what comes out
    is always compared with what was put in: what differs is the newest version, and belongs in place.
    """
    alone = True
    while not _unchanged(out, expected):
        alone = False
        try:
            theirs = version(out)
            _put_back(out, real)
        except (OSError, CannotSwapError):
            saved = f"{real}.saved-{os.urandom(4).hex()}"
            os.rename(out, saved)  # noqa: PTH104
            raise OSError(errno.EBUSY, f"it was saved in the meantime; that version is now in {saved}") from None
        expected, placed = placed, theirs
    return alone


def _put_back(out: str, real: str) -> None:
    """Swap two names again. Where `real` was moved away meanwhile, `out` gets its name and goes on existing as well."""
    for _ in range(3):
        try:
            return _swap(out, real)
        except FileNotFoundError:
            with suppress(FileExistsError):
                os.link(out, real)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), real)


def _unchanged(path: str, expected: Version) -> bool:
    """Whether a name still holds a version, and no process has that file open for writing."""
    try:
        handle = os.open(path, _READ_FLAGS)
    except OSError:
        return False
    with os.fdopen(handle, "rb", buffering=0) as file:
        return not _being_written(handle) and _version(handle, file.read) == expected


def _version(handle: int, read: Callable[[], bytes | None]) -> Version:
    found = os.fstat(handle)
    known = (found.st_dev, found.st_ino, found.st_mode, found.st_uid, found.st_gid, found.st_size, found.st_mtime_ns)
    return Version(known, (read() or b"") if stat.S_ISREG(found.st_mode) else b"")


def _being_written(handle: int) -> bool:
    """Whether a process has the file open for writing: only then does Linux refuse a read lease. False where it cannot be told."""
    if sys.platform != "linux":
        return False
    try:
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)  # ignored by default, unlike SIGIO, if the lease is broken at once
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:  # another user's file, or a file system without leases
        return False
    fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _swap(one: str, other: str) -> None:
    """Swap the names of two files in one step. Raises CannotSwapError, or OSError when one of them is not there."""
    if sys.platform != "linux":
        raise CannotSwapError
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        raise CannotSwapError
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE):
        number = ctypes.get_errno()
        if number in _UNSUPPORTED:
            raise CannotSwapError
        raise OSError(number, os.strerror(number), other)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back Ctrl-C and requests to stop while a version that somebody saved may stand under a temporary name."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
