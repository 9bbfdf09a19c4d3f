"""What grammar costs and yields: `python -m tests.bench.grammar [harper|packs|server]`.

`harper`: each of Harper's rules, what it costs and what it finds, and the curated set whole, with and without its patterns.
`packs`: the packs Grammar and Names on new text, on text whose paragraphs were read before, and their own rules alone.
`server`: a second run of edlint with a LanguageTool server up, and how much of it is spent outside the server.
All times are of the processor, but for `server`; the labelled data must be there.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from edlint.checks.grammar import slice_of
from edlint.grammar import harper as process
from edlint.grammar.base import Remark
from edlint.grammar.harper import Harper
from edlint.grammar.harper_worker import Reader
from edlint.grammar.languagetool import client, install
from edlint.grammar.languagetool.server import running
from edlint.linter import Linter
from edlint.model.config import Config, GrammarConfig
from tests.languagetool.real import at_hand

from ..accuracy.grammar import NEWS, rows, touch

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "grammar"
SAMPLE = 100_000  # code points on which each single rule is timed
WRONG = ("jfleg_dev.jsonl", "lt_examples_dev.jsonl")


def news() -> list[str]:
    """Edited news, whole documents."""
    documents: dict[str, list[str]] = defaultdict(list)
    for row in rows(DATA / "clean_dev.jsonl"):
        if row["genre"] in NEWS:
            documents[row["doc"]].append(row["text"])
    return ["\n\n".join(paragraphs) for paragraphs in documents.values()]


def spent(read: Callable[[str], object], texts: Iterable[str]) -> float:
    """Seconds of processor time for reading texts."""
    began = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - began


def speed(seconds: float, texts: Sequence[str]) -> str:
    """A speed in words."""
    return f"{sum(map(len, texts)) / 1000 / seconds:>8.0f} KB/s"


def harper() -> None:
    """A line for each rule that finds something or is in the curated set, and the sets as wholes."""
    import harper as engine

    texts, linter = news(), engine.Linter()
    known = linter.get_default_lint_config()
    curated = slice_of(Linter().all_rules["Grammar.Harper"]).rules

    def read(text: str) -> Mapping[str, Sequence[Any]]:
        found: Mapping[str, Sequence[Any]] = linter.organized_lints(text, language="plaintext", dedup=False)
        return found

    def choose(rules: Iterable[str]) -> None:
        linter.set_lint_config({**dict.fromkeys(known, False), **dict.fromkeys(rules, True)})

    choose(name for name in known if name != "SpellCheck")
    flags = Counter(name for text in texts for name, said in read(text).items() for _ in said)
    right, wrong = _yield(read)
    cost = _costs(read, choose, [name for name in known if name in curated or right[name]], texts)
    print(f"{'rule':<30}{'ns/char':>9}{'hits':>6}{'false':>6}{'flags on news':>15}   (* curated)")
    for name in sorted(cost, key=lambda name: (-right[name], name)):
        star = "*" if name in curated else " "
        print(f"{star}{name:<29}{cost[name]:>9.1f}{right[name]:>6}{wrong[name]:>6}{flags[name]:>15}")
    print(f"\nthe curated rules, on all text               {_apart('all')}")
    print(f"the curated rules, where their words stand   {_apart('where')}")


def _apart(how: str) -> str:
    """The speed of the curated rules in a process of its own, where no sentence was read before."""
    command = [sys.executable, "-m", "tests.bench.grammar", f"apart-{how}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def apart(how: str) -> None:
    """Print the speed of the curated rules on all text ("all"), or only where their words stand ("where")."""
    texts, linter = news(), Linter(select=["Grammar.Harper"])
    curated, engine = slice_of(linter.all_rules["Grammar.Harper"]), Harper("AMERICAN", "")
    ways: dict[str, Callable[[str], object]] = {"all": lambda text: engine.check(text, [curated]), "where": linter.lint_text}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EDLINT_CACHE_DIR"] = folder
        ways[how]("A first text starts an bicycle.")
        print(speed(spent(ways[how], texts), texts))


def _yield(read: Callable[[str], Mapping[str, Sequence[Any]]]) -> tuple[Counter[str], Counter[str]]:
    """For each rule how many wrong sentences it flags at a wrong place, and how many right ones."""
    right, wrong = Counter[str](), Counter[str]()
    for row in (row for name in WRONG for row in rows(DATA / name)):
        for name, said in read(row["text"]).items():
            if row["has_error"] is False:
                wrong[name] += bool(said)
            elif row["has_error"]:
                right[name] += any(touch(lint.span.start, lint.span.end, span) for lint in said for span in row["spans"])
    return right, wrong


def _costs(
    read: Callable[[str], object], choose: Callable[[Iterable[str]], None], names: Sequence[str], texts: Sequence[str]
) -> dict[str, float]:
    """Nanoseconds a code point that each rule adds; the engine remembers how it parsed sentences it has read."""
    sample, length = [], 0
    for text in texts[::5]:
        if length < SAMPLE:
            sample.append(text)
            length += len(text)
    choose(["FedUpWith"])
    base = min(spent(read, sample) for _ in range(3))
    cost = {}
    for name in names:
        choose(["FedUpWith", name])
        cost[name] = (min(spent(read, sample) for _ in range(2)) - base) / length * 1e9
    return cost


def packs() -> None:
    """The packs on new text and again, Harper's part, and what our own rules add."""
    texts = news()
    sets = {"Harper's rules": ["Grammar.Harper"], "Grammar and Names": ["Grammar", "Names"]}
    taken = {}
    for name, select in sets.items():
        with tempfile.TemporaryDirectory() as folder:
            os.environ["EDLINT_CACHE_DIR"] = folder
            linter = Linter(select=select)
            linter.lint_text("A first text starts an bicycle.")
            taken[name] = spent(linter.lint_text, texts)
            again = spent(Linter(select=select).lint_text, texts)
            print(f"{name:<28} new text {speed(taken[name], texts)}, again {speed(again, texts)}")
    own = Linter(Config(grammar=GrammarConfig(engine="none")), select=["Grammar", "Names"])
    own.lint_text("A first text.")
    print(f"{'our own rules':<28} new text {speed(spent(own.lint_text, texts), texts)}")
    bare = Linter(select=["Paste.ReplacementCharacter"])
    print(f"{'reading alone':<28} new text {speed(spent(bare.lint_text, texts), texts)}")
    added = (taken["Grammar and Names"] - taken["Harper's rules"]) / sum(map(len, texts)) * 1e9
    print(f"our own rules add {added:.0f} ns a character")


def server() -> None:
    """Wall milliseconds of runs on one article with a local server up, and of the server's part in them.

    The server has read the text before, so that it takes equally long whoever asks; edlint remembers no answer.
    """
    jars = at_hand()
    if jars is None:
        raise SystemExit("not run: EDLINT_LT_JARS names no LanguageTool, and none was assembled for the tests")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "run").mkdir()
        (folder / "draft.txt").write_text(next(text for text in news() if len(text) > 5000)[:7000], encoding="utf-8")
        (folder / "lt.yml").write_text("grammar: {engine: languagetool}\n", encoding="utf-8")
        os.environ.update(XDG_RUNTIME_DIR=str(folder / "run"), EDLINT_CACHE_DIR=str(folder / "cache"), PYTHONPATH=str(Path.cwd()))
        _edlint(folder, "languagetool", "install", "--jars", str(jars))
        _edlint(folder, "languagetool", "start")
        try:
            _runs(folder)
        finally:
            _edlint(folder, "languagetool", "stop")


def _runs(folder: Path) -> None:
    text, up = (folder / "draft.txt").read_text(encoding="utf-8"), running(install.find().version)
    assert up
    outside = []
    for _ in range(7):
        for file in (folder / "cache").rglob("remarks.db"):
            file.unlink()
        whole = _edlint(folder, "check", "draft.txt", "--config", "lt.yml", "--exit-zero")
        began = time.perf_counter()
        client.check(up.address, {"text": text, "language": "en-US"}, 60)
        outside.append((whole - (time.perf_counter() - began)) * 1000)
    remembered = _edlint(folder, "check", "draft.txt", "--config", "lt.yml", "--exit-zero") * 1000
    print(f"{len(text):,} characters: {statistics.median(outside[1:]):.0f} ms outside the server, all rules on")
    print(f"the same draft again: {remembered:.0f} ms in all, the server is not asked")


def _edlint(folder: Path, *arguments: str) -> float:
    """Seconds that a run takes."""
    began = time.perf_counter()
    command = [sys.executable, "-c", "from edlint.cli import main; main()", *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


PARTS = {"harper": harper, "packs": packs, "server": server}


def main() -> None:
    """Print the parts named on the command line, or all. Harper reads in this process, so that its time is counted."""
    reader = Reader()
    process.read = lambda dialect, rules, text, timeout=0.0: [Remark(*row) for row in reader.read(dialect, rules, text)]
    for name in sys.argv[1:] or PARTS:
        if name.startswith("apart-"):
            apart(name.removeprefix("apart-"))
        elif name in PARTS:
            print(f"\n{name}")
            PARTS[name]()
        else:
            raise SystemExit(f"unknown part {name!r}: one of {', '.join(PARTS)}")


if __name__ == "__main__":
    main()
