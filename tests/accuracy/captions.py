"""How well the pack `Captions` tells copies from legitimate repeats, in documents whose pairs of lines are labelled."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from edlint.linter import Linter
from edlint.model.finding import LEVELS

from .attribution import ratios
from .outcomes import Outcomes

Pair = tuple[int, int]


def linked(linter: Linter, lines: Sequence[str], level: str) -> dict[Pair, str]:
    """The pairs of lines (0-based numbers) that the findings call copies of one another, directly or through a third line, each with
    a rule that says so."""
    text, starts, at = "\n\n".join(lines), [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 2
    groups: dict[int, set[int]] = {}
    rules: dict[int, str] = {}
    for finding in linter.lint_text(text, "page.txt").findings:
        if finding.level < LEVELS[level] or not finding.related:
            continue
        both = {_line(starts, finding.span.start), _line(starts, finding.related[0].span.start)}
        rules[max(both)] = finding.rule
        merged = set().union(both, *(groups[n] for n in both if n in groups))
        for number in merged:
            groups[number] = merged
    return {(a, b): rules.get(b) or rules.get(a, "") for group in groups.values() for a in group for b in group if a < b}


def _line(starts: Sequence[int], offset: int) -> int:
    from bisect import bisect_right

    return bisect_right(starts, offset) - 1


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def measure(path: Path, *, errors: int = 0, level: str = "warning", outcomes: Outcomes | None = None) -> dict[str, Any]:
    """P, R and F1 over labelled pairs; the share flagged of each kind of pair; flagged pairs that nobody labelled, apart.

    `errors` is how many false flags and misses to list. `outcomes` takes each labelled pair.
    """
    linter = Linter(select=["Captions"])
    kinds: Counter[tuple[str, bool]] = Counter()
    true = false = missed = unlabelled = 0
    wrong: dict[str, list[str]] = {"false flags": [], "misses": []}
    for number, document in enumerate(documents(path)):
        found = linked(linter, document["lines"], level)
        labelled = {(min(p["a"], p["b"]), max(p["a"], p["b"])): p for p in document["pairs"]}
        for pair, label in labelled.items():
            hit = pair in found
            kinds[label["kind"], hit] += 1
            if outcomes is not None:
                outcomes.add(str(number), label["gold"] == 1, [found[pair]] if hit else ())
            true += hit and label["gold"] == 1
            false += hit and label["gold"] == 0
            missed += not hit and label["gold"] == 1
            if hit is not (label["gold"] == 1):
                wrong["false flags" if hit else "misses"].append(f"{label['kind']}: {document['lines'][pair[1]][:160]}")
        unlabelled += len({(a, b) for a, b in found if (a, b) not in labelled})
    result = ratios(true, false, missed)
    names = sorted({kind for kind, _ in kinds})
    result["flagged by kind"] = {k: f"{kinds[k, True]} of {kinds[k, True] + kinds[k, False]}" for k in names}
    result["flagged pairs without a label"] = unlabelled
    if errors:
        result["errors"] = {name: texts[:errors] for name, texts in wrong.items()}
    return result
