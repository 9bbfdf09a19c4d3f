"""A LanguageTool server for tests: speaks /v2, flags the words it is told to flag, and can misbehave."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

ABOUT = {
    "software": {"name": "LanguageTool", "version": "9.9", "apiVersion": 1},
    "warnings": {"incompleteResults": False},
    "language": {"name": "English", "code": "en-US"},
}
WORDS = {"teh": ("the", "TYPO_RULE", "TYPOS", "misspelling"), "gooder": ("better", "GOODER", "GRAMMAR", "grammar")}


@dataclass
class Fake:
    """What the server was asked, and how it answers. `body` stands for the answer of /v2/check where it is not None.

    With `drip` the answer of /v2/check goes out byte by byte, with so many seconds in between.
    """

    words: Mapping[str, tuple[str, str, str, str]] = field(default_factory=lambda: dict(WORDS))
    forms: list[dict[str, str]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    body: bytes | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    info: bytes | None = b'{"software": {"name": "LanguageTool", "version": "9.9", "buildDate": "today"}}'
    url: str = ""

    def answer(self, form: Mapping[str, str]) -> bytes:
        """The answer of /v2/check, with offsets in UTF-16 units."""
        return self.body if self.body is not None else json.dumps({**ABOUT, "matches": list(self._matches(form["text"]))}).encode()

    def _matches(self, text: str) -> Iterator[dict[str, Any]]:
        units = text.encode("utf-16-le")
        for word, (better, rule, category, kind) in self.words.items():
            needle, at = word.encode("utf-16-le"), -2
            while (at := units.find(needle, at + 2)) >= 0:
                about = {"id": rule, "issueType": kind, "category": {"id": category}}
                place = {"offset": at // 2, "length": len(needle) // 2}
                yield {"message": f"not {word}", "replacements": [{"value": better}], "rule": about, **place}


@contextmanager
def fake_server() -> Iterator[Fake]:
    """A running server on a port of its own."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.pages.append(self.path)
            pages = {"/v2/healthcheck": b"OK", "/v2/info": fake.info}
            self.reply(200 if pages.get(self.path) else 404, pages.get(self.path) or b"no such page")

        def do_POST(self) -> None:
            fake.pages.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
            form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
            fake.forms.append(form)
            time.sleep(fake.delay)
            self.reply(fake.status, fake.answer(form))

        def reply(self, status: int, body: bytes) -> None:
            try:
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | dict(fake.headers)).items():
                    self.send_header(name, value)
                self.end_headers()
                slowly = fake.drip and self.command == "POST"
                for at in range(0, len(body), 1 if slowly else len(body)):
                    self.wfile.write(body[at : at + 1] if slowly else body)
                    time.sleep(fake.drip if slowly else 0)
            except ConnectionError:
                return  # whoever asked did not wait

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
