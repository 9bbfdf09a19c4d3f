"""File patterns: `*` within a name, `**` across folders, `?`, `[abc]`, `{md,html}`. Paths are compared with forward slashes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_TOKEN = re.compile(r"(?:\*\*/)+|\*+|\?|\[[!^]?[^\]/]+\]|\{[^{}]*\}|.", re.DOTALL)


@lru_cache(maxsize=256)
def compile_glob(pattern: str) -> re.Pattern[str]:
    """The regular expression of a pattern, to be matched in full against a path relative to the pattern's root.

    As in .gitignore, a pattern without a slash matches at any depth, and one that matches a folder matches all inside it
    (then the group "inside" holds the rest of the path). Raises re.error for a character range that runs backwards, as `[z-a]`.
    """
    clean = pattern.replace("\\", "/").removeprefix("./")
    anywhere = "/" not in clean.rstrip("/")
    body = "".join(_translate(token) for token in _TOKEN.findall(clean.strip("/")))
    return re.compile(f"(?s:{'(?:.*/)?' if anywhere else ''}{body}(?P<inside>/.*)?)")


def _translate(token: str) -> str:
    if token.startswith("**/"):
        return "(?:.*/)?"
    if token[0] == "*":
        return ".*" if len(token) > 1 else "[^/]*"
    if token == "?":
        return "[^/]"
    if token[0] == "[" and len(token) > 1:
        negated = token[1] in "!^"
        inner = "".join(c if c == "-" else re.escape(c) for c in token[2 if negated else 1 : -1])
        return f"[^/{inner}]" if negated else f"[{inner}]"
    if token[0] == "{" and len(token) > 1:
        choices = ("".join(_translate(t) for t in _TOKEN.findall(choice)) for choice in token[1:-1].split(","))
        return f"(?:{'|'.join(choices)})"
    return re.escape(token)


def matches(patterns: Iterable[str], path: Path, root: Path) -> bool:
    """Whether `path` (absolute, or relative to the working folder), seen from `root`, matches one of the patterns."""
    patterns = tuple(patterns)
    if not patterns:
        return False
    full = Path(os.path.abspath(path))  # noqa: PTH100 (unlike Path.absolute it takes "..", and unlike Path.resolve no link, away)
    seen = full.relative_to(root).as_posix() if full.is_relative_to(root) else full.as_posix().lstrip("/")
    return any_match(patterns, seen)


def any_match(patterns: Iterable[str], seen: str) -> bool:
    """Whether a path, relative to the patterns' root and with forward slashes, matches one of them."""
    return any(_matches(pattern, seen) for pattern in patterns)


def _matches(pattern: str, seen: str) -> bool:
    """Whether one pattern matches; after a leading `!`, whether it does not."""
    inverse = pattern.startswith("!")
    return (compile_glob(pattern[inverse:]).fullmatch(seen) is None) is inverse
