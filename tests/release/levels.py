"""The levels of every shipped rule in each version: `python -m tests.release.levels 0.1.0 4468415` reads them from a commit.

`python -m tests.release` adds those of a new version. The page on stability shows what changed between them (tests/docs/levels.py).
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

import yaml

ROOT = Path(__file__).resolve().parents[2]
STORED = Path(__file__).with_suffix(".json")
SIGNALS = "signals"  # the folder of rules that report nothing

Levels = Mapping[str, str]


def stored() -> dict[str, dict[str, str]]:
    """What is stored: the levels of each version, oldest first."""
    versions: dict[str, dict[str, str]] = json.loads(STORED.read_text("utf-8"))
    return versions


def store(version: str, levels: Levels) -> None:
    """Add the levels of a version, or replace them."""
    STORED.write_text(json.dumps({**stored(), version: levels}, indent=1) + "\n", "utf-8", newline="\n")


def levels_now() -> dict[str, str]:
    """The levels of the rules in this checkout."""
    folder = ROOT / "rules"
    return _levels((path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.yml")))


def levels_at(commit: str) -> dict[str, str]:
    """The levels of the rules in a commit."""
    packed = subprocess.run(["git", "archive", f"{commit}:rules"], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = [(member.name, archive.extractfile(member)) for member in archive.getmembers() if member.name.endswith(".yml")]
        return _levels((name, _content(file)) for name, file in sorted(files, key=lambda item: item[0]))


def _content(file: IO[bytes] | None) -> bytes:
    return file.read() if file else b""


def _levels(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Rule and level: `warning`; `off` if it runs only when it is named; `warning, or suggestion under 5` if its evidence decides."""
    levels = {}
    for name, content in files:
        path = PurePosixPath(name)
        rule = yaml.safe_load(content)
        if SIGNALS in path.parts or rule["extends"] == "signal":
            continue
        level = "off" if rule.get("status") == "preview" else rule.get("level", "warning")
        weak = f", or suggestion under {rule['suggest_below']}" if "suggest_below" in rule else ""
        levels[f"{path.parts[0]}.{path.stem}"] = level + weak
    return levels


if __name__ == "__main__":
    store(sys.argv[1], levels_at(sys.argv[2]))
