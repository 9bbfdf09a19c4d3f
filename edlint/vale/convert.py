"""From and to Vale: a Vale configuration written as an `.edlint.yml` that asks for the same, a pack of rules written as a style."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from edlint.checks import kind_of
from edlint.errors import RuleError, UsageError
from edlint.files.yamlfile import dumped, load_yaml
from edlint.linter import Linter
from edlint.model.config import Config, RuleSetting
from edlint.model.finding import Level
from edlint.model.rule import Rule
from edlint.ruleset.load import read_rule, rule_keys
from edlint.vale.ini import load_ini
from edlint.vale.settings import NAMES, VERSIONS, Reading, Vale

_HEAD = "# Written from {source}, which is now ignored: this file takes its place.\n"
# Words of our scopes → those of Vale
_SCOPES = {"title": "heading", "quote": "blockquote", "caption": "figure.caption", "front-matter": "frontmatter"}


def from_vale(folder: Path) -> str:
    """The text of the `.edlint.yml` that asks for what Vale's configuration in `folder` does. Raises UsageError without one."""
    source = next((folder / name for name in NAMES if (folder / name).is_file()), None)
    if source is None:
        raise UsageError(f"there is no Vale configuration in {folder}", hint="one of " + ", ".join(NAMES))
    config = load_ini(source)
    data = as_data(config, folder, Linter(config).names)
    return _HEAD.format(source=source.name) + dumped(data)


def as_data(config: Config, folder: Path, known: Collection[str]) -> dict[str, object]:
    """A configuration as data; paths are relative to `folder`, and only settings of `known` rules and packs are kept."""
    folders = dict.fromkeys(e if isinstance(e, str) else _relative(e.parent if e.suffix == ".yml" else e, folder) for e in config.extends)
    off = {e.parent.name: "off" for e in config.extends if isinstance(e, Path) and e.suffix == ".yml"}
    data: dict[str, object] = {"extends": list(folders), "rules": {**off, **_settings(config.rules, known)}}
    data["overrides"] = [
        {"files": list(override.files), "rules": rules} for override in config.overrides if (rules := _settings(override.rules, known))
    ]
    data["vale"] = _vale(config.vale, folder)
    return {key: value for key, value in data.items() if value}


def _relative(path: Path, folder: Path) -> str:
    relative = Path(os.path.relpath(path, folder.resolve())).as_posix()
    return relative if relative.startswith(".") else f"./{relative}"


def _settings(rules: Mapping[str, RuleSetting], known: Collection[str]) -> dict[str, object]:
    return {name: _setting(setting) for name, setting in rules.items() if name in known}


def _setting(setting: RuleSetting) -> object:
    """A level, or a mapping where other keys are set as well."""
    level = setting.level.word if isinstance(setting.level, Level) else setting.level
    return {**({"level": level} if level else {}), **setting.options} if setting.options else level


def _vale(vale: Vale, folder: Path) -> dict[str, object]:
    """The part that concerns only rules written for Vale, without what is as it is anyway."""
    reading: Reading = vale.reading
    data: dict[str, object] = {
        "styles": _relative(vale.styles, folder) if vale.styles else None,
        "vocab": list(vale.vocab),
        "min_level": vale.min_level.word if vale.min_level > Level.SUGGESTION else None,
        "skipped_scopes": reading.skipped_scopes and list(reading.skipped_scopes),
        "ignored_scopes": reading.ignored_scopes and list(reading.ignored_scopes),
        "ignored_classes": list(reading.ignored_classes),
        "ignores": [{name: list(listed) for name, listed in zip(i._fields, i, strict=True) if listed} for i in vale.ignores],
        "formats": dict(vale.formats),
        "version": reading.version if reading.version != VERSIONS[-1] else None,
    }
    return {key: value for key, value in data.items() if value}


def exported(files: Iterable[Path]) -> tuple[dict[Path, str], list[str]]:
    """The rules that Vale can read, as (file → YAML), and the rules left out with their types. Raises RuleError for a broken file."""
    written: dict[Path, str] = {}
    left: list[str] = []
    for path in files:
        rule = read_rule(path)
        if kind_of(rule).shared:
            written[path] = dumped(_for_vale(rule, load_yaml(path, str(path), RuleError)[0]))
        else:
            left.append(f"{rule.name} ({rule.extends})")
    return written, left


def _for_vale(rule: Rule, data: Mapping[str, object]) -> dict[str, object]:
    """A rule's keys without those that Vale does not have; the reason becomes the description."""
    keys = rule_keys(rule.extends)
    kept = {key: value for key, value in ((str(name).lower(), v) for name, v in data.items()) if not (key in keys and keys[key].own)}
    if "scope" in kept:
        scopes = dict.fromkeys(re.sub(r"[\w-]+", lambda word: _SCOPES.get(word[0], word[0]), scope) for scope in rule.scope)
        kept["scope"] = list(scopes) if len(scopes) > 1 else next(iter(scopes))
    if kind_of(rule).counts:
        kept["message"] = rule.message.replace("%s", "%v")  # Vale counts in whole numbers, which %s does not print
    if rule.why and not rule.description:
        kept["description"] = " ".join(rule.why.split()).replace("%", "%%")
    return kept
