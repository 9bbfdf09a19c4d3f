"""File patterns: `*` within a name, `**` across folders, `?`, `[abc]`, `{md,html}`. Paths are compared with forward slashes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from edlint.text.lazy import lazy

STAR, DEEP, FOLDERS = "*", "**", "**/"  # any characters of a name; any characters; any folders, or none
MAX_LENGTH = 4_096  # characters of a pattern
MAX_ALTERNATIVES = 200  # patterns that one with braces may stand for
_TOKEN = lazy(r"(?<![^/])(?:\*\*/)+|\*+|\?|\[[!^]?[^\]/]+\]|.", re.DOTALL)
_BRACED = lazy(r"\[[!^]?[^\]/]+\]|\{([^{}]*)\}|.", re.DOTALL)


@lru_cache(maxsize=256)
def compile_glob(pattern: str) -> re.Pattern[str]:
    """The regular expression of a pattern, to be matched in full against a path relative to the pattern's root.

    As in .gitignore, a pattern without a slash matches at any depth, and one that matches a folder matches all inside it
    (then the group "inside" is there). Raises ValueError for a pattern that is too long, whose braces stand for too many, or
    with a character range that runs backwards, as `[z-a]`.
    """
    if len(pattern) > MAX_LENGTH:
        raise ValueError(f"it is longer than {MAX_LENGTH:,} characters")
    clean = pattern.replace("\\", "/").removeprefix("./")
    anywhere = [] if "/" in clean.rstrip("/") else [FOLDERS]
    each = [[*anywhere, *map(_translate, _TOKEN.findall(one))] for one in _without_braces(clean.strip("/"))]
    itself, inside = ("|".join(linear(tokens, end) for tokens in each) for end in ("", "/.*"))
    try:
        return re.compile(f"(?s:{itself}|(?P<inside>{inside}))")
    except re.error as fault:
        raise ValueError(str(fault)) from None


def _without_braces(pattern: str) -> Sequence[str]:
    """The patterns that one with braces stands for. Raises ValueError for more than MAX_ALTERNATIVES."""
    made = [""]
    for token in _BRACED.finditer(pattern):
        choices = (token[1] or "").split(",") if token[1] is not None else [token[0]]
        if len(made) * len(choices) > MAX_ALTERNATIVES:
            raise ValueError(f"its braces stand for more than {MAX_ALTERNATIVES} patterns")
        made = [before + choice for before in made for choice in choices]
    return made


def _translate(token: str) -> str:
    """A token of a glob as one of `linear`."""
    if token.startswith("**/"):
        return FOLDERS
    if token[0] == "*":
        return DEEP if len(token) > 1 else STAR
    if token == "?":
        return "[^/]"
    if token[0] == "[" and len(token) > 1:
        negated = token[1] in "!^"
        inner = "".join(c if c == "-" else re.escape(c) for c in token[2 if negated else 1 : -1])
        return f"[^/{inner}]" if negated else f"[{inner}]"
    return re.escape(token)


def linear(tokens: Iterable[str], end: str = "") -> str:
    """A regular expression for tokens, each an expression for one character, or STAR, DEEP or FOLDERS; then `end`.

    FOLDERS begins where a name does, or after characters that are fixed.

    Between two wildcards stands text of a fixed length, so the first place where it fits is as good as any later one: each
    wildcard but the last is given up for good (`(?>…)`) when what follows it has been found. So no number of stars makes a
    search take longer than the path's length times the pattern's, squared at worst.
    """
    parts: list[tuple[str, list[str]]] = [("", [])]
    for token in tokens:
        if token in (DEEP, FOLDERS):
            parts.append((token, []))
        else:
            parts[-1][1].append(token)
    last = len(parts) - 1
    made = []
    for number, (kind, inner) in enumerate(parts):
        reach = {"": "", DEEP: ".*?", FOLDERS: "(?:[^/]*/)*?"}[kind]
        text = reach + _within_name(inner, final=number == last)
        made.append(f"(?>{text})" if reach and number < last else text)
    return "".join(made) + end


def _within_name(tokens: Iterable[str], *, final: bool) -> str:
    """The expression of tokens without DEEP and FOLDERS; `final`: the path's end follows."""
    chunks: list[str] = [""]
    for token in tokens:
        if token == STAR:
            chunks.append("")
        else:
            chunks[-1] += token
    last = len(chunks) - 1 if final else -1
    starred = (f"[^/]*?{chunk}" if number == last else f"(?>[^/]*?{chunk})" for number, chunk in enumerate(chunks[1:], 1))
    return chunks[0] + "".join(starred)


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
