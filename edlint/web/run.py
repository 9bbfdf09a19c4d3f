"""Starting the page's server on this computer, and ending it without leaving anything running."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from edlint.session.options import Options
from edlint.web.address import listen
from edlint.web.app import make_app
from edlint.web.drafts import Drafts

PATIENCE = 2  # seconds that requests may take when the server ends


def serve(options: Options, port: int, *, browser: bool, say: Callable[[str], object]) -> None:
    """Serve the page until the user ends it. `port` 0 takes any that is free; `browser`: open the page in one.

    `say` is told the address. Raises UsageError for a port that is taken.
    """
    listening, address = listen(port)
    with listening:
        app, page = make_app(drafts := Drafts(options), address.token, address.port)
        page.thread.submit(drafts.warm)
        say(address.url)
        if browser:
            threading.Thread(target=webbrowser.open, args=(address.url,), daemon=True).start()
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", ws="none", server_header=False, timeout_graceful_shutdown=PATIENCE
        )
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            page.thread.shutdown(wait=False, cancel_futures=True)
