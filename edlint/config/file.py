"""Reads configuration files: YAML, `[tool.edlint]` in TOML, or Vale's `.vale.ini`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from edlint.config.reader import reader_schema, reader_values
from edlint.config.values import Values
from edlint.errors import ConfigError, PackError, Place
from edlint.files.folders import is_file, is_folder
from edlint.files.tomlfile import load_toml
from edlint.files.yamlfile import load_yaml
from edlint.model.config import Config, merge_rules
from edlint.packs.address import Address, is_address, parse, without_password
from edlint.vale.config import vale_schema, vale_values
from edlint.vale.ini import load_ini
from edlint.vale.settings import NAMES as VALE_NAMES

MAX_CHAIN = 10
MAX_BYTES = 1_000_000  # bytes of a configuration file
MAX_KEY = 200  # characters of a dotted key whose place is remembered
Locate = Callable[[Address, Path], Path]
"""The folder of the pack at an address that stands in a configuration file. Raises ValueError where there is none."""


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
        raise reader.error(key, f"{without_password(item)!r}: {fault}") from None
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
    "reader": reader_values,
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
SCHEMAS_OF_TABLES = {"reader": reader_schema, "vale": vale_schema}  # key → what makes the JSON Schema of a table that another folder reads
