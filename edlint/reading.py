"""Files of drafts: their bytes, how a change is noticed, and a Source that is read again instead of being held in memory."""

from __future__ import annotations

import errno
import io
import os
from typing import ClassVar, NamedTuple

from edlint.errors import SourceError
from edlint.files.digest import digest
from edlint.files.inputs import kind_of, read_bytes
from edlint.formats import open_source
from edlint.model.source import Container, Source
from edlint.text.span import LineIndex

_SECOND = 1_000_000_000
_LARGEST = 1_000_000_000  # bytes of a file of any kind
_GIVEN = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


class Stamp(NamedTuple):
    """What shows that a file was written to: size in bytes, times in nanoseconds, and number in the file system.

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


def read_draft(path: str, most: int = 0) -> tuple[bytes, Stamp]:
    """The bytes of a draft, at most `most` (0: any number), and its stamp from before it was read.

    Raises SourceError for what cannot be read, what is too large, and what is no file: to read a named pipe could take forever.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 (a Path for each of ten thousand drafts takes longer than the call)
        limit = most or _LARGEST
        if found.st_size > limit:
            raise SourceError(too_large(path, most))
        if kind_of(found.st_mode) and path.startswith(_GIVEN):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (a shell's <(…), which ends when its program does)
                return _whole(file, path, limit), stamp(found)
        return read_bytes(path, limit), stamp(found)
    except OSError as fault:
        if fault.errno == errno.EFBIG:
            raise SourceError(too_large(path, most)) from None
        raise SourceError(f"{path}: cannot be read: {fault.strerror}") from None


def too_large(path: str, most: int) -> str:
    """The error for a draft with more than `most` bytes."""
    return f"{path}: larger than {(most or _LARGEST) / 1e6:g} MB (split it, or set `max_size` in the configuration)"


def _whole(file: io.FileIO, path: str, most: int) -> bytes:
    """All that comes from a pipe. Raises SourceError for more than `most` bytes."""
    parts: list[bytes] = []
    size = 0
    while part := file.read(1 << 20):
        size += len(part)
        if size > most:
            raise SourceError(too_large(path, most))
        parts.append(part)
    return b"".join(parts)


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
            last = StoredSource._last = self, open_source(data, self.path, self.asked)
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
    def container(self) -> Container | None:
        """See Source."""
        return self._whole.container

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
