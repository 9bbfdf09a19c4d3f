"""Starting the page's server on this computer, and ending it without leaving anything running."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from edlint.errors import UsageError
from edlint.session.options import Options
from edlint.web.app import make_app
from edlint.web.drafts import Drafts

HOST = "127.0.0.1"
PATIENCE = 2  # seconds that requests may take when the server ends


def serve(options: Options, port: int, *, browser: bool, say: Callable[[str], object]) -> None:
    """Serve the page until the user ends it. `port` 0 takes any that is free; `browser`: open the page in one.

    `say` is told the address. Raises UsageError for a port that is taken.
    """
    try:
        listening = socket.create_server((HOST, port))
    except (OSError, OverflowError) as fault:
        raise UsageError(f"port {port} cannot be used: {getattr(fault, 'strerror', '') or fault}") from None
    with listening:
        port, token = listening.getsockname()[1], secrets.token_urlsafe(24)
        app, page = make_app(drafts := Drafts(options), token, port)
        page.thread.submit(drafts.warm)
        address = f"http://{HOST}:{port}/{token}/"
        say(address)
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", ws="none", server_header=False, timeout_graceful_shutdown=PATIENCE
        )
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            page.thread.shutdown(wait=False, cancel_futures=True)
