"""Compiled regexes, kept between runs: to compile a pattern takes about .5 ms, to restore a compiled one a fiftieth of that."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_VERSION = ""  # the key under which the version of the regex module stands, which no pattern has
_restored: dict[str, bytes] = {}


@lru_cache(maxsize=8192)
def compiled(pattern: str, ignorecase: bool = False) -> Any:
    """A pattern in the `regex` dialect, compiled, or restored where an earlier run kept it. Raises `regex.error`."""
    import regex

    kept = _restored.get(_key(pattern, ignorecase))
    if kept is not None and _restored.get(_VERSION) == regex.__version__.encode():
        try:
            return regex._regex.compile(*marshal.loads(kept))  # type: ignore[attr-defined]
        except (ValueError, EOFError, TypeError):
            pass  # a damaged entry costs the time to compile, nothing else
    return regex.compile(pattern, regex.VERSION0 | (regex.IGNORECASE if ignorecase else 0))


def freeze(patterns: Iterable[tuple[str, bool]]) -> bytes:
    """Patterns with whether they ignore case, compiled and packed for `restore`. What does not compile is left out."""
    import copyreg

    import regex

    packed = {_VERSION: regex.__version__.encode()}
    for pattern, ignorecase in patterns:
        try:
            program = compiled(pattern, ignorecase)
        except regex.error:
            continue
        reduced: Any = copyreg.dispatch_table[type(program)](program)  # what the module itself keeps when it is pickled
        packed[_key(pattern, ignorecase)] = marshal.dumps(reduced[1])
    return marshal.dumps(packed)


def restore(packed: bytes) -> None:
    """Take what `freeze` packed, perhaps in another process. Raises ValueError or EOFError for bytes that are damaged."""
    programs = marshal.loads(packed)
    if not isinstance(programs, dict):
        raise ValueError("not a collection of programs")
    _restored.update(programs)


def _key(pattern: str, ignorecase: bool) -> str:
    return f"{'i' if ignorecase else 'c'}{pattern}"
