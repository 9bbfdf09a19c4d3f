"""The server from its start to its end, on standard input and output."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from contextlib import suppress
from typing import BinaryIO

from pygls.exceptions import JsonRpcException
from pygls.io_ import StdoutWriter

from edlint.lsp.features import make
from edlint.lsp.server import Server
from edlint.lsp.stream import Stream
from edlint.session.options import Options

_LOOK = 2.0  # seconds between two looks whether the editor is still there


def serve(options: Options) -> int:
    """Serve an editor until it ends, or asks for the end. Gives the exit status: 1 where it said `exit` without `shutdown` before."""
    if not os.environ.get("EDLINT_TRACEBACK"):
        logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)  # it logs what drafts say; the editor is answered all the same
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else prints must not pass for a message
    try:
        asyncio.run(_served(make(options), sys.stdin.buffer, out))
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except BrokenPipeError:
        pass
    return 0


async def _served(server: Server, stdin: BinaryIO, out: BinaryIO) -> None:
    server.protocol.set_writer(StdoutWriter(out))
    background = [asyncio.create_task(server.keep_looking()), asyncio.create_task(_heed_parent(server))]

    def refuse(number: object, fault: JsonRpcException) -> None:
        if number is None or isinstance(number, int | str):
            _refuse(out, number, fault)

    feeding = asyncio.create_task(Stream(server.protocol, stdin, refuse).feed())
    await asyncio.wait([feeding, background[1]], return_when=asyncio.FIRST_COMPLETED)
    server.stopped = True
    if feeding.done():
        feeding.result()


def _refuse(out: BinaryIO, number: int | str | None, fault: JsonRpcException) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": number, "error": {"code": fault.code, "message": fault.message}}).encode()
    with suppress(BrokenPipeError):
        out.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        out.flush()


async def _heed_parent(server: Server) -> None:
    """Wait until the editor's process has gone, which the stream does not tell where another process holds it open."""
    from psutil import pid_exists

    while server.parent is None or pid_exists(server.parent):
        await asyncio.sleep(_LOOK)
