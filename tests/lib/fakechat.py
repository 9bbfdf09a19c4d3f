"""A chat endpoint for tests: gives the verdicts it is told to give, counts what it was asked, and can misbehave."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from edlint.model.server import ReaderConfig
from edlint.reader import exam
from edlint.reader.guideline import FAULTS, PASSES
from edlint.reader.question import KNOWN

Judge = Callable[[str, str], tuple[str, str, str]]  # from a pack and a sentence to a kind, the words at fault, the words of a source
OURS = {text: at for pairs in KNOWN.values() for pair in pairs for at, text in enumerate(pair)}


def sober(pack: str, text: str) -> tuple[str, str, str]:
    """Finds nothing."""
    return list(PASSES[pack])[-1], "", ""


@dataclass
class Fake:
    """What the endpoint was asked, and how it answers. `body` and `content` stand for the whole answer and its text where they are given.

    `judge` gives its verdicts; it knows those on the sentences that ride along, unless it is `steered`. With `drip` an answer goes out byte
    by byte, with so many seconds in between.
    """

    judge: Judge = sober
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    body: bytes | None = None
    content: str | None = None
    end: str = "stop"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    steered: bool = False
    plain_only: bool = False
    url: str = ""

    def answer(self, request: dict[str, Any]) -> bytes:
        """The answer to a request."""
        if self.body is not None:
            return self.body
        content = self.content if self.content is not None else self.verdicts(request)
        usage = {"prompt_tokens": 100, "completion_tokens": 20}
        return json.dumps({"choices": [{"message": {"content": content}, "finish_reason": self.end}], "usage": usage}).encode()

    def verdicts(self, request: dict[str, Any]) -> str:
        """The verdicts on the sentences in a request."""
        user = request["messages"][1]["content"]
        rows, _ = json.JSONDecoder().raw_decode(user)
        pack = "Claims" if "before" in rows else "Headlines"
        found = []
        for row in rows["sentences"]:
            kind, words, source = self.judge(pack, row["text"])
            if row["text"] in OURS and not self.steered:
                kind, words, source = (next(iter(FAULTS[pack])), row["text"], "") if OURS[row["text"]] == 0 else sober(pack, "")
            found.append({"n": row["n"], "kind": kind, "words": words, "source": source})
        return json.dumps({"sentences": found})

    @property
    def texts(self) -> list[str]:
        """The sentences of drafts that were asked about, in that order."""
        rows = [json.JSONDecoder().raw_decode(request["messages"][1]["content"])[0]["sentences"] for request in self.asked]
        return [row["text"] for some in rows for row in some if row["text"] not in OURS]


def pass_exam(config: ReaderConfig, right: int = 10, found: int = 10) -> None:
    """Keep a result of the examination: of ten flagged so many rightly, of ten at fault so many found."""
    counts = exam.Counts(*(Counter({"": n}) for n in (10, found, 10, right)))
    assert exam.keep(config, [exam.Result(pack, counts, 20) for pack in ("Claims", "Headlines")])


@contextmanager
def fake_chat() -> Iterator[Fake]:
    """A running endpoint on a port of its own."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.pages.append(self.path)
            self.send_error(404)

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.pages.append(self.path)
            fake.keys.append(self.headers["Authorization"])
            if fake.plain_only and "response_format" in request:
                return self.reply(400, b'{"error": "response_format is not supported"}')
            fake.asked.append(request)
            time.sleep(fake.delay)
            return self.reply(fake.status, fake.answer(request))

        def reply(self, status: int, body: bytes) -> None:
            try:
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | dict(fake.headers)).items():
                    self.send_header(name, value)
                self.end_headers()
                for at in range(0, len(body), 1 if fake.drip else max(len(body), 1)):
                    self.wfile.write(body[at : at + (1 if fake.drip else len(body))])
                    self.wfile.flush()
                    time.sleep(fake.drip)
            except OSError:
                pass  # the other side has hung up

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
