"""How well the pack `Claims` finds the sentences that an editor would want a source for, in whole articles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edlint.linter import Linter
from edlint.model.finding import LEVELS, Finding, Level

from .aside import aside_in
from .attribution import flagged, ratios, read_articles
from .outcomes import Outcomes


def parts(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """What `measure` says of warnings, and of warnings and suggestions: first of the articles that are aside, then of the others.

    `errors` is how many false flags and misses of the others to list; those of articles that are aside are never shown.
    """
    aside, result = aside_in(path), dict[str, Any]()
    for part, keep in (("aside", aside), ("tune", lambda name: not aside(name))):
        for level in ("warning", "suggestion"):
            outcomes = Outcomes()
            found = measure(path, errors=errors if part == "tune" else 0, level=level, keep=keep, outcomes=outcomes)
            told = f"{part}, {level}s{' and warnings' if level == 'suggestion' else ''}"
            result[told] = found | {"95 % by resampling": outcomes.intervals()} if outcomes.units else "no articles"
    return result


def unread(path: Path, *, outcomes: Outcomes | None = None) -> dict[str, Any]:
    """What `measure` says of the articles that are aside, warnings and suggestions together."""
    return measure(path, level="suggestion", keep=aside_in(path), outcomes=outcomes)


def measure(
    path: Path,
    *,
    errors: int = 0,
    level: str = "warning",
    rules: tuple[str, ...] = ("Claims",),
    keep: Callable[[str], bool] = lambda _: True,
    outcomes: Outcomes | None = None,
) -> dict[str, Any]:
    """P, R and F1 over the sentences of gold articles, recall by kind, P by rule, flags per 1,000 words.

    Rows whose label is null are left out. Findings below `level` do not count. `keep` chooses articles by name.
    `errors` is how many false flags and misses to list. `outcomes` takes each judgement.
    """
    linter, least = Linter(select=rules), LEVELS[level]
    tally = _Tally()
    for article in read_articles(path):
        if keep(article.name):
            tally.words += len(article.text.split())
            found = flagged(article, _at_least(linter.lint_text(article.text, "article.txt").findings, least))
            for number, row in enumerate(article.rows):
                tally.add(row, found.get(number, []))
                if outcomes is not None and row["label"] is not None:
                    outcomes.add(article.name, bool(row["label"]), (f.rule for f in found.get(number, [])))
    result: dict[str, Any] = ratios(tally.sums["true"], tally.sums["false"], tally.sums["missed"])
    result["flags per 1,000 words"] = round(1000 * tally.flags / max(1, tally.words), 2)
    result["recall by kind"] = {k: _share(tally.kinds, k) for k in sorted({k for k, _ in tally.kinds})}
    result["precision by rule"] = {r: _share(tally.rules, r) for r in sorted({r for r, _ in tally.rules})}
    if errors:
        result["errors"] = {name: texts[:errors] for name, texts in tally.wrong.items()}
    return result


def clean(
    path: Path, *, level: str = "warning", rules: tuple[str, ...] = ("Claims",), genres: tuple[str, ...] = ("news", "press", "pud")
) -> dict[str, Any]:
    """Flags per 1,000 words of edited copy, by genre, documents rebuilt from their paragraphs."""
    linter, least = Linter(select=rules), LEVELS[level]
    drafts: dict[tuple[str, str], list[str]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            drafts.setdefault((row["genre"], row["doc"]), []).append(row["text"])
    words: Counter[str] = Counter()
    flags: Counter[str] = Counter()
    for (genre, _), paragraphs in drafts.items():
        if genre in genres:
            text = "\n\n".join(paragraphs)
            words[genre] += len(text.split())
            flags[genre] += len(_at_least(linter.lint_text(text, "draft.txt").findings, least))
    words["all"], flags["all"] = sum(words.values()), sum(flags.values())
    return {
        genre: {"words": n, "flags": flags[genre], "per 1,000": round(1000 * flags[genre] / max(1, n), 2)} for genre, n in words.items()
    }


def _at_least(findings: Iterable[Finding], least: Level) -> list[Finding]:
    return [f for f in findings if f.level >= least]


@dataclass
class _Tally:
    """What was counted over the rows of some articles."""

    words: int = 0
    flags: int = 0
    sums: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, bool]] = field(default_factory=Counter)
    rules: Counter[tuple[str, bool]] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: {"false": [], "missed": []})

    def add(self, row: Mapping[str, Any], findings: list[Finding]) -> None:
        """Count one sentence and what was found in it."""
        self.flags += len(findings)
        if row["label"] is None:
            return
        label = bool(row["label"])
        if label:
            for kind in row["kind"] if isinstance(row["kind"], list) else [row["kind"]]:
                self.kinds[kind, bool(findings)] += 1
        for rule in {f.rule for f in findings}:
            self.rules[rule, label] += 1
        if label and findings:
            self.sums["true"] += 1
        elif label or findings:
            name = "missed" if label else "false"
            self.sums[name] += 1
            shown = "; ".join(f"{f.rule.partition('.')[2]}: {', '.join(f.cues)}" for f in findings)
            self.wrong[name].append(f"{row['id']} [{row['kind']}] {row['text']}" + (f" <- {shown}" if shown else ""))


def _share(counts: Counter[tuple[str, bool]], key: str) -> str:
    return f"{counts[key, True]}/{counts[key, True] + counts[key, False]}"
