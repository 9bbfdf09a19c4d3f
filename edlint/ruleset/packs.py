"""Packs: folders of rules, those that ship with edlint and the house's own, read once and remembered between runs."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from edlint.files.folders import code, drop_unused
from edlint.files.signing import read_signed, write_signed
from edlint.model.rule import PARENTS, Rule
from edlint.ruleset.packed import packed, shipped_rules, unpacked
from edlint.ruleset.places import rule_files, shipped_folder
from edlint.version import __version__


class Library(NamedTuple):
    """All rules of some packs by name, and what is to be said of rules left out."""

    rules: Mapping[str, Rule]
    notices: tuple[str, ...] = ()


def load_library(folders: Iterable[Path], cache: Path | None) -> Library:
    """The rules in the folders. Reads the files' names and times only, when `cache` (a folder) holds what they said last time.

    Packs that ship with an installed edlint come compiled: they are neither read nor remembered. Raises RuleError for a broken rule file.
    """
    folders = list(folders)
    files = [path for entry in folders for path in (rule_files(entry) if entry.is_dir() else [entry])]
    shipped = shipped_rules()
    if shipped is not None and set(files) <= shipped.keys():
        return Library({rule.name: rule for rule in map(shipped.__getitem__, files)})
    key = [__version__, sys.hexversion, *code(), *((str(p), (s := p.stat()).st_mtime_ns, s.st_size) for p in files)]
    name = repr(key)
    store = cache / f"rules-{crc32(name.encode()):08x}.bin" if cache else None
    remembered = _recall(store, name)
    if remembered is not None:
        return remembered
    from edlint.ruleset.load import load_rules, read_rule

    own = [folder for folder in folders if folder.parent == shipped_folder()]
    if shipped is None and own and len(own) < len(folders):  # a checkout: read them once, whatever changes in the other packs
        library = load_library(own, cache)
        shipped = {Path(rule.path): rule for rule in library.rules.values()}
    ready = shipped or {}
    notices: list[str] = []
    rules = load_rules(files, notices, lambda path: ready.get(path) or read_rule(path))
    library = Library(rules, tuple(notices))
    if store is not None and not any(rule.options.get(PARENTS) for rule in rules.values()):  # files that the key does not know of
        _remember(store, name, library)
    return library


def _recall(store: Path | None, name: str) -> Library | None:
    """What an earlier run remembered under a name; None when there is nothing or it cannot be read (it is then written anew)."""
    body = read_signed(store)
    if body is None:
        return None
    try:
        data = marshal.loads(body)
        if data["name"] != name:
            return None
        return Library({rule.name: rule for rule in unpacked(data)}, data["notices"])
    except (EOFError, ValueError, KeyError, TypeError):
        return None


def _remember(store: Path, name: str, library: Library) -> None:
    """Write what was read, and drop what has not been used for long."""
    data = {"name": name, "notices": library.notices, **packed(library.rules)}
    if write_signed(store, marshal.dumps(data)):
        drop_unused(store.parent, "rules-*")
