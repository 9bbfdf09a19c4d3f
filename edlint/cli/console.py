"""The one way to standard output and standard error, where a terminal or a CI service may obey what it is shown.

Drafts, rules, configurations and the names of files come from anywhere: whatever is printed passes through `inert` here.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from io import TextIOBase

import click

from edlint.report.style import inert

_MOST = 1 << 16  # characters that are held back, so that not each line is a write of its own


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print lines, with `err` on standard error."""
    click.echo(inert(text), err=err, nl=nl)


class Lines(TextIOBase):
    """A text stream that hands whole lines on to `emit`, each made inert; see edlint.report.style.inert for `color` and `commands`."""

    def __init__(self, emit: Callable[[str], object], *, color: bool = False, commands: bool = False) -> None:
        self._emit, self._color, self._commands = emit, color, commands
        self._held: list[str] = []
        self._length = 0

    def write(self, text: str) -> int:
        """See TextIO."""
        self._held.append(text)
        self._length += len(text)
        if self._length > _MOST:
            text = "".join(self._held)
            cut = text.rfind("\n") + 1
            self._held, self._length = [text[cut:]], 0
            self._pass(text[:cut])
        return len(text)

    def finish(self) -> None:
        """Hand on what is left. To be called at the end, not in the middle of a line."""
        left, self._held, self._length = "".join(self._held), [], 0
        self._pass(left)

    def _pass(self, text: str) -> None:
        if text:
            self._emit(inert(text, color=self._color, commands=self._commands))


def printer(*, err: bool, color: bool, commands: bool) -> Lines:
    """A stream to standard output, or with `err` to standard error."""
    return Lines(lambda text: click.echo(text, nl=False, err=err, color=True), color=color, commands=commands)


def redirected() -> bool:
    """Whether standard output is a file on disk: what is written there reaches no log and no terminal by itself."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError, AttributeError):
        return False


def clear() -> None:
    """Clear the terminal, if standard output is one."""
    click.clear()
