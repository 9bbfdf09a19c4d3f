"""`.vale.ini` read as configuration: what it asks of Vale, as edlint's own Config."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edlint.errors import ConfigError, Place, did_you_mean
from edlint.files.folders import expanded, is_file, is_folder
from edlint.files.inputs import read_text_or
from edlint.model.config import Config, Override, RuleSetting
from edlint.model.finding import LEVELS, Level
from edlint.vale.config import broken, globs, no_pattern
from edlint.vale.settings import BUILTIN, VERSIONS, Ignores, Reading, Vale, vocabulary

NAMES = (".vale", "_vale", "vale.ini", ".vale.ini", "_vale.ini")
_GLOBAL = (
    "StylesPath", "MinAlertLevel", "Vocab", "Packages", "IgnoredScopes", "SkippedScopes", "IgnoredClasses",
    "WordTemplate", "NLPEndpoint", "ValeVersion",
)  # fmt: skip
_LISTS = ("BasedOnStyles", "BlockIgnores", "TokenIgnores")
_SPECIAL = ("CommentDelimiters", "Transform", "View")
_LOCAL = (*_LISTS, "IgnorePatterns", "Lang", *_SPECIAL)
_UNSUPPORTED = {  # key → why it has no effect
    "WordTemplate": "words are always looked for between word boundaries", "NLPEndpoint": "sentences are cut here",
    "Lang": "rules say which language they are for", "Transform": "XML is not read", "View": "data files are not read",
}  # fmt: skip
_COMMA = re.compile(r"(?<!\\),")
_COMMENT = re.compile(r"(?:^|\s)[#;].*")


@dataclass(frozen=True, slots=True)
class _Section:
    """One section: its glob ("" before the first), the lists by key, and the switches of rules."""

    glob: str
    line: int = 0
    lists: dict[str, list[str]] = field(default_factory=dict)
    switches: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def load_ini(path: Path) -> Config:
    """Read a Vale configuration. Raises ConfigError with file and line."""
    text = read_text_or(ConfigError, path)
    if "\0" in text:
        raise ConfigError("a NUL character is not allowed", Place(str(path), text.count("\n", 0, text.index("\0")) + 1))
    top, *sections = _sections(text, path)
    return _config(path, top, sections)


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


def _sections(text: str, path: Path) -> list[_Section]:
    """The sections in order; the first is what stands before them."""
    sections = [_Section("")]
    for number, line in _entries(text):
        if line.startswith("["):
            close = line.rfind("]")
            if close < 0:
                raise ConfigError("a section's name ends with ]", Place(str(path), number))
            sections.append(_Section(line[1:close].strip(), number))
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


def _put(section: _Section, key: str, value: str, place: Place) -> None:
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
    elif "." in key:
        section.switches.setdefault(key, value)
    else:
        near = did_you_mean(key, _LOCAL)  # a key like none of Vale's may stand in a file that nobody meant to show
        raise ConfigError(f"unknown key {key!r}" if near else "unknown key", place, near or "a rule is switched by Style.Rule = YES")


def _listed(values: list[str]) -> tuple[str, ...]:
    """The entries of comma-separated lists."""
    parts = (part.strip().replace("\\,", ",") for value in values for part in _COMMA.split(value))
    return tuple(part for part in parts if part)


def _config(path: Path, top: _Section, sections: list[_Section]) -> Config:
    root = path.absolute().parent
    styles = _styles_path(top, path)
    formats = {k: v for s in sections if s.glob == "formats" for k, v in s.switches.items()}
    sections = [s for s in sections if s.glob != "formats"]
    vale = Vale(styles, _vocab(top, styles, path), _min_level(top, path), _reading(top, path), tuple(_ignores(sections, path)), formats)
    levels = {rule: LEVELS[value] for section in sections for rule, value in section.switches.items() if value in LEVELS}
    extends = _extends(sections, styles, path)
    packs = [e if isinstance(e, str) else e.name for e in extends if isinstance(e, str) or e.suffix != ".yml"]
    singles = [f"{e.parent.name}.{e.name.partition('.')[0]}" for e in extends if isinstance(e, Path) and e.suffix == ".yml"]
    rules = dict.fromkeys((*packs, *singles), RuleSetting("off"))
    return Config(
        extends=tuple(extends), rules=rules, overrides=tuple(_overrides(sections, packs, singles, levels)), vale=vale, path=path, root=root,
        strict=False,
        origins={"extends": Place(str(path))}, notices=tuple(_without_effect(path, [top, *sections], styles)),
    )  # fmt: skip


def _styles_path(top: _Section, path: Path) -> Path | None:
    given = top.lists.get("StylesPath", [])
    if not given:
        return None
    styles = (path.absolute().parent / expanded(given[-1])).resolve()
    if not is_folder(styles):
        raise ConfigError(f"StylesPath: there is no folder {given[-1]!r}", Place(str(path), top.lines["StylesPath"]))
    return styles


def _vocab(top: _Section, styles: Path | None, path: Path) -> tuple[str, ...]:
    names = _listed(top.lists.get("Vocab", []))
    for name in names:
        if vocabulary(styles, name) is None:
            place = Place(str(path), top.lines["Vocab"])
            raise ConfigError(f"there is no vocabulary {name!r}", place, "a vocabulary is a folder in config/vocabularies")
    return names


def _min_level(top: _Section, path: Path) -> Level:
    return LEVELS[_chosen(top, path, "MinAlertLevel", "suggestion", LEVELS)]


def _chosen(top: _Section, path: Path, key: str, default: str, choices: Collection[str]) -> str:
    """The value of a key that is one of several. Raises ConfigError."""
    word = top.lists.get(key, [default])[-1]
    if word not in choices:
        hint = did_you_mean(word, choices) or "one of " + ", ".join(choices)
        raise ConfigError(f"{key}: no such value: {word!r}", Place(str(path), top.lines[key]), hint)
    return word


def _reading(top: _Section, path: Path) -> Reading:
    skipped, ignored = (_listed(top.lists[key]) if key in top.lists else None for key in ("SkippedScopes", "IgnoredScopes"))
    version = _chosen(top, path, "ValeVersion", VERSIONS[-1], VERSIONS)
    return Reading(skipped, ignored, _listed(top.lists.get("IgnoredClasses", [])), version=version)


def _ignores(sections: list[_Section], path: Path) -> Iterator[Ignores]:
    for section in sections:
        blocks, tokens, comments = (_listed(section.lists.get(key, [])) for key in ("BlockIgnores", "TokenIgnores", "CommentDelimiters"))
        if len(comments) not in (0, 2):
            place = Place(str(path), section.lines["CommentDelimiters"])
            raise ConfigError("CommentDelimiters: two strings are needed", place, "such as {/*, */}")
        for key in ("BlockIgnores", "TokenIgnores"):
            if fault := broken(_listed(section.lists.get(key, []))):
                raise ConfigError(f"{key}: {fault}", Place(str(path), section.lines.get(key, section.line)))
        if blocks or tokens or comments:
            yield Ignores(globs(section.glob), blocks, tokens, comments)


def _without_effect(path: Path, sections: list[_Section], styles: Path | None) -> Iterator[str]:
    """The notices about keys that have no effect here."""
    for section in sections:
        for key, why in _UNSUPPORTED.items():
            if key in section.lists:
                yield f"{Place(str(path), section.lines[key])}: {key} has no effect: {why}"
        named = (name.rpartition("/")[2].removesuffix(".zip") for name in _listed(section.lists.get("Packages", [])))
        if missing := [name for name in named if not (styles and (styles / name).is_dir())]:
            where = Place(str(path), section.lines["Packages"])
            yield f"{where}: Packages: nothing is downloaded, and these are not in StylesPath: {', '.join(missing)}"
        for folder in (vocabulary(styles, name) for name in _listed(section.lists.get("Vocab", []))):
            if folder and folder.parent.name != "vocabularies":
                yield f"{Place(str(path), section.lines['Vocab'])}: {folder} is read, where Vale 3 does not look: see config/vocabularies"


def _extends(sections: list[_Section], styles: Path | None, path: Path) -> list[str | Path]:
    """The styles and single rules to load, in the order in which they are named. Raises ConfigError for a style that is missing."""
    found: dict[str | Path, None] = {}
    based = [_listed(section.lists.get("BasedOnStyles", [])) for section in sections]
    named = {name for names in based for name in names}
    for section, names in zip(sections, based, strict=True):
        for name in names:
            if name == BUILTIN:
                found[BUILTIN] = None
                continue
            if not styles or not is_folder(styles / name):
                place = Place(str(path), section.lines["BasedOnStyles"])
                raise ConfigError(f"there is no style {name!r}", place, f"StylesPath is {styles}")
            found[styles / name] = None
        for rule in section.switches:
            style, _, problem = rule.partition(".")
            file = styles / style / f"{problem}.yml" if styles else None
            if style == BUILTIN:
                found[BUILTIN] = None
            elif style not in named and file and is_file(file):
                found[file] = None
    return list(found)


def _overrides(sections: list[_Section], packs: list[str], singles: list[str], levels: Mapping[str, Level]) -> Iterator[Override]:
    """What each section changes: first the styles that run (the last section that has any counts), then the switches."""
    for section in sections:
        chosen = _listed(section.lists.get("BasedOnStyles", []))
        if "BasedOnStyles" in section.lists:
            rules: dict[str, RuleSetting] = {pack: RuleSetting("on" if pack in chosen else "off") for pack in packs}
            rules |= {rule: RuleSetting(level) for rule, level in levels.items() if rule.partition(".")[0] in chosen}
            yield Override(globs(section.glob), rules)
    known = {*packs, *singles}
    for section in sorted(sections, key=lambda s: s.glob != "*"):
        items = [item for item in section.switches.items() if {item[0], item[0].partition(".")[0]} & known]
        if items:
            yield Override(globs(section.glob), {rule: _switch(rule, value, levels) for rule, value in items})


def _switch(rule: str, value: str, levels: Mapping[str, Level]) -> RuleSetting:
    return RuleSetting(levels.get(rule, "on") if value in LEVELS or value == "YES" else "off")
