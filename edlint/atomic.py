"""Writing a file so that it holds all of the new or all of the old, whatever happens in between."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


def replace_file(path: str | Path, data: bytes) -> None:
    """Put `data` in place of what a file holds. Raises OSError, and then the file is as it was."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: str | Path) -> Iterator[IO[bytes]]:
    """A file to write to that takes the place of the one at `path` once all is written; after an error that one is as it was.

    A link goes on pointing to its file; an existing file keeps its mode and, where the system allows it, its owner. The
    bytes are on the disk before the old ones go. Raises OSError.
    """
    real = os.path.realpath(path)
    temporary = os.path.join(os.path.dirname(real), f".edlint-{os.getpid()}.tmp")  # noqa: PTH118, PTH120
    with suppress(FileNotFoundError):
        os.unlink(temporary)  # noqa: PTH108 (left by a process of that number that was killed)
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            _keep(temporary, os.stat(real))  # noqa: PTH116
        os.replace(temporary, real)  # noqa: PTH105
    finally:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108


def sweep(folder: str | Path) -> None:
    """Take away what `replace_file` left in a folder when its process was killed. What cannot be taken away stays."""
    if os.name != "posix":  # elsewhere a process cannot be asked for without ending it
        return
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            number = entry.name.removeprefix(".edlint-").removesuffix(".tmp")
            if entry.name == f".edlint-{number}.tmp" and number.isdecimal():
                try:
                    os.kill(int(number), 0)  # asks whether the process is there
                except (ProcessLookupError, OverflowError):
                    os.unlink(entry.path)  # noqa: PTH108
                except OSError:
                    continue


def _keep(temporary: str, old: os.stat_result) -> None:
    """Give a file the owner and the mode of another. Owners first: changing them takes some bits of the mode away."""
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(temporary, old.st_uid, old.st_gid)
    os.chmod(temporary, old.st_mode & 0o7777)  # noqa: PTH101
