"""Reading files of any kind safely: no pipe or device can hang edlint, and no endless file can fill memory."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from edlint.errors import EdlintError, Place

MOST = 32_000_000  # bytes of a file
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


def kind_of(mode: int) -> str:
    """What a file's mode says it is, in words; "" for a regular file."""
    return "" if stat.S_ISREG(mode) else next((word for test, word in _KINDS if test(mode)), "not a file")


def read_bytes(path: str | Path, most: int = MOST) -> bytes:
    """The bytes of a regular file. Raises OSError, with words for `strerror`, also for anything else and for more than `most` bytes."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        handle = os.open(path, flags)  # a pipe that nobody writes to would block without O_NONBLOCK
    except OSError as fault:
        if fault.errno == errno.ENXIO and (kind := kind_of(os.stat(path).st_mode)):  # noqa: PTH116  (a socket cannot be opened)
            raise OSError(errno.EINVAL, kind, str(path)) from None
        raise
    try:
        found = os.fstat(handle)
        if kind := kind_of(found.st_mode):
            raise OSError(errno.EINVAL, kind, str(path))
        data = b"" if found.st_size > most else _up_to(handle, most + 1)
        if found.st_size > most or len(data) > most:
            raise OSError(errno.EFBIG, f"larger than {most / 1e6:g} MB", str(path))
        return data
    finally:
        os.close(handle)


def _up_to(handle: int, most: int) -> bytes:
    """What a file holds, up to `most` bytes: files of /proc say that they are empty and have no end."""
    parts: list[bytes] = []
    while most > 0 and (part := os.read(handle, min(most, 1 << 20))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def read_text(path: str | Path, most: int = MOST) -> str:
    """The text of a regular file in UTF-8, without a byte order mark, line ends as they are. Raises OSError and UnicodeDecodeError."""
    return read_bytes(path, most).decode("utf-8-sig")


def read_text_or(error: type[EdlintError], path: str | Path, most: int = MOST, shown: str = "") -> str:
    """The same text. Raises `error`, placed at the file (`shown` is its name in messages) and, for what is not UTF-8, the line."""
    name = shown or str(path)
    try:
        return read_text(path, most)
    except OSError as fault:
        raise error(f"cannot be read: {fault.strerror}", Place(name)) from None
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        raise error("is not UTF-8", Place(name, line), "save the file as UTF-8") from None
