"""How quiet the pack `Grammar` is on edited copy, and how much it finds in learners' English and in examples of slips."""

from __future__ import annotations

import json
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any

from edlint.config import Config, GrammarConfig
from edlint.finding import Finding
from edlint.grammar import Engines
from edlint.linter import Linter

NEWS = ("news", "press", "pud")
TOGETHER = 40  # sentences in one document
Row = Mapping[str, Any]


def linters(folder: Path) -> dict[str, Callable[[], Linter]]:
    """The sets of rules that are compared. Rule files made for the comparison are put into `folder`."""
    import harper

    defaults = sorted(name for name, on in harper.Linter().get_default_lint_config().items() if on is not False)
    everything = folder / "Everything.yml"
    everything.write_text(f"extends: grammar\nmessage: '%[2]s'\nwhy: all\nrules: {json.dumps(defaults)}\n", encoding="utf-8")
    engines, none = Engines(), GrammarConfig(engine="none")
    return {
        "Harper's defaults": lambda: Linter(Config(extends=(everything,)), engines=engines),
        "Harper, curated": lambda: Linter(select=["Grammar.Harper"], engines=engines),
        "our own rules": lambda: Linter(Config(grammar=none), select=["Grammar"]),
        "Grammar, as shipped": lambda: Linter(select=["Grammar"], engines=engines),
        "Grammar and Names, as shipped": lambda: Linter(select=["Grammar", "Names"], engines=engines),
    }


def measure(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """All figures for each set of rules, from the folder that holds `path`. `errors` is how many flags on edited copy to list."""
    folder = path.parent
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as made:
        for name, make in linters(Path(made)).items():
            linter = make()
            found = {"clean news": clean(linter, folder / "clean_dev.jsonl", errors)}
            found["learners"] = learners(linter, folder / "jfleg_dev.jsonl")
            found["examples found"] = examples(linter, folder / "lt_examples_dev.jsonl")
            result[name] = found
    return result


def clean(linter: Linter, path: Path, errors: int = 0) -> dict[str, Any]:
    """Flags per 1,000 words of edited news, by level and rule, and seconds of processor time per 1,000 words; whole documents."""
    documents: dict[str, list[str]] = defaultdict(list)
    for row in _rows(path):
        if row["genre"] in NEWS:
            documents[row["doc"]].append(row["text"])
    linter.lint_text("A first text starts the engine.")
    words, flags, listed = 0, list[Finding](), list[str]()
    started = process_time()
    for paragraphs in documents.values():
        text = "\n\n".join(paragraphs)
        words += len(text.split())
        findings = linter.lint_text(text).findings
        flags.extend(findings)
        listed.extend(f"{f.rule}: …{' '.join(text[max(0, f.span.start - 30) : f.span.end + 30].split())}…" for f in findings)
    seconds = process_time() - started
    result: dict[str, Any] = {"flags": len(flags), "per 1,000 words": round(1000 * len(flags) / words, 3)}
    result["by level"] = dict(Counter(f.level.word for f in flags))
    result["by rule"] = dict(Counter(f.rule for f in flags).most_common(12))
    result["seconds per 1,000 words"] = round(1000 * seconds / words, 4)
    result["KB/s"] = round(sum(len(t) for ts in documents.values() for t in ts) / 1000 / seconds)
    if errors:
        result["errors"] = sorted(listed)[:errors]
    return result


def learners(linter: Linter, path: Path) -> dict[str, Any]:
    """P, R and F0.5 of flagging sentences on which the correctors agree; span precision: the share of flags where two changed something."""
    true = false = missed = on_span = flags = 0
    for row, findings in _judged(linter, path):
        if row["has_error"] is None:
            continue
        true += bool(findings and row["has_error"])
        false += bool(findings and not row["has_error"])
        missed += bool(row["has_error"] and not findings)
        agreed = [span for span in row["spans"] if span["votes"] > 1]
        flags += len(findings)
        on_span += sum(any(_touch(start, end, span) for span in agreed) for start, end in findings)
    precision, recall = true / max(1, true + false), true / max(1, true + missed)
    half = 1.25 * precision * recall / max(1e-9, 0.25 * precision + recall)
    figures = {"P": precision, "R": recall, "F0.5": half, "span precision": on_span / max(1, flags)}
    return {name: round(figure, 3) for name, figure in figures.items()} | {"true": true, "false": false, "missed": missed}


def examples(linter: Linter, path: Path) -> dict[str, str]:
    """The share of wrong examples with a flag on the wrong words, by category; and the right examples that are flagged."""
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for row, findings in _judged(linter, path):
        category = row["category"] if row["has_error"] else "right ones, flagged"
        totals[category] += 1
        hits[category] += any(_touch(*f, span) for f in findings for span in row["spans"]) if row["has_error"] else bool(findings)
    for table in (hits, totals):
        table["GRAMMAR + CONFUSED_WORDS"] = table["GRAMMAR"] + table["CONFUSED_WORDS"]
    return {name: f"{hits[name]}/{total} = {100 * hits[name] / total:.1f} %" for name, total in sorted(totals.items())}


def _judged(linter: Linter, path: Path) -> Iterator[tuple[Row, Sequence[tuple[int, int]]]]:
    """Each sentence with the ranges flagged in it; sentences are read as paragraphs of documents."""
    rows = list(_rows(path))
    for at in range(0, len(rows), TOGETHER):
        some = rows[at : at + TOGETHER]
        starts = [sum(len(row["text"]) + 2 for row in some[:n]) for n in range(len(some))]
        found: list[list[tuple[int, int]]] = [[] for _ in some]
        for finding in linter.lint_text("\n\n".join(row["text"] for row in some)).findings:
            number = bisect_right(starts, finding.span.start) - 1
            found[number].append((finding.span.start - starts[number], finding.span.end - starts[number]))
        yield from zip(some, found, strict=True)


def _touch(start: int, end: int, span: Mapping[str, int]) -> bool:
    return start <= span["end"] and span["start"] <= end


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
