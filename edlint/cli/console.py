"""The one way to standard output, standard error and the report's file, where a terminal or a CI service may obey what it is shown.

Drafts, rules, configurations and the names of files come from anywhere: whatever is printed passes through `inert` here.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOBase, TextIOWrapper
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self, TextIO, cast

import click

from edlint.errors import UsageError
from edlint.report.terminal import inert, visible

_MOST = 1 << 16  # characters that are held back, so that not each line is a write of its own
PROGRESS_DELAY = 1.0  # seconds before anything is shown
_SHOWN = 79  # characters of what is being done
PROGRESS_INTERVAL = 0.1  # seconds between two changes of what is shown


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print lines, with `err` on standard error."""
    click.echo(inert(text), err=err, nl=nl)


class Lines(TextIOBase):
    """A text stream that hands whole lines on to `emit`, each made inert; see edlint.report.terminal.inert for `color` and `commands`."""

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


def joined() -> bool:
    """Whether standard output and standard error come out in one place, as on a terminal: what is written to both is there twice."""
    try:
        return os.path.sameopenfile(sys.stdout.fileno(), sys.stderr.fileno())
    except (OSError, ValueError, AttributeError):
        return False


def clear() -> None:
    """Clear the terminal, if standard output is one."""
    click.clear()


@contextmanager
def open_report(target: Path | None, *, err: bool, color: bool = False, commands: bool = False) -> Iterator[TextIO]:
    """What to write a report to: a file, or without a `target` standard output, with `err` standard error.

    Lines are made inert on the way (see edlint.cli.console). When writing fails half-way, the file is as it was. Raises UsageError
    when it cannot be written.
    """
    if target is None:
        console = printer(err=err, color=color, commands=commands)
        yield cast(TextIO, console)
        console.finish()
        return
    from edlint.files.atomic import replacing

    try:
        # a device or a pipe is written to, not replaced
        with target.open("wb") if target.exists() and not target.is_file() else replacing(target) as file:
            text = TextIOWrapper(file, encoding="utf-8", newline="\n")
            lines = Lines(text.write, color=color, commands=commands)
            try:
                yield cast(TextIO, lines)
                lines.finish()
            finally:
                text.detach()  # writes what it held back
    except OSError as fault:
        raise UsageError(f"--output-file: {target} cannot be written: {fault.strerror}") from None


class Progress:
    """Shows `3,120 of 10,000 drafts` once work takes long and standard error is a terminal, and erases it at the end.

    Call it with how many drafts are done and how many there are.
    """

    def __init__(self) -> None:
        self._watched = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._next = monotonic() + PROGRESS_DELAY
        self._shown = ""

    def __call__(self, done: int, total: int) -> None:
        """Show the state of the work, if it is time."""
        self.tell(f"{done:,} of {total:,} draft{'' if total == 1 else 's'}")

    def tell(self, state: str) -> None:
        """Show the state of some other work, if it is time."""
        if self._watched and monotonic() >= self._next:
            self._next = monotonic() + PROGRESS_INTERVAL
            self._show(visible(state)[:_SHOWN])

    def _show(self, text: str) -> None:
        padded = text.ljust(len(self._shown))
        sys.stderr.write(f"\r{padded}" if text else f"\r{padded}\r")
        sys.stderr.flush()
        self._shown = padded

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self._shown:
            self._show("")
