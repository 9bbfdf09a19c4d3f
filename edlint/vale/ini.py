"""`.vale.ini` read as configuration: what it asks of Vale, as edlint's own Config."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from edlint.errors import ConfigError, Place, did_you_mean
from edlint.files.folders import expanded, is_file, is_folder
from edlint.files.yamlfile import resolve
from edlint.model.config import Config, Override, RuleSetting
from edlint.model.finding import LEVELS, Level
from edlint.packs.lock import HOW, read_lock
from edlint.vale.config import broken, globs
from edlint.vale.inifile import Section, listed, read_ini
from edlint.vale.settings import BUILTIN, VERSIONS, Ignores, Reading, Vale, vocabulary

_UNSUPPORTED = {  # key → why it has no effect
    "WordTemplate": "words are always looked for between word boundaries", "NLPEndpoint": "sentences are cut here",
    "Lang": "rules say which language they are for", "Transform": "XML is not read", "View": "data files are not read",
}  # fmt: skip


def load_ini(path: Path) -> Config:
    """Read a Vale configuration. Raises ConfigError with file and line."""
    top, *sections = read_ini(path)
    return _config(path, top, sections)


def _config(path: Path, top: Section, sections: list[Section]) -> Config:
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
    for section in sections:
        for rule, given in section.parameters.items():
            options = {key: resolve(value) for key, value in given.items()}
            rules[rule] = RuleSetting(None, options).over(rules.get(rule, RuleSetting()))
    return Config(
        extends=tuple(extends), rules=rules, overrides=tuple(_overrides(sections, packs, singles, levels)), vale=vale, path=path, root=root,
        strict=False,
        origins={"extends": Place(str(path))}, notices=tuple(_without_effect(path, [top, *sections], styles)),
    )  # fmt: skip


def _styles_path(top: Section, path: Path) -> Path | None:
    given = top.lists.get("StylesPath", [])
    if not given:
        return None
    styles = (path.absolute().parent / expanded(given[-1])).resolve()
    if not is_folder(styles):
        raise ConfigError(f"StylesPath: there is no folder {given[-1]!r}", Place(str(path), top.lines["StylesPath"]))
    return styles


def _vocab(top: Section, styles: Path | None, path: Path) -> tuple[str, ...]:
    names = listed(top.lists.get("Vocab", []))
    for name in names:
        if vocabulary(styles, name) is None:
            place = Place(str(path), top.lines["Vocab"])
            raise ConfigError(f"there is no vocabulary {name!r}", place, "a vocabulary is a folder in config/vocabularies")
    return names


def _min_level(top: Section, path: Path) -> Level:
    return LEVELS[_chosen(top, path, "MinAlertLevel", "suggestion", LEVELS)]


def _chosen(top: Section, path: Path, key: str, default: str, choices: Collection[str]) -> str:
    """The value of a key that is one of several. Raises ConfigError."""
    word = top.lists.get(key, [default])[-1]
    if word not in choices:
        hint = did_you_mean(word, choices) or "one of " + ", ".join(choices)
        raise ConfigError(f"{key}: no such value: {word!r}", Place(str(path), top.lines[key]), hint)
    return word


def _reading(top: Section, path: Path) -> Reading:
    skipped, ignored = (listed(top.lists[key]) if key in top.lists else None for key in ("SkippedScopes", "IgnoredScopes"))
    version = _chosen(top, path, "ValeVersion", VERSIONS[-1], VERSIONS)
    return Reading(skipped, ignored, listed(top.lists.get("IgnoredClasses", [])), version=version)


def _ignores(sections: list[Section], path: Path) -> Iterator[Ignores]:
    for section in sections:
        blocks, tokens, comments = (listed(section.lists.get(key, [])) for key in ("BlockIgnores", "TokenIgnores", "CommentDelimiters"))
        if len(comments) not in (0, 2):
            place = Place(str(path), section.lines["CommentDelimiters"])
            raise ConfigError("CommentDelimiters: two strings are needed", place, "such as {/*, */}")
        for key in ("BlockIgnores", "TokenIgnores"):
            if fault := broken(listed(section.lists.get(key, []))):
                raise ConfigError(f"{key}: {fault}", Place(str(path), section.lines.get(key, section.line)))
        if blocks or tokens or comments:
            yield Ignores(globs(section.glob), blocks, tokens, comments)


def _without_effect(path: Path, sections: list[Section], styles: Path | None) -> Iterator[str]:
    """The notices about keys that have no effect here."""
    for section in sections:
        for key, why in _UNSUPPORTED.items():
            if key in section.lists:
                yield f"{Place(str(path), section.lines[key])}: {key} has no effect: {why}"
        named = {text: text.rpartition("/")[2].removesuffix(".zip") for text in listed(section.lists.get("Packages", []))}
        absent = [text for text, name in named.items() if not (styles and is_folder(styles / name))]
        if missing := [named[text] for text in absent if text not in read_lock(path.absolute().parent)]:
            where = Place(str(path), section.lines["Packages"])
            yield f"{where}: Packages: not in StylesPath: {', '.join(missing)} ({HOW})"
        for folder in (vocabulary(styles, name) for name in listed(section.lists.get("Vocab", []))):
            if folder and folder.parent.name != "vocabularies":
                yield f"{Place(str(path), section.lines['Vocab'])}: {folder} is read, where Vale 3 does not look: see config/vocabularies"


def _extends(sections: list[Section], styles: Path | None, path: Path) -> list[str | Path]:
    """The styles and single rules to load, in the order in which they are named. Raises ConfigError for a style that is missing."""
    found: dict[str | Path, None] = {}
    based = [listed(section.lists.get("BasedOnStyles", [])) for section in sections]
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


def _overrides(sections: list[Section], packs: list[str], singles: list[str], levels: Mapping[str, Level]) -> Iterator[Override]:
    """What each section changes: first the styles that run (the last section that has any counts), then the switches."""
    for section in sections:
        chosen = listed(section.lists.get("BasedOnStyles", []))
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
