"""How well the signals of `Claims` tell sentences that carry their source from those that do not, article by article.

The labels count wanting, hoping and sources nobody can name as attribution, which `Claims.Attributed` on purpose does not:
`Claims.Reported` does, and is the one to hold against published figures.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from edlint.linter import Linter
from edlint.model.config import Config
from edlint.model.finding import Finding

from .outcomes import Outcomes

_PROBE = """\
extends: score
message: "'%s'"
unit: sentence
scope: [paragraph, list, quote]
quotes: check
cues: [{{signal: {signal}}}]
examples: {{bad: [], good: []}}
"""


class Article(NamedTuple):
    """One article put together from its labelled sentences: its text, and where each row's sentence starts in it."""

    name: str
    text: str
    starts: Sequence[int]
    rows: Sequence[Mapping[str, Any]]


def read_articles(path: Path) -> list[Article]:
    """The articles of a JSON Lines file whose ids are `<article>#<offset>`: offsets that do not join make a new paragraph."""
    grouped: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            name, _, offset = row["id"].rpartition("#")
            grouped.setdefault(name, []).append((int(offset), row))
    return [_joined(name, sorted(rows, key=lambda pair: pair[0])) for name, rows in grouped.items()]


def _joined(name: str, placed: Sequence[tuple[int, dict[str, Any]]]) -> Article:
    text, starts, end = "", [], None
    for offset, row in placed:
        if end is not None:
            text += " " if offset - end == 1 else "\n\n"
        starts.append(len(text))
        text += row["text"]
        end = offset + len(row["text"])
    return Article(name, text + "\n", starts, [row for _, row in placed])


def flagged(article: Article, findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """The findings by the number of the row in which they start."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        found.setdefault(bisect_right(article.starts, finding.span.start) - 1, []).append(finding)
    return found


def ratios(true: int, false: int, missed: int) -> dict[str, Any]:
    """Counts with P, R and F1, rounded to three places; 0 where nothing was found."""
    precision = true / (true + false) if true + false else 0.0
    recall = true / (true + missed) if true + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"true": true, "false": false, "missed": missed, "P": round(precision, 3), "R": round(recall, 3), "F1": round(f1, 3)}


def measure(
    path: Path, *, errors: int = 0, keep: Callable[[str], bool] = lambda _: True, outcomes: Outcomes | None = None
) -> dict[str, Any]:
    """For each signal P, R and F1 of sourced and of unsourced sentences, and the share called sourced by kind of row.

    `partial` rows are left out. `keep` chooses articles by name. `errors` is how many wrong sentences of each sort to list. `outcomes`
    takes each sentence as `Claims.Reported` judges it.
    """
    articles = [article for article in read_articles(path) if keep(article.name)]
    attributed = _measured("Claims.Attributed", articles, errors)
    return {"Claims.Attributed": attributed, "Claims.Reported": _measured("Claims.Reported", articles, errors, outcomes)}


def _measured(signal: str, articles: Iterable[Article], errors: int, outcomes: Outcomes | None = None) -> dict[str, Any]:
    counts: Counter[tuple[str, bool]] = Counter()
    wrong: dict[str, list[str]] = {"called sourced": [], "called unsourced": []}
    with TemporaryDirectory() as folder:
        probe = Path(folder) / "Probe" / "Sourced.yml"
        probe.parent.mkdir()
        probe.write_text(_PROBE.format(signal=signal), encoding="utf-8")
        linter = Linter(Config(extends=("Claims", probe.parent)), select=["Probe"])
        for article in articles:
            found = flagged(article, linter.lint_text(article.text, "article.txt").findings)
            for number, row in enumerate(article.rows):
                if row["kind"] == "partial":
                    continue
                counts[row["kind"], number in found] += 1
                if outcomes is not None:
                    outcomes.add(article.name, bool(row["label"]), [signal] if number in found else ())
                if bool(row["label"]) is not (number in found):
                    wrong["called sourced" if number in found else "called unsourced"].append(row["text"])
    return _summary(counts, wrong, errors)


def _summary(counts: Counter[tuple[str, bool]], wrong: Mapping[str, list[str]], errors: int) -> dict[str, Any]:
    called = {kind: counts[kind, True] / max(1, counts[kind, True] + counts[kind, False]) for kind in ("full", "cont", "none")}
    hit = counts["full", True] + counts["cont", True]
    missed = counts["full", False] + counts["cont", False]
    result: dict[str, Any] = {
        "sourced": ratios(hit, counts["none", True], missed),
        "unsourced": ratios(counts["none", False], missed, counts["none", True]),
        "share called sourced": {kind: round(share, 3) for kind, share in called.items()},
    }
    if errors:
        result["errors"] = {name: texts[:: max(1, len(texts) // errors)][:errors] for name, texts in wrong.items()}
    return result
