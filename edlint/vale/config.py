"""The key `vale:` of a configuration file: what concerns rules written for Vale only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from edlint.config.values import Values
from edlint.files.folders import expanded, is_folder
from edlint.files.globs import compile_glob
from edlint.model.finding import LEVELS, Level
from edlint.regexes.programs import compiled
from edlint.regexes.syntax import PatternError
from edlint.vale.settings import VERSIONS, Ignores, Reading, Vale, vocabulary

KEYS = ("styles", "vocab", "min_level", "skipped_scopes", "ignored_scopes", "ignored_classes", "ignores", "formats", "version")


def vale_values(values: Values, key: str, value: object) -> Vale:
    """The table under `key`, checked. Raises ConfigError."""
    table = values.table(key, value, KEYS)

    def listed(name: str) -> tuple[str, ...]:
        return values.texts(f"{key}.{name}", table.get(name, []))

    skipped, ignored = (listed(name) if name in table else None for name in ("skipped_scopes", "ignored_scopes"))
    least = LEVELS[values.text(f"{key}.min_level", table["min_level"], tuple(LEVELS))] if "min_level" in table else Level.SUGGESTION
    formats = {k: values.text(f"{key}.formats.{k}", v) for k, v in values.table(f"{key}.formats", table.get("formats", {})).items()}
    styles = _styles(values, f"{key}.styles", table["styles"]) if "styles" in table else None
    vocab = listed("vocab")
    for number, name in enumerate(vocab):
        if vocabulary(styles, name) is None:
            raise values.error(f"{key}.vocab.{number}", f"there is no vocabulary {name!r}", "a folder in config/vocabularies of `styles`")
    version = values.text(f"{key}.version", table.get("version", VERSIONS[-1]), VERSIONS)
    reading = Reading(skipped, ignored, listed("ignored_classes"), version=version)
    return Vale(styles, vocab, least, reading, _ignores(values, key, table), formats)


def vale_schema() -> dict[str, object]:
    """The JSON Schema of the table."""
    text = {"type": "string"}
    texts = {"type": ["string", "array"], "items": text}
    pair = {"type": "array", "items": text, "minItems": 2, "maxItems": 2}
    fields = {name: pair if name == "comments" else texts for name in Ignores._fields}
    ignores = {"type": "object", "required": [], "properties": fields, "additionalProperties": False}
    special = {
        "styles": text,
        "min_level": {"enum": list(LEVELS)},
        "ignores": {"anyOf": [ignores, {"type": "array", "items": ignores}]},
        "formats": {"type": "object", "additionalProperties": text},
        "version": {"enum": list(VERSIONS)},
    }
    return {"type": "object", "required": [], "properties": {key: special.get(key, texts) for key in KEYS}, "additionalProperties": False}


def _styles(values: Values, key: str, value: object) -> Path:
    folder = values.path.parent / expanded(values.text(key, value))
    if not is_folder(folder):
        raise values.error(key, f"there is no folder {value!r}")
    return folder.resolve()


def _ignores(values: Values, key: str, table: dict[str, object]) -> tuple[Ignores, ...]:
    found = []
    given = table.get("ignores", [])
    for number, entry in enumerate(given if isinstance(given, list) else [given]):
        at = f"{key}.ignores.{number}"
        item = values.table(at, entry, Ignores._fields)
        blocks, tokens, comments = (values.texts(f"{at}.{name}", item.get(name, [])) for name in Ignores._fields[1:])
        if fault := broken((*blocks, *tokens)):
            raise values.error(at, fault)
        if len(comments) not in (0, 2):
            raise values.error(f"{at}.comments", "two strings are needed, such as ['{/*', '*/}']")
        found.append(Ignores(values.globs(f"{at}.files", item.get("files", ["*"])), blocks, tokens, comments))
    return tuple(found)


def broken(patterns: Iterable[str]) -> str:
    """What is wrong with the first regex that does not compile, or ""."""
    for pattern in patterns:
        try:
            compiled(pattern)
        except PatternError as fault:
            return f"{pattern!r} does not compile: {fault}"
    return ""


def globs(glob: str) -> tuple[str, ...]:
    """A section's pattern as ours: in Vale's a star also crosses folders."""
    inverse = "!" if glob.startswith("!") else ""
    bare = glob.removeprefix("!")
    return (inverse + (re.sub(r"\*+", "**", bare) if "/" in bare else bare),)


def no_pattern(glob: str) -> str:
    """What is wrong with a section's pattern, or ""."""
    try:
        for pattern in globs(glob):
            compile_glob(pattern.removeprefix("!"))
    except ValueError as fault:
        return f"not a file pattern: {fault}"
    return ""
