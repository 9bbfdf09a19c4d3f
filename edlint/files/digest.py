"""Digests of bytes: BLAKE2b, without the OpenSSL library that `hashlib` loads before it offers the same function."""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # a Python built without it
    from hashlib import blake2b


def digest(data: bytes, size: int = 16, key: bytes = b"") -> bytes:
    """So many bytes that stand for `data`; with a `key`, bytes that only its owner can make."""
    return blake2b(data, digest_size=size, key=key).digest()
