"""Proposes cue weights for scored rules from labelled rows, so that a person can curate the YAML: from data to weights.

    python -m tests.accuracy.propose rules/Claims/Figure.yml rules/Claims/Cause.yml --data ROWS.jsonl [--precision .75]

A row counts as found when one of the rules reaches its threshold. Weights move in half-point steps, one cue at a time
(coordinate ascent), for the best F1 or for the most found at a precision that is kept. Every cue is printed with what it
holds for and what it adds, and precision against recall for thresholds a step or two away. The figures that count are those
of held-out articles: weights fitted on the others, tried on these. What a list holds was chosen by somebody who read the
data, and no fold shows that: only rows nobody has read do.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml

from edlint.linter import Linter
from edlint.model.config import Config

from .aside import aside_in, headlines_aside_in
from .attribution import flagged, ratios, read_articles

STEPS = (-1.0, -0.5, 0.5, 1.0)
_CUE = re.compile(r"cue (\d+)$")


class Cue(NamedTuple):
    """One cue of one of the rules: the rule's number, what it is called, and its weight in the file."""

    rule: int
    name: str
    weight: float


class Sample(NamedTuple):
    """One labelled row: the article it is from, its label, and the numbers of the cues that hold for it."""

    group: str
    label: bool
    cues: frozenset[int]


class Model(NamedTuple):
    """The cues of some rules, and each rule's threshold."""

    cues: Sequence[Cue]
    thresholds: Sequence[float]


def read_model(paths: Sequence[Path]) -> Model:
    """The cues of rule files as they stand, numbered through."""
    cues, thresholds = [], []
    for number, path in enumerate(paths):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        thresholds.append(float(data.get("threshold", 1)))
        cues += [Cue(number, _name(path.stem, entry), float(entry.get("weight", 1))) for entry in data["cues"]]
    return Model(cues, thresholds)


def _name(rule: str, entry: Mapping[str, Any]) -> str:
    listed = entry.get("any") or entry.get("pattern") or entry.get("signal") or entry.get("feature")
    what = entry.get("why") or (listed if isinstance(listed, str) else ", ".join(map(str, listed or ())))
    bounds = "".join(f" {sign} {entry[key]}" for key, sign in (("at_least", "≥"), ("at_most", "≤")) if key in entry)
    return f"{rule}: {entry.get('at', '')} {what}{bounds}".replace(":  ", ": ")[:60]


def read_samples(paths: Sequence[Path], data: Path) -> list[Sample]:
    """The labelled rows of a JSON Lines file with the cues that hold for each, found by the real pipeline.

    Rows with an `article` are put together to whole articles; any other row is a headline of a page of its own. Articles that are
    aside are left out.
    """
    held: dict[tuple[str, int], set[int]] = {}
    labels: dict[tuple[str, int], tuple[str, bool]] = {}
    first = 0
    for path in paths:
        with TemporaryDirectory() as folder:
            probe = Path(folder) / "Probe" / path.name
            size = _write_probe(path, probe)
            linter = Linter(Config(extends=(path.parent.resolve(), probe.parent)), select=["Probe"])
            for key, group, label, names in _judged(linter, data):
                labels[key] = group, label
                numbers = (int(found[1]) for name in names if (found := _CUE.search(name)))
                held.setdefault(key, set()).update(first + number for number in numbers)
        first += size
    return [Sample(*labels[key], frozenset(cues)) for key, cues in held.items()]


def _write_probe(path: Path, probe: Path) -> int:
    """A rule that reports every unit and says by number which of the cues hold there. Returns how many there are."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data.pop("run", None)
    for number, entry in enumerate(data["cues"]):
        entry |= {"why": f"cue {number}", "weight": abs(entry.get("weight", 1)) or 1}
    data |= {"threshold": -1000, "mark": "unit", "level": "warning", "examples": {"bad": [], "good": []}}
    probe.parent.mkdir()
    probe.write_text(yaml.safe_dump(data, allow_unicode=True, width=sys.maxsize), encoding="utf-8")
    return len(data["cues"])


def _judged(linter: Linter, data: Path) -> Iterator[tuple[tuple[str, int], str, bool, list[str]]]:
    """For each labelled row its key, its article, its label and the names of the cues that hold for it."""
    with data.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if "article" not in rows[0]:
        of_source = headlines_aside_in(data)
        for number, row in enumerate(rows):
            if row["label"] is not None and not of_source(row.get("source", "")):
                page = f"<h1>{html.escape(row['text'], quote=False)}</h1>\n<p>The text of the page.</p>"
                findings = linter.lint_text(page, "page.html").findings
                yield ("", number), str(number), bool(row["label"]), [cue for f in findings for cue in f.cues]
        return
    aside = aside_in(data)
    for article in read_articles(data):
        if aside(article.name):
            continue
        found = flagged(article, linter.lint_text(article.text, "article.txt").findings)
        for number, row in enumerate(article.rows):
            if row["label"] is not None:
                names = [cue for f in found.get(number, ()) for cue in f.cues]
                yield (article.name, number), article.name, bool(row["label"]), names


def found(model: Model, weights: Sequence[float], sample: Sample) -> bool:
    """Whether one of the rules reports the row under these weights."""
    sums = [0.0] * len(model.thresholds)
    for number in sample.cues:
        sums[model.cues[number].rule] += weights[number]
    return any(total >= least for total, least in zip(sums, model.thresholds, strict=True))


class Tally(NamedTuple):
    """How many rows were found rightly, found wrongly, and missed."""

    true: int
    false: int
    missed: int

    def value(self, precision: float) -> float:
        """What the ascent climbs: F1, or with a `precision` to keep the recall, less what precision lacks."""
        if not precision:
            return 2 * self.true / max(1, 2 * self.true + self.false + self.missed)
        kept = self.true / (self.true + self.false) if self.true + self.false else 1.0
        return self.true / max(1, self.true + self.missed) - 10 * max(0.0, precision - kept)


def tally(model: Model, weights: Sequence[float], samples: Sequence[Sample]) -> Tally:
    """What rules with these weights find among the samples."""
    hits = [(found(model, weights, sample), sample.label) for sample in samples]
    return Tally(hits.count((True, True)), hits.count((True, False)), hits.count((False, True)))


def moved(model: Model, shift: float) -> Model:
    """The same rules with other thresholds."""
    return model._replace(thresholds=[threshold + shift for threshold in model.thresholds])


def climb(model: Model, samples: Sequence[Sample], precision: float = 0.0, gain: float = 0.001) -> list[float]:
    """Weights by coordinate ascent from those in the files: half-point steps, each worth more than `gain`. No cue changes its sign."""
    weights = [cue.weight for cue in model.cues]
    holding = [[s for s in samples if n in s.cues] for n in range(len(weights))]
    now, moved = tally(model, weights, samples), True
    while moved:
        moved = False
        for number, concerned in enumerate(holding):
            before, old = tally(model, weights, concerned), weights[number]
            best = now.value(precision) + gain, old, now
            for step in STEPS:
                if (old + step) * model.cues[number].weight < 0 or not concerned:
                    continue
                weights[number] = old + step
                after = tally(model, weights, concerned)
                new = Tally(*(n + a - b for n, a, b in zip(now, after, before, strict=True)))
                best = max(best, (new.value(precision), old + step, new))
            weights[number] = best[1]
            if best[1] != old:
                now, moved = best[2], True
    return weights


def held_out(model: Model, samples: Sequence[Sample], folds: int, precision: float = 0.0) -> Tally:
    """What is found when every article is judged by weights fitted without it."""
    groups = sorted({sample.group for sample in samples})
    fold = {group: number % folds for number, group in enumerate(groups)}
    sums = [0, 0, 0]
    for part in range(folds):
        weights = climb(model, [s for s in samples if fold[s.group] != part], precision)
        sums = [a + b for a, b in zip(sums, tally(model, weights, [s for s in samples if fold[s.group] == part]), strict=True)]
    return Tally(*sums)


def report(model: Model, samples: Sequence[Sample], folds: int, precision: float) -> Iterator[str]:
    """The proposal, line by line."""
    now = [cue.weight for cue in model.cues]
    proposed = climb(model, samples, precision)
    yield f"{'weight':>6} {'new':>5} {'right':>6} {'wrong':>6} {'adds':>6}  cue"
    whole = tally(model, proposed, samples).value(precision)
    for number, cue in enumerate(model.cues):
        labels = [s.label for s in samples if number in s.cues]
        without = [0.0 if n == number else weight for n, weight in enumerate(proposed)]
        adds = whole - tally(model, without, samples).value(precision)
        changed = f"{proposed[number]:+g}" if proposed[number] != cue.weight else ""
        yield f"{cue.weight:+6g} {changed:>5} {sum(labels):6} {len(labels) - sum(labels):6} {adds:+6.3f}  {cue.name}"
    yield from (f"threshold {shift:+g}: {ratios(*tally(moved(model, shift), now, samples))}" for shift in (-1, -0.5, 0.5, 1))
    yield f"as it is:  {ratios(*tally(model, now, samples))}"
    yield f"fitted:    {ratios(*tally(model, proposed, samples))}"
    yield f"held out:  {ratios(*held_out(model, samples, folds, precision))}"


def main(arguments: list[str] | None = None) -> int:
    """Print a proposal for the rules named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.propose", description=__doc__.partition("\n")[0])
    parser.add_argument("rules", nargs="+", type=Path, help="files of scored rules that are to work together")
    parser.add_argument("--data", type=Path, required=True, help="labelled rows, JSON Lines: whole articles or headlines")
    parser.add_argument("--precision", type=float, default=0.0, help="find as much as can be at this precision; without it, the best F1")
    parser.add_argument("--folds", type=int, default=6, help="into so many parts the articles are cut (6)")
    given = parser.parse_args(arguments)
    samples = read_samples(given.rules, given.data)
    if not samples:
        print(f"{given.data} has no labelled rows to fit on: articles that are aside are left out", file=sys.stderr)
        return 2
    for line in report(read_model(given.rules), samples, given.folds, given.precision):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
