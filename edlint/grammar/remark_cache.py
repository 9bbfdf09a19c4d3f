"""Cached remarks of grammar engines, one file for each engine, so that no run asks about the same text again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from edlint.files.digest import digest
from edlint.files.folders import cache_folder, is_own
from edlint.files.signing import sign, verify
from edlint.grammar.base import Remark

if TYPE_CHECKING:
    from sqlite3 import Connection

Made = TypeVar("Made")
MAX_BYTES = 64_000_000  # bytes of one engine's file; the older half of what it holds goes when it is full
LOCK_TIMEOUT = 2.0  # seconds for another process to finish writing
TIME_LIMIT = 10.0  # seconds for one question: a file that takes longer was made to
_PAGE = 4096
_ASKED = 500  # keys in one query
_LARGEST = 16_000_000  # bytes of a row
_TABLE = "CREATE TABLE IF NOT EXISTS remarks (key BLOB PRIMARY KEY, said BLOB NOT NULL)"
_OLDER = "DELETE FROM remarks WHERE rowid <= (SELECT (min(rowid) + max(rowid)) / 2 FROM remarks)"


class RemarkCache:
    """Remarks by context (what they depend on besides the text: engine, version, settings) and text. Texts are kept as digests only.

    Each row is signed, so that only what this user's own edlint wrote is believed. Any number of processes may use the file at
    once. One that is damaged is thrown away; where it cannot be read or written, or the disk is full, nothing is remembered: that
    is no fault.
    """

    def __init__(self, engine: str, most: int = MAX_BYTES) -> None:
        cache = cache_folder()
        path = cache / engine / "remarks.db" if cache else None
        self._path = path if path and is_own(path) and is_own(path.parent) else None
        self._most = most

    def get(self, context: Sequence[str], texts: Sequence[str]) -> dict[str, list[Remark]]:
        """The remarks on those of `texts` that are known; their offsets are in the text."""
        keys = {_key(context, text): text for text in texts}
        if self._path is None or not keys or not self._path.exists():
            return {}
        rows = self._work(lambda file: list(_select(file, list(keys)))) or ()
        return {keys[key]: remarks for key, said in rows if key in keys and (remarks := _read(key, said)) is not None}

    def put(self, context: Sequence[str], said: Mapping[str, Sequence[Remark]]) -> None:
        """Cache the remarks on texts."""
        keys = {_key(context, text): remarks for text, remarks in said.items()}
        rows = [(key, signed) for key, remarks in keys.items() if (signed := sign(key + json.dumps(list(remarks)).encode()))]
        if rows:
            self._work(lambda file: _insert(file, rows))

    def _work(self, work: Callable[[Connection], Made]) -> Made | None:
        """The result of some work with the database, which is created if needed; None when something is wrong with the file."""
        import sqlite3

        if self._path is None:
            return None
        end = monotonic() + TIME_LIMIT
        try:
            if not self._path.exists():
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._path.touch(0o600)
            with closing(sqlite3.connect(self._path, LOCK_TIMEOUT, isolation_level=None)) as file:
                file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
                file.set_progress_handler(lambda: monotonic() > end, 10_000)
                file.execute("PRAGMA synchronous = OFF")  # what is lost when the power fails is only read once more
                file.execute(f"PRAGMA max_page_count = {self._most // _PAGE}")
                file.execute(_TABLE)
                return work(file)
        except (OSError, sqlite3.OperationalError):
            if monotonic() > end:
                self._path = None
            return None  # no such folder, no right to it, a full disk, or somebody who writes for very long
        except sqlite3.Error:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
            return None


def _insert(file: Connection, rows: Sequence[tuple[bytes, bytes]]) -> None:
    """Write rows; when they do not fit, the older half of what is there makes room once."""
    import sqlite3

    for last in (False, True):
        try:
            file.execute("BEGIN IMMEDIATE")
            file.executemany("REPLACE INTO remarks VALUES (?, ?)", rows)
            file.execute("COMMIT")
            return
        except sqlite3.OperationalError as fault:
            if file.in_transaction:
                file.execute("ROLLBACK")
            if last or "full" not in str(fault):
                raise
            file.execute(_OLDER)


def _select(file: Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, object]]:
    for at in range(0, len(keys), _ASKED):
        some = keys[at : at + _ASKED]
        found = file.execute(f"SELECT key, said FROM remarks WHERE key IN ({','.join('?' * len(some))})", some)
        yield from found.fetchmany(len(some))


def _read(key: bytes, signed: object) -> list[Remark] | None:
    """The remarks in the row of a key; None for what is none of ours."""
    data = verify(signed) if isinstance(signed, bytes) else None
    if data is None or not data.startswith(key):
        return None
    said = data[len(key) :].decode("ascii", "replace")
    try:
        return [Remark(*row)._replace(replacements=tuple(row[4]), groups=tuple(row[5])) for row in json.loads(said)] if said != "[]" else []
    except (ValueError, TypeError, IndexError):
        return None


def _key(context: Sequence[str], text: str) -> bytes:
    return digest("\0".join((*context, text)).encode("utf-8", "surrogatepass"))
