"""Prints how fast edlint is on this machine, beside its peers. Ratios travel between machines; absolute figures do not."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from edlint.version import __version__

from . import growth, project
from .equal import equal
from .measure import TOP, Table, printed, verdict
from .peers import PACKAGES, Peers, find
from .reports import reports
from .startup import startup
from .typing import typing
from .word import word

PARTS: Mapping[str, tuple[Callable[[Peers, bool], Table], str]] = {
    "startup": (startup, "one draft of 1,200 words, beside peers"),
    "cold": (project.cold, "2,000 new drafts, by one process and more, beside peers; then unchanged"),
    "unchanged": (project.unchanged, "10,000 drafts with grammar: new, unchanged, one changed"),
    "typing": (typing, "keystrokes in an editor, through the language server, grammar included"),
    "equal": (equal, "proselint's own checks, run by proselint and by edlint"),
    "memory": (project.memory, "the largest process, by number of drafts"),
    "reports": (reports, "every report format with many findings"),
    "length": (growth.length, "growth with the length of a draft"),
    "growth": (growth.shapes, "the exponent of growth for drafts and inputs of many shapes, the worst last"),
    "space": (growth.space, "the memory that one long draft takes: bytes for each character, and for each short line"),
    "files": (growth.files, "growth with the number of drafts"),
    "count": (growth.rules, "growth with the number of rules"),
    "word": (word, "a Word file of 10,000 words beside its text"),
    "throughput": (growth.packs, "each pack on one long draft"),
}
STUDIES = {
    "imports": "the modules that a plain start imports, each with its time, and what is over the budget",
    "rules": "published Vale styles, eight rules to all (needs their files)",
    "grammar": "each of Harper's rules, and the engines on news (needs labelled data)",
    "page": "from keystroke to findings on the page of `edlint serve` (needs Chromium)",
}


def main() -> None:
    """Measure the parts named on the command line, or all; print tables, then which targets were met."""
    given = _arguments()
    told = _Told(given.json)
    peers = find(install=given.peers)
    for name in given.parts or PARTS:
        if name in STUDIES:
            told.text(name, _study(name, given.quick))
        else:
            told.table(name, PARTS[name][0](peers, given.quick))
    told.end()


def _arguments() -> argparse.Namespace:
    known = {**{name: about for name, (_, about) in PARTS.items()}, **STUDIES}
    lines = [f"  {name:<12}{about}" for name, about in known.items()]
    epilog = "\n".join(["parts (all but the last four when none is named):", *lines])
    command = argparse.ArgumentParser(
        "python -m tests.bench", description=__doc__, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    command.add_argument("parts", nargs="*", metavar="PART", help="what to measure")
    command.add_argument("--quick", action="store_true", help="fewer and smaller drafts, fewer runs: about a minute")
    command.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    command.add_argument("--peers", action="store_true", help=f"install {', '.join(PACKAGES)} anew, in an environment of their own")
    given = command.parse_args()
    for name in given.parts:
        if name not in known:
            command.error(f"unknown part {name!r}: one of {', '.join(known)}")
    return given


def _study(name: str, quick: bool) -> str:
    """What a module of its own prints, or why it could not."""
    fewer = ["--quick"] if quick and name == "page" else []
    done = subprocess.run([sys.executable, "-m", f"tests.bench.{name}", *fewer], cwd=TOP, capture_output=True, text=True)
    return done.stdout if not done.returncode else f"not measured: {(done.stderr.strip().splitlines() or ['it failed'])[-1]}\n"


class _Told:
    """What is said of each part, at once as text or at the end as JSON."""

    def __init__(self, as_json: bool) -> None:
        self._json = as_json
        self._tables: dict[str, Table] = {}
        self._texts: dict[str, str] = {}
        self._began = time.time()
        load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        cores = f"{os.cpu_count()} cores{load}"
        self._machine = f"edlint {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores}"
        if not as_json:
            print(f"{self._machine}, {time.strftime('%Y-%m-%d')}")

    def table(self, name: str, table: Table) -> None:
        self._tables[name] = table
        if not self._json:
            print(printed(table), flush=True)

    def text(self, name: str, text: str) -> None:
        self._texts[name] = text
        if not self._json:
            print(f"\n{name}\n{text}", end="", flush=True)

    def end(self) -> None:
        """The targets in one list, or everything as JSON."""
        if self._json:
            tables = {name: _data(table) for name, table in self._tables.items()}
            told = {"machine": self._machine, "date": time.strftime("%Y-%m-%d"), "parts": tables, "texts": self._texts}
            print(json.dumps(told, indent=2))
            return
        targets = [target for table in self._tables.values() for target in table.targets]
        print(f"\ntargets ({time.time() - self._began:.0f} s in all)")
        print("\n".join(f"  {verdict(target)}" for target in targets))


def _data(table: Table) -> dict[str, object]:
    rows = {name: dict(zip(table.columns, values, strict=True)) for name, values in table.rows}
    targets = [{**target._asdict(), "verdict": target.verdict} for target in table.targets]
    return {"title": table.title, "rows": rows, "targets": targets, "notes": table.notes}


if __name__ == "__main__":
    main()
