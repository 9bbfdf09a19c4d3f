"""The page's own small server: its files, and the few questions that the page asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from edlint.errors import EdlintError
from edlint.web.claims import Data, entries
from edlint.web.drafts import Drafts, LostError
from edlint.web.guard import Guard

STATIC = Path(__file__).with_name("static")
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in (".js", ".css")}
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
LARGEST = 36_000_000  # bytes of a request: a text of 25 MB, with what JSON escapes in it
ASKED = ("check", "read", "report", "keep", "word", "ledger", "forget", "example")  # what the page asks, each a method of Page
REASON = 200  # code points of a reason that are kept
PROMISE = "Read on this computer only. Sent nowhere, kept nowhere."
MAY_SEND = "Read on this computer, and kept nowhere. Grammar may be checked, and the text read, by the servers that your desk has set up."
Result = TypeVar("Result")
Answer = Callable[[Request], Awaitable[Response]]


class TooLargeError(EdlintError):
    """A request that is not read to its end."""


class Page:
    """The answers to the page. All drafts are checked in one thread, because a LiveSession is not to be shared."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self.thread = ThreadPoolExecutor(1, "drafts")

    async def index(self, request: Request) -> Response:
        """The page."""
        html = (STATIC / "index.html").read_text(encoding="utf-8")
        return HTMLResponse(html.replace(PROMISE, MAY_SEND) if self._drafts.may_send else html)

    async def file(self, request: Request) -> Response:
        """A file of the page."""
        path = FILES.get(request.path_params["name"])
        return FileResponse(path, media_type=TYPES[path.suffix]) if path else Response(status_code=404)

    async def check(self, request: Request) -> Response:
        """What there is to say of a text."""
        data = await _json(request)
        text, format, file = (_text(data, key) for key in ("text", "format", "file"))
        said = entries(data["said"]) if "said" in data else None
        return JSONResponse(await self._later(partial(self._drafts.check, text, format, file, said)))

    async def read(self, request: Request) -> Response:
        """The text of a file."""
        data = await _body(request)
        return JSONResponse(await self._later(partial(self._drafts.read, data, request.query_params.get("name", "")[:200])))

    async def report(self, request: Request) -> Response:
        """The report to keep or mail."""
        data = await _json(request)
        text, format, name, file = (_text(data, key) for key in ("text", "format", "name", "file"))
        html = await self._later(partial(self._drafts.report, text, format, name, _dismissed(data), file))
        return Response(html.encode("utf-8", "replace"), media_type="application/octet-stream")

    async def keep(self, request: Request) -> Response:
        """The edits that write a dismissal into the text."""
        data = await _json(request)
        text, format, id, reason = (_text(data, key) for key in ("text", "format", "id", "reason"))
        return JSONResponse({"edits": await self._later(partial(self._drafts.keep, text, format, id, reason[:REASON]))})

    async def word(self, request: Request) -> Response:
        """A Word file with comments."""
        data = await _json(request)
        work = partial(self._drafts.word, _text(data, "text"), _text(data, "file"), _dismissed(data))
        return Response(await self._later(work), media_type="application/octet-stream")

    async def ledger(self, request: Request) -> Response:
        """The claims as a table for a spreadsheet."""
        data = await _json(request)
        text, format, file = (_text(data, key) for key in ("text", "format", "file"))
        table = await self._later(partial(self._drafts.ledger, text, format, file, entries(data.get("said"))))
        return Response(b"\xef\xbb\xbf" + table.encode("utf-8", "replace"), media_type="application/octet-stream")

    async def forget(self, request: Request) -> Response:
        """Let a Word file go that is no longer on the page."""
        data = await _json(request)
        await self._later(partial(self._drafts.forget, _text(data, "file")))
        return JSONResponse({})

    async def example(self, request: Request) -> Response:
        """A draft with something to find in it."""
        return JSONResponse({"text": (STATIC / "example.txt").read_text(encoding="utf-8"), "format": "plain"})

    async def _later(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)


def make_app(drafts: Drafts, token: str, port: int) -> tuple[Guard, Page]:
    """The application for an address with `token`, on `port` of this computer."""
    page = Page(drafts)
    routes = [
        Route("/", page.index),
        Route("/static/{name}", page.file),
        *(Route(f"/{name}", getattr(page, name), methods=["POST"]) for name in ASKED),
    ]
    app = Starlette(routes=routes, exception_handlers={EdlintError: _failed})
    return Guard(app, token, port), page


async def _failed(request: Request, fault: Exception) -> Response:
    words = fault.message if isinstance(fault, EdlintError) else str(fault)
    status = 413 if isinstance(fault, TooLargeError) else 410 if isinstance(fault, LostError) else 422
    return JSONResponse({"error": words}, status_code=status)


async def _body(request: Request) -> bytes:
    """The body of a request. Raises TooLargeError."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            raise TooLargeError("This is too large to check: 25 megabytes is the limit.")
        parts.append(part)
    return b"".join(parts)


async def _json(request: Request) -> Data:
    import json

    try:
        data = json.loads(await _body(request))
    except (ValueError, RecursionError):
        raise EdlintError("The page sent something that cannot be read.") from None
    return data if isinstance(data, dict) else {}


def _dismissed(data: Data) -> dict[str, str]:
    """The reasons of findings that were dismissed, by the id of the finding."""
    rows = data.get("dismissed")
    pairs = [(_text(row, "id"), _text(row, "reason")) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {id: reason[:REASON] for id, reason in pairs}


def _text(data: Data, key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""
