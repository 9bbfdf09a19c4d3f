"""Packages over HTTPS: fetched within limits, and unpacked as a Bundle. No file of the archive is written by the reader of archives."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from http.client import HTTPException
from time import monotonic
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from edlint.errors import PackError
from edlint.packs.address import without_password
from edlint.packs.bundle import LARGEST, Bundle
from edlint.version import __version__

MOST = 64_000_000  # bytes of an archive
MOST_ENTRIES = 20_000
PATIENCE = 30.0  # seconds without a byte
SECONDS = 180.0  # for everything
_REDIRECTS = 5


class _OnlyHttps(HTTPRedirectHandler):
    """Follows a server to another address only when that is HTTPS as well."""

    max_redirections = _REDIRECTS

    def redirect_request(self, req: Request, *about: Any) -> Request | None:
        """See HTTPRedirectHandler. The new address comes last."""
        check(about[-1])
        return super().redirect_request(req, *about)


def check(url: str) -> None:
    """Raise PackError for an address that is not fetched from."""
    try:
        parts = urlsplit(url)
        fault = "only https:// is fetched" if parts.scheme != "https" else "" if parts.hostname else "it names no server"
        if parts.username or parts.password:
            fault = "an address may not contain a name or password"
    except ValueError as broken:
        fault = str(broken)
    if fault:
        raise PackError(f"{without_password(url)}: {fault}")


def download(url: str) -> bytes:
    """What an HTTPS address gives. Raises PackError when it cannot be had, is too large, or takes too long."""
    check(url)
    end = monotonic() + SECONDS
    parts: list[bytes] = []
    left = MOST
    try:
        with build_opener(_OnlyHttps).open(Request(url, headers={"User-Agent": f"edlint/{__version__}"}), timeout=PATIENCE) as answer:
            while left > 0 and (part := answer.read1(min(left, 1 << 20))):
                parts.append(part)
                left -= len(part)
                if monotonic() > end:
                    raise PackError(f"{url}: the download did not finish within {SECONDS:g} seconds")
    except (URLError, HTTPException, OSError, ValueError) as fault:
        reason = fault.reason if isinstance(fault, URLError) else fault
        raise PackError(f"{url} cannot be fetched: {reason}") from None
    if left <= 0:
        raise PackError(f"{url}: larger than {MOST / 1e6:g} MB")
    return b"".join(parts)


def unpacked(data: bytes, origin: str) -> Bundle:
    """The files of a zip archive that belong to a pack. Raises PackError for a damaged one, and for what Bundle refuses."""
    bundle = Bundle(origin)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise bundle.error(f"the archive has more than {MOST_ENTRIES:,} entries")
            for entry in entries:
                if not entry.is_dir() and bundle.wants(entry.filename):
                    bundle.add(entry.filename, _read(archive, entry, bundle))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise bundle.error(f"a damaged archive: {fault}") from None
    if not bundle.files:
        raise bundle.error("holds no rules")
    return bundle


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, bundle: Bundle) -> bytes:
    """What one entry holds. What it claims to be large is not believed."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise bundle.error(f"{entry.filename!r} is a link", "a pack holds files and folders only")
    if entry.flag_bits & 1:
        raise bundle.error(f"{entry.filename!r} is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise bundle.error(f"{entry.filename!r} is compressed in an unusual way", "pack it as an ordinary .zip")
    bundle.expect(entry.filename, entry.file_size)
    with archive.open(entry) as file:
        data = file.read(min(entry.file_size, LARGEST) + 1)
    if len(data) > entry.file_size:
        raise bundle.error(f"{entry.filename!r} is larger than the archive says")
    return data
