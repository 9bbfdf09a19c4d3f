"""How well `Claims` sees the source of a sentence, in whole articles: of those with a source, and of those that want one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from edlint.linter import Linter
from edlint.model.config import Config

from .aside import aside_in
from .attribution import flagged, read_articles

# A sentence is seen as sourced where a signal of the pack says so and no source stands in it that nobody can name.
_PROBE = """\
extends: score
message: "'%s'"
unit: sentence
scope: [paragraph, list, quote]
quotes: check
cues:
  - {signal: Claims.Attributed}
  - {signal: Claims.Asked}
  - {signal: Claims.Method}
  - {signal: Claims.OneSource}
  - {signal: Claims.OwnVoice}
  - {signal: Claims.VagueSource, weight: -10}
examples: {bad: [], good: []}
"""


def measure(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """Aside first, then the others: how many rows of the kind `sourced` are seen so, and how many unsourced claims are not.

    `errors` is how many of either sort to list; those of articles that are aside are never shown.
    """
    aside = aside_in(path)
    counts: Counter[tuple[str, str, bool]] = Counter()
    wrong: dict[str, list[str]] = {"sourced, not seen": [], "unsourced, seen as sourced": []}
    with TemporaryDirectory() as folder:
        probe = Path(folder) / "Probe" / "Sourced.yml"
        probe.parent.mkdir()
        probe.write_text(_PROBE, encoding="utf-8")
        linter = Linter(Config(extends=("Claims", probe.parent)), select=["Probe"])
        for article in read_articles(path):
            part = "aside" if aside(article.name) else "tune"
            found = flagged(article, linter.lint_text(article.text, "article.txt").findings)
            for number, row in enumerate(article.rows):
                kind = "claim" if row["label"] else "sourced" if row["label"] == 0 and row["kind"] == "sourced" else ""
                counts[part, kind, number in found] += 1
                if part == "tune" and kind and (kind == "sourced") is not (number in found):
                    wrong["sourced, not seen" if kind == "sourced" else "unsourced, seen as sourced"].append(row["text"])
    result: dict[str, Any] = {part: _shares(counts, part) for part in ("aside", "tune")}
    return result | ({"errors": {name: texts[:errors] for name, texts in wrong.items()}} if errors else {})


def _shares(counts: Counter[tuple[str, str, bool]], part: str) -> dict[str, str]:
    """Of each kind how many of how many are judged rightly."""
    right = {"sourced, seen": ("sourced", True), "unsourced claims, not seen": ("claim", False)}
    return {
        name: f"{counts[part, kind, is_]}/{counts[part, kind, True] + counts[part, kind, False]}" for name, (kind, is_) in right.items()
    }
