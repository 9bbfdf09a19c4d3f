"""Files of drafts: their bytes, how a change is noticed, and a Source that is read again instead of being held in memory."""

from __future__ import annotations

import os
import stat
from typing import ClassVar, NamedTuple

from edlint.document import Source
from edlint.errors import SourceError
from edlint.text.decode import decode
from edlint.text.span import LineIndex

_READ_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_SECOND = 1_000_000_000
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


class Stamp(NamedTuple):
    """By what a file that was written to is known: size in bytes, times in nanoseconds, and number in the file system.

    `changed` cannot be set back by a program (but on Windows, where it is the time of creation).
    """

    size: int
    modified: int
    changed: int
    number: int


def stamp(found: os.stat_result) -> Stamp:
    """The stamp in what os.stat says."""
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def settled(stamp: Stamp, began: int) -> bool:
    """Whether a file read after `began` (nanoseconds) will have another stamp if it is ever written to again.

    The clock of a file system advances in steps, of two seconds at worst (FAT) and 10 ms on systems that count in
    nanoseconds: two writes within one step leave the same times. So a file whose times are within a step of `began` is not.
    """
    step = 2 * _SECOND if stamp.modified % _SECOND == 0 else _SECOND // 20
    return max(stamp.modified, stamp.changed) < began - step


def digest(data: bytes) -> bytes:
    """Sixteen bytes that stand for the content of a file: BLAKE2b."""
    from hashlib import blake2b  # loads OpenSSL, so only where a cache is used

    return blake2b(data, digest_size=16).digest()


def read_draft(path: str) -> tuple[bytes, Stamp]:
    """The bytes of a draft, and its stamp from before it was read.

    Raises SourceError for what cannot be read and for what is no file: to read a named pipe could take forever.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 (a Path for each of ten thousand drafts takes longer than the call)
        if path.startswith(("/dev/fd/", "/dev/stdin", "/proc/self/fd/")):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                return file.read(), stamp(found)
        _refuse_special(path, found)
        with open(os.open(path, _READ_FLAGS), "rb", buffering=0) as file:  # noqa: PTH123
            found = os.fstat(file.fileno())
            _refuse_special(path, found)  # somebody may have put it in the file's place meanwhile
            return file.read(), stamp(found)
    except OSError as fault:
        raise SourceError(f"{path}: cannot be read: {fault.strerror}") from None


def _refuse_special(path: str, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = next((word for test, word in _KINDS if test(found.st_mode)), "not a file")
        raise SourceError(f"{path}: cannot be read: {kind}")


class StoredSource(Source):
    """A Source whose text is read from its file whenever it is asked for: only the one used last is in memory.

    `mark` is the digest of the bytes that were linted. What is read raises SourceError once the file holds others.
    """

    _last: ClassVar[tuple[StoredSource, Source] | None] = None

    def __init__(self, path: str, encoding: str, mark: bytes, stamp: Stamp) -> None:
        self.__dict__.update(path=path, asked=encoding, mark=mark, stamp=stamp)

    asked: str
    mark: bytes
    stamp: Stamp

    @property
    def _whole(self) -> Source:
        last = StoredSource._last
        if last is None or last[0] is not self:
            data, _ = read_draft(self.path)
            if digest(data) != self.mark:
                raise SourceError(f"{self.path}: changed while it was checked", hint="run edlint again")
            last = StoredSource._last = self, Source(self.path, *decode(data, self.path, self.asked))
        return last[1]

    @property
    def text(self) -> str:
        """See Source."""
        return self._whole.text

    @property
    def encoding(self) -> str:
        """See Source."""
        return self._whole.encoding

    @property
    def bom(self) -> bool:
        """See Source."""
        return self._whole.bom

    @property
    def lines(self) -> LineIndex:
        """See Source."""
        return self._whole.lines

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and (self.path, self.text, self.encoding, self.bom) == (
            other.path,
            other.text,
            other.encoding,
            other.bom,
        )

    def __hash__(self) -> int:
        return hash((self.path, self.mark))
