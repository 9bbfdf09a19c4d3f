"""What a configuration asks for the sake of rules written for Vale, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from edlint.files.folders import is_file, is_folder
from edlint.files.globs import matches
from edlint.model.finding import Level

NAMES = (".vale", "_vale", "vale.ini", ".vale.ini", "_vale.ini")  # of configuration files
BUILTIN = "Vale"  # the built-in style, as `extends:` names it
VERSIONS = ("3.15", "3.20")  # of Vale, whose ways of reading a draft differ; the last is the default

_OLD = "Vocab"  # where vocabularies were before version 3


def vocabulary(styles: Path | None, name: str) -> Path | None:
    """The folder of a vocabulary; None when there is none of that name."""
    places = (styles / "config" / "vocabularies" / name, styles / _OLD / name) if styles else ()
    return next(filter(is_folder, places), None)


class Reading(NamedTuple):
    """How a draft is read for rules written for Vale.

    `skipped_scopes` are elements not read at all, `ignored_scopes` those whose text is masked, or front-matter scopes (None:
    Vale's own lists); `ignored_classes` are HTML classes of elements not read. `blocks` and `tokens` are patterns of text to
    pass over in Markdown; `comments` are two strings that stand for `<!--` and `-->` there, or none. `version` is one of VERSIONS.
    """

    skipped_scopes: tuple[str, ...] | None = None
    ignored_scopes: tuple[str, ...] | None = None
    ignored_classes: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    version: str = VERSIONS[-1]


class Ignores(NamedTuple):
    """Patterns of text to pass over in the drafts that match one of the globs `files`.

    `comments` are two strings that stand for `<!--` and `-->` there, or none.
    """

    files: tuple[str, ...]
    blocks: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vale:
    """What concerns rules written for Vale only.

    `styles` is the folder of styles, with vocabularies and dictionaries below `config`; `vocab` names vocabularies there;
    rules below `min_level` do not run. `formats` gives a suffix (without its dot) the meaning of another.
    """

    styles: Path | None = None
    vocab: tuple[str, ...] = ()
    min_level: Level = Level.SUGGESTION
    reading: Reading = Reading()
    ignores: tuple[Ignores, ...] = ()
    formats: Mapping[str, str] = field(default_factory=dict)

    def words(self, name: str) -> tuple[Path, ...]:
        """The files of that name (accept.txt, reject.txt) that the vocabularies have."""
        folders = filter(None, (vocabulary(self.styles, vocab) for vocab in self.vocab))
        return tuple(file for folder in folders if is_file(file := folder / name))

    def word_files(self) -> Iterator[Path]:
        """Every file below the styles' folders `config` (vocabularies, dictionaries, lists, rule filters) and `Vocab`."""
        for name in ("config", _OLD) if self.styles else ():
            yield from sorted(path for path in (self.styles / name).rglob("*") if path.is_file())  # type: ignore[operator]

    def reading_for(self, draft: Path, root: Path) -> Reading:
        """How a draft is read; globs are relative to `root`."""
        found = [ignores for ignores in self.ignores if matches(ignores.files, draft, root)]
        blocks, tokens = (tuple(p for i in found for p in getattr(i, kind)) for kind in ("blocks", "tokens"))
        comments = next((i.comments for i in reversed(found) if i.comments), ())
        return self.reading._replace(blocks=blocks, tokens=tokens, comments=comments) if found else self.reading
