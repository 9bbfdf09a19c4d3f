"""Rules that extend another rule, `extends: Style.Rule`: its keys with changes, as Vale reads them since version 3.20.

`key` replaces what the other rule has, `key+` adds to its list or mapping, `key-` takes away from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from edlint.errors import Place, RuleError, did_you_mean
from edlint.files.folders import is_file
from edlint.files.yamlfile import load_yaml
from edlint.text.lazy import lazy

MOST = 10  # rules in a chain
_NAME = lazy(r"[\w -]+(?:\.[\w -]+)+")
_OWN = ("tests", "examples")  # what a rule says of itself and of no other
_BUILTIN = "Vale."


def is_reference(extends: object) -> bool:
    """Whether what a rule extends is another rule."""
    return isinstance(extends, str) and _NAME.fullmatch(extends) is not None


def inherited(data: Mapping[str, object], path: Path, place: Place, chain: tuple[Path, ...] = ()) -> tuple[dict[str, object], list[Path]]:
    """The keys of a rule file with those of the rules that it extends, and the files of these. Raises RuleError, placed at `place`.

    `chain` are the files that led here.
    """
    data = {str(key).lower(): value for key, value in data.items()}
    name = data.get("extends")
    if not is_reference(name):
        if edits := [key for key in data if key.endswith(("+", "-"))]:
            raise RuleError(f"{edits[0]!r} changes what another rule has, and this one extends none", place)
        return data, []
    parent = _file(str(name), path, place)
    if parent in chain or len(chain) >= MOST:
        raise RuleError(f"{name} extends itself through other rules, or more than {MOST} of them", place)
    read, _ = load_yaml(parent, str(parent), RuleError)
    if not isinstance(read, Mapping):
        raise RuleError(f"{parent} is no rule", place)
    below, files = inherited(read, parent, place, (*chain, path))
    return _laid_over({key: value for key, value in below.items() if key not in _OWN}, data, place), [parent, *files]


def _file(name: str, path: Path, place: Place) -> Path:
    """The file of a rule by its name, beside the style of the rule at `path`."""
    if name.startswith(_BUILTIN):
        raise RuleError(f"{name} is built in, and has no file to extend", place)
    style, *parts = name.split(".")
    around = list(path.absolute().parents)[1:5]
    found = next((file for folder in around if is_file(file := folder.joinpath(style, *parts[:-1], f"{parts[-1]}.yml"))), None)
    if found is None:
        known = sorted(f"{style}.{file.stem}" for file in (around[0] / style).glob("*.yml")) if around else []
        raise RuleError(f"there is no rule {name!r} in {around[0] if around else path}", place, did_you_mean(name, known))
    return found


def _laid_over(below: Mapping[str, object], above: Mapping[str, object], place: Place) -> dict[str, object]:
    merged = dict(below)
    for key, value in above.items():
        bare = key.rstrip("+-")
        if bare == key:
            merged[key] = below.get(key) if key == "extends" else value
        elif bare in above:
            raise RuleError(f"{key!r} changes {bare!r}, which this rule replaces", place, "keep one of them")
        else:
            merged[bare] = _edited(merged.get(bare), value, key, place)
    return merged


def _edited(have: object, value: object, key: str, place: Place) -> object:
    """A list or mapping with entries added (`key+`) or taken away (`key-`)."""
    if isinstance(have, list) and isinstance(value, list):
        if key.endswith("+"):
            return [*have, *value]
        return _without(have, value, key, place)
    if isinstance(have, dict) and isinstance(value, dict) and key.endswith("+"):
        return {**have, **value}
    if isinstance(have, dict) and isinstance(value, list) and key.endswith("-"):
        left = _without(list(have), [str(name) for name in value], key, place)
        return {name: have[name] for name in left}
    wanted = "the other rule has no list or mapping of this name" if not isinstance(have, list | dict) else "a list is wanted"
    raise RuleError(f"{key}: {wanted}", place)


def _without(have: list[object], gone: list[object], key: str, place: Place) -> list[object]:
    left = list(have)
    for entry in gone:
        if entry not in left:
            raise RuleError(f"{key}: the other rule has no entry {entry!r}", place, did_you_mean(str(entry), map(str, left)))
        left.remove(entry)
    return left
