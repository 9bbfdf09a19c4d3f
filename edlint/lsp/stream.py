"""Messages from the editor, read in a thread of their own, so that its end is noticed whatever the server is doing.

Whoever writes to standard input is not trusted: a message of any size, shape or kind is answered, refused or passed over.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from threading import Semaphore, Thread
from typing import Any, BinaryIO

from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcParseError
from pygls.protocol import JsonRPCProtocol

from edlint.text.lazy import lazy

LARGEST = 200_000_000  # bytes of one message; a draft of 25 MB takes up to six times as much as JSON
_LONGEST_HEADER = 4_096  # bytes
_WAITING = 100  # messages that may wait for the server
_LENGTH = lazy(rb"content-length\s*:\s*(\d{1,18})\s*", re.IGNORECASE)


def messages(stdin: BinaryIO, deliver: Callable[[bytes | None], None]) -> None:
    """Hand on the body of each message (b"" for one that is too large), and None at the end."""
    length = 0
    while header := stdin.readline(_LONGEST_HEADER):
        found = _LENGTH.fullmatch(header)
        if found:
            length = int(found[1])
        elif not header.strip() and length:
            body = stdin.read(length) if length <= LARGEST else _passed_over(stdin, length)
            deliver(body)
            length = 0
    deliver(None)


def _passed_over(stdin: BinaryIO, length: int) -> bytes:
    while length > 0 and (part := stdin.read(min(length, 1 << 20))):
        length -= len(part)
    return b""


class Stream:
    """Feeds a protocol, in the running event loop, with the messages on `stdin`, one after the other."""

    def __init__(self, protocol: JsonRPCProtocol, stdin: BinaryIO, refuse: Callable[[object, JsonRpcException], None]) -> None:
        """`refuse` answers a message that could not be read: it takes its id, or None, and what is wrong."""
        self._protocol, self._stdin, self._refuse = protocol, stdin, refuse
        self._free = Semaphore(_WAITING)

    async def feed(self) -> None:
        """Handle all messages until the end of the stream. Raises SystemExit when the editor asks for the end."""
        loop, queue = asyncio.get_running_loop(), asyncio.Queue[bytes | None]()

        def deliver(body: bytes | None) -> None:
            self._free.acquire()
            loop.call_soon_threadsafe(queue.put_nowait, body)

        Thread(target=messages, args=(self._stdin, deliver), daemon=True).start()
        while (body := await queue.get()) is not None:
            self._free.release()
            self._handle(body)

    def _handle(self, body: bytes) -> None:
        given: Any = None
        try:
            if not body:
                raise JsonRpcInvalidRequest("a message larger than the server takes")
            given = json.loads(body)
            if not isinstance(given, dict) or "jsonrpc" not in given:
                raise JsonRpcInvalidRequest("this is no message of JSON-RPC 2.0")
            message = self._protocol.structure_message(given)
        except JsonRpcException as fault:
            self._refuse(given.get("id") if isinstance(given, dict) else None, fault)
        except (ValueError, RecursionError) as fault:
            self._refuse(None, JsonRpcParseError(f"this is no JSON: {fault}"))
        else:
            self._protocol.handle_message(message)
