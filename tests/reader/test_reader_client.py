"""The chat endpoint: what is sent, and every way in which a server can misbehave."""

from __future__ import annotations

import json
import time

import pytest
from fakechat import Fake

from edlint.errors import EngineError
from edlint.model.server import ReaderConfig
from edlint.reader.client import MAX_BYTES, AwayError, Chat, NonsenseError, SlowError
from edlint.reader.question import Question

QUESTION = Question("Claims", "A title", "", ("Exports rose by 40 per cent.",))


def chat_with(fake: Fake, timeout: float = 5) -> Chat:
    return Chat(ReaderConfig(fake.url, "fake", timeout=timeout))


def ask(fake: Fake, timeout: float = 5) -> str:
    return chat_with(fake).ask(QUESTION, timeout).text


def test_a_question_is_asked_at_temperature_0_with_a_schema(chat: Fake) -> None:
    said = chat_with(chat).ask(QUESTION, 5)
    (request,) = chat.asked
    assert chat.pages == ["/v1/chat/completions"] and chat.keys == [None]
    assert (request["model"], request["temperature"]) == ("fake", 0)
    assert request["max_tokens"] >= 300
    assert request["response_format"]["json_schema"]["strict"] is True
    assert (said.tokens_in, said.tokens_out) == (100, 20)


def test_a_server_that_knows_no_schemas_is_asked_without_and_that_is_remembered(chat: Fake) -> None:
    chat.plain_only = True
    client = chat_with(chat)
    client.ask(QUESTION, 5)
    client.ask(QUESTION, 5)
    assert len(chat.pages) == 3 and all("response_format" not in request for request in chat.asked)


def test_a_question_that_is_too_long_does_not_end_the_use_of_schemas(chat: Fake) -> None:
    client = chat_with(chat)
    chat.status = 400
    with pytest.raises(SlowError):
        client.ask(QUESTION, 5)
    chat.status = 200
    client.ask(QUESTION, 5)
    assert "response_format" in chat.asked[-1]


def test_a_slow_server(chat: Fake) -> None:
    chat.delay = 30
    began = time.monotonic()
    with pytest.raises(SlowError, match=r"did not answer within"):
        ask(chat, 0.3)
    assert time.monotonic() - began < 15


def test_a_server_that_drips(chat: Fake) -> None:
    chat.drip = 0.05
    with pytest.raises(SlowError, match=r"did not answer within"):
        ask(chat, 0.6)


def test_nobody_there() -> None:
    with pytest.raises(AwayError, match="cannot be reached"):
        Chat(ReaderConfig("http://127.0.0.1:9/v1", "fake")).ask(QUESTION, 5)


def test_a_redirection_is_not_followed(chat: Fake) -> None:
    chat.status, chat.headers = 307, {"Location": "https://elsewhere.example/v1/chat/completions"}
    with pytest.raises(AwayError, match=r"307") as told:
        ask(chat)
    assert "not followed" in str(told.value) and len(chat.pages) == 1


@pytest.mark.parametrize(
    ("status", "kind"), [(401, AwayError), (404, AwayError), (400, SlowError), (429, SlowError), (500, SlowError), (503, SlowError)]
)
def test_a_refusal(chat: Fake, status: int, kind: type[AwayError]) -> None:
    chat.status = status
    with pytest.raises(AwayError) as told:
        ask(chat)
    assert type(told.value) is kind and str(status) in str(told.value)


def test_a_huge_answer(chat: Fake) -> None:
    chat.body = b" " * (MAX_BYTES + 1)
    with pytest.raises(AwayError, match="cannot be asked"):
        ask(chat)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>hello</html>",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {}}]}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": ["a"]}}]}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"choices": ' + b"9" * 10_000 + b"}",
    ],
)
def test_an_answer_that_is_none(chat: Fake, body: bytes) -> None:
    chat.body = body
    with pytest.raises(NonsenseError):
        ask(chat)


def test_an_answer_that_was_cut_off(chat: Fake) -> None:
    chat.end = "length"
    with pytest.raises(NonsenseError, match="cut off"):
        ask(chat)


def test_counts_that_are_none_count_nothing(chat: Fake) -> None:
    usage = {"prompt_tokens": "many", "completion_tokens": -4}
    chat.body = json.dumps({"choices": [{"message": {"content": "x"}}], "usage": usage}).encode()
    assert chat_with(chat).ask(QUESTION, 5) == ("x", 0, 0)


SECRET = "sk-edlint-test-0123456789"


def test_a_key_is_sent_and_never_told(chat: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server says it back in every way it can: as its reason, in its body, and in a line that is no HTTP."""
    monkeypatch.setenv("EDLINT_READER_KEY", SECRET)
    ask(chat)
    assert chat.keys == [f"Bearer {SECRET}"]
    chat.body = json.dumps({"error": {"message": f"bad key {SECRET}"}}).encode()
    for status in (200, 401, 500):
        chat.status = status
        with pytest.raises(EngineError) as told:
            ask(chat)
        assert SECRET not in str(told.value)


@pytest.mark.parametrize("key", ["two\r\nX-Evil: lines", "schlüssel"])
def test_a_key_that_is_none_is_not_sent(chat: Fake, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("EDLINT_READER_KEY", key)
    with pytest.raises(EngineError, match="characters that cannot be in a key") as told:
        ask(chat)
    assert chat.pages == [] and key not in str(told.value)


def remote(server: str = "https://models.example/v1", *, allowed: bool = True) -> ReaderConfig:
    return ReaderConfig(server, "big", allow_remote=allowed)


def test_another_machine_needs_the_users_word() -> None:
    with pytest.raises(EngineError, match=r"models\.example is another machine"):
        Chat(remote(allowed=False))
    assert "big at https://models.example:443/v1" in str(Chat(remote()))


def test_a_key_goes_to_no_machine_that_it_is_not_meant_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDLINT_READER_KEY", SECRET)
    with pytest.raises(EngineError, match=r"EDLINT_READER_HOST=models\.example") as told:
        Chat(remote())
    assert SECRET not in str(told.value)
    monkeypatch.setenv("EDLINT_READER_HOST", "other.example")
    with pytest.raises(EngineError, match="is not sent"):
        Chat(remote())
    monkeypatch.setenv("EDLINT_READER_HOST", "models.example")
    Chat(remote())
    with pytest.raises(EngineError, match="in the clear"):
        Chat(remote("http://models.example/v1"))


def test_the_key_of_another_machine_is_not_shown_to_a_server_on_this_one(chat: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDLINT_READER_KEY", SECRET)
    monkeypatch.setenv("EDLINT_READER_HOST", "models.example")
    ask(chat)
    monkeypatch.setenv("EDLINT_READER_HOST", "127.0.0.1")
    ask(chat)
    assert chat.keys == [None, f"Bearer {SECRET}"]


@pytest.mark.parametrize(
    "server",
    [
        "http://0.0.0.0/v1",
        "http://localhost.evil.example/v1",
        "http://localhost./v1",
        "http://2130706433/v1",
        "http://127.1/v1",
        "http://[::ffff:192.0.2.1]/v1",
        "http://\uff11\uff12\uff17.0.0.1/v1",
    ],
)
def test_what_only_looks_like_this_machine_is_another(server: str) -> None:
    with pytest.raises(EngineError, match="is another machine"):
        Chat(ReaderConfig(server, "big"))


@pytest.mark.parametrize("server", ["http://127.0.0.1@evil.example/v1", "http://127.0.0.1\\@evil.example/v1", "http://:x@evil.example"])
def test_an_address_names_no_user(server: str) -> None:
    with pytest.raises(ValueError, match="must look like"):
        Chat(ReaderConfig(server, "big", allow_remote=True))
