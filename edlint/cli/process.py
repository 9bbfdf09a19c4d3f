"""The process around a command: signals become an exception that lets every `finally` run, and output that fails has one status."""

from __future__ import annotations

import os
import signal
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING

from edlint.errors import EdlintError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

CLEANUP = 3.0  # seconds in which further signals are ignored, so that the first one can be answered in full


class Stopped(KeyboardInterrupt):
    """A signal asked the program to end. `status` is the exit status that says so."""

    def __init__(self, number: int) -> None:
        self.status = 128 + number
        super().__init__(number)


class Signals:
    """Answers SIGINT, SIGTERM and SIGHUP with `Stopped`, raised once in the main thread."""

    def __init__(self) -> None:
        self.status = 0  # of the exit a signal asked for
        self._since = 0.0

    def install(self) -> None:
        """Handle the signals from now on, except those that whoever started the program has it ignore."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if not self.status:
            self.status, self._since = 128 + number, monotonic()
            raise Stopped(number)
        if monotonic() - self._since > CLEANUP:
            os._exit(self.status)


def open_closed_streams() -> None:
    """Give standard streams that were closed at the start a descriptor again.

    Otherwise the next file that is opened would get the number 0, 1 or 2, and a report could end up in a draft. What stands in
    for standard input cannot be read, what stands in for standard output cannot be written: both are errors once they are used.
    """
    for number, name, mode, flags in ((0, "stdin", "r", os.O_WRONLY), (1, "stdout", "w", os.O_RDONLY), (2, "stderr", "w", os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", errors="backslashreplace", closefd=False))  # noqa: SIM115


class OutputError(EdlintError):
    """Standard output cannot be written. `gone`: whoever read it has gone, as `| head` does once it has enough, and gets no message."""

    def __init__(self, fault: OSError) -> None:
        self.gone = isinstance(fault, BrokenPipeError)
        super().__init__(f"standard output cannot be written: {fault.strerror}")


class Output(FileIO):
    """Standard output that fails with OutputError, so that it cannot be taken for another file that failed."""

    def write(self, data: ReadableBuffer, /) -> int:
        """See FileIO. Raises OutputError."""
        try:
            return super().write(data)
        except OSError as fault:
            raise OutputError(fault) from None


def prepare_streams() -> None:
    """Make the standard streams safe to use, even if some were closed when edlint started.

    A terminal or locale that cannot show a character gets its number.
    """
    open_closed_streams()
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    out = sys.stdout
    if isinstance(out, TextIOWrapper):
        if out.isatty():
            out.reconfigure(errors="backslashreplace")
        else:
            raw = Output(out.fileno(), "w", closefd=False)
            sys.stdout = TextIOWrapper(BufferedWriter(raw), out.encoding, "backslashreplace")
