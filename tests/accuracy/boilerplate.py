"""How well leftovers of web pages are told from article text, line by line: run `python -m tests.accuracy.boilerplate FILE`.

The corrections of labels come mostly from reading false flags again, by those who wrote the rules: misses of the same kind keep their
labels, so that figures on corrected labels lean upward. Figures on raw labels stand beside them.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from edlint.linter import Linter
from edlint.model.finding import Finding, Level

from .outcomes import Outcomes

CORRECTIONS = Path(__file__).with_name("boilerplate_corrections.json")


class Line(NamedTuple):
    """A line of a page: its number there, text, and label (`main`, `boilerplate`, or `meta`, which is never scored)."""

    number: int
    text: str
    label: str


def pages(path: Path, corrected: bool = False) -> dict[str, list[Line]]:
    """The pages of a JSON Lines file by name; with our corrections of its labels, if asked for."""
    fixed: dict[tuple[str, int], str] = {}
    if corrected and CORRECTIONS.exists():
        fixed = {(c["doc"], c["line_no"]): c["label"] for c in json.loads(CORRECTIONS.read_text(encoding="utf-8"))}
    found: dict[str, list[Line]] = defaultdict(list)
    with path.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            label = fixed.get((row["doc"], row["line_no"]), row["label"])
            found[row["doc"]].append(Line(row["line_no"], " ".join(row["text"].split()), label))
    return found


def half(doc: str) -> str:
    """The half of the pages a page belongs to: `tuned` was read when the rules were made. Of `aside` only the false flags were read, to
    judge the labels again; a few patterns were narrowed after that, so its figures are nearly, not wholly, those of unseen pages."""
    return "tuned" if sha256(doc.encode()).digest()[0] % 2 == 0 else "aside"


def flags(linter: Linter, lines: Sequence[Line], gap: str = "\n\n") -> list[Finding | None]:
    """For each line of a page the finding that covers it, the most severe of several."""
    result = linter.lint_text(gap.join(line.text for line in lines), "page.txt")
    covering: list[Finding | None] = []
    at = 0
    for line in lines:
        end = at + len(line.text)
        over = [f for f in result.findings if f.span.start <= at and end <= f.span.end] if line.text else []
        covering.append(max(over, key=lambda f: f.level, default=None))
        at = end + len(gap)
    return covering


class Tally:
    """Lines flagged, and pages with a false flag, at one level and above."""

    def __init__(self) -> None:
        self.lines: Counter[str] = Counter()
        self.pages = self.bad_pages = 0

    def add(self, labels: Iterable[str], flagged: Iterable[bool]) -> None:
        """Count one page."""
        false = 0
        for label, flag in zip(labels, flagged, strict=True):
            if label == "meta":
                continue
            self.lines["tp" if flag and label != "main" else "fp" if flag else "tn" if label == "main" else "fn"] += 1
            false += flag and label == "main"
        self.pages += 1
        self.bad_pages += false > 0

    def rates(self) -> dict[str, float | int]:
        """Precision, recall, F1 of lines, and the share of pages with a false flag."""
        tp, fp, fn = (self.lines[name] for name in ("tp", "fp", "fn"))
        precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return {
            "tp": tp, "fp": fp, "fn": fn, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4),
            "pages": self.pages, "pages_with_false_flag": round(self.bad_pages / max(1, self.pages), 4),
        }  # fmt: skip


def measure(path: Path, *, errors: int = 0, outcomes: Outcomes | None = None) -> dict[str, Any]:
    """Figures for the shipped pack on a file of pages, by label set, level and part; with up to `errors` lines of each kind of mistake.

    `outcomes` takes each line with its corrected label.
    """
    linter = Linter(select=["Boilerplate"])
    raw, mended = pages(path), pages(path, corrected=True)
    tallies: dict[tuple[str, str, str], Tally] = defaultdict(Tally)
    mistakes: dict[str, list[str]] = {"false": [], "missed": []}
    count, began = 0, time.process_time()
    seen = {doc: flags(linter, lines) for doc, lines in raw.items()}
    seconds = time.process_time() - began
    for doc, lines in raw.items():
        count += len(lines)
        for level in (Level.ERROR, Level.WARNING):
            flagged = [f is not None and f.level >= level for f in seen[doc]]
            for part in ("all", half(doc), doc.partition("/")[0]):
                tallies["raw", level.word, part].add([n.label for n in lines], flagged)
                tallies["corrected", level.word, part].add([n.label for n in mended[doc]], flagged)
        if outcomes is not None:
            for line, finding in zip(mended[doc], seen[doc], strict=True):
                if line.label != "meta":
                    outcomes.add(doc, line.label == "boilerplate", [finding.rule] if finding else ())
        if half(doc) == "tuned":
            for line, finding in zip(mended[doc], seen[doc], strict=True):
                said = f"{doc} {line.number} {finding.rule if finding else ''} | {line.text[:140]}"
                if finding and line.label == "main":
                    mistakes["false"].append(said)
                elif finding is None and line.label == "boilerplate":
                    mistakes["missed"].append(said)
    figures = {" ".join(key): tally.rates() for key, tally in sorted(tallies.items())}
    return {
        "lines": count, "seconds": round(seconds, 2), "lines_per_second": round(count / max(seconds, 1e-9)),
        "figures": figures, "errors": {kind: listed[:errors] for kind, listed in mistakes.items()},
    }  # fmt: skip


if __name__ == "__main__":
    result = measure(Path(sys.argv[1]), errors=int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    for kind, listed in result.pop("errors").items():
        print(kind, *listed, sep="\n  ")
    for name, rates in result.pop("figures").items():
        print(f"{name:28}", *(f"{key} {value}" for key, value in rates.items()))
    print(*(f"{key} {value}" for key, value in result.items()))
