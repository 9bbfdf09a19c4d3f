"""Harper, the embedded engine: works offline, in English, on code points. It reads in a process of its own, started with the first text."""

from __future__ import annotations

from _thread import allocate_lock
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from edlint.errors import EngineError, did_you_mean
from edlint.grammar.base import Engine, Notify, Remark, Slice
from edlint.grammar.remark_cache import RemarkCache
from edlint.model.config import GrammarConfig
from edlint.subprocesses import receive, send
from edlint.text.lazy import lazy

if TYPE_CHECKING:
    from subprocess import Popen

    from edlint.grammar.harper_worker import Answer, Question


# language tag → attribute of harper.Dialect
DIALECTS: dict[str, str] = {
    "en": "AMERICAN",
    "en-US": "AMERICAN",
    "en-GB": "BRITISH",
    "en-AU": "AUSTRALIAN",
    "en-CA": "CANADIAN",
    "en-IN": "INDIAN",
}
# The rules that look beyond a paragraph; all others say the same of a paragraph whatever stands around it.
WIDE = frozenset({"MergeWords", "SentenceCapitalization", "Spaces"})
_BREAK = lazy(r"\n{2,}")
# glibc takes large blocks from the system one by one and gives them back: 14 MB less while Harper starts, 15 MB less after
_SPARING = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "131072"}
MIN_SPEED = 5_000  # code points that it reads in a second at least; it usually reads forty times as many
_lock = allocate_lock()
_reader: Popen[bytes] | None = None


def make(config: GrammarConfig, say: Notify) -> Engine:
    """Harper for a dialect of English; it starts with the first text it has not read before, which takes over half a second.

    Raises EngineError for another language or a missing package.
    """
    from importlib.util import find_spec

    language = config.language
    if language not in DIALECTS:
        hint = did_you_mean(language, DIALECTS) or "one of " + ", ".join(DIALECTS)
        raise EngineError(f"Harper only knows English, not {language!r}", hint=hint)
    found = find_spec("harper")
    if found is None or found.origin is None:
        hint = "pip install harper-py, or set grammar: {engine: none}"
        raise EngineError("the grammar engine Harper is not installed", hint=hint)
    return Harper(DIALECTS[language], _version(Path(found.origin)), config.timeout)


class Harper:
    """Harper for a dialect, with its cached remarks on paragraphs.

    `version` is that of the package, "" where it is not known: then nothing is remembered. A text may take `timeout` seconds, and
    more the longer it is.
    """

    name = "harper"

    def __init__(self, dialect: str, version: str, timeout: float = 30.0) -> None:
        self._dialect, self._version, self._timeout = dialect, version, timeout
        self._store = RemarkCache("harper") if version else None

    def check(self, text: str, slices: Sequence[Slice]) -> Sequence[Remark]:
        """See Engine.check. Raises EngineError for a rule this version of Harper does not have."""
        rules = frozenset().union(*(slice.rules - slice.without for slice in slices))
        pieces = [(0, text)] if rules & WIDE else _paragraphs(text)
        context = (self._version, self._dialect, *sorted(rules))
        said = self._store.get(context, [piece for _, piece in pieces]) if self._store else {}
        new = {piece: None for _, piece in pieces if piece not in said}
        if new:
            fresh = self._read(list(new), rules)
            said |= fresh
            if self._store:
                self._store.put(context, fresh)
        return sorted(r._replace(start=r.start + at, end=r.end + at) for at, piece in pieces for r in said[piece])

    def warm(self) -> None:
        """See Lazy.warm."""
        self._remarks("", frozenset())

    def _read(self, pieces: Sequence[str], rules: frozenset[str]) -> dict[str, list[Remark]]:
        """Harper's remarks on texts, which it reads as the paragraphs of one document."""
        starts, at = [], 0
        for piece in pieces:
            starts.append(at)
            at += len(piece) + 2
        found: list[list[Remark]] = [[] for _ in pieces]
        number = 0
        for remark in sorted(self._remarks("\n\n".join(pieces), rules)):
            while number + 1 < len(starts) and starts[number + 1] <= remark.start:
                number += 1
            found[number].append(remark._replace(start=remark.start - starts[number], end=remark.end - starts[number]))
        return dict(zip(pieces, found, strict=True))

    def _remarks(self, text: str, rules: frozenset[str]) -> list[Remark]:
        from edlint.grammar.harper import read

        return read(self._dialect, tuple(sorted(rules)), text, self._timeout)


def _version(module: Path) -> str:
    """The package's name and version, as the folder beside it tells them, or "". To ask importlib.metadata takes much longer."""
    found = sorted(module.parents[1].glob("harper_py-*.dist-info"))
    return found[0].stem if len(found) == 1 else ""


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """The paragraphs of a text, each with its start."""
    found, at = [], 0
    for gap in _BREAK.finditer(text):
        found.append((at, text[at : gap.start()]))
        at = gap.end()
    found.append((at, text[at:]))
    return [(start, piece) for start, piece in found if piece.strip()]


def read(dialect: str, rules: tuple[str, ...], text: str, timeout: float = 30.0) -> list[Remark]:
    """The remarks of Harper's rules (in order) on a text.

    Raises EngineError when Harper is not available, fails, or takes longer than `timeout` seconds and what a text of that length needs.
    """
    with _lock:
        answer = _asked((dialect, rules, text), timeout + len(text) / MIN_SPEED)
    if isinstance(answer, tuple):
        message, hint = answer
        raise EngineError(message, hint=hint)
    return [Remark(start, end, rule, message, replacements) for start, end, rule, message, replacements in answer]


def _asked(question: Question, seconds: float) -> Answer:
    """The answer to a question. When the process is lost or too slow, that is said instead, and the next text starts another."""
    global _reader
    from threading import Timer

    from edlint.subprocesses import end, start

    try:
        reader, _reader = _reader or start("edlint.grammar.harper_worker", _SPARING), None
    except OSError as fault:
        return f"the grammar engine Harper cannot be started: {fault}", ""
    assert reader.stdin and reader.stdout
    answer: Answer | None = None
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
