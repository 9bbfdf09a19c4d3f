"""Baseline files: one JSON object a line, sorted, so that merges combine them and a diff reads like a list of findings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from edlint.errors import ConfigError, Place, did_you_mean
from edlint.files.inputs import read_text
from edlint.session.baseline import Entry
from edlint.text.lazy import lazy

NAME = ".edlint-baseline.jsonl"
VERSION = 1
MAX_BYTES = 200_000_000  # bytes: about a million findings
_HEAD = "edlint-baseline"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_HIDDEN = lazy(r"[^ -~]")


def load_baseline(path: Path) -> tuple[Entry, ...]:
    """The entries of a baseline file, each once. Raises ConfigError, with file and line, for one that is missing, broken or newer."""
    name = str(path)
    try:
        lines = read_text(path, MAX_BYTES).replace("\r\n", "\n").split("\n")
    except FileNotFoundError:
        raise ConfigError("the baseline does not exist", Place(name), "`edlint baseline create` makes one") from None
    except OSError as fault:
        raise ConfigError(f"the baseline cannot be read: {fault.strerror}", Place(name)) from None
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        raise ConfigError("the baseline is not UTF-8", Place(name, line)) from None
    head = _object(lines[0], Place(name, 1)) if lines[0].strip() else {}
    version = head.get(_HEAD)
    if not isinstance(version, int) or isinstance(version, bool):
        raise ConfigError("this is not an edlint baseline", Place(name, 1), f'the first line should be {{"{_HEAD}": {VERSION}}}')
    if version > VERSION:
        raise ConfigError(f"the baseline has version {version}; this edlint reads version {VERSION}", Place(name, 1), "update edlint")
    entries = (_entry(line, Place(name, number)) for number, line in enumerate(lines[1:], 2) if line.strip())
    return tuple(dict.fromkeys(entries))


def dump_baseline(entries: Iterable[Entry]) -> str:
    """The text of a baseline file: what cannot be seen is written out, and equal entries stand once."""
    rows = [json.dumps({_HEAD: VERSION})]
    for entry in sorted(set(entries)):
        fields = {name: value for name, value in entry._asdict().items() if name not in ("near", "nth") or value not in ("", 1)}
        rows.append(_HIDDEN.sub(_written_out, json.dumps(fields, ensure_ascii=False)))
    return "\n".join(rows) + "\n"


def _written_out(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def _object(line: str, place: Place) -> dict[str, object]:
    if line.startswith(_CONFLICT):
        raise ConfigError("a merge conflict", place, "keep the lines of both sides and remove the markers")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise ConfigError("this line is not JSON", place, "rewrite the baseline with `edlint baseline update`") from None
    if not isinstance(value, dict):
        raise ConfigError("an entry must be a JSON object", place)
    return value


def _entry(line: str, place: Place) -> Entry:
    fields = _object(line, place)
    for name in fields:
        if name not in Entry._fields:
            raise ConfigError(f"unknown key {name!r}", place, did_you_mean(name, Entry._fields))
    for name in ("path", "rule", "text"):
        if name not in fields:
            raise ConfigError(f"the key {name!r} is missing", place)
    nth = fields.get("nth", 1)
    texts = [text for name in ("path", "rule", "text", "near") if isinstance(text := fields.get(name, ""), str)]
    if len(texts) < 4 or not isinstance(nth, int) or isinstance(nth, bool) or nth < 1:
        raise ConfigError("path, rule, text and near must be strings, and nth a whole number from 1", place)
    path, rule, text, near = texts
    return Entry(path, rule, text, near, nth)
