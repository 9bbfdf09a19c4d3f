"""Compiled regexes, kept between runs: to compile a pattern takes about .5 ms, to restore a compiled one a fiftieth of that."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from edlint.regexes.budget import left
from edlint.regexes.limits import check
from edlint.regexes.syntax import PatternError

if TYPE_CHECKING:
    from regex import Match, Pattern

_VERSION = ""  # the key under which the version of the regex module stands, which no pattern has
_restored: dict[str, bytes] = {}


class Watched:
    """A compiled pattern each of whose searches takes no longer than the running budget allows. All raise TimeoutError."""

    __slots__ = ("_program", "groups", "pattern")

    def __init__(self, program: Pattern[str]) -> None:
        self._program = program
        self.pattern = program.pattern
        self.groups = program.groups

    def search(self, text: str, start: int = 0, end: int | None = None) -> Match[str] | None:
        """See re.Pattern.search."""
        return self._program.search(text, start, end, timeout=left())

    def match(self, text: str, start: int = 0, end: int | None = None) -> Match[str] | None:
        """See re.Pattern.match."""
        return self._program.match(text, start, end, timeout=left())

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match[str]]:
        """See re.Pattern.finditer."""
        return self._program.finditer(text, start, end, timeout=left())

    def findall(self, text: str, start: int = 0, end: int | None = None) -> list[Any]:
        """See re.Pattern.findall."""
        return self._program.findall(text, start, end, timeout=left())

    def sub(self, put: Callable[[Match[str]], str], text: str) -> str:
        """See re.Pattern.sub."""
        return self._program.sub(put, text, timeout=left())


@lru_cache(maxsize=8192)
def compiled(pattern: str, ignorecase: bool = False) -> Pattern[str] | Watched:
    """A pattern in the `regex` dialect, compiled, or restored where an earlier run kept it.

    What comes has the methods of a compiled pattern; unless the pattern is proved to be quick they mind the running budget.
    Raises PatternError for what does not compile or asks for too much.
    """
    import regex

    kept = _restored.get(_key(pattern, ignorecase))
    if kept is not None and _restored.get(_VERSION) == regex.__version__.encode():
        try:
            quick, parts = marshal.loads(kept)
            program = _rebuild()(*parts)
            return program if quick else Watched(program)
        except (ValueError, EOFError, TypeError):
            pass  # a damaged entry costs the time to compile, nothing else
    quick = check(pattern)
    program = _program(pattern, ignorecase)
    return program if quick else Watched(program)


@lru_cache(maxsize=8192)
def _program(pattern: str, ignorecase: bool) -> Pattern[str]:
    import regex

    try:
        return regex.compile(pattern, regex.VERSION0 | (regex.IGNORECASE if ignorecase else 0))
    except (regex.error, RecursionError, OverflowError, ValueError) as fault:
        raise PatternError(str(fault)) from None


@lru_cache(maxsize=1)
def _rebuild() -> Callable[..., Pattern[str]]:
    """What makes a compiled pattern of the parts that pickling would keep."""
    import copyreg

    import regex

    sample = regex.compile("")
    reduced: Any = copyreg.dispatch_table[type(sample)](sample)
    rebuild: Callable[..., Pattern[str]] = reduced[0]
    return rebuild


def freeze(patterns: Iterable[tuple[str, bool]]) -> bytes:
    """Patterns with whether they ignore case, compiled and packed for `restore`. What does not compile is left out."""
    import copyreg

    import regex

    packed = {_VERSION: regex.__version__.encode()}
    same = _restored.get(_VERSION) == packed[_VERSION]
    for pattern, ignorecase in patterns:
        key = _key(pattern, ignorecase)
        if same and key in _restored:
            packed[key] = _restored[key]
            continue
        try:
            quick, program = check(pattern), _program(pattern, ignorecase)
        except PatternError:
            continue
        reduced: Any = copyreg.dispatch_table[type(program)](program)
        packed[key] = marshal.dumps((quick, reduced[1]))
    return marshal.dumps(packed)


def restore(packed: bytes) -> None:
    """Take what `freeze` packed, perhaps in another process. Raises ValueError or EOFError for bytes that are damaged."""
    programs = marshal.loads(packed)
    if not isinstance(programs, dict):
        raise ValueError("not a collection of programs")
    _restored.update(programs)


def _key(pattern: str, ignorecase: bool) -> str:
    return f"{'i' if ignorecase else 'c'}{pattern}"
