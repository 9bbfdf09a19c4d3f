"""Equal work: the checks of an installed proselint, read out of it and written down as rules of edlint, run by both.

Checks that are programs of their own, and those that compare each word with a list of allowed ones, are off in both. edlint
reads Markdown besides, joins lines, knows quotations and places findings in the source; proselint searches the file as it is.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .drafts import markdown
from .measure import EDLINT, Table, Target, in_turns, workshop
from .peers import Peers, python
from .project import write

# Runs in proselint's own environment.
DUMP = """
import json
from proselint.checks import __register__ as checks
def plain(value):
    return list(value) if isinstance(value, (tuple, set)) else value
def row(check):
    kind = check.check_type
    fields = {key: plain(value) for key, value in kind._asdict().items()} if hasattr(kind, "_asdict") else {}
    return {**fields, "kind": type(kind).__name__, "path": check.path, "message": check.message,
            "ignorecase": check.engine.opts.case_insensitive}
print(json.dumps([row(check) for check in checks]))
"""
_WORDS = r"\b{}\b"
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
FAULTS = "\nAt the end of the day, the very unique plan was, so to speak, a blessing in disguise. He could care less.\n"
_BACK = re.compile(r"\\\d")
_ON = "extends: [./Peer]\n"


def equal(peers: Peers, quick: bool) -> Table:
    """Both on one draft and on many, so that start-up can be told from work."""
    count, runs = (40, 2) if quick else (200, 3)
    title, columns = "the same checks on drafts of 3,000 characters", ("CPU ms", "ms each", "peak MB", "wall ms")
    if "proselint" not in peers.versions:
        return Table(title, columns, (), (Target("a draft as against proselint, CPU", 1, "x", None),), peers.notes())
    with workshop() as folder:
        on, off = _rules(folder)
        write(folder / "many", (markdown(3_000, seed) + FAULTS for seed in range(count)))
        write(folder / "one", [markdown(3_000)])
        commands: dict[str, list[str]] = {}
        for name in ("one", "many"):
            ours = [*(part for part in EDLINT if part != "--isolated"), "--no-cache", "--jobs", "1", "--config", str(folder / "edlint.yml")]
            theirs = [*peers.command("proselint", name), "--config", str(folder / "proselint.json")]
            commands |= {f"edlint, {name}": [*ours, name], f"proselint, {name}": theirs}
        taken = in_turns(commands, runs, folder)
        found = {name: _findings(commands[f"{name}, many"], folder) for name in ("edlint", "proselint")}
    rows, each = [], {}
    for tool in ("edlint", "proselint"):
        one, many = taken[f"{tool}, one"], taken[f"{tool}, many"]
        each[tool] = (many.cpu - one.cpu) / (count - 1) * 1000
        rows += [(f"{tool}, one draft", (one.cpu * 1000, one.cpu * 1000, one.peak, one.wall * 1000))]
        rows += [(f"{tool}, {count} drafts", (many.cpu * 1000, each[tool], many.peak, many.wall * 1000))]
    targets = (
        Target("a draft as against proselint, CPU, start-up apart", 1, "x", each["edlint"] / each["proselint"]),
        Target("one draft as against proselint, CPU, start-up included", 1, "x", taken["edlint, one"].cpu / taken["proselint, one"].cpu),
    )
    notes = (
        f"proselint {peers.versions['proselint']}: {on} of its {on + off} checks, as {on} rules of edlint; the others off in both",
        f"findings in the {count} drafts: " + ", ".join(f"{number:,} by {name}" for name, number in found.items()),
    )
    return Table(title, columns, tuple(rows), targets, notes)


def _findings(command: list[str], folder: Path) -> int:
    """How many findings a command reports."""
    form = ["--output-format", "concise"] if "--config" in command[:-2] else []
    said = subprocess.run([*command, *form], cwd=folder, capture_output=True, text=True).stdout
    return sum(line.startswith("many") or ".md:" in line for line in said.splitlines())


def _rules(folder: Path) -> tuple[int, int]:
    """Write the pack, and configurations for both. Gives how many checks are on and how many off."""
    import yaml

    said = subprocess.run([str(python()), "-c", DUMP], check=True, capture_output=True, text=True).stdout
    checks = json.loads(said)
    made = [(check, rule) for check in checks if (rule := _rule(check))]
    off = {check["path"] for check in checks} - {check["path"] for check, _ in made}
    pack = folder / "Peer"
    pack.mkdir()
    for number, (_, rule) in enumerate(made):
        (pack / f"Check{number:03}.yml").write_text(yaml.safe_dump(rule), encoding="utf-8")
    (folder / "edlint.yml").write_text(_ON, encoding="utf-8")
    parts = {check["path"].partition(".")[0] for check in checks}
    chosen = {**dict.fromkeys(parts, False), **{check["path"]: check["path"] not in off for check in checks}}
    (folder / "proselint.json").write_text(json.dumps({"max_errors": 1_000_000, "checks": chosen}), encoding="utf-8")
    return len(made), len(checks) - len(made)


def _rule(check: Mapping[str, Any]) -> dict[str, Any] | None:
    """A check as a rule of edlint; None for a check that has no counterpart."""
    padding = check.get("padding", "{}")
    words = padding == _WORDS
    base = {"message": check["message"].replace("%", "%%").replace("{}", "it"), "level": "warning", "ignorecase": check["ignorecase"]}

    def padded(pattern: str) -> str:
        whole = pattern if words else padding.format(pattern)
        return whole if _BACK.search(whole) else _GROUP.sub("(?:", whole)

    if check["kind"].startswith("Existence"):
        found = check.get("items") or [check["pattern"]]
        tokens = [padded(pattern) for pattern in found]
        return {**base, "extends": "existence", "tokens": tokens, "exceptions": check["exceptions"], "nonword": not words}
    if check["kind"].startswith("PreferredForms"):
        return {**base, "extends": "substitution", "swap": {padded(old): new for old, new in check["items"].items()}, "nonword": not words}
    if check["kind"] == "Consistency":
        return {**base, "extends": "consistency", "either": {padded(a): padded(b) for a, b in check["term_pairs"]}, "nonword": True}
    return None
