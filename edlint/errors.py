"""Errors a user can cause. Each says where, what is wrong, and the way out; none carries a traceback to the user."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Place(NamedTuple):
    """Where an error sits: a file, and a 1-based line and column when they are known."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


class EdlintError(Exception):
    """Base of every error edlint raises on purpose. `str(error)` is the whole message for the user."""

    def __init__(self, message: str, place: Place | None = None, hint: str = "") -> None:
        self.message, self.place, self.hint = message, place, hint
        super().__init__(message)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message}" + (f" ({self.hint})" if self.hint else "")


class SourceError(EdlintError):
    """A draft that cannot be read or decoded."""


class RuleError(EdlintError):
    """A rule file that is not well formed."""


class UnsupportedError(RuleError):
    """A rule of a kind that edlint does not run."""


class ConfigError(EdlintError):
    """A configuration that is not well formed, or names what does not exist."""


class PackError(EdlintError):
    """A pack that cannot be fetched, or holds what no pack may hold."""


class EngineError(EdlintError):
    """A grammar engine that was asked for and fails or is not available."""


class UsageError(EdlintError):
    """A command line that cannot be obeyed."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word closest to `word` but not that very word, or "" when none is close."""
    import difflib

    options = {k.lower(): k for k in known if k != word}
    found = difflib.get_close_matches(word.lower(), list(options), n=1, cutoff=0.6)
    return options[found[0]] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known word, or "" when none is close."""
    near = nearest(word, known)
    return f"did you mean {near!r}?" if near else ""
