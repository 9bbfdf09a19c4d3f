"""What the fact-checker says of the claims of a draft: `.edlint-claims.jsonl` beside it, one JSON object a line.

A claim is known again by its sentence. Where the sentence was edited, it is the same claim while most of its words are, and all of its
figures: a figure that was changed wants to be checked again.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from edlint.errors import ConfigError, Place, UsageError
from edlint.files.atomic import create_file, replace_file
from edlint.files.inputs import read_bytes
from edlint.findings import folded
from edlint.model.claim import STATUSES, Claim, Status

NAME = ".edlint-claims.jsonl"
VERSION = 1
MOST = 50_000_000  # bytes
ALIKE = 0.7  # share of the words (Dice) from which an edited sentence is the same claim
_HEAD = "edlint-claims"


class Entry(NamedTuple):
    """What was said of one claim: the draft's name, the sentence as it was (folded), its status, who said so and when (a day), a note."""

    draft: str
    text: str
    status: str
    by: str = ""
    at: str = ""
    note: str = ""


def load_entries(file: Path) -> tuple[Entry, ...]:
    """The entries of a ledger file; none where there is no such file. Raises ConfigError, with the line, for a broken one."""
    try:
        lines = read_bytes(file, MOST).decode().split("\n")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"the ledger cannot be read: {fault}", Place(str(file))) from None
    entries = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise ConfigError("this line is not JSON", Place(str(file), number)) from None
        if number == 1 and isinstance(row, dict) and row.get(_HEAD) == VERSION:
            continue
        if number == 1:
            raise ConfigError(f'this is no ledger of this edlint: the first line of one is {{"{_HEAD}": {VERSION}}}', Place(str(file), 1))
        known = isinstance(row, dict) and set(row) <= set(Entry._fields) and all(isinstance(value, str) for value in row.values())
        if not known or not {"draft", "text"} <= set(row) or row.get("status") not in STATUSES:
            hint = f"an entry has the keys {', '.join(Entry._fields)}, and a status is one of {', '.join(STATUSES)}"
            raise ConfigError("this is no entry of a ledger", Place(str(file), number), hint)
        entries.append(Entry(**row))
    return tuple(entries)


def save_entries(file: Path, entries: Iterable[Entry], *, was: bytes | None) -> None:
    """Write a ledger file in the place of one that holds `was` (None: of none). Raises UsageError where it cannot be, or was changed."""
    rows = [json.dumps({_HEAD: VERSION}), *(json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(set(entries)))]
    data = ("\n".join(rows) + "\n").encode()
    try:
        if was is None:
            create_file(file, data)
        else:
            replace_file(file, data, was)
    except Exception as fault:
        raise UsageError(f"{file} cannot be written: {fault or type(fault).__name__}", hint="run the command again") from None


def with_statuses(rows: Sequence[Claim], entries: Sequence[Entry], draft: str) -> tuple[Claim, ...]:
    """The rows with what was said of them, wherever their sentences stand by now."""
    pairs = matched(rows, [entry for entry in entries if entry.draft == draft])
    return tuple(_with(row, pairs.get(number)) for number, row in enumerate(rows))


def _with(row: Claim, entry: Entry | None) -> Claim:
    if entry is None:
        return row
    status = next(known for known in get_args(Status) if known == entry.status)
    return row._replace(status=status, by=entry.by, at=entry.at, note=entry.note)


def matched(rows: Sequence[Claim], entries: Sequence[Entry]) -> Mapping[int, Entry]:
    """The entry of each row that has one, by the row's number: first equal sentences, then those that were edited."""
    waiting: dict[str, list[Entry]] = defaultdict(list)
    for entry in reversed(entries):
        waiting[entry.text].append(entry)
    found: dict[int, Entry] = {}
    for number, row in enumerate(rows):
        if waiting[folded(row.text)]:
            found[number] = waiting[folded(row.text)].pop()
    left = [entry for group in waiting.values() for entry in group]
    for entry in left:
        words, figures = _words(entry.text), _figures(entry.text)
        likest = max(
            (
                (_alike(words, _words(row.text)), -n)
                for n, row in enumerate(rows)
                if n not in found and _figures(folded(row.text)) == figures
            ),
            default=(0.0, 0),
        )
        if likest[0] >= ALIKE:
            found[-likest[1]] = entry
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _figures(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d.,]*\d|\d", text))


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
