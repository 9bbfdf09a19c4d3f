"""Prints how right edlint is on labelled data: precision, recall, F1, and how often it cries wolf on sober copy."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from . import attribution, boilerplate, captions, claims, field, grammar, headlines, ledger, sober, sourcing, stored, story, tagger, typos
from .outcomes import Outcomes

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
Measure = Callable[..., dict[str, Any]]

# subject → (what is measured, measure, file below the data folder)
SUBJECTS: Mapping[str, tuple[tuple[str, Measure, str], ...]] = {
    "captions": (("copies told from legitimate repeats", captions.measure, "dups/dev.jsonl"),),
    "boilerplate": (("leftover lines of pages", boilerplate.measure, "boilerplate/crop_dev.jsonl"),),
    "headlines": (
        ("loaded headlines of many sources, half of them never read", headlines.parts, "headlines/gold2_dev.jsonl"),
        ("loaded headlines that were read whole", headlines.measure, "headlines/gold_dev.jsonl"),
        ("clickbait and titles by outlet", headlines.measure, "headlines/clickbait_and_titles_dev.jsonl"),
        ("sober headlines", headlines.measure, "headlines/neutral_dev.jsonl"),
    ),
    "claims": (
        ("unsourced claims in whole articles", claims.parts, "claims/gold2_dev.jsonl"),
        ("unsourced claims in articles that were read whole", claims.parts, "claims/gold_dev.jsonl"),
        ("sentences whose source is seen", sourcing.measure, "claims/gold2_dev.jsonl"),
        ("flags on edited copy", claims.clean, "grammar/clean_dev.jsonl"),
    ),
    "grammar": (("flags on edited copy, slips found in learners' English and in examples", grammar.measure, "grammar/clean_dev.jsonl"),),
    "sober": (("all packs on edited news", sober.measure, "grammar/clean_dev.jsonl"),),
    "ledger": (
        ("statements with a row in the ledger, and sources that are right", ledger.measure, "claims/gold2_dev.jsonl"),
        ("the same, in articles that were read whole", ledger.measure, "claims/gold_dev.jsonl"),
    ),
    "story": (
        ("contradictions planted in published text, half of the kinds never read", story.planted, "grammar/clean_dev.jsonl"),
        ("what is said of published text", story.silence, "grammar/clean_dev.jsonl"),
    ),
    "attribution": (("sourced or unsourced sentences", attribution.measure, "attribution/dev.jsonl"),),
    "typos": (("typing errors made in published text", typos.measure, "grammar/clean_dev.jsonl"),),
    "tagger": (("parts of speech", tagger.measure, "ud/dev.tsv.gz"),),
}
# those that say of each judgement whether it was right
JUDGED = (captions.measure, boilerplate.measure, headlines.measure, attribution.measure)


def show(value: Any, indent: int = 2) -> None:
    """Print nested figures, one a line."""
    for key, part in value.items():
        if isinstance(part, Mapping):
            print(f"{' ' * indent}{key}:")
            show(part, indent + 2)
        elif isinstance(part, list):
            print(f"{' ' * indent}{key}:")
            for entry in part:
                print(f"{' ' * (indent + 2)}- {entry}")
        else:
            print(f"{' ' * indent}{key}: {part}")


def main(arguments: list[str] | None = None) -> int:
    """Measure what the command line names. Exit status 2 where the data is missing."""
    listed = sys.argv[1:] if arguments is None else arguments
    if listed[:1] == ["field"]:
        return field.main(listed[1:], DATA)
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__, epilog="`field` has options of its own.")
    parser.add_argument("subject", nargs="?", default="all", choices=["all", *SUBJECTS])
    parser.add_argument("file", nargs="?", type=Path, help="another file of the same shape")
    parser.add_argument("--errors", type=int, nargs="?", const=20, default=0, help="list so many false flags and misses (20)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--store", action="store_true", help="keep the figures, of the subject or of all, for rule pages and tests")
    given = parser.parse_args(listed)
    if given.store:
        return stored.store(DATA, None if given.subject == "all" else given.subject)
    wanted = SUBJECTS if given.subject == "all" else {given.subject: SUBJECTS[given.subject]}
    results: dict[str, Any] = {}
    for subject, measures in wanted.items():
        for title, measure, name in measures[:1] if given.file else measures:
            path = given.file or DATA / name
            if not path.is_file():
                print(f"{path} is not there: the labelled data is not part of this repository", file=sys.stderr)
                return 2
            extra: dict[str, Any] = {"errors": given.errors} if given.errors and measure is not claims.clean else {}
            outcomes = Outcomes()
            if measure in JUDGED:
                extra["outcomes"] = outcomes
            found = results.setdefault(subject, {})[title] = measure(path, **extra)
            if outcomes.units:
                found |= {"95 % by resampling": outcomes.intervals(), "by rule": outcomes.precisions()}
            if not given.json:
                print(f"\n{subject}: {title} ({path.name})")
                show(results[subject][title])
    if given.json:
        json.dump(results, sys.stdout, ensure_ascii=False, indent=2)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
