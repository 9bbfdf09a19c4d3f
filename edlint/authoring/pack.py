"""A pack to give away: a Python package of rules, words, a licence and a page, made, tested and built."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from edlint.authoring.judged import precision, read_judged
from edlint.authoring.ruletest import Failure, SelfTest
from edlint.checks import kind_of
from edlint.errors import PackError, Place, UsageError
from edlint.files.inputs import read_text_or
from edlint.files.tomlfile import load_toml
from edlint.linter import Linter
from edlint.model.rule import Rule
from edlint.ruleset.load import load_rules
from edlint.ruleset.places import VOCABULARY, rule_files, shipped_packs

BEGIN, END = "<!-- rules: written by edlint pack build -->", "<!-- end of rules -->"
PAGE, PROJECT = "README.md", "pyproject.toml"
_GROUP = "edlint.packs"
_NAME = re.compile(r"[A-Z][A-Za-z0-9]{0,39}")
RESERVED = "LicenseRef-All-Rights-Reserved"

_RULE = """\
# The first rule of the pack: take it as a pattern for your own.
extends: substitution
title: A long word
message: "Write '%s', not '%s'."
level: suggestion
ignorecase: true
capitalize: true
action: {name: replace}
swap:
  utilise: use
why: A short word is read faster, and says the same.
instead: Take the short word.
examples:
  bad:
    - {text: We utilise the old bridge., match: utilise}
    - {text: Utilise the bridge., match: Utilise}
  good:
    - We use the old bridge.
    - The utility owns the bridge.
"""
_WORDS = """\
# Names and terms that no rule should correct, one to a line. They hold wherever this pack is extended.
"""
_PROJECT = """\
[build-system]
requires = ["hatchling>=1.26"]
build-backend = "hatchling.build"

[project]
name = "{distribution}"
version = "0.1.0"
description = "The house style of {name}, as rules for edlint."
readme = "README.md"
license = "{licence}"
license-files = ["LICENSE"]
keywords = ["edlint", "house style"]

[project.entry-points."edlint.packs"]
{key} = "{package}"

[tool.hatch.build.targets.wheel]
packages = ["{package}"]
"""
_PAGE = """\
# {name}

The house style of {name}, as rules for [edlint](https://github.com/edlint/edlint).

Install it beside edlint, and name it in `.edlint.yml`:

    pip install {distribution}

    extends: [default, {key}]

## Rules

{begin}
{end}
"""
_RESERVED_TEXT = """\
All rights reserved. Nobody may copy this pack or change it without the leave of those who wrote it.

To share it, put the text of a licence in this file, and its name as SPDX has it (https://spdx.org/licenses) into pyproject.toml.
"""
_LICENCE_TEXT = """\
This pack may be used under the terms of the licence {licence}. Put its text here: https://spdx.org/licenses/{licence}.html
"""


class Pack(NamedTuple):
    """A pack in its project: the project's folder, the folder that its entry point names, and its rules by name."""

    root: Path
    folder: Path
    rules: Mapping[str, Rule]


def new_files(name: str, licence: str = RESERVED) -> dict[str, str]:
    """The files of a new pack, by path. Raises UsageError for a name that no pack can have."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be the name of a pack", hint="use letters and digits, the first a capital, such as Acme")
    if name.lower() in map(str.lower, shipped_packs()):
        raise UsageError(f"{name!r} is the name of a pack that ships with edlint", hint="choose another")
    if not re.fullmatch(r"[A-Za-z0-9.+-]+", licence):
        raise UsageError(f"{licence!r} is not the name of a licence", hint="such as MIT or CC-BY-4.0: see https://spdx.org/licenses")
    key = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
    distribution = f"edlint-pack-{key}"
    package = distribution.replace("-", "_")
    given = {"name": name, "key": key, "distribution": distribution, "package": package, "licence": licence}
    text = _RESERVED_TEXT if licence == RESERVED else _LICENCE_TEXT
    files = {
        PROJECT: _PROJECT.format(**given),
        PAGE: _PAGE.format(**given, begin=BEGIN, end=END),
        "LICENSE": text.format(**given),
        f"{package}/{name}/LongWord.yml": _RULE,
        f"{package}/{name}/{VOCABULARY}": _WORDS,
    }
    return {f"{distribution}/{path}": text for path, text in files.items()}


def read_pack(root: Path) -> Pack:
    """The pack whose project is in a folder. Raises PackError, ConfigError or RuleError, placed in its files."""
    import tomllib

    project = root / PROJECT
    if not project.exists():
        raise PackError("is missing, so this folder is not a pack", Place(str(project)), "`edlint pack new Acme` makes one")
    try:
        data = tomllib.loads(read_text_or(PackError, project))
        homes = dict(data["project"]["entry-points"][_GROUP])
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise PackError(f"not valid TOML: {fault}", Place(str(project))) from None
    except (KeyError, TypeError, ValueError):
        hint = f'[project.entry-points."{_GROUP}"], as `edlint pack new` writes it'
        raise PackError("does not declare a pack", Place(str(project)), hint) from None
    if len(homes) != 1:
        raise PackError(f"declares {len(homes)} packs", Place(str(project)), "use one entry point for all its folders of rules")
    package, _, inner = str(next(iter(homes.values()))).partition(":")
    folder = Path(root, *package.split("."), inner)
    if not folder.is_dir() or not folder.resolve().is_relative_to(root.resolve()):
        raise PackError(f"there is no folder {folder}", Place(str(project)))
    return Pack(root, folder, load_rules(rule_files(folder)))


def runs_code(root: Path) -> bool:
    """Whether building a project would run code of its own, or of other packages: hooks, or a version that is worked out."""
    found = [load_toml(root / PROJECT, ("tool", "hatch"))[0]]
    found += [load_toml(root / "hatch.toml", ())[0]] if (root / "hatch.toml").exists() else []
    for table in found:  # grows with the tables in it
        if isinstance(table, dict):
            if "hooks" in table or "source" in table:
                return True
            found += table.values()
    return False


def failures(pack: Pack) -> Iterator[Failure | str]:
    """What is wrong with a pack: names that others have, rules that fail their examples or give no reason, what is missing beside them."""
    shipped = {name.lower(): name for name in shipped_packs()}
    for name in sorted({rule.pack for rule in pack.rules.values()}):
        if name.lower() in shipped:
            yield f"{pack.folder}: a pack named {name} ships with edlint: rename the folder"
    tests = SelfTest({**Linter().all_rules, **pack.rules})
    for rule in pack.rules.values():
        yield from tests.run(rule)
        if kind_of(rule).reports and not rule.why:
            yield Failure(rule, "gives no reason: `why:` is empty", rule.place("why").line)
    for name in ("LICENSE", PAGE):
        if not (pack.root / name).is_file():
            yield f"{pack.root / name}: is missing"


def page(pack: Pack, text: str) -> str:
    """The text of a pack's page with its rules as they are now, between the two marks. Raises PackError where these are missing."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise PackError(
            "the marks for the rules are missing", Place(str(pack.root / PAGE)), f"{BEGIN} and {END}, each on a line of its own"
        )
    reporting = [rule for rule in pack.rules.values() if kind_of(rule).reports]
    return "\n".join([head + BEGIN, *(line for rule in reporting for line in _section(rule)), END + tail])


def _section(rule: Rule) -> Sequence[str]:
    """A rule as its pack's page shows it."""
    judged = read_judged(rule)
    lines = ["", f"### {rule.name}", "", f"{rule.plain_title} ({rule.level.word if rule.level else 'off'}). {_flat(rule.why)}"]
    lines += ["", _flat(rule.instead)] if rule.instead else []
    lines += ["", *(f"- flagged: {_flat(example.text)}" for example in rule.bad[:1])]
    lines += [f"- not flagged: {_flat(example.text)}" for example in rule.good[:1]]
    return [*lines, *(["", f"Measured: {precision(judged)}."] if judged else [])]


def _flat(text: str) -> str:
    return " ".join(text.split())
