"""Finds and reads configuration files: `.edlint.yml`, `.edlint.yaml`, `[tool.edlint]` in pyproject.toml, or Vale's `.vale.ini`."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from edlint.config.values import Values
from edlint.errors import ConfigError, PackError, Place
from edlint.files.folders import is_file, is_folder
from edlint.files.inputs import kind_of, read_bytes
from edlint.files.tomlfile import load_toml
from edlint.files.yamlfile import load_yaml
from edlint.model.config import Config, merge_rules
from edlint.packs.address import Address, is_address, parse
from edlint.vale.config import vale_schema, vale_values
from edlint.vale.ini import NAMES as VALE_NAMES
from edlint.vale.ini import load_ini

NAMES = (".edlint.yml", ".edlint.yaml", "pyproject.toml")
MAX_CHAIN = 10
MAX_BYTES = 1_000_000  # bytes of a configuration file
MAX_KEY = 200  # characters of a dotted key whose place is remembered
Locate = Callable[[Address, Path], Path]
"""The folder of the pack at an address that stands in a configuration file. Raises ValueError where there is none."""

_TOOL = re.compile(rb"^\s*\[\s*tool\s*\.\s*edlint\b", re.MULTILINE)


def find_config(draft: Path) -> Path | None:
    """The configuration file nearest to a draft (a file, or a folder for what is read from standard input).

    Looks in the draft's folder and in those above, up to the root of the repository (the folder with `.git`).
    Raises ConfigError where a file cannot be looked into.
    """
    return Nearest()(os.path.abspath(draft))  # noqa: PTH100 (a folder that ".." leaves is not one above the draft)


class Nearest:
    """Finds the configuration file nearest to a folder (absolute); looks into each folder once."""

    def __init__(self) -> None:
        self._known: dict[str, Path | None] = {}

    def __call__(self, folder: str) -> Path | None:
        """See `find_config`."""
        passed = []
        while folder not in self._known:
            passed.append(folder)
            above = os.path.dirname(folder)  # noqa: PTH120 (a Path for each of many folders takes long)
            found = _config_in(folder)
            if found or above == folder or os.path.lexists(os.path.join(folder, ".git")):  # noqa: PTH118
                self._known[folder] = found
            else:
                folder = above
        self._known.update(dict.fromkeys(passed, self._known[folder]))
        return self._known[folder]


def configs_above(path: Path) -> tuple[Path, ...]:
    """The configuration files in the folders above that of the file `path`, up to the root of the repository, the nearest first."""
    nearest, found = Nearest(), []
    folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
    while not os.path.lexists(os.path.join(folder, ".git")) and folder != os.path.dirname(folder):  # noqa: PTH118, PTH120
        above = nearest(os.path.dirname(folder))  # noqa: PTH120
        if above is None:
            break
        found.append(above)
        folder = str(above.parent)
    return tuple(found)


def _config_in(folder: str) -> Path | None:
    """The configuration file in this very folder."""
    try:
        for name in (*NAMES, *VALE_NAMES):
            file = os.path.join(folder, name)  # noqa: PTH118
            mode = _mode(file)
            if kind_of(mode) and not stat.S_ISDIR(mode) and mode:
                raise ConfigError(f"cannot be read: {kind_of(mode)}", Place(file))
            if mode and is_config(Path(file)):
                return Path(file)
    except OSError as problem:
        raise ConfigError(f"cannot be read: {problem.strerror}", Place(str(problem.filename))) from None
    return None


def _mode(file: str) -> int:
    """What the system says a file is; 0 for one that is not there. Raises OSError."""
    try:
        return os.stat(file).st_mode  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError):
        return 0


def is_config(file: Path) -> bool:
    """Whether a file is a configuration: there, with one of the names, and for TOML with a table for edlint. Raises OSError."""
    if file.name not in (*NAMES, *VALE_NAMES) or not file.is_file():
        return False
    return file.suffix != ".toml" or bool(_TOOL.search(read_bytes(file)))


def fetched(address: Address, config: Path) -> Path:
    """See Locate: the folder of a pack that was fetched before. Nothing is fetched now."""
    from edlint.packs.lock import locate

    return locate(address.name, address.text, config)


def is_ini(path: Path) -> bool:
    """Whether a configuration is written as Vale's."""
    return path.name in VALE_NAMES or path.suffix == ".ini"


def fetch_packages(path: Path, say: Callable[[str], None], upgrade: bool) -> tuple[int, int]:
    """Fetch the packages that a configuration written as Vale's names; see sync_packages. Raises PackError or ConfigError."""
    if not is_ini(path):
        return 0, 0
    from edlint.vale.packages import sync_packages

    return sync_packages(path, say, upgrade)


def load_config(path: Path, locate: Locate = fetched) -> Config:
    """Read a configuration file (YAML, or TOML with [tool.edlint]) and those it extends. Raises ConfigError with the place."""
    if is_ini(path):
        return load_ini(path)
    return _load(Path(os.path.abspath(path)), (), locate)  # noqa: PTH100


def _load(path: Path, chain: tuple[Path, ...], locate: Locate) -> Config:
    if path in chain or len(chain) >= MAX_CHAIN:
        raise ConfigError("extends itself through other files", Place(str(path)))
    data, lines = load_toml(path, ("tool", "edlint")) if path.suffix == ".toml" else load_yaml(path, str(path), ConfigError, MAX_BYTES)
    reader = Values(path, lines)
    table = reader.table("", data or {}, tuple(READERS))
    own = {key: READERS[key](reader, key, table[key]) for key in table if key != "extends"}
    origins = {key: Place(str(path), line) for key, line in lines.items() if len(key) <= MAX_KEY}
    config = Config(path=path, root=path.parent)
    if "extends" in table:
        config = _extend(config, reader, table["extends"], (*chain, path), locate)
    merged = {**own}
    if "rules" in own:
        merged["rules"] = merge_rules(config.rules, own["rules"])
    shift = len(config.overrides)
    for key in ("vocabulary", "exclude", "overrides", "locked"):
        if key in own:
            merged[key] = getattr(config, key) + own[key]
    if shift:
        origins = {re.sub(r"^overrides\.(\d+)", lambda m: f"overrides.{int(m[1]) + shift}", k): v for k, v in origins.items()}
    return replace(config, **merged, origins={**config.origins, **origins})


def _extend(config: Config, reader: Values, value: object, chain: tuple[Path, ...], locate: Locate) -> Config:
    """The config that the items of `extends` amount to: files are merged in their order, packs and folders collected."""
    packs: list[str | Path] = []
    for index, item in enumerate(reader.texts("extends", value)):
        key = f"extends.{index}"
        if is_address(item):
            packs.append(_located(reader, key, item, locate))
            continue
        target = reader.path.parent / reader.path_with_variables(key, item)
        if item.endswith((".yml", ".yaml", ".toml")):
            if not is_file(target):
                raise reader.error(key, f"there is no file {item!r}")
            config = _over(config, _load(target.absolute(), chain, locate))
            packs.extend(config.extends)
        elif "/" in item or "\\" in item or item.startswith((".", "~", "$")):
            if not is_folder(target):
                raise reader.error(key, f"there is no folder {item!r}")
            packs.append(target.resolve())
        else:
            packs.append(item)
    return replace(config, extends=tuple(dict.fromkeys(packs)))


def _located(reader: Values, key: str, item: str, locate: Locate) -> Path:
    """The folder of the pack at an address."""
    try:
        address = parse(item)
    except ValueError as fault:
        raise reader.error(key, f"{item!r}: {fault}") from None
    try:
        return locate(address, reader.path)
    except ValueError as fault:
        raise reader.error(key, f"{item!r}: {fault}", "run `edlint sync`") from None
    except PackError as fault:
        raise reader.error(key, fault.message, fault.hint) from None


def _over(below: Config, base: Config) -> Config:
    """`base` merged over what was collected so far, as seen from the file that extends both."""
    return replace(
        base,
        rules=merge_rules(below.rules, base.rules),
        vocabulary=below.vocabulary + base.vocabulary,
        locked=below.locked + base.locked,
        require_reason=below.require_reason or base.require_reason,
        exclude=below.exclude + base.exclude,
        overrides=below.overrides + base.overrides,
        path=below.path,
        root=below.root,
        origins={**below.origins, **base.origins},
    )


READERS: dict[str, Callable[[Values, str, object], Any]] = {
    "extends": Values.texts,
    "rules": Values.rules,
    "grammar": Values.grammar,
    "vocabulary": Values.paths,
    "include": Values.globs,
    "exclude": Values.globs,
    "respect_gitignore": Values.flag,
    "overrides": Values.overrides,
    "fail_on": Values.fail_on,
    "max_warnings": Values.most,
    "baseline": Values.baseline,
    "locked": Values.texts,
    "require_reason": Values.flag,
    "check_claims": Values.claim_kinds,
    "may_override": Values.texts,
    "encoding": Values.encoding,
    "max_size": Values.megabytes,
    "fields": Values.fields,
    "vale": vale_values,
}
SCHEMAS_OF_TABLES = {"vale": vale_schema}  # key → what makes the JSON Schema of a table that another folder reads
