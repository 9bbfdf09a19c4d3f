"""An editor's end of the language server, byte by byte: for tests of what no real editor sends, and for measuring."""

from __future__ import annotations

import json
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import Any, Self

from doors import PROGRAM

SECONDS = 120.0  # in which anything must be answered
Message = dict[str, Any]


class RawClient:
    """A server in a process of its own. `messages` holds what it said and nobody has waited for yet."""

    def __init__(self, *options: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> None:
        command = [*PROGRAM, "lsp", *options]
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=cwd)
        self.messages: deque[Message] = deque()
        self.errors: list[bytes] = []
        self._said: Queue[Message | None] = Queue()
        self._last = 0
        for read in (self._read, self._read_errors):
            threading.Thread(target=read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.server.kill()
        self.server.wait()
        for stream in (self.server.stdin, self.server.stdout, self.server.stderr):
            if stream:
                stream.close()

    def _read(self) -> None:
        assert self.server.stdout
        while header := self.server.stdout.readline():
            if header.lower().startswith(b"content-length"):
                length = int(header.partition(b":")[2])
            elif not header.strip():
                self._said.put(json.loads(self.server.stdout.read(length)))
        self._said.put(None)

    def _read_errors(self) -> None:
        assert self.server.stderr
        self.errors += self.server.stderr.readlines()

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.server.stdin
        self.server.stdin.write(data)
        self.server.stdin.flush()

    def body(self, data: bytes) -> None:
        """Send bytes as the body of a message."""
        self.raw(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))

    def notify(self, method: str, params: Any = None) -> None:
        """Send a notification."""
        self.body(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, params: Any = None) -> int:
        """Send a request, and give its number."""
        self._last += 1
        self.body(json.dumps({"jsonrpc": "2.0", "id": self._last, "method": method, "params": params}).encode())
        return self._last

    def request(self, method: str, params: Any = None) -> Message:
        """The whole answer to a request."""
        number = self.ask(method, params)
        return self.wait(lambda message: message.get("id") == number and "method" not in message)

    def wait(self, wanted: Callable[[Message], bool], seconds: float = SECONDS) -> Message:
        """The first message that is wanted, among those that nobody waited for and those that come. Raises TimeoutError, EOFError."""
        for message in self.messages:
            if wanted(message):
                self.messages.remove(message)
                return message
        while True:
            try:
                found = self._said.get(timeout=seconds)
            except Empty:
                raise TimeoutError("the server does not answer") from None
            if found is None:
                raise EOFError("the server has ended")
            if wanted(found):
                return found
            self.messages.append(found)

    def start(self, root: Path | None = None, capabilities: Any = None, process: int | None = None) -> Message:
        """Initialise the session; gives what the server can do."""
        folders = [{"uri": root.as_uri(), "name": root.name}] if root else None
        given = {"processId": process, "rootUri": root.as_uri() if root else None, "capabilities": capabilities or {}}
        answer: Message = self.request("initialize", {**given, "workspaceFolders": folders})["result"]
        self.notify("initialized", {})
        return answer

    def open(self, uri: str, text: str, language: str = "plaintext", version: int = 1) -> None:
        """Open a document."""
        document = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, text: str, version: int) -> None:
        """Send a new text of a document."""
        self.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]})

    def shown(self, uri: str, version: int | None = None) -> list[Message]:
        """The diagnostics that the server shows next for a document, or for a version of it."""

        def wanted(message: Message) -> bool:
            params = message.get("params") or {}
            fits = version is None or params.get("version") == version
            return message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri and fits

        found: list[Message] = self.wait(wanted)["params"]["diagnostics"]
        return found

    def end(self) -> int:
        """Ask the server to end, and give its exit status."""
        self.request("shutdown")
        self.notify("exit")
        return self.server.wait(SECONDS)
