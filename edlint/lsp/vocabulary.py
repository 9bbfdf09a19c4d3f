"""Adding a name to the vocabulary: edits of the list of words, or of a configuration that has none yet. The editor applies them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from edlint.checks import kind_of
from edlint.errors import EdlintError
from edlint.files.inputs import read_text
from edlint.files.yamlfile import load_yaml
from edlint.model.config import Config
from edlint.model.finding import Finding
from edlint.model.rule import Rule
from edlint.ruleset.configure import as_pattern
from edlint.text.wordlist import load

_WORDS = 4  # in a name
LIST, CONFIG = "names.txt", ".edlint.yml"


class Addition(NamedTuple):
    """Text to put at the end of a file; `text` is that of the whole file for one that does not exist, whose `before` is None."""

    path: Path
    before: str | None
    text: str


def is_name(finding: Finding, rule: Rule | None) -> bool:
    """Whether a finding is about a name or a term that its rule would let pass if the vocabulary had it."""
    words = finding.match.split()
    if rule is None or not 0 < len(words) <= _WORDS or "\n" in finding.match:
        return False
    heeds = kind_of(rule).with_vocabulary(rule, (as_pattern(finding.match),)) is not rule
    return heeds and any(word.isalpha() and word.lower() not in load() for word in words)


def additions(term: str, config: Config, draft: str, roots: Sequence[str]) -> list[Addition]:
    """What to add to which files, so that the vocabulary has a term. All of them lie in the folders that the editor has open.

    Empty where that is not possible: the vocabulary is elsewhere, or the configuration is none that can be added to.
    """
    line = f"{term}\n"
    inside = [root for root in map(os.path.realpath, roots) if _within(draft, root)]
    if config.vocabulary:
        return [found for found in [_addition(config.vocabulary[-1], line, inside)] if found]
    if config.path is None:
        folder = Path(inside[0]) if inside else None
        settings = _addition(folder / CONFIG, f"vocabulary: [{LIST}]\n", inside) if folder else None
    else:
        folder = config.path.parent
        settings = _addition(config.path, f"vocabulary: [{LIST}]\n", inside) if config.path.suffix in (".yml", ".yaml") else None
    names = _addition(folder / LIST, line, inside) if folder else None
    if settings is None or names is None or names.before is not None or not _reads(settings):
        return []
    return [names, settings]


def _within(path: str | Path, folder: str) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(folder)


def _addition(path: Path, text: str, roots: Sequence[str]) -> Addition | None:
    """What to add to a file; None where it lies outside of the roots or cannot be read."""
    if not any(_within(path, root) for root in roots):
        return None
    with suppress(OSError, UnicodeDecodeError):
        if not os.path.lexists(path):
            return Addition(path, None, text)
        before = read_text(path)
        return Addition(path, before, text if not before or before.endswith("\n") else f"\n{text}")
    return None


def _reads(settings: Addition) -> bool:
    """Whether a configuration still reads with the addition, and has the list of words."""
    with suppress(EdlintError):
        values, _ = load_yaml((settings.before or "") + settings.text, CONFIG)
        return isinstance(values, dict) and values.get("vocabulary") == [LIST]
    return False
