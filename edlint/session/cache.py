"""Cached results: one file for each configuration and choice of rules, valid as long as nothing changes that findings depend on.

A draft's entry holds its stamp, the digest of its bytes and the findings; of its text there is no more than findings quote.
A cache that is not there, cannot be read or cannot be written is never an error: drafts are linted then.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from edlint.checks import kind_of
from edlint.errors import SourceError
from edlint.files.digest import digest
from edlint.files.folders import code, drop_unused, is_own, write_private
from edlint.files.inputs import read_bytes
from edlint.files.signing import verify, write_signed
from edlint.grammar import version
from edlint.model.config import Config
from edlint.model.report import FileResult
from edlint.model.rule import Rule
from edlint.plugins import versions
from edlint.reading import Stamp, StoredSource, read_draft, settled, stamp
from edlint.ruleset.places import pack_folders, rule_files, vocabularies
from edlint.session.serialize import pack, pack_rule, unpack, unpack_rule
from edlint.version import __version__

IGNORE = ".gitignore"
_NONE = pack(FileResult(""))


Entry = tuple[tuple[int, ...] | None, bytes, bytes]
"""A draft's stamp (None while its file may yet be written to without getting another), the digest of its bytes, its packed result."""

Names = dict[str, Entry]  # of one folder: a file's name → its entry
_PARTS = ("harper_py-", "pyromark-", "regex-", "chunspell-")  # how the folders begin that name the versions of libraries


@dataclass
class ResultCache:
    """The remembered results under one configuration: by folder (absolute) and file name.

    `began` is when the run began, in nanoseconds. `notices` is what the rules as such gave cause to say, `rules` are those
    behind the findings by the findings' names: so rules need not be read when every draft is known. `named` are the states of the
    files that rules name. `changed`: to be saved.
    """

    path: Path
    key: bytes
    began: int
    notices: tuple[str, ...] = ()
    rules: dict[str, Rule] = field(default_factory=dict)
    folders: dict[str, Names] = field(default_factory=dict)
    named: dict[str, bytes] = field(default_factory=dict)
    changed: bool = False
    _read: Stamp | None = None

    @classmethod
    def load(cls, path: Path, key: bytes, began: int) -> ResultCache:
        """What the file at `path` holds, if it was written under the same conditions, of which `key` is the digest."""
        memory = cls(path, key, began)
        memory._merge_file()
        return memory

    def _merge_file(self) -> None:
        """Merge in the entries of the file; those already in memory win."""
        try:
            if not (is_own(self.path) and is_own(self.path.parent)):
                return
            data, self._read = read_draft(str(self.path))
            body = verify(data)
            if body is None:
                return
            key, notices, packed, named, folders = marshal.loads(body)
            rules = {name: unpack_rule(row) for name, row in packed.items()}
            known = {name: {**names, **self.folders.get(name, {})} for name, names in {**self.folders, **folders}.items()}
            valid = key == self.key and named == states(named)
        except (SourceError, OSError, ValueError, TypeError, EOFError, AttributeError):
            return
        if valid:
            self.notices, self.rules, self.named, self.folders = notices, {**rules, **self.rules}, named, known

    def recall(self, folder: str, path: str, config: Config) -> FileResult | None:
        """The result for the draft at `path`, a name in `folder`; None when it must be linted. It is only read if its stamp is new."""
        names = self.folders.get(folder)
        name = path[path.rfind("/") + 1 :]
        entry = names.get(name) if names else None
        if entry is None or names is None:
            return None
        known, mark, found = entry
        try:
            now = stamp(os.stat(path))  # noqa: PTH116
            if known != now:
                data, now = read_draft(path)
                if digest(data) != mark:
                    return None
                names[name] = tuple(now) if settled(now, self.began) else None, mark, found
                self.changed = True
            source = StoredSource(path, config.encoding, mark, now)
            if not found:
                return FileResult(path, source, fail_on=config.fail_on)
            return unpack(found, path)._replace(source=source, fail_on=config.fail_on)
        except (OSError, SourceError, ValueError, TypeError, EOFError):
            return None

    def remember(self, folder: str, result: FileResult) -> None:
        """Add a result, unless it may change although the draft does not: with an error, a fault or a notice, or without a file."""
        source = result.source
        if result.error or result.faults or result.notices or not isinstance(source, StoredSource):
            return
        name = result.path[result.path.rfind("/") + 1 :]
        known = tuple(source.stamp) if settled(source.stamp, self.began) else None
        found = pack(result)
        self.folders.setdefault(folder, {})[name] = known, source.mark, b"" if found == _NONE else found
        self.changed = True

    def save(self, notices: Iterable[str], rules: Mapping[str, Rule]) -> None:
        """Write all entries, merged with what another run has written in the meantime, without files that no longer exist."""
        try:
            fresh = not self.path.exists()
            if not fresh and stamp(self.path.stat()) != self._read:
                self._merge_file()
            kept = {folder: left for folder, names in self.folders.items() if (left := _present(folder, names))}
            rows = {name: pack_rule(rule) for name, rule in {**self.rules, **rules}.items()}
            if write_signed(self.path, marshal.dumps((self.key, tuple(notices), rows, self.named, kept))) and fresh:
                _tidy(self.path.parent)
        except OSError:
            return


def _present(folder: str, names: Names) -> Names:
    """The entries of the files that are still in a folder."""
    try:
        return {name: names[name] for name in os.listdir(folder) if name in names}  # noqa: PTH208
    except (OSError, ValueError):  # ValueError: a name that no folder can have, in a file that was damaged
        return {}


def _tidy(folder: Path) -> None:
    """Keep the cache out of repositories, and remove results that have not been written for a month."""
    ignore = folder / IGNORE
    if not ignore.exists():
        write_private(ignore, b"# Made by edlint.\n*\n")
    drop_unused(folder, "results-*")


def cache_key(config: Config) -> bytes | None:
    """A digest that changes whenever the same draft could get other findings under a configuration.

    None when that cannot be told, because the grammar engine does not say when its answers change.
    Raises ConfigError or RuleError for packs that do not exist, OSError for a file that cannot be read.
    """
    engines = [version(grammar) for grammar in config.grammars]
    if None in engines:
        return None
    if config.reader:
        from edlint.reader.exam import standing

        engines.append(repr(standing(config.reader)))
    files = {str(path): digest(read_bytes(path)) for path in files_of(config)}
    told = repr(replace(config, origins={}, include=(), exclude=(), fail_on=None, max_warnings=None, baseline=None))
    return digest(repr((_programs(), engines, told, files)).encode("utf-8", "surrogatepass"))


def files_of(config: Config) -> Iterator[Path]:
    """The files of rules and words that a configuration names. Raises ConfigError or RuleError for packs that do not exist."""
    for above in config.above:
        yield from files_of(above)
    packs = pack_folders(config.packs, config.place("extends"))
    for entry in packs:
        yield from rule_files(entry) if entry.is_dir() else [entry]
    yield from vocabularies(packs)
    yield from config.word_files()


@lru_cache(maxsize=1)
def _programs() -> tuple[str, ...]:
    """The versions of what reads drafts, and edlint's own code."""
    told = [__version__, str(sys.hexversion)]
    for folder in sys.path:
        with suppress(OSError):
            told += sorted(name for name in os.listdir(folder or ".") if name.startswith(_PARTS) and name.endswith("-info"))  # noqa: PTH208
    told += [*code(), *versions()]
    return tuple(told)


def named_files(rules: Iterable[Rule], config: Config) -> frozenset[str]:
    """The places of all files that rules name, or name by the settings of a configuration, and that `cache_key` does not know of."""
    tables = [table for each in (config, *config.above) for table in (each.rules, *(override.rules for override in each.overrides))]
    named: set[str] = set()
    for rule in (rule for rule in rules if rule.pack not in config.made_packs):
        given = [setting.options for table in tables for name in (rule.name, rule.pack) if (setting := table.get(name))]
        for options in ({}, *given):
            named.update(map(str, kind_of(rule).files(rule._replace(options={**rule.options, **options}))))
    return frozenset(named)


def states(paths: Iterable[str]) -> dict[str, bytes]:
    """The digest of each file, nothing for one that is not there. Raises OSError for one that cannot be read."""
    return {path: digest(read_bytes(path)) if os.path.lexists(path) else b"" for path in paths}
