"""Signed caches: edlint believes only what this user's own edlint wrote, whoever can write to the cache folder.

Each user has a random key, kept apart from the caches, so that a cache which was restored, shared or put there has no valid signature.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from edlint.files.digest import digest
from edlint.files.folders import is_own, state_folder, write_private
from edlint.files.inputs import read_bytes

_SIZE = 32  # bytes of the key, and of a signature


def sign(data: bytes) -> bytes | None:
    """`data` with its signature before it; None where there can be no key, and so no cache."""
    key = _key(_place())
    return _sum(data, key) + data if key else None


def verify(signed: bytes) -> bytes | None:
    """The data behind a signature, or None when that is not valid: the data is damaged, or somebody else's."""
    key, data = _key(_place()), signed[_SIZE:]
    return data if key and _sum(data, key) == signed[:_SIZE] else None


def read_signed(path: Path | None) -> bytes | None:
    """The data in a signed file; None where there is none that this user's edlint wrote, or it cannot be read."""
    try:
        return verify(read_bytes(path)) if path and is_own(path) else None
    except OSError:
        return None


def write_signed(path: Path | None, data: bytes) -> bool:
    """Write a signed file, whole or not at all, and tell whether that worked. A cache that cannot be written is no fault."""
    signed = sign(data) if path else None
    if path is None or signed is None:
        return False
    try:
        write_private(path, signed)
    except OSError:
        return False
    return True


def _sum(data: bytes, key: bytes) -> bytes:
    return digest(data, _SIZE, key)


def _place() -> Path | None:
    """The file of the key, in the user's folder for what programs keep; None where there is no home."""
    folder = state_folder()
    return folder / "key" if folder else None


@lru_cache(maxsize=4)
def _key(place: Path | None) -> bytes | None:
    """The user's key, made when there is none; None where it cannot be kept, or is not this user's alone."""
    if place is None:
        return None
    try:
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            from edlint.files.atomic import create_file

            with suppress(FileExistsError):  # another process was quicker
                create_file(place, os.urandom(_SIZE), 0o600)
        key = read_bytes(place)
    except OSError:
        return None
    return key if len(key) == _SIZE and is_own(place) and is_own(place.parent) else None
