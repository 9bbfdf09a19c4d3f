"""The alternatives of which a pattern consists, as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from edlint.text.lazy import lazy

_TOKEN = lazy(r"(?s)\\.|\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|.")
_OPENING = lazy(r"\(\?[a-z]*(?:-[a-z]+)?:")
_TIED = lazy(r"\\[1-9gkK]|\(\?P[=>]|\(\?[(&R#|]|\(\?[-+]?\d|\(\?\w*x|\(\?[\w-]+\)")  # would mean something else with fewer alternatives


class Alternatives(NamedTuple):
    """`head`, the `parts` with a bar between each two, and `tail` are the whole pattern."""

    head: str
    parts: tuple[str, ...]
    tail: str

    def only(self, parts: tuple[str, ...]) -> str:
        """The pattern with no more than some of its alternatives."""
        return f"{self.head}{'|'.join(parts)}{self.tail}"


def alternatives(pattern: str) -> Alternatives | None:
    """The alternatives of a pattern that consists of some, or None. Word boundaries and groups around all of them are no alternatives."""
    if _TIED.search(pattern):
        return None
    head, body, tail = "", pattern, ""
    while True:
        bare = body[2:-2] if body.startswith("\\b") and body.endswith("\\b") else body
        opening = _OPENING.match(bare)
        if opening is None or not bare.endswith(")") or [depth for depth, _ in _depths(bare)].count(0) != 1:
            break
        edge = "\\b" if bare is not body else ""
        head, body, tail = f"{head}{edge}{opening[0]}", bare[opening.end() : -1], f"){edge}{tail}"
    cuts = [at for depth, at in _depths(body) if depth == 0 and body[at] == "|"]
    if not cuts:
        return None
    starts, ends = [0, *(at + 1 for at in cuts)], [*cuts, len(body)]
    return Alternatives(head, tuple(body[start:end] for start, end in zip(starts, ends, strict=True)), tail)


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """Each closing bracket and bar of a pattern: how many groups are open behind it, and where it stands."""
    depth = 0
    for found in _TOKEN.finditer(text):
        depth += (found[0] == "(") - (found[0] == ")")
        if found[0] in (")", "|"):
            yield depth, found.start()
