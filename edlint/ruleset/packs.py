"""Packs: folders of rules, those that ship with edlint and the house's own, read once and remembered between runs."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import time
from typing import NamedTuple
from zlib import crc32

from edlint.checks.base import Term
from edlint.finding import Level
from edlint.folders import code, is_own, write_private
from edlint.regexes.programs import freeze, restore
from edlint.rule import Rule
from edlint.ruleset.places import rule_files
from edlint.ruleset.plans import Gates
from edlint.seal import seal, unseal
from edlint.version import __version__

_MONTH = 30 * 24 * 3600.0
_LEVEL = Rule._fields.index("level")


class Library(NamedTuple):
    """All rules of some packs by name, with the gates of their patterns, and what is to be said of rules left out."""

    rules: Mapping[str, Rule]
    gates: Gates
    notices: tuple[str, ...] = ()


def load_library(folders: Iterable[Path], cache: Path | None) -> Library:
    """The rules in the folders. Reads the files' names and times only, when `cache` (a folder) holds what they said last time.

    Raises RuleError for a broken rule file.
    """
    files = [path for entry in folders for path in (rule_files(entry) if entry.is_dir() else [entry])]
    key = [__version__, sys.hexversion, *code(), *((str(p), (s := p.stat()).st_mtime_ns, s.st_size) for p in files)]
    name = repr(key)
    store = cache / f"rules-{crc32(name.encode()):08x}.bin" if cache else None
    remembered = _recall(store, name)
    if remembered is not None:
        return remembered
    from edlint.ruleset.load import load_rules

    notices: list[str] = []
    rules = load_rules(files, notices)
    library = Library(rules, Gates(), tuple(notices))
    if store is not None:
        _remember(store, name, library)
    return library


def _recall(store: Path | None, name: str) -> Library | None:
    """What an earlier run remembered under a name; None when there is nothing or it cannot be read (it is then written anew)."""
    if store is None or not is_own(store):
        return None
    try:
        body = unseal(store.read_bytes())
        if body is None:
            return None
        data = marshal.loads(body)
        if data["name"] != name:
            return None
        restore(data["programs"])
        rules = {fields[0]: Rule(*fields)._replace(level=Level(fields[_LEVEL])) for fields in data["rules"]}
        return Library(rules, Gates(data["gates"], data["plans"]), data["notices"])
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


def _remember(store: Path, name: str, library: Library) -> None:
    """Write what was read, atomically, without what only a rule's own page needs. A cache that cannot be written is no fault."""
    from edlint.ruleset.compile import Matching, compile_rules

    terms: set[Term] = set()
    for compat in (False, True):  # which works gates and plans out
        alike = {name: rule for name, rule in library.rules.items() if rule.compat is compat}
        terms |= compile_rules(alike, library.gates, Matching(planned=compat)).terms
    data = {
        "name": name,
        "rules": [tuple(rule._replace(bad=(), good=(), lines={}, level=int(rule.level or 0))) for rule in library.rules.values()],  # type: ignore[arg-type]
        "gates": library.gates.known,
        "plans": library.gates.packed(),
        "notices": library.notices,
        "programs": freeze((term.pattern, term.ignorecase) for term in terms if not term.literal),
    }
    try:
        sealed = seal(marshal.dumps(data))
        if sealed is not None:
            write_private(store, sealed)
            _forget(store.parent)
    except OSError:
        return


def _forget(folder: Path) -> None:
    """Drop what was remembered of rules that have not been used for a month."""
    for path in folder.glob("rules-*"):
        if path.stat().st_mtime < time() - _MONTH:
            path.unlink(missing_ok=True)
