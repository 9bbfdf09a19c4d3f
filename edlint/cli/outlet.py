"""Where a report goes while it is written: to standard output, or into a file that holds all of it or what it held before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOBase, TextIOWrapper
from pathlib import Path
from typing import TextIO, cast

import click

from edlint.atomic import replacing
from edlint.errors import UsageError

_MOST = 1 << 16  # characters that are held back, so that not each line is a write of its own


class _Console(TextIOBase):
    """Standard output, or standard error, as click writes to it."""

    def __init__(self, err: bool) -> None:
        self._err = err
        self._held: list[str] = []
        self._length = 0

    def write(self, text: str) -> int:
        self._held.append(text)
        self._length += len(text)
        if self._length > _MOST:
            self.flush()
        return len(text)

    def flush(self) -> None:
        held, self._held, self._length = "".join(self._held), [], 0
        if held:
            click.echo(held, nl=False, err=self._err, color=True)


@contextmanager
def outlet(target: Path | None, *, err: bool) -> Iterator[TextIO]:
    """What to write a report to: a file, or without a `target` standard output, with `err` standard error.

    When writing fails half-way, the file is as it was. Raises UsageError when it cannot be written.
    """
    if target is None:
        console = _Console(err)
        yield cast(TextIO, console)
        console.flush()
        return
    try:
        # a device or a pipe is written to, not replaced
        with target.open("wb") if target.exists() and not target.is_file() else replacing(target) as file:
            text = TextIOWrapper(file, encoding="utf-8", newline="\n")
            try:
                yield text
            finally:
                text.detach()  # writes what it held back
    except OSError as fault:
        raise UsageError(f"--output-file: {target} cannot be written: {fault.strerror}") from None
