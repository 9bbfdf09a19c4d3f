"""The HTTP side: what is asked of LanguageTool, and what goes wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from edlint import exchange
from edlint.errors import EngineError
from edlint.exchange import Address, Request

QUICK_TIMEOUT = 5.0  # seconds for a question that needs no thought
TOKEN_HEADER = "X-Request-Limit-Access-Token"  # lifts the limit on requests, which is so low on the local server that nobody else passes


def parse_address(url: str) -> Address:
    """The address in `http(s)://host[:port][/path]`, where the path may end in /v2."""
    address = exchange.parse_address(url)
    return address._replace(path=address.path.removesuffix("/v2"))


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
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    if address.token:
        headers[TOKEN_HEADER] = address.token
    try:
        status, reason, data = exchange.exchange(address, Request(method, page, body, headers), timeout)
    except Exception as fault:
        raise _failure(address, fault, timeout) from None
    if status != 200:
        said = " ".join(data[:500].decode("utf-8", "replace").split())
        raise RefusedError(f"LanguageTool at {address} refused ({status}): {said or reason}")
    return data


def _failure(address: Address, fault: Exception, timeout: float) -> EngineError:
    """The error to raise for what went wrong during an exchange."""
    if isinstance(fault, TimeoutError):
        hint = "raise grammar.timeout, or see what keeps the server busy"
        return TooLateError(f"LanguageTool at {address} did not answer within {timeout:.0f} s", hint=hint)
    if isinstance(fault, ConnectionError):
        return UnreachableError(f"LanguageTool at {address} cannot be reached: {fault.strerror or fault}")
    return EngineError(f"LanguageTool at {address} cannot be asked: {fault or type(fault).__name__}")
