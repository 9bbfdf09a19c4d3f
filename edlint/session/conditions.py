"""What the findings in a draft depend on besides the draft: programs, configuration, rules, word lists. No time of a file counts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from edlint.checks import kind_of
from edlint.folders import code
from edlint.grammar import version
from edlint.inputs import read_bytes
from edlint.model.config import Config
from edlint.model.rule import Rule
from edlint.plugins import versions
from edlint.reading import digest
from edlint.ruleset.places import pack_folders, rule_files
from edlint.version import __version__

_PARTS = ("harper_py-", "pyromark-", "regex-", "chunspell-")  # how the folders begin that name the versions of libraries


def conditions(config: Config) -> bytes | None:
    """A digest that changes whenever the same draft could get other findings under a configuration.

    None when that cannot be told, because the grammar engine does not say when its answers change.
    Raises ConfigError or RuleError for packs that do not exist, OSError for a file that cannot be read.
    """
    engine = version(config.grammar)
    if engine is None:
        return None
    files = {str(path): digest(read_bytes(path)) for path in files_of(config)}
    told = repr(replace(config, origins={}, include=(), exclude=(), fail_on=None, max_warnings=None, baseline=None))
    return digest(repr((_programs(), engine, told, files)).encode("utf-8", "surrogatepass"))


def files_of(config: Config) -> Iterator[Path]:
    """The files of rules and words that a configuration names. Raises ConfigError or RuleError for packs that do not exist."""
    for above in config.above:
        yield from files_of(above)
    for entry in pack_folders(config.packs, config.place("extends")):
        yield from rule_files(entry) if entry.is_dir() else [entry]
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


def names_files(rules: Iterable[Rule], config: Config) -> bool:
    """Whether some rule reads lists of words that `conditions` does not know of."""
    naming = [rule for rule in rules if kind_of(rule).file_keys and rule.pack not in config.made_packs]
    keys = {key for rule in naming for key in kind_of(rule).file_keys}
    tables = [config.rules, *(override.rules for override in config.overrides)]
    settings: list[Mapping[str, Any]] = [setting.options for table in tables for setting in table.values()]
    return any(options.get(key) for options in (*(rule.options for rule in naming), *settings) for key in keys)
