"""How often all packs together raise their hand on edited news, where little is wrong: findings per 1,000 words."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from edlint.linter import Linter
from edlint.model.finding import LEVELS, Finding

GENRES = frozenset({"news", "press", "pud"})
RULES = 12  # so many of the busiest rules are named
_SHOWN = 160


def drafts(path: Path) -> Mapping[str, str]:
    """The documents of a JSON Lines file of paragraphs, in the genres of news, by name."""
    paragraphs: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["genre"] in GENRES:
                paragraphs[row["doc"]].append(row["text"])
    return {name: "\n\n".join(texts) for name, texts in paragraphs.items()}


def measure(path: Path, *, errors: int = 0, by_rule: Counter[str] | None = None, select: Sequence[str] = ()) -> dict[str, Any]:
    """Findings per 1,000 words at each level, for all packs and for each, and the busiest rules.

    `errors` is how many findings of each level to list. `by_rule` takes every rule's findings. `select` names
    the packs that are run; all without it.
    """
    linter = Linter(select=select)
    words, by_pack, busy = 0, Counter[tuple[str, str]](), Counter[str]()
    listed: dict[str, list[str]] = {level: [] for level in LEVELS}
    for name, text in drafts(path).items():
        words += len(text.split())
        for finding in linter.lint_text(text, "draft.txt").findings:
            level = finding.level.word
            by_pack[finding.rule.partition(".")[0], level] += 1
            by_pack["all packs", level] += 1
            busy[f"{finding.rule} ({level})"] += 1
            if by_rule is not None:
                by_rule[finding.rule] += 1
            listed[level].append(_shown(name, finding, text))
    packs = sorted({pack for pack, _ in by_pack}, key=lambda p: (p != "all packs", p))
    result: dict[str, Any] = {
        "words": words,
        "per 1,000 words": {pack: {level: round(1000 * by_pack[pack, level] / words, 2) for level in LEVELS} for pack in packs},
        "busiest rules": dict(busy.most_common(RULES)),
    }
    if errors:
        result["listed"] = {level: texts[:errors] for level, texts in listed.items()}
    return result


def words(path: Path) -> int:
    """How many words of news a file holds."""
    return sum(len(text.split()) for text in drafts(path).values())


def _shown(name: str, finding: Finding, text: str) -> str:
    """A finding in its line."""
    start, end = text.rfind("\n", 0, finding.span.start) + 1, text.find("\n", finding.span.end)
    around = text[max(start, finding.span.start - _SHOWN // 2) : min(end if end >= 0 else len(text), finding.span.end + _SHOWN // 2)]
    return f"{name} {finding.rule}: [{finding.match[:_SHOWN]}] in: {' '.join(around.split())}"
