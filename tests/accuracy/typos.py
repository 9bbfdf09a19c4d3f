"""How many typing errors the rule `Grammar.Spelling` finds in published text, and how often its first suggestion is right.

A seeded script makes the errors: two letters swapped, one dropped, one doubled, or one exchanged for that on a neighbouring key,
in a word in small letters of four letters or more. Errors that make another word are left out.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any, NamedTuple

from edlint.linter import Linter
from edlint.text import wordlist

_WORD = re.compile(r"(?<![\w'’.@/-])[a-z]{4,}(?![\w'’@/-])")
_NEAR = dict(
    pair.split(":")
    for pair in (
        "a:qsz b:vgn c:xdv d:sfe e:wr f:dgr g:fht h:gjy i:uo j:hku k:jli l:ko m:n n:bm o:ip p:o q:wa r:et s:adw t:ry u:yi v:cb w:qe x:zc "
        "y:tu z:xa"
    ).split()
)


class Typo(NamedTuple):
    """A word with an error in it, in its text: `text[start:end]` is wrong, and stood as `right`."""

    kind: str
    text: str
    start: int
    end: int
    right: str


def is_aside(text: str) -> bool:
    """Whether a paragraph is one of the fifth that nobody reads."""
    return int(sha1(text.encode()).hexdigest(), 16) % 5 == 0


def make(texts: list[str], count: int, seed: int) -> Iterator[Typo]:
    """`count` errors in texts drawn at random. Equal arguments make equal errors."""
    draw = random.Random(seed)
    while count:
        text = draw.choice(texts)
        places = [found for found in _WORD.finditer(text) if found[0] in wordlist.load()]
        if not places:
            continue
        place, kind = draw.choice(places), draw.choice(("swap", "drop", "double", "neighbour"))
        wrong = _slip(place[0], kind, draw)
        if wrong != place[0] and wrong not in wordlist.load():
            yield Typo(kind, text[: place.start()] + wrong + text[place.end() :], place.start(), place.start() + len(wrong), place[0])
            count -= 1


def _slip(word: str, kind: str, draw: random.Random) -> str:
    at = draw.randrange(len(word) - (kind == "swap"))
    head, letter, tail = word[:at], word[at], word[at + 1 :]
    if kind == "swap":
        return head + tail[0] + letter + tail[1:]
    return head + {"drop": "", "double": letter * 2, "neighbour": draw.choice(_NEAR[letter])}[kind] + tail


def measure(path: Path, *, errors: int = 0, count: int = 1000, seed: int = 11) -> dict[str, Any]:
    """The share found and the share with the right word first, in the paragraphs that nobody read and in the others."""
    with path.open(encoding="utf-8") as lines:
        texts = [row["text"] for row in map(json.loads, lines) if len(row["text"].split()) > 12]
    linter = Linter(select=["Grammar.Spelling"])
    result: dict[str, Any] = {}
    for name, aside in (("aside", True), ("read", False)):
        tally: Counter[str] = Counter()
        missed: list[str] = []
        for typo in make([text for text in texts if is_aside(text) is aside], count, seed):
            found = [f for f in linter.lint_text(typo.text).findings if f.span.start == typo.start]
            first = bool(found and found[0].fixes and found[0].fixes[0].edits[0].text == typo.right)
            tally.update({"typos": 1, "found": bool(found), "first": first, typo.kind: 1, f"{typo.kind} found": bool(found)})
            if not first:
                missed.append(f"{typo.text[typo.start : typo.end]} ({typo.right}): {[f.fixes[0].edits[0].text for f in found]}")
        share = {kind: round(tally[f"{kind} found"] / max(1, tally[kind]), 3) for kind in ("swap", "drop", "double", "neighbour")}
        result[name] = {"found": tally["found"] / count, "right suggestion first": tally["first"] / count, "found by kind": share}
        if errors and not aside:
            result["errors"] = missed[:errors]
    return result
