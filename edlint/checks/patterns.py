"""Vale's way from lists of tokens to one pattern, shared by the check types that have it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edlint.checks.base import Key, Options, Term, UnitKind

IGNORECASE = Key("bool", False, "compare without regard to case")
NONWORD = Key("bool", False, "do not ask for word boundaries around the tokens")
EXCEPTIONS = Key("texts", (), "patterns; a match that holds one of them is no finding (always case-sensitive)")
VOCAB = Key("bool", True, "take the vocabulary's accepted terms as exceptions too")
PLAIN = Key("bool", False, "read curly quotes as straight ones and any white space as one blank, so that tokens need not spell them out")


def bounded(pattern: str, *, nonword: bool = False) -> str:
    """`pattern` in Vale's word template, or in its plain one."""
    return f"(?m)(?:{pattern})" if nonword else rf"(?m)\b(?:{pattern})\b"


def exceptions(options: Options) -> Term | None:
    """The term that, found in a match, silences it; None when there are no exceptions."""
    listed = sorted((e for e in options["exceptions"] if e), key=len, reverse=True)
    return Term(bounded("|".join(listed)), literal=False, ignorecase=False, plain=False) if listed else None


def unit_kind(scope: tuple[str, ...]) -> UnitKind:
    """Sentences where the scope asks for them, whole blocks otherwise."""
    asked = any("sentence" in re.split(r"[.&~\s]+", selector) for selector in scope)
    return "sentence" if asked else "block"


def texts(value: Sequence[str]) -> list[str]:
    """The non-blank entries of a list of tokens."""
    return [token for token in value if token.strip()]
