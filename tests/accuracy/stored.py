"""The figures that are kept: for the pages of the rules, and for a test that sees accuracy fall."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from edlint.checks import kind_of
from edlint.linter import Linter
from edlint.version import __version__

from . import attribution, boilerplate, captions, claims, headlines, sober
from .outcomes import Outcomes

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results.json")
MEASURED = ROOT / "rules" / "measured.json"  # ships with the rules, for `edlint explain`
COMMAND = "python -m tests.accuracy --store"
SOBER = "grammar/clean_dev.jsonl"


class Subject(NamedTuple):
    """What is measured on which file, what a unit there is called, the key of a row that names its unit, in how many parts units are
    dealt to make a sample of one part, and whether it is measured on rows alone that nobody read."""

    measure: Callable[..., dict[str, Any]]
    file: str
    on: str
    unit: Callable[[Mapping[str, Any]], str]
    parts: int
    aside: bool = False


SUBJECTS: Mapping[str, Subject] = {
    "captions": Subject(captions.measure, "dups/dev.jsonl", "pairs of lines", lambda row: json.dumps(row["lines"][:3]), 4),
    "boilerplate": Subject(boilerplate.measure, "boilerplate/crop_dev.jsonl", "lines of pages", lambda row: str(row["doc"]), 6),
    "headlines": Subject(
        headlines.unread,
        "headlines/gold2_dev.jsonl",
        "headlines of sources nobody had read while tuning",
        lambda row: str(row.get("id", row["text"])),
        1,
        aside=True,
    ),
    "claims": Subject(
        claims.unread, "claims/gold2_dev.jsonl", "articles nobody had read while tuning", lambda row: str(row["article"]), 1, aside=True
    ),
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


def sampled(data: Path, subjects: Mapping[str, Subject] | None = None) -> dict[str, dict[str, Any]]:
    """The figures of the samples of some subjects, or of all."""
    with tempfile.TemporaryDirectory() as folder:
        return {name: figures(judged(s, sample(data / s.file, s, Path(folder)))) for name, s in (subjects or SUBJECTS).items()}


def store(data: Path, only: str | None = None) -> int:
    """Measure everything, or one subject, and keep it: results.json beside this module, measured.json with the rules.

    Exit status 2 without the data, or where figures of the subject are not kept.
    """
    if not data.is_dir() or (only and only not in SUBJECTS):
        lacking = f"{data} is not there: the labelled data is not part of this repository"
        print(f"no figures of {only} are kept" if data.is_dir() else lacking, file=sys.stderr)
        return 2
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if only else {"subjects": {}, "samples": {}, "rules": {}}
    chosen = {name: subject for name, subject in SUBJECTS.items() if only in (None, name)}
    rules = {rule: found for rule, found in kept["rules"].items() if only and rule.partition(".")[0] != only.title()}
    for name, subject in chosen.items():
        print(f"measuring {name}", file=sys.stderr)
        outcomes = judged(subject, data / subject.file)
        kept["subjects"][name] = {"file": subject.file, "on": f"{subject.on} ({date.today():%B %Y})", **figures(outcomes)}
        if name != "attribution":  # its rule is a signal and reports nothing
            on = kept["subjects"][name]["on"]
            rules |= {rule: {**found, "on": on} for rule, found in outcomes.precisions().items()}
    _count_on_news(data, rules, (only.title(),) if only and only != "attribution" else ())
    kept |= {
        "command": COMMAND,
        "edlint": __version__,
        "samples": kept["samples"] | sampled(data, chosen),
        "rules": dict(sorted(rules.items())),
    }
    _write(RESULTS, kept, indent=1)
    packs = {name.title(): {"R": found["R"], "P": found["P"]} for name, found in kept["subjects"].items() if name != "attribution"}
    for name, subject in SUBJECTS.items():
        if subject.aside:
            packs[name.title()]["unread"] = kept["subjects"][name]["on"]
    _write(MEASURED, {"words": sober.words(data / SOBER), "packs": packs, "rules": kept["rules"]})
    print(f"kept in {RESULTS.relative_to(ROOT)} and {MEASURED.relative_to(ROOT)}", file=sys.stderr)
    return 0


def _count_on_news(data: Path, rules: dict[str, dict[str, Any]], packs: tuple[str, ...]) -> None:
    """Put to each rule of the packs (all without any) how often it speaks in 100,000 words of edited news."""
    print("measuring flags on edited news", file=sys.stderr)
    flags = Counter[str]()
    words = sober.measure(data / SOBER, by_rule=flags, select=packs)["words"]
    on = [
        name
        for name, rule in Linter(select=packs).rules_for("draft.txt").items()
        if rule.level is not None and kind_of(rule).finds and kind_of(rule).reports
    ]
    for rule in {*on, *flags}:
        rules.setdefault(rule, {})["news"] = round(100_000 * flags[rule] / words, 1)


def _write(path: Path, kept: Mapping[str, Any], indent: int | None = None) -> None:
    path.write_text(json.dumps(kept, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
