"""Lines that stand in many articles of an outlet: a list for the desk, and a rule that flags them.

Lines are counted twice. First in a table of fixed size, where lines may share a place, so that no count is too low; then exactly, those
that were counted often enough. Numbers count as one: "Published 3 May" is "Published 4 May".
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

from edlint.files.yamlfile import dumped

PLACES = 1 << 24
LONGEST = 300  # characters of a line that is learnt
MOST = 2_000  # lines of a rule
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # what a file of rules cannot hold
_NUMBER = re.compile(r"\d+")
_SPECIAL = re.compile(r"([\\.^$*+?{}\[\]|()])")
Articles = Iterable[tuple[str, Sequence[str]]]


def folded(line: str) -> str:
    """A line as it is compared: white space is one blank, numbers are 0."""
    return _NUMBER.sub("0", " ".join(line.split()))


def frequent(read: Callable[[], Articles], least: int) -> tuple[list[tuple[str, int]], int]:
    """The folded lines that stand in at least so many articles, each with that number, most frequent first; and the number of all articles.

    `read` gives the articles, each an id and its lines; it is called twice.
    """
    table = array("H", bytes(2 * PLACES))
    total = 0
    for _, lines in read():
        total += 1
        for place in {_place(line) for line in _of(lines)}:
            table[place] = min(table[place] + 1, 65_535)
    counts: Counter[str] = Counter()
    for _, lines in read():
        counts.update(line for line in _of(lines) if table[_place(line)] >= least)
    kept = [(line, number) for line, number in counts.items() if number >= least]
    return sorted(kept, key=lambda item: (-item[1], item[0])), total


def _of(lines: Sequence[str]) -> set[str]:
    return {line for line in map(folded, lines) if 0 < len(line) <= LONGEST and any(map(str.isalpha, line)) and not _CONTROL.search(line)}


def _place(line: str) -> int:
    return int.from_bytes(blake2b(line.encode("utf-8", "surrogatepass"), digest_size=4).digest()) % PLACES


def rule(lines: Sequence[tuple[str, int]], articles: int, path: str) -> str:
    """The rule, as YAML, that flags these lines where they stand alone."""
    head = f"# Learnt from {articles:,} articles by `edlint archive boilerplate`. Delete the lines that are meant, and try it:\n"
    head += f"#   edlint try {path} drafts/\n"
    data: dict[str, object] = {
        "extends": "existence",
        "title": "House boilerplate",
        "message": "'%s' stands in many articles; delete it.",
        "why": f"Each of these lines stood in many of {articles:,} articles of this archive. It belongs to the page, not to the piece.",
        "instead": "Delete the line, and let the page add it.",
        "level": "warning",
        "scope": "text & ~table & ~front-matter",
        "quotes": "check",
    }
    first = lines[0][0]
    bad = [f"The piece ends.\n\n{line}\n" for line in (first, lines[-1][0] if len(lines) > 1 else f"  {first}")]
    good = [f"The old page said: {first} Nobody missed it.", f"{first} That is what stood there."]
    data["examples"] = {"bad": bad, "good": good}
    patterns = [f"  # in {number:,} articles\n  - {_quoted('|' + pattern(line))}\n" for line, number in lines[:MOST]]
    opening, closing = (f"  - {_quoted(part)}\n" for part in (r"(?m)^[ \t]*(?:(?!)", r")[ \t]*$"))
    return f"{head}{dumped(data)}raw:  # in one piece\n{opening}{''.join(patterns)}{closing}"


def pattern(line: str) -> str:
    """A pattern for this folded line, whatever the numbers and the white space."""
    return r"\s+".join(_SPECIAL.sub(r"\\\1", word).replace("0", r"\d+") for word in line.split(" "))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
