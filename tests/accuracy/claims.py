"""How well the pack `Claims` finds the sentences that an editor would want a source for, in whole articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from edlint.finding import LEVELS, Finding, Level
from edlint.linter import Linter
from tests.accuracy.attribution import flagged, ratios, read_articles


def measure(
    path: Path, *, errors: int = 0, level: str = "warning", rules: tuple[str, ...] = ("Claims",), keep: Callable[[str], bool] = lambda _: True
) -> dict[str, Any]:
    """P, R and F1 over the sentences of gold articles, recall by kind, P by rule, flags per 1,000 words.

    Rows whose label is null are left out. Findings below `level` do not count. `keep` chooses articles by name.
    `errors` is how many false flags and misses to list.
    """
    linter = Linter(select=rules)
    least = LEVELS[level]
    sums: Counter[str] = Counter()
    kinds: Counter[tuple[str, bool]] = Counter()
    by_rule: Counter[tuple[str, bool]] = Counter()
    wrong: dict[str, list[str]] = {"false": [], "missed": []}
    for article in read_articles(path):
        if not keep(article.name):
            continue
        sums["words"] += len(article.text.split())
        found = flagged(article, _at_least(linter.lint_text(article.text, "article.txt").findings, least))
        for number, row in enumerate(article.rows):
            _count(row, found.get(number, []), sums, kinds, by_rule, wrong)
    result: dict[str, Any] = ratios(sums["true"], sums["false"], sums["missed"])
    result["flags per 1,000 words"] = round(1000 * sums["flags"] / max(1, sums["words"]), 2)
    result["recall by kind"] = {k: _share(kinds, k) for k in sorted({k for k, _ in kinds})}
    result["precision by rule"] = {r: _share(by_rule, r) for r in sorted({r for r, _ in by_rule})}
    if errors:
        result["errors"] = {name: texts[:errors] for name, texts in wrong.items()}
    return result


def clean(
    path: Path, *, level: str = "warning", rules: tuple[str, ...] = ("Claims",), genres: tuple[str, ...] = ("news", "press", "pud")
) -> dict[str, Any]:
    """Flags per 1,000 words of edited copy, by genre, documents rebuilt from their paragraphs."""
    import json

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
    return {genre: {"words": n, "flags": flags[genre], "per 1,000": round(1000 * flags[genre] / max(1, n), 2)} for genre, n in words.items()}


def _at_least(findings: Iterable[Finding], least: Level) -> list[Finding]:
    return [f for f in findings if f.level >= least]


def _count(
    row: Mapping[str, Any],
    findings: list[Finding],
    sums: Counter[str],
    kinds: Counter[tuple[str, bool]],
    by_rule: Counter[tuple[str, bool]],
    wrong: dict[str, list[str]],
) -> None:
    sums["flags"] += len(findings)
    if row["label"] is None:
        return
    label = bool(row["label"])
    if label:
        listed = row["kind"] if isinstance(row["kind"], list) else [row["kind"]]
        for kind in listed:
            kinds[kind, bool(findings)] += 1
    for rule in {f.rule for f in findings}:
        by_rule[rule, label] += 1
    if label and findings:
        sums["true"] += 1
    elif label or findings:
        name = "missed" if label else "false"
        sums[name] += 1
        shown = "; ".join(f"{f.rule.partition('.')[2]}: {', '.join(f.cues)}" for f in findings)
        wrong[name].append(f"{row['id']} [{row['kind']}] {row['text']}" + (f" <- {shown}" if shown else ""))


def _share(counts: Counter[tuple[str, bool]], key: str) -> str:
    return f"{counts[key, True]}/{counts[key, True] + counts[key, False]}"
