"""Asking the process in which Harper reads: one for all that ask in this process, started with the first text."""

from __future__ import annotations

from _thread import allocate_lock
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from edlint.errors import EngineError
from edlint.frames import receive, send
from edlint.grammar.base import Remark

if TYPE_CHECKING:
    from subprocess import Popen

# glibc takes large blocks from the system one by one and gives them back: 14 MB less while Harper starts, 15 MB less after
_SPARING = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "131072"}
SLOWEST = 5_000  # code points that it reads in a second at least; it usually reads forty times as many
_lock = allocate_lock()
_reader: Popen[bytes] | None = None


def read(dialect: str, rules: tuple[str, ...], text: str, timeout: float = 30.0) -> list[Remark]:
    """What Harper's rules (in order) say of a text.

    Raises EngineError when Harper is not available, fails, or takes longer than `timeout` seconds and what a text of that length needs.
    """
    with _lock:
        answer = _asked((dialect, rules, text), timeout + len(text) / SLOWEST)
    if isinstance(answer, tuple):
        message, hint = answer
        raise EngineError(message, hint=hint)
    return [Remark(start, end, rule, message, replacements) for start, end, rule, message, replacements in answer]


def _asked(question: tuple[Any, ...], seconds: float) -> Any:
    """The answer to a question. When the process is lost or too slow, that is said instead, and the next text starts another."""
    global _reader
    from threading import Timer

    from edlint.helpers import end, start

    try:
        reader, _reader = _reader or start("edlint.grammar.harper_worker", _SPARING), None
    except OSError as fault:
        return f"the grammar engine Harper cannot be started: {fault}", ""
    assert reader.stdin and reader.stdout
    answer = None
    deadline = Timer(seconds, reader.kill)  # which ends the wait below, also where the process was stopped
    deadline.daemon = True
    deadline.start()
    with suppress(OSError):
        send(reader.stdin, question)
        answer = receive(reader.stdout)
    late = not deadline.is_alive()
    deadline.cancel()
    if answer is not None and not late:
        _reader = reader  # not after Ctrl-C: what it answers then is to a question that nobody waits for any more
        return answer
    end(reader)
    if late:
        hint = "raise grammar.timeout, or see what keeps the machine busy"
        return f"the grammar engine Harper did not answer within {seconds:.0f} s", hint
    how = f"was ended by signal {-reader.returncode}" if reader.returncode < 0 else f"ended with status {reader.returncode}"
    return f"the process in which the grammar engine Harper reads {how}", ""
