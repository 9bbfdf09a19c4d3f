"""What the pack `Story` says: how quiet it is on published text, and how many planted contradictions it finds.

The documents that are aside (by site, or by the hash of their name) and the kinds of plant that are aside are counted and never printed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from edlint.linter import Linter
from edlint.model.finding import Finding, Level

from . import field
from .aside import is_aside
from .planting import ASIDE, KINDS

SEED, EACH = 1712, 12  # of the draw, and how many plants there are of a kind at most


class Draft(NamedTuple):
    """A published text: the file it stands in, `aside` or `tune`, and a path whose suffix tells the format."""

    data: str
    part: str
    path: str
    text: str


def drafts(data: Path) -> Iterator[Draft]:
    """The published posts, and the edited documents rebuilt from their paragraphs."""
    for post in field.posts(data / "field" / "posts_dev.jsonl.gz"):
        yield Draft("field", post.part, post.path, post.text)
    for name, text in _joined(data / "grammar" / "clean_dev.jsonl", "doc"):
        yield Draft("clean", "aside" if is_aside(name) else "tune", f"{name.replace('/', '_')}.txt", text)


def _joined(path: Path, key: str) -> Iterator[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found.setdefault(row[key], []).append(row["text"])
    return ((name, "\n\n".join(texts)) for name, texts in found.items())


def silence(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """Warnings and suggestions per 1,000 words of published text, by file, aside first; `errors` lists so many of the others."""
    linter = Linter(select=["Story"])
    words: Counter[tuple[str, str]] = Counter()
    counts: Counter[tuple[str, str, Level]] = Counter()
    rules: Counter[str] = Counter()
    shown = []
    for draft in drafts(path.parents[1]):
        words[draft.data, draft.part] += len(draft.text.split())
        for finding in linter.lint_text(draft.text, draft.path).findings:
            counts[draft.data, draft.part, finding.level] += 1
            rules[f"{finding.rule} ({draft.part})"] += 1
            if draft.part == "tune" and finding.level >= Level.WARNING:
                shown.append(_told(draft, finding))
    result: dict[str, Any] = {}
    for data in ("field", "clean", ""):
        for part in ("aside", "tune"):
            mine = [key for key in words if key[1] == part and data in (key[0], "")]
            total = sum(words[key] for key in mine)
            rates = (sum(counts[(*key, level)] for key in mine) for level in (Level.WARNING, Level.SUGGESTION))
            told = (f"{n} {word} ({1000 * n / max(1, total):.3f})" for n, word in zip(rates, ("warnings", "suggestions"), strict=True))
            result[f"{data or 'all'}, {part}"] = f"{total} words: {', '.join(told)}"
    result["by rule"] = dict(sorted(rules.items()))
    return result | ({"errors": shown[:errors]} if errors else {})


def _told(draft: Draft, finding: Finding) -> str:
    start, end = finding.span
    around = " ".join(draft.text[max(0, start - 80) : end + 80].split())
    return f"{finding.rule} {draft.path}: {finding.message} <- {around}"


class Plant(NamedTuple):
    """A planted contradiction: its kind, the path and text of the draft without and with it, and where it is (0-based, half-open)."""

    kind: str
    path: str
    before: str
    after: str
    start: int
    end: int


def plants(data: Path) -> Iterator[Plant]:
    """Up to EACH plants of every kind, drawn with SEED. Kinds that are read are planted in drafts that are read."""
    read = [*drafts(data), *articles(data)]
    for kind in KINDS:
        name = kind.__name__
        chance = Random(f"{SEED} {name}")
        wanted = [draft for draft in read if name in ASIDE or draft.part == "tune"]
        chance.shuffle(wanted)
        made = 0
        for draft in wanted:
            planted = kind(draft.text, chance)
            if planted is not None:
                yield Plant(name, draft.path, draft.text, *planted)
                made += 1
                if made == EACH:
                    break


def articles(data: Path) -> Iterator[Draft]:
    """Whole news articles."""
    for name, text in _joined(data / "claims" / "gold2_dev.jsonl", "article"):
        yield Draft("claims", "aside" if is_aside(name) else "tune", f"{name.replace('/', '_')}.txt", text)


def planted(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """How many planted contradictions are found by any rule of the pack; kinds that are aside first, and never their misses."""
    linter = Linter(select=["Story"])
    found: Counter[tuple[str, str]] = Counter()
    missed = []
    for plant in plants(path.parents[1]):
        before = {finding.fingerprint for finding in linter.lint_text(plant.before, plant.path).findings}
        after = linter.lint_text(plant.after, plant.path).findings
        hits = [f for f in after if f.fingerprint not in before and f.span.start < plant.end and plant.start < f.span.end]
        found[plant.kind, max(f.level for f in hits).word if hits else ""] += 1
        if not hits and plant.kind not in ASIDE:
            missed.append(f"{plant.kind}: {' '.join(plant.after[max(0, plant.start - 40) : plant.end + 60].split())}")
    return _recall(found) | ({"errors": missed[:errors]} if errors else {})


def _recall(found: Counter[tuple[str, str]]) -> dict[str, Any]:
    names = [kind.__name__ for kind in KINDS]
    sums = {name: sum(n for (kind, _), n in found.items() if kind == name) for name in names}
    result: dict[str, Any] = {}
    for part in ("aside", "tune"):
        mine = [name for name in names if (name in ASIDE) is (part == "aside")]
        total, warned = sum(sums[name] for name in mine), sum(found[name, "warning"] for name in mine)
        right = warned + sum(found[name, "suggestion"] for name in mine)
        result[part] = f"{right} of {total} found ({right / max(1, total):.2f}), {warned} of them by a warning; {len(mine)} kinds"
    result["by kind, tune"] = {name: f"{sums[name] - found[name, '']}/{sums[name]}" for name in names if name not in ASIDE}
    result["plants by kind, aside"] = {name: sums[name] for name in names if name in ASIDE}
    return result
