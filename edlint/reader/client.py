"""The chat endpoint: one question, one answer, both plain text. What the server says is never quoted in an error: it may echo the key."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple, Protocol

from edlint.errors import EngineError
from edlint.exchange import Answer, Request, exchange, parse_address
from edlint.model.server import ReaderConfig

KEY, KEY_HOST = "EDLINT_READER_KEY", "EDLINT_READER_HOST"  # the key, and the machine that may see it
MAX_BYTES = 1_000_000  # bytes of an answer
PAGE = "/chat/completions"
_NOT_UNDERSTOOD = (400, 404, 415, 422, 501)  # how servers refuse a schema that they do not know how to keep to

_NEXT = (400, 408, 413, 422, 425, 429, 500, 502, 503, 504)  # what need not be so for the next question

Json = Mapping[str, object]


class AwayError(EngineError):
    """The server does not answer, or not in time, or refuses."""


class SlowError(AwayError):
    """The server did not answer in time, or not this question; it may answer the next."""


class NonsenseError(EngineError):
    """The answer is none that was asked for."""


class Said(NamedTuple):
    """An answer, and how many tokens the question and it took; 0 where the server does not say."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0


class Asked(Protocol):
    """A question: the chat so far, the JSON Schema of the answer, and how many tokens that may take."""

    @property
    def messages(self) -> Sequence[Json]:
        """The chat."""

    @property
    def schema(self) -> Json:
        """The JSON Schema of the answer."""

    @property
    def tokens(self) -> int:
        """The most tokens of the answer."""


class Chat:
    """One model behind one server."""

    def __init__(self, config: ReaderConfig) -> None:
        """Raises EngineError for a server on another machine that the user did not allow, and for a key that it should not see."""
        if config.remote and not config.allow_remote:
            raise EngineError(f"{config.host} is another machine", hint="--allow-remote sends it the text of drafts")
        self._config = config
        self._address = parse_address(config.server)
        self._key = _key(config)
        self._constrained = True  # until the server refuses a schema

    def ask(self, asked_for: Asked, timeout: float) -> Said:
        """The answer within `timeout` seconds, at temperature 0. Raises AwayError or NonsenseError."""
        asked: dict[str, object] = {"model": self._config.model, "messages": asked_for.messages}
        asked |= {"temperature": 0, "max_tokens": asked_for.tokens}
        wanted = {"type": "json_schema", "json_schema": {"name": "verdicts", "strict": True, "schema": asked_for.schema}}
        answer = self._post({**asked, "response_format": wanted} if self._constrained else asked, timeout)
        if answer.status in _NOT_UNDERSTOOD and self._constrained:
            answer = self._post(asked, timeout)
            self._constrained = answer.status != 200
        if answer.status != 200:
            kind = SlowError if answer.status in _NEXT else AwayError
            raise kind(f"{self} answered {answer.status}{_phrase(answer.status)}", hint=_hint(answer.status))
        return said(answer.body)

    def __str__(self) -> str:
        return f"{self._config.model} at {self._address}"

    def _post(self, asked: Json, timeout: float) -> Answer:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = Request("POST", PAGE, json.dumps(asked).encode("ascii"), headers, MAX_BYTES)
        try:
            return exchange(self._address, request, timeout)
        except TimeoutError:
            raise SlowError(f"{self} did not answer within {timeout:.0f} s", hint="raise reader.timeout, or take a smaller model") from None
        except OSError as fault:
            raise AwayError(f"{self} cannot be reached: {fault.strerror or type(fault).__name__}") from None
        except Exception as fault:
            raise AwayError(f"{self} cannot be asked: {type(fault).__name__}") from None


def said(body: bytes) -> Said:
    """The answer in the body of a chat completion. Raises NonsenseError."""
    try:
        answer = json.loads(body)
        choice, usage = answer["choices"][0], answer.get("usage") or {}
        text, end = choice["message"]["content"], choice.get("finish_reason")
        counts = [n if type(n := usage.get(name)) is int and n >= 0 else 0 for name in ("prompt_tokens", "completion_tokens")]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError, AttributeError):
        raise NonsenseError("the answer is not a chat completion") from None
    if not isinstance(text, str) or end == "length":
        raise NonsenseError("the answer was cut off" if end == "length" else "the answer is not text")
    return Said(text, *counts)


def _key(config: ReaderConfig) -> str:
    """The user's key for the server; "" without one. Raises EngineError rather than show it to a machine it is not meant for."""
    key = os.environ.get(KEY, "").strip()
    if not key.isascii() or (key and not key.isprintable()):
        raise EngineError(f"{KEY} contains characters that cannot be in a key")
    meant = os.environ.get(KEY_HOST, "")
    if not key or not config.remote:
        return key if meant in ("", config.host) else ""  # a server on this machine does without the key of another
    if meant != config.host:
        raise EngineError(f"{KEY} is not sent to {config.host}", hint=f"set {KEY_HOST}={config.host} if it is meant for that machine")
    if not config.server.startswith("https:"):
        raise EngineError(f"{KEY} is not sent to {config.host} in the clear", hint="an address with https: keeps it secret")
    return key


def _phrase(status: int) -> str:
    return f" ({HTTPStatus(status).phrase})" if status in HTTPStatus._value2member_map_ else ""


def _hint(status: int) -> str:
    if status in (401, 403):
        return f"is its key in {KEY}?"
    if 300 <= status < 400:
        return "redirections are not followed: name the address itself"
    return (
        "is that the address of a chat endpoint, such as http://127.0.0.1:8080/v1, and the name of a model there?" if status == 404 else ""
    )
