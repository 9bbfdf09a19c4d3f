"""Questions to web servers that end in time, whatever the server does: one request, one answer, no redirection is followed."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import NamedTuple

MAX_ANSWER = 16_000_000  # bytes of an answer, unless the request says otherwise


class Address(NamedTuple):
    """Where a server listens. `path` is what stands before the page that is asked for.

    A server may prove itself by the key of its `certificate` (PEM), and answer only those who know its `token`; both are "" for one
    that the system's certificates vouch for, and that answers anybody.
    """

    scheme: str
    host: str
    port: int
    path: str = ""
    certificate: str = ""
    token: str = ""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"


def parse_address(url: str) -> Address:
    """The address in `http(s)://host[:port][/path]`."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return Address(parts.scheme, parts.hostname or "", port, parts.path.rstrip("/"))


class Request(NamedTuple):
    """What is asked: a page below the address, with headers, and a body unless it is empty; `most` bytes may come back."""

    method: str
    page: str
    body: bytes = b""
    headers: Mapping[str, str] = {}
    most: int = MAX_ANSWER


class Answer(NamedTuple):
    """What a server answered: the status with its reason, and the whole body."""

    status: int
    reason: str
    body: bytes


def exchange(address: Address, request: Request, timeout: float) -> Answer:
    """The answer, read whole before `timeout` seconds are up.

    Raises TimeoutError, and what sockets and http.client raise; ValueError for an answer that is too long.
    """
    connection = _connection(address, timeout)
    outcome: SimpleQueue[Answer | Exception] = SimpleQueue()
    asking = (connection, address.path, request, monotonic() + timeout, outcome)
    # In a thread, since a limit on the whole cannot be set on a socket: it may resolve a name, connect, greet and answer byte by byte.
    Thread(target=_exchange, args=asking, daemon=True).start()
    try:
        answer = outcome.get(timeout=timeout)
    except Empty:
        answer = TimeoutError()
    finally:
        _hang_up(connection)
    if isinstance(answer, Exception):
        raise answer
    return answer


def _hang_up(connection: http.client.HTTPConnection) -> None:
    """End an exchange, also one whose answer is still being read: to close the connection would only wait for its reader."""
    from socket import SHUT_RDWR

    with suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(SHUT_RDWR)
    connection.close()


def _connection(address: Address, timeout: float) -> http.client.HTTPConnection:
    if address.scheme != "https":
        return http.client.HTTPConnection(address.host, address.port, timeout=timeout)
    if not address.certificate:
        return http.client.HTTPSConnection(address.host, address.port, timeout=timeout)
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=address.certificate)
    return http.client.HTTPSConnection(address.host, address.port, timeout=timeout, context=context)


def _exchange(
    connection: http.client.HTTPConnection, path: str, request: Request, end: float, outcome: SimpleQueue[Answer | Exception]
) -> None:
    """Send a request and put the answer, or what went wrong, into `outcome`."""
    try:
        connection.request(request.method, path + request.page, request.body or None, dict(request.headers))
        with connection.getresponse() as answer:
            outcome.put(Answer(answer.status, answer.reason, _read(connection, answer, end, request.most)))
    except Exception as fault:
        outcome.put(fault)
    finally:
        with suppress(OSError):
            connection.close()


def _read(connection: http.client.HTTPConnection, answer: http.client.HTTPResponse, end: float, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        left = end - monotonic()
        if left <= 0:
            raise TimeoutError
        if connection.sock is not None:
            connection.sock.settimeout(left)
        part = answer.read1(65536)
        size += len(part)
        if size > most:
            raise ValueError("the answer has no end")
        if not part:
            return b"".join(parts)
        parts.append(part)
