"""The address of the page. Started again in the same folder on the same day, edlint has the same one: a page that is open goes on."""

from __future__ import annotations

import json
import os
import secrets
import socket
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import time
from typing import NamedTuple

from edlint.errors import UsageError
from edlint.files.folders import is_own, runtime_folder, write_private
from edlint.files.inputs import read_bytes

HOST = "127.0.0.1"
KEPT = 12 * 3600.0  # seconds
_MOST = 1_000  # bytes of the file


class Address(NamedTuple):
    """A port of this computer, and the secret in the address of the page there."""

    port: int
    token: str

    @property
    def url(self) -> str:
        """What the browser opens."""
        return f"http://{HOST}:{self.port}/{self.token}/"


def listen(port: int) -> tuple[socket.socket, Address]:
    """A socket that listens on `port` of this computer (0: the port of last time, else any that is free), and the page's address there.

    Raises UsageError for a port that is taken.
    """
    place = _place()
    last = _last(place) if place else None
    listening = None
    if last and port in (0, last.port):
        with suppress(OSError):
            listening = socket.create_server((HOST, last.port))
    if listening and last:
        address = last
    else:
        try:
            listening = socket.create_server((HOST, port))
        except (OSError, OverflowError) as fault:
            raise UsageError(f"port {port} cannot be used: {getattr(fault, 'strerror', '') or fault}") from None
        address = Address(listening.getsockname()[1], secrets.token_urlsafe(24))
    if place and is_own(place.parent):
        with suppress(OSError):
            write_private(place, json.dumps(address).encode())
    return listening, address


def _place() -> Path | None:
    """The file that keeps the address for the working folder."""
    folder = runtime_folder()
    return folder / f"page-{blake2b(os.fsencode(os.getcwd()), digest_size=8).hexdigest()}.json" if folder else None  # noqa: PTH109


def _last(place: Path) -> Address | None:
    """The address that was kept; None where there is none, where it is old, or where others could have written it."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        if place.exists() and is_own(place.parent) and is_own(place) and time() - place.stat().st_mtime < KEPT:
            if hasattr(os, "getuid") and place.stat().st_mode & 0o077:
                return None
            port, token = json.loads(read_bytes(place, _MOST))
            if isinstance(port, int) and 0 < port < 65536 and isinstance(token, str) and len(token) == len(secrets.token_urlsafe(24)):
                return Address(port, token) if token.replace("-", "").replace("_", "").isalnum() and token.isascii() else None
    return None
