"""`edlint languagetool`: installing LanguageTool, and the local server that runs share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edlint.cli.console import say
from edlint.errors import EngineError
from edlint.report.terminal import visible

if TYPE_CHECKING:
    from edlint.grammar.languagetool.state import Running


@click.group()
def languagetool() -> None:
    """Install LanguageTool, and start or stop its local server.

    A check with `grammar: {engine: languagetool}` starts the server by itself; it stops when it was idle for a while.
    """


@languagetool.command()
@click.option("--jars", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Use the jars in this folder instead.")
@click.option("--version", "version", default="", metavar="NUMBER", help="Which version to download.  [default: the newest known]")
def install(jars: Path | None, version: str) -> int:
    """Download LanguageTool (some 250 MB) and verify it, or take it from a folder of jars."""
    from edlint.grammar.languagetool import install as local

    done = local.use(jars) if jars else local.fetch(version)
    say(visible(f"LanguageTool {done.version} is in {done.folder}"))
    return 0


@languagetool.command()
@click.option(
    "--idle", type=click.FloatRange(min=0, min_open=True), default=30, show_default=True, help="Stop after this many idle minutes."
)
@click.option("--language", default="en-US", show_default=True, metavar="TAG", help="The language to load.")
def start(idle: float, language: str) -> int:
    """Start the local server, unless it is running."""
    from edlint.grammar.languagetool import install, server

    say(visible(_about(server.start(install.find(), language, idle))))
    return 0


@languagetool.command()
def stop() -> int:
    """Stop every local server, and clean up after any that crashed."""
    from edlint.grammar.languagetool import server

    stopped = [version for version in server.versions() if server.stop(version)]
    say(visible(f"LanguageTool {', '.join(stopped)} is stopped" if stopped else "LanguageTool was not running"))
    return 0


@languagetool.command()
def status() -> int:
    """Show whether a local server is running: exit status 0 if one is, 1 if not."""
    from edlint.grammar.languagetool import install, server

    up = [found for version in server.versions() if (found := server.running(version))]
    for found in up:
        say(visible(_about(found)))
    if up:
        return 0
    try:
        ready = f"LanguageTool {install.find().version} is installed, but not running"
    except EngineError as fault:
        ready = str(fault)
    say(visible(ready))
    return 1


def _about(found: Running) -> str:
    return f"LanguageTool {found.version} is up at {found.address} (process {found.supervisor})"
