"""How quiet the pack `Grammar` is on edited copy, and how much it finds in learners' English, in examples of slips and in one op-ed."""

from __future__ import annotations

import atexit
import json
import os
import sys
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any
from zlib import crc32

from edlint.errors import EngineError
from edlint.grammar import Engines
from edlint.linter import Linter
from edlint.model.config import Config, GrammarConfig
from edlint.model.finding import Finding

from .grammarslips import SLIPS

NEWS = ("news", "press", "pud")
TOGETHER = 40  # sentences in one document
Row = Mapping[str, Any]
Judged = list[tuple[Row, Sequence[tuple[int, int]]]]


def linters(folder: Path) -> dict[str, Callable[[], Linter]]:
    """The sets of rules that are compared. Rule files made for the comparison are put into `folder`."""
    import harper

    defaults = sorted(name for name, on in harper.Linter().get_default_lint_config().items() if on is not False)
    everything = folder / "Everything.yml"
    everything.write_text(f"extends: grammar\nmessage: '%[2]s'\nwhy: all\nrules: {json.dumps(defaults)}\n", encoding="utf-8")
    engines, none = Engines(), GrammarConfig(engine="none")
    made: dict[str, Callable[[], Linter]] = {
        "Harper's defaults": lambda: Linter(Config(extends=(everything,)), engines=engines),
        "Harper, curated": lambda: Linter(select=["Grammar.Harper"], engines=engines),
        "our own rules": lambda: Linter(Config(grammar=none), select=["Grammar"]),
        "Grammar and Names, as shipped": lambda: Linter(select=["Grammar", "Names"], engines=engines),
    }
    asking, why = languagetool()
    if asking is None:
        print(f"  with LanguageTool: not run: {why}", file=sys.stderr)
        return made
    asked = Config(grammar=asking)
    made["LanguageTool, curated"] = lambda: Linter(asked, select=["Grammar.LanguageTool", "Grammar.LanguageToolText"], engines=engines)
    made["Grammar and Names, with LanguageTool"] = lambda: Linter(asked, select=["Grammar", "Names"], engines=engines)
    return made


def languagetool() -> tuple[GrammarConfig | None, str]:
    """How to ask LanguageTool: the server that is named, or a local one where its jars are at hand; or None and the reason why not."""
    from edlint.grammar.languagetool import install, server
    from tests.languagetool.real import at_hand

    given, folder = os.environ.get("EDLINT_LT_SERVER", ""), at_hand()
    if given:
        return GrammarConfig("languagetool", server=given), ""
    if folder is None:
        return None, "neither EDLINT_LT_SERVER nor EDLINT_LT_JARS names one, and none was assembled for the tests"
    try:
        version = install.use(folder).version
        if not server.running(version):
            atexit.register(server.stop, version)
        server.start(install.find())
    except EngineError as fault:
        return None, str(fault)
    return GrammarConfig("languagetool"), ""


def measure(path: Path, *, errors: int = 0) -> dict[str, Any]:
    """All figures for each set of rules, from the folder that holds `path`. `errors` is how many flags on edited copy to list.

    Nothing that an earlier run remembers is used.
    """
    folder = path.parent
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as made:
        os.environ["EDLINT_CACHE_DIR"] = made
        for name, make in linters(Path(made)).items():
            linter = make()
            found = {"clean news": clean(linter, folder / "clean_dev.jsonl", errors)}
            found["learners"] = learners(linter, folder / "jfleg_dev.jsonl")
            found["examples found"] = examples(linter, folder / "lt_examples_dev.jsonl")
            found["op-ed"] = op_ed(linter, folder.parents[1] / "seeds" / "op-ed.txt")
            result[name] = found
    return result


def clean(linter: Linter, path: Path, errors: int = 0) -> dict[str, Any]:
    """Flags per 1,000 words of edited news, by level and rule, and seconds of processor time per 1,000 words; whole documents."""
    documents: dict[str, list[str]] = defaultdict(list)
    for row in rows(path):
        if row["genre"] in NEWS:
            documents[row["doc"]].append(row["text"])
    linter.lint_text("A first text starts an engine.")
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
    """P, R and F0.5 of flagging sentences on which the correctors agree; span precision: the share of flags where two changed something.

    Also for the half of the sentences that no rule was tuned on: those whose text has an odd checksum.
    """
    judged = list(_judged(linter, path))
    return _scores(judged) | {"held-aside half": _scores([pair for pair in judged if crc32(pair[0]["text"].encode()) % 2])}


def _scores(judged: Judged) -> dict[str, Any]:
    true = false = missed = on_span = flags = 0
    for row, findings in judged:
        if row["has_error"] is None:
            continue
        true += bool(findings and row["has_error"])
        false += bool(findings and not row["has_error"])
        missed += bool(row["has_error"] and not findings)
        agreed = [span for span in row["spans"] if span["votes"] > 1]
        flags += len(findings)
        on_span += sum(any(touch(start, end, span) for span in agreed) for start, end in findings)
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
        hit = any(touch(*f, span) for f in findings for span in row["spans"]) if row["has_error"] else bool(findings)
        names = [category, "GRAMMAR + CONFUSED_WORDS"] if category in ("GRAMMAR", "CONFUSED_WORDS") else [category]
        if len(names) > 1 and crc32(row["text"].encode()) % 2:
            names.append("GRAMMAR + CONFUSED_WORDS, held-aside half")
        for name in names:
            totals[name] += 1
            hits[name] += hit
    return {name: f"{hits[name]}/{total} = {100 * hits[name] / total:.1f} %" for name, total in sorted(totals.items())}


def op_ed(linter: Linter, path: Path) -> dict[str, Any]:
    """Which of the slips of one op-ed are found; flags beside them are listed. A finding speaks for all its places."""
    if not path.is_file():
        return {"not run": f"{path} is not there"}
    result = linter.lint_file(path)
    assert result.source is not None
    lines = result.source.lines
    spans = [(span, f.rule) for f in result.findings for span in (f.span, *(other.span for other in f.related if other.same))]
    places = [(lines.position(span.start), lines.position(span.end), rule) for span, rule in spans]
    found = {slip for a, b, _ in places for slip in SLIPS if slip.holds(a.line, a.column, b.column)}
    beside = [f"{rule} at {a.line}:{a.column}" for a, b, rule in places if not any(s.holds(a.line, a.column, b.column) for s in SLIPS)]
    missed = [f"{slip.line}: {slip.what}" for slip in SLIPS if slip not in found]
    return {"slips found": f"{len(found)} of {len(SLIPS)}", "missed": missed, "flags beside them": beside}


def _judged(linter: Linter, path: Path) -> Iterator[tuple[Row, Sequence[tuple[int, int]]]]:
    """Each sentence with the ranges flagged in it; sentences are read as paragraphs of documents."""
    everything = list(rows(path))
    for at in range(0, len(everything), TOGETHER):
        some = everything[at : at + TOGETHER]
        starts = [sum(len(row["text"]) + 2 for row in some[:n]) for n in range(len(some))]
        found: list[list[tuple[int, int]]] = [[] for _ in some]
        for finding in linter.lint_text("\n\n".join(row["text"] for row in some)).findings:
            number = bisect_right(starts, finding.span.start) - 1
            found[number].append((finding.span.start - starts[number], finding.span.end - starts[number]))
        yield from zip(some, found, strict=True)


def touch(start: int, end: int, span: Mapping[str, int]) -> bool:
    return start <= span["end"] and span["start"] <= end


def rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
