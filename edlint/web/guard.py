"""Who may talk to the page: only itself. Everything else on the web and on this computer is turned away before it is read.

A page elsewhere can make a browser send requests to this computer, also under a name that it has pointed here (DNS rebinding).
It knows neither the token, nor can it make the browser send our host's name or our origin.

The page in turn sends nothing to a server that took the port after ours ended: before it goes on, it asks for a proof that the
server knows the token, which is not in that question.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types edlint"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
PROOF = "/hello"  # where the page asks for a proof
_LONGEST = 64  # characters of what is to be signed
_RAW = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class Guard:
    """Passes on requests for `port` of this computer that begin with the token and come from the page itself or the address bar."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_RAW]
            await send(message)

        if scope["type"] != "http":
            return
        status = self._refusal(scope)
        words = b"This is not for you.\n"
        if status == 404 and scope["path"] == PROOF and scope["method"] == "GET":
            status, words = 200, hmac.new(self._token.encode(), scope["query_string"][:_LONGEST], "sha256").hexdigest().encode()
        elif not status:
            scope = {**scope, "path": scope["path"][len(self._token) + 1 :]}
            await self._app(scope, receive, with_headers)
            return
        await with_headers({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
        await with_headers({"type": "http.response.body", "body": words})

    def _refusal(self, scope: Scope) -> int:
        """The status of the answer to a request that is turned away; 0 for one that may pass."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = headers.get("host", ""), headers.get("origin", "")
        if host not in self._hosts:
            return 421  # another name that was made to point here
        writes = scope["method"] not in ("GET", "HEAD")
        if (origin or writes) and origin != f"http://{host}":
            return 403
        if headers.get("sec-fetch-site", "same-origin") not in (("same-origin",) if writes else ("same-origin", "none")):
            return 403
        given = scope["path"].split("/", 2)
        known = len(given) == 3 and secrets.compare_digest(given[1].encode("utf-8", "surrogatepass"), self._token.encode())
        return 0 if known else 404
