"""What a configuration asks for the sake of rules written for Vale, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from edlint.folders import is_file
from edlint.globs import matches
from edlint.model.finding import Level

BUILTIN = "Vale"  # the built-in style, as `extends:` names it


class Reading(NamedTuple):
    """How a draft is read for rules written for Vale.

    `skipped_scopes` are elements not read at all, `ignored_scopes` those whose text is masked, or front-matter scopes (None:
    Vale's own lists); `ignored_classes` are HTML classes of elements not read. `blocks` and `tokens` are patterns of text to
    pass over in Markdown; `comments` are two strings that stand for `<!--` and `-->` there, or none.
    """

    skipped_scopes: tuple[str, ...] | None = None
    ignored_scopes: tuple[str, ...] | None = None
    ignored_classes: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


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
        folder = (self.styles or Path()) / "config" / "vocabularies"
        return tuple(file for vocab in self.vocab if is_file(file := folder / vocab / name))

    def word_files(self) -> Iterator[Path]:
        """Every file below the styles' folder `config`: vocabularies, dictionaries, lists, rule filters."""
        if self.styles:
            yield from sorted(path for path in (self.styles / "config").rglob("*") if path.is_file())

    def reading_for(self, draft: Path, root: Path) -> Reading:
        """How a draft is read; globs are relative to `root`."""
        found = [ignores for ignores in self.ignores if matches(ignores.files, draft, root)]
        blocks, tokens = (tuple(p for i in found for p in getattr(i, kind)) for kind in ("blocks", "tokens"))
        comments = next((i.comments for i in reversed(found) if i.comments), ())
        return self.reading._replace(blocks=blocks, tokens=tokens, comments=comments) if found else self.reading
