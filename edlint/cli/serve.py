"""`edlint serve`: a page on this computer for people who do not work in a terminal."""

from __future__ import annotations

from typing import Unpack

import click

from edlint.cli.console import say
from edlint.cli.options import Given, configured, remote, second
from edlint.errors import UsageError
from edlint.session.options import Options


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="The port to use.  [default: any free one]")
@click.option("--browser/--no-browser", default=True, help="Whether to open the page in a browser.")
@configured
@remote
@second
def serve(port: int, browser: bool, **given: Unpack[Given]) -> int:
    """Open a page in the browser on which drafts are pasted, checked and corrected.

    The page is served by this computer to this computer only, until Ctrl-C. What is pasted is sent nowhere and kept nowhere.
    """
    try:
        from edlint.web.run import serve as run
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        raise UsageError("the page needs two more packages", hint="pip install starlette uvicorn") from None
    config, isolated, allowed = given["config"], given["isolated"], given["allow_remote"]
    options = Options(config=config, isolated=isolated, allow_remote=allowed, reader=given["reader"])
    run(options, port, browser=browser, say=_tell)
    return 0


def _tell(address: str) -> None:
    say(f"edlint is at {address}\nThe address works on this computer only. Ctrl-C ends it.", err=True)
