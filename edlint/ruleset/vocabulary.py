"""Vocabularies: files that list a term a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from edlint.errors import ConfigError, Place
from edlint.files.inputs import read_text


def listed_terms(files: Iterable[Path], place: Place | None) -> tuple[str, ...]:
    """The terms that files list, one a line, without comments. Raises ConfigError, placed at `place`, for a file that cannot be read."""
    terms: list[str] = []
    for path in files:
        try:
            lines = read_text(path).splitlines()
        except OSError as fault:
            raise ConfigError(f"vocabulary {path} cannot be read: {fault.strerror}", place) from None
        except UnicodeDecodeError:
            raise ConfigError(f"vocabulary {path} is not UTF-8", place) from None
        terms.extend(line.strip() for line in lines if line.strip() and not f"{line.strip()} ".startswith("# "))
    return tuple(dict.fromkeys(terms))
