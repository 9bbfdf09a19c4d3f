"""Where a report goes while it is written: to standard output, or into a file that holds all of it or what it held before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO, cast

from edlint.atomic import replacing
from edlint.cli.console import Lines, printer
from edlint.errors import UsageError


@contextmanager
def outlet(target: Path | None, *, err: bool, color: bool = False, commands: bool = False) -> Iterator[TextIO]:
    """What to write a report to: a file, or without a `target` standard output, with `err` standard error.

    Lines are made inert on the way (see edlint.cli.console). When writing fails half-way, the file is as it was. Raises UsageError
    when it cannot be written.
    """
    if target is None:
        console = printer(err=err, color=color, commands=commands)
        yield cast(TextIO, console)
        console.finish()
        return
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
