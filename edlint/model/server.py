"""Servers of the user's own: whether they are on this machine; and the noun ReaderConfig, of one that holds a language model."""

from __future__ import annotations

from typing import NamedTuple

READER_PACKS = ("Claims", "Headlines")  # the packs that a second reader can read for


class ReaderConfig(NamedTuple):
    """The second reader: a language model behind the chat endpoint `server`, such as http://127.0.0.1:8080/v1, and its name there.

    `timeout`: seconds for one paragraph. `packs`: whose rules it reads for. `required` says whether a draft that it did not read is
    an error. `draft_seconds` and `run_seconds` are what it may take for a draft and for all drafts, `questions` how many paragraphs it
    is asked about in a run (None: any number). `allow_remote`: see GrammarConfig.
    """

    server: str
    model: str
    timeout: float = 60.0
    packs: tuple[str, ...] = READER_PACKS
    required: bool = False
    draft_seconds: float = 300.0
    run_seconds: float = 1800.0
    questions: int | None = 2000
    allow_remote: bool = False

    @property
    def host(self) -> str:
        """The host of `server`. Raises ValueError when `server` is no address."""
        return host_of(self.server)

    @property
    def remote(self) -> bool:
        """Whether `server` is another machine. Raises ValueError when it is no address."""
        return is_remote(self.server)


def host_of(server: str) -> str:
    """The host in the address of a server, or "" for "". Raises ValueError when it is no address."""
    from urllib.parse import urlsplit

    if not server:
        return ""
    parts = urlsplit(server)
    odd = "@" in parts.netloc or parts.query or parts.fragment or parts.port == 0
    if parts.scheme not in ("http", "https") or not parts.hostname or odd:
        raise ValueError("must look like http://127.0.0.1:8081")
    return parts.hostname


def is_remote(server: str) -> bool:
    """Whether the address of a server is that of another machine. Raises ValueError when it is no address."""
    from ipaddress import ip_address

    host = host_of(server)
    try:
        return bool(host) and host != "localhost" and not ip_address(host).is_loopback
    except ValueError:
        return True
