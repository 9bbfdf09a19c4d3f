"""The HTTP side: addresses, and requests that end in time."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, NamedTuple

from edlint.errors import EngineError

MAX_ANSWER = 16_000_000  # bytes: several times what a fault in every word of the longest piece would take
QUICK_TIMEOUT = 5.0  # seconds for a question that needs no thought
TOKEN_HEADER = "X-Request-Limit-Access-Token"  # lifts the limit on requests, which is so low on the local server that nobody else passes


class Address(NamedTuple):
    """Where a server listens. `path` is what stands before /v2.

    The local server proves itself by the key of `certificate` (PEM), and answers only those who know its `token`; both are "" for
    a server that the configuration names.
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
    """The address in `http(s)://host[:port][/path]`, where the path may end in /v2."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return Address(parts.scheme, parts.hostname or "", port, parts.path.rstrip("/").removesuffix("/v2"))


def healthy(address: Address, timeout: float = QUICK_TIMEOUT) -> bool:
    """Whether a LanguageTool server answers there."""
    try:
        return _ask(address, "GET", "/v2/healthcheck", b"", timeout).strip() == b"OK"
    except EngineError:
        return False


def version(address: Address) -> str:
    """The version and build of the server, or "" when it does not say. Raises EngineError when it cannot be reached."""
    try:
        software = _json(address, _ask(address, "GET", "/v2/info", b"", QUICK_TIMEOUT))["software"]
        return f"{software['version']} {software['buildDate']}"
    except RefusedError:
        return ""  # an older server, which has no such page
    except (KeyError, TypeError):
        return ""


def check(address: Address, form: Mapping[str, str], timeout: float) -> Any:
    """The decoded JSON that /v2/check answers within `timeout` seconds. Raises EngineError."""
    from urllib.parse import urlencode

    return _json(address, _ask(address, "POST", "/v2/check", urlencode(form, errors="replace").encode("ascii"), timeout))


class RefusedError(EngineError):
    """The server was reached and refused the request."""


class UnreachableError(EngineError):
    """Nothing answers at the address."""


class TooLateError(EngineError):
    """There was no answer in time."""


def _json(address: Address, body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise EngineError(f"the answer of {address} is not LanguageTool's", hint="is another server listening there?") from None


def _ask(address: Address, method: str, page: str, body: bytes, timeout: float) -> bytes:
    """The body of a good answer, read whole before the time is up. Redirections are not followed."""
    connection = _connection(address, timeout)
    outcome: SimpleQueue[tuple[int, str, bytes] | Exception] = SimpleQueue()
    asking = (connection, (method, address, page, body), monotonic() + timeout, outcome)
    # In a thread, since a limit on the whole cannot be set on a socket: it may resolve a name, connect, greet and answer byte by byte.
    Thread(target=_exchange, args=asking, daemon=True).start()
    try:
        answer = outcome.get(timeout=timeout)
    except Empty:
        answer = TimeoutError()
    finally:
        _hang_up(connection)
    if isinstance(answer, Exception):
        raise _failure(address, answer, timeout)
    status, reason, data = answer
    if status != 200:
        said = " ".join(data[:500].decode("utf-8", "replace").split())
        raise RefusedError(f"LanguageTool at {address} refused ({status}): {said or reason}")
    return data


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
    connection: http.client.HTTPConnection,
    request: tuple[str, Address, str, bytes],
    end: float,
    outcome: SimpleQueue[tuple[int, str, bytes] | Exception],
) -> None:
    """Send a request and put the status, reason and body of the answer, or what went wrong, into `outcome`."""
    method, address, page, body = request
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    if address.token:
        headers[TOKEN_HEADER] = address.token
    try:
        connection.request(method, address.path + page, body or None, headers)
        with connection.getresponse() as answer:
            outcome.put((answer.status, answer.reason, _read(connection, answer, end)))
    except Exception as fault:
        outcome.put(fault)
    finally:
        with suppress(OSError):
            connection.close()


def _failure(address: Address, fault: Exception, timeout: float) -> EngineError:
    """The error to raise for what went wrong during an exchange."""
    if isinstance(fault, TimeoutError):
        hint = "raise grammar.timeout, or see what keeps the server busy"
        return TooLateError(f"LanguageTool at {address} did not answer within {timeout:.0f} s", hint=hint)
    if isinstance(fault, ConnectionError):
        return UnreachableError(f"LanguageTool at {address} cannot be reached: {fault.strerror or fault}")
    return EngineError(f"LanguageTool at {address} cannot be asked: {fault or type(fault).__name__}")


def _read(connection: http.client.HTTPConnection, answer: http.client.HTTPResponse, end: float) -> bytes:
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
        if size > MAX_ANSWER:
            raise ValueError("the answer has no end")
        if not part:
            return b"".join(parts)
        parts.append(part)
