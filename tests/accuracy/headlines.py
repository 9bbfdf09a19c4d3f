"""How well the pack `Headlines` tells loaded headlines from sober ones, each headline read as the title of a page of its own.

Half of the sources of the broad set are aside: they are counted and never printed.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from edlint.linter import Linter
from edlint.model.finding import LEVELS, Finding

from .aside import headlines_aside_in
from .outcomes import Outcomes

Row = Mapping[str, Any]


def parts(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """What `measure` says of warnings, and of warnings and suggestions: first of sources that are aside, then of the others, then of all.

    `errors` is how many false flags and misses of the others to list; those of sources that are aside are never shown.
    """
    aside, result = headlines_aside_in(path), dict[str, Any]()
    for part, keep in (("aside", aside), ("tune", lambda source: not aside(source)), ("all", lambda _: True)):
        for level in ("warning", "suggestion"):
            outcomes = Outcomes()
            found = measure(path, errors=errors if part == "tune" else 0, level=level, keep=keep, outcomes=outcomes)
            told = f"{part}, {level}s{' and warnings' if level == 'suggestion' else ''}"
            more = {"95 % by resampling": outcomes.intervals(), "by rule": outcomes.precisions()} if outcomes.units else {}
            result[told] = found | more if more else "no headlines"
    return result


def unread(path: Path, *, outcomes: Outcomes | None = None) -> dict[str, Any]:
    """What `measure` says of warnings in headlines of the sources that are aside."""
    return measure(path, keep=headlines_aside_in(path), outcomes=outcomes)


def measure(
    path: Path,
    *,
    errors: int = 0,
    level: str = "warning",
    keep: Callable[[str], bool] = lambda _: True,
    outcomes: Outcomes | None = None,
) -> dict[str, Any]:
    """P, R and F1 over labelled headlines, the share flagged by source and label, recall by kind, flags by rule.

    A row has `text`, `label` (1 = loaded, null = not scored), `source` and perhaps `kind`, several kinds parted by "|".
    Findings below `level` do not count, nor do rows whose source is not to `keep`. `errors` is how many false flags and misses to list.
    `outcomes` takes each judgement.
    """
    sums: Counter[str] = Counter()
    shares: dict[str, Counter[str]] = {"flagged by source": Counter(), "recall by kind": Counter()}
    totals: dict[str, Counter[str]] = {"flagged by source": Counter(), "recall by kind": Counter()}
    by_rule: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {"false": [], "missed": []}
    for row, findings in judged(path, level, keep):
        loaded, flagged = row["label"] == 1, bool(findings)
        if outcomes is not None:
            outcomes.add(str(row.get("id", row["text"])), loaded, (f.rule for f in findings))
        places = [("flagged by source", f"{row['source']} {row['label']}")]
        places += [("recall by kind", kind) for kind in (row.get("kind") or "").split("|") if loaded and kind]
        for table, name in places:
            totals[table][name] += 1
            shares[table][name] += flagged
        by_rule.update({f"{f.rule} {'true' if loaded else 'false'}" for f in findings})
        sums[f"{'true' if loaded == flagged else 'false'} {'positive' if flagged else 'negative'}"] += 1
        if loaded != flagged:
            wrong["missed" if loaded else "false"].append(f"{row['source']}: {row['text']} {sorted({f.rule for f in findings}) or ''}")
    result = _ratios(sums["true positive"], sums["false positive"], sums["false negative"])
    for table, counts in totals.items():
        result[table] = {name: _share(shares[table][name], total) for name, total in sorted(counts.items())}
    result["flags by rule"] = dict(sorted(by_rule.items()))
    if errors:
        result["errors"] = {name: texts[:errors] for name, texts in wrong.items()}
    return result


def judged(path: Path, level: str = "warning", keep: Callable[[str], bool] = lambda _: True) -> Iterator[tuple[Row, list[Finding]]]:
    """Each scored row whose source is to `keep`, with the findings of at least `level` on its headline."""
    linter, least = Linter(select=("Headlines",)), LEVELS[level]
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["label"] is not None and keep(row["source"]):
                page = f"<h1>{html.escape(row['text'], quote=False)}</h1>\n<p>The text of the page.</p>"
                yield row, [f for f in linter.lint_text(page, "page.html").findings if f.level >= least]


def _ratios(true: int, false: int, missed: int) -> dict[str, Any]:
    precision, recall = true / max(1, true + false), true / max(1, true + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"P": round(precision, 3), "R": round(recall, 3), "F1": round(f1, 3), "true": true, "false": false, "missed": missed}


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {100 * part / whole:.2f} %"
