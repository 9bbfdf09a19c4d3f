"""The figures that are kept: for the pages of the rules, and for a test that sees accuracy fall."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from edlint.linter import Linter
from edlint.version import __version__

from . import attribution, boilerplate, captions, claims, headlines, sober
from .outcomes import Outcomes

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results.json")
MEASURED = ROOT / "rules" / "measured.json"  # ships with the rules, for `edlint explain`
COMMAND = "python -m tests.accuracy --store"


class Subject(NamedTuple):
    """What is measured on which file, what a unit there is called, the key of a row that names its unit, and in how many parts
    units are dealt to make a sample of one part."""

    measure: Callable[..., dict[str, Any]]
    file: str
    on: str
    unit: Callable[[Mapping[str, Any]], str]
    parts: int


SUBJECTS: Mapping[str, Subject] = {
    "captions": Subject(captions.measure, "dups/dev.jsonl", "pairs of lines", lambda row: json.dumps(row["lines"][:3]), 4),
    "boilerplate": Subject(boilerplate.measure, "boilerplate/crop_dev.jsonl", "lines of pages", lambda row: str(row["doc"]), 6),
    "headlines": Subject(headlines.measure, "headlines/gold_dev.jsonl", "headlines two readers agreed on", lambda row: str(row["id"]), 1),
    "claims": Subject(claims.measure, "claims/gold_dev.jsonl", "sentences two readers agreed on", lambda row: str(row["article"]), 2),
    "attribution": Subject(attribution.measure, "attribution/dev.jsonl", "sentences", lambda row: row["id"].rpartition("#")[0], 20),
}


def sample(path: Path, subject: Subject, folder: Path) -> Path:
    """A file in `folder` with some of a file's units, always the same ones."""
    target = folder / path.name
    with path.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        out.writelines(line for line in lines if crc32(subject.unit(json.loads(line)).encode()) % subject.parts == 0)
    return target


def judged(subject: Subject, path: Path) -> Outcomes:
    """Everything that a measurement judged."""
    outcomes = Outcomes()
    subject.measure(path, outcomes=outcomes)
    return outcomes


def figures(outcomes: Outcomes) -> dict[str, Any]:
    """Counts and rates over all units, with the range of each rate."""
    true, false, missed = (sum(counts[at] for counts in outcomes.units.values()) for at in range(3))
    return {"units": len(outcomes.units), **attribution.ratios(true, false, missed), "95 %": outcomes.intervals()}


def sampled(data: Path) -> dict[str, dict[str, Any]]:
    """The figures of each subject's sample."""
    with tempfile.TemporaryDirectory() as folder:
        return {name: figures(judged(s, sample(data / s.file, s, Path(folder)))) for name, s in SUBJECTS.items()}


def store(data: Path) -> int:
    """Measure everything and keep it: results.json beside this module, measured.json with the rules. Exit status 2 without the data."""
    if not data.is_dir():
        print(f"{data} is not there: the labelled data is not part of this repository", file=sys.stderr)
        return 2
    subjects, rules = {}, dict[str, dict[str, Any]]()
    for name, subject in SUBJECTS.items():
        print(f"measuring {name}", file=sys.stderr)
        outcomes = judged(subject, data / subject.file)
        subjects[name] = {"file": subject.file, **figures(outcomes)}
        if name != "attribution":  # its rule is a signal and reports nothing
            rules |= {rule: {**found, "on": subject.on} for rule, found in outcomes.precisions().items()}
    print("measuring flags on edited news", file=sys.stderr)
    flags = Counter[str]()
    words = sober.measure(data / "grammar" / "clean_dev.jsonl", by_rule=flags)["words"]
    on = [
        name
        for name, rule in Linter().rules_for("draft.txt").items()
        if rule.level is not None and rule.extends not in ("signal", "directive")
    ]
    for rule in {*on, *flags}:
        rules.setdefault(rule, {})["news"] = round(100_000 * flags[rule] / words, 1)
    results = {
        "command": COMMAND,
        "edlint": __version__,
        "subjects": subjects,
        "samples": sampled(data),
        "rules": dict(sorted(rules.items())),
    }
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    packs = {name.title(): {"R": found["R"], "P": found["P"]} for name, found in subjects.items() if name != "attribution"}
    shipped = {"words": words, "packs": packs, "rules": results["rules"]}
    MEASURED.write_text(json.dumps(shipped, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    print(f"kept in {RESULTS.relative_to(ROOT)} and {MEASURED.relative_to(ROOT)}", file=sys.stderr)
    return 0
