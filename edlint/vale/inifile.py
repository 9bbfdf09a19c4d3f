"""`.vale.ini` as it is written: its sections, with the line of each key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from edlint.errors import ConfigError, Place, did_you_mean
from edlint.files.inputs import read_text_or
from edlint.text.lazy import lazy
from edlint.vale.config import no_pattern

_GLOBAL = (
    "StylesPath", "MinAlertLevel", "Vocab", "Packages", "IgnoredScopes", "SkippedScopes", "IgnoredClasses",
    "WordTemplate", "NLPEndpoint", "ValeVersion",
)  # fmt: skip
_LISTS = ("BasedOnStyles", "BlockIgnores", "TokenIgnores")
_SPECIAL = ("CommentDelimiters", "Transform", "View")
_LOCAL = (*_LISTS, "IgnorePatterns", "Lang", *_SPECIAL)
_STRUCTURAL = (  # keys of rules that no configuration sets
    *("extends", "name", "path", "tests", "message", "description", "link"),
    *("tokens", "swap", "exceptions", "filters", "ignore", "raw", "either"),
)
_PARAMETER = lazy(r"([^\[\]]+\.[^\[\]]+)\[([A-Za-z][A-Za-z0-9]*)\]")
_COMMA = lazy(r"(?<!\\),")
_COMMENT = lazy(r"(?:^|\s)[#;].*")


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its glob ("" before the first), the lists by key, and the switches of rules."""

    glob: str
    line: int = 0
    lists: dict[str, list[str]] = field(default_factory=dict)
    switches: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, dict[str, str]] = field(default_factory=dict)  # of rules: `Style.Rule[key] = value`
    lines: dict[str, int] = field(default_factory=dict)


def read_ini(path: Path) -> list[Section]:
    """The sections of a Vale configuration in order; the first is what stands before them. Raises ConfigError with file and line."""
    text = read_text_or(ConfigError, path)
    if "\0" in text:
        raise ConfigError("a NUL character is not allowed", Place(str(path), text.count("\n", 0, text.index("\0")) + 1))
    return _sections(text, path)


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """The logical lines with their 1-based numbers: comments gone, continued lines joined."""
    held, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if not held and line.strip()[:1] in ("#", ";"):
            continue
        first = first if held else number
        if line.rstrip().endswith("\\"):
            held += line.rstrip()[:-1]
            continue
        whole, held = (held + line).strip(), ""
        if whole:
            yield first, whole


def _sections(text: str, path: Path) -> list[Section]:
    """The sections in order; the first is what stands before them."""
    sections = [Section("")]
    for number, line in _entries(text):
        if line.startswith("["):
            close = line.rfind("]")
            if close < 0:
                raise ConfigError("a section's name ends with ]", Place(str(path), number))
            sections.append(Section(line[1:close].strip(), number))
            if fault := no_pattern(sections[-1].glob):
                raise ConfigError(fault, Place(str(path), number))
            continue
        key, sign, value = line.partition("=")
        key, value = key.strip(), _value(value)
        if not sign:
            raise ConfigError("this line is neither `key = value` nor a section", Place(str(path), number))
        _put(sections[-1], key, value, Place(str(path), number))
    return sections


def _value(raw: str) -> str:
    """A value without comment and quotation marks."""
    value = raw.strip()
    if value[:1] in ("'", '"', "`") and value.endswith(value[0]) and len(value) > 1:
        return value[1:-1]
    return _COMMENT.sub("", value).strip()


def _put(section: Section, key: str, value: str, place: Place) -> None:
    """Note one key of a section. Raises ConfigError for one that does not belong there."""
    section.lines.setdefault(key, place.line or 0)
    if section.glob == "":
        if key in _LOCAL:
            raise ConfigError(f"{key} belongs in a section", place, "put it below [*]")
        section.lists.setdefault(key, []).append(value)
    elif section.glob == "formats":
        section.switches[key] = value
    elif key in _GLOBAL:
        raise ConfigError(f"{key} belongs before the first section", place)
    elif section.glob == "*" and key in _SPECIAL:
        raise ConfigError(f"{key} belongs in the section of some files", place, "such as [*.mdx]")
    elif key in _LOCAL:
        section.lists.setdefault("BlockIgnores" if key == "IgnorePatterns" else key, []).append(value)
    elif found := _PARAMETER.fullmatch(key):
        name, parameter = found[1], found[2].lower()
        if parameter == "level" or parameter in _STRUCTURAL:
            hint = f"{name} = {value}" if parameter == "level" else f"write a rule with `extends: {name}`"
            raise ConfigError(f"{key}: {parameter!r} is not set here", place, hint)
        section.parameters.setdefault(name, {}).setdefault(parameter, value)
    elif "." in key:
        section.switches.setdefault(key, value)
    else:
        near = did_you_mean(key, _LOCAL)  # a key like none of Vale's may stand in a file that nobody meant to show
        raise ConfigError(f"unknown key {key!r}" if near else "unknown key", place, near or "a rule is switched by Style.Rule = YES")


def listed(values: list[str]) -> tuple[str, ...]:
    """The entries of comma-separated lists."""
    parts = (part.strip().replace("\\,", ",") for value in values for part in _COMMA.split(value))
    return tuple(part for part in parts if part)
