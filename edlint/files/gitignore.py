"""What `.gitignore` files leave out, by the rules of gitignore(5): nested files, negation, folders only, anchors, `**`."""

from __future__ import annotations

import errno
import os
import re
from functools import lru_cache
from typing import NamedTuple

from edlint.errors import ConfigError, Place
from edlint.files.globs import DEEP, FOLDERS, MAX_LENGTH, STAR, linear
from edlint.files.inputs import read_bytes
from edlint.text.lazy import lazy

NAME = ".gitignore"
MAX_BYTES = 5_000_000  # bytes
_CLASSES = {
    "alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "blank": " \\t", "cntrl": "\\x00-\\x1f\\x7f", "digit": "0-9", "graph": "!-~",
    "lower": "a-z", "print": " -~", "punct": "!-/:-@\\[-`{-~", "space": " \\t\\n\\r\\f\\v", "upper": "A-Z", "xdigit": "0-9A-Fa-f",
}  # fmt: skip

_SPECIAL = lazy(r"[*?\[\\]")


class Pattern(NamedTuple):
    """One line: matches a path relative to the file's folder; `negated` lines take back, `folders` ones match folders only."""

    expression: re.Pattern[str]
    negated: bool
    folders: bool


class Ignores(NamedTuple):
    """The patterns of one file that hold below the folder `base` (absolute, without a slash at its end); `above` those of outer files."""

    base: str
    patterns: tuple[Pattern, ...]
    above: Ignores | None = None

    def leaves_out(self, path: str, folder: bool) -> bool:
        """Whether an absolute path below `base`, of a file or a folder, is ignored itself; a folder above it may be as well.

        The last line that matches counts, those of inner files before those of outer ones.
        """
        level: Ignores | None = self
        while level is not None:
            seen = path[len(level.base) + 1 :]
            for pattern in reversed(level.patterns if seen else ()):
                if (folder or not pattern.folders) and pattern.expression.fullmatch(seen):
                    return not pattern.negated
            level = level.above
        return False


def enter(folder: str, above: Ignores | None) -> Ignores | None:
    """The patterns that hold in a folder (absolute), given those that hold around it."""
    return _added(os.path.join(folder, NAME), folder, above)  # noqa: PTH118


def around(folder: str) -> Ignores | None:
    """The patterns that hold for what lies in a folder (absolute) but for those of its own file.

    They come from the folders above it up to the one with `.git`, and from `.git/info/exclude`; outside a repository there are none.
    """
    root, passed = folder, []
    while not os.path.lexists(os.path.join(root, ".git")):  # noqa: PTH118
        root, inner = os.path.dirname(root), root  # noqa: PTH120
        if root == inner:
            return None
        passed.append(inner)
    found = _added(os.path.join(root, ".git", "info", "exclude"), root, None)  # noqa: PTH118
    for place in (root, *reversed(passed)) if passed else ():
        found = enter(place, found) if place != folder else found
    return found


def ignored(path: str) -> bool:
    """Whether a file or folder (absolute), or a folder around it, is ignored in its repository."""
    folder, parts = os.path.dirname(path), [path]  # noqa: PTH120
    found = around(folder)
    root = found
    while root is not None and root.above is not None:
        root = root.above
    found = enter(folder, found)
    while found is not None and root is not None and len(folder) > len(root.base):
        parts.append(folder)
        folder = os.path.dirname(folder)  # noqa: PTH120
    return found is not None and any(found.leaves_out(part, part != path or os.path.isdir(path)) for part in parts)  # noqa: PTH112


def _added(file: str, base: str, above: Ignores | None) -> Ignores | None:
    try:
        lines = os.fsdecode(read_bytes(file, MAX_BYTES).removeprefix(b"\xef\xbb\xbf")).split("\n")
    except OSError as fault:
        if fault.errno in (errno.EINVAL, errno.EFBIG):  # a pipe, a device, a file without end
            raise ConfigError(f"cannot be read: {fault.strerror}", Place(file)) from None
        return above
    patterns = tuple(found for line in lines if (found := parse(line.removesuffix("\r"))))
    return Ignores(base.rstrip("/"), patterns, above) if patterns else above


@lru_cache(maxsize=4096)
def parse(line: str) -> Pattern | None:
    """The pattern that a line holds; None for a comment, an empty line, and one that can match nothing."""
    if line.startswith("#"):
        return None
    line = _unpadded(line)
    negated = line.startswith("!")
    line = line[negated:]
    folders = line.endswith("/")
    line = line.removesuffix("/")
    anchored = "/" in line
    tokens = _translated(line.removeprefix("/")) if len(line) <= MAX_LENGTH else []
    if not tokens:
        return None
    return Pattern(re.compile(linear([*([] if anchored else [FOLDERS]), *tokens]), re.DOTALL), negated, folders)


def _unpadded(line: str) -> str:
    """The line without spaces at its end, save one that follows a backslash."""
    bare = line.rstrip(" ")
    slashes = len(bare) - len(bare.rstrip("\\"))
    return line[: len(bare) + 1] if slashes % 2 else bare


def _translated(line: str) -> list[str]:
    """The tokens of a pattern (see `linear`); none of one that is broken, and so matches nothing."""
    tokens: list[str] = []
    at = 0
    special = _SPECIAL.search(line)
    first = special.start() if special else -1  # git takes what stands before away and lets `**` be there what it is at the start
    while at < len(line):
        char, start = line[at], at
        at += 1
        if char == "*":
            while line[at : at + 1] == "*":
                at += 1
            deep = at - start > 1 and (start == first or line[start - 1] == "/") and line[at : at + 1] in ("", "/")
            if deep and at < len(line):
                at += 1
            tokens.append((FOLDERS if at - start > 2 and line[at - 1] == "/" else DEEP) if deep else STAR)
        elif char == "[":
            expression, at = _set(line, at)
            if not expression:
                return []
            tokens.append(expression)
        elif char == "\\":
            if at == len(line):
                return []
            tokens.append(re.escape(line[at]))
            at += 1
        else:
            tokens.append("[^/]" if char == "?" else re.escape(char))
    return tokens


def _set(line: str, at: int) -> tuple[str, int]:
    """The expression of the set whose inside begins at `at`, and where it ends; ("", …) for one that is not closed or empty."""
    negated = line[at : at + 1] in ("!", "^")
    at += negated
    found, first = [], True
    while at < len(line) and (line[at] != "]" or first):
        first = False
        named = re.compile(r"\[:([^\]]*):\]").match(line, at)
        if named:
            if named[1] not in _CLASSES:
                return "", at
            found.append(_CLASSES[named[1]])
            at = named.end()
            continue
        low, at = _member(line, at)
        high = low
        if line[at : at + 1] == "-" and line[at + 1 : at + 2] not in ("", "]"):
            high, at = _member(line, at + 1)
        found.append(f"{re.escape(low)}-{re.escape(high)}" if low <= high else re.escape(low))
    if at >= len(line):
        return "", at
    inside = "".join(found)
    if negated:
        return f"[^/{inside}]", at + 1
    return (f"(?!/)[{inside}]" if inside else "(?!)"), at + 1


def _member(line: str, at: int) -> tuple[str, int]:
    """The character of a set at `at`, which a backslash may stand before, and where the next begins."""
    at += line[at] == "\\" and at + 1 < len(line)
    return line[at], at + 1
