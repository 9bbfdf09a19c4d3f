"""Where rules lie: the packs that ship with edlint, the folders a configuration names, the files in them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from edlint.errors import ConfigError, Place, RuleError, UsageError, did_you_mean
from edlint.files.folders import cache_place, is_file, is_folder
from edlint.plugins import Registry, installed

OPT_IN = frozenset({"Chicago"})  # shipped packs that `default` leaves out, because they contradict it

SIGNALS = "signals"  # a folder inside a pack that may hold its signals, apart from the rules that report something

VOCABULARY = "vocabulary.txt"  # in a pack: names and terms that no rule should correct

MOST = 50_000  # files and folders below a pack: more is no pack but a home folder, or a whole disk


def _added_folder(home: str) -> Path:
    """The folder behind the entry point "package:folder"; nothing of the package runs. Raises UsageError when it is not there."""
    package, _, folder = home.partition(":")
    top, *inner = package.split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        spec = None
    places = spec.submodule_search_locations if spec else None
    found = next((path for place in places or () if is_folder(path := Path(place, *inner, folder))), None)
    if found is None:
        raise UsageError(f"the plug-in {home} has no such folder", hint="repair or uninstall the plug-in")
    return found


PACKS: Registry[Path] = Registry("packs", {}, _added_folder)  # those that ship with edlint are known by their folders


def shipped_folder() -> Path:
    """The folder of the packs that ship with edlint: inside the installed package, or beside it in a checkout.

    Raises ConfigError where neither is a folder, as in a zip archive.
    """
    package = Path(__file__).resolve().parent.parent
    folder = next((place / "rules" for place in (package, package.parent) if is_folder(place / "rules")), None)
    if folder is None:
        hint = "install it with pip; it does not run from an archive"
        raise ConfigError(f"the rules that ship with edlint are not in {package}", hint=hint)
    return folder


def shipped_packs() -> dict[str, Path]:
    """The shipped packs by name."""
    return {p.name: p for p in sorted(shipped_folder().iterdir()) if any(p.glob("*.yml"))}


def pack_folders(extends: Iterable[str | Path], place: Place | None = None) -> list[Path]:
    """The folders behind `extends:`: `default` (the shipped packs save those to opt in to), the name of a shipped pack in any
    case or that of one that a plug-in adds or of its distribution, the Path of a folder or of one rule.

    Raises ConfigError, placed at `place`, for what is none of these, and for a pack from elsewhere that has the name of another.
    """
    shipped = shipped_packs()
    named = {name.lower(): folder for name, folder in shipped.items()}
    folders: dict[Path, str] = {}  # folder → what it is called in `extends:`
    elsewhere: set[Path] = set()
    for entry in extends:
        if entry == "default":
            folders |= {folder: name for name, folder in shipped.items() if name not in OPT_IN}
        elif isinstance(entry, str) and entry.lower() in named:
            folders[named[entry.lower()]] = entry
        elif isinstance(entry, Path) and (entry.is_dir() or entry.suffix == ".yml"):
            folders[entry] = str(entry)
            elsewhere |= {entry} if _is_fetched(entry) else set()
        elif isinstance(entry, str) and (added := _added_names(entry)):
            folders |= {PACKS[name]: name for name in added}
            elsewhere |= {PACKS[name] for name in added}
        else:
            known = [*shipped, *PACKS]
            hint = did_you_mean(str(entry), ["default", *known]) or f"a pack ({', '.join(known)}) or a folder of rules"
            raise ConfigError(f"extends: there is no pack or folder {str(entry)!r}", place, hint)
    if elsewhere:
        _check_names(folders, elsewhere, place)
    return list(folders)


def _is_fetched(entry: Path) -> bool:
    """Whether a folder is where `edlint sync` keeps what it fetched."""
    from edlint.packs.lock import store

    cache = cache_place()
    return cache is not None and entry.resolve().is_relative_to(store().resolve())


def _added_names(entry: str) -> list[str]:
    """The packs of a plug-in: the one of this name in any case, or all of the distribution of this name."""
    one = next((name for name in PACKS if name.lower() == entry.lower()), "")
    if one:
        return [one]
    wanted = re.sub(r"[-_.]+", "_", entry.lower()) + "-"
    return [point.name for point in installed() if point.group == "packs" and point.distribution.lower().startswith(wanted)]


def _check_names(folders: Mapping[Path, str], elsewhere: Collection[Path], place: Place | None) -> None:
    """Raise ConfigError where a pack that came from elsewhere takes the name of one that ships with edlint, or of another here."""
    taken = {name.lower(): (name, "edlint's own") for name in shipped_packs()}
    for folder in sorted(folders, key=lambda path: path in elsewhere):  # those of the house come first
        names = {pack_of(file) for file in ({f.parent: f for f in rule_files(folder)}.values() if folder.is_dir() else [folder])}
        for name in sorted(names):
            other = taken.get(name.lower())
            if other and folder in elsewhere:
                fault = f"extends: {folders[folder]} has a pack named {name}, which is {other[1]}"
                raise ConfigError(fault, place, "leave one of them out")
            taken.setdefault(name.lower(), (name, f"that of {folders[folder]}"))


def vocabularies(folders: Iterable[Path]) -> list[Path]:
    """The files of words that packs bring along, beside their rules. Those that ship with edlint have none."""
    places = {place for folder in folders if folder.is_dir() and folder.parent != shipped_folder() for place in _rule_places(folder)}
    return sorted(file for place in places if is_file(file := place / VOCABULARY))


def _rule_places(folder: Path) -> set[Path]:
    return {folder, *(file.parent for file in rule_files(folder))}


def rule_files(folder: Path) -> list[Path]:
    """Every rule file below a folder, sorted. Raises RuleError for none, for too many files, and for a link that leads to no file."""
    files = sorted(path for path in _named(folder) if not is_folder(path))
    for path in files:
        if path.is_symlink() and not is_file(path):
            raise RuleError("this link leads to no file", Place(str(path)), "a pack is a folder of .yml files")
    if not files:
        raise RuleError("no rules here", Place(str(folder)), "a pack is a folder of .yml files")
    return files


def pack_of(file: Path) -> str:
    """The name of the pack that a rule file belongs to: its folder's name, or that of the folder of rules around `signals`."""
    folder = file.resolve().parent
    return folder.parent.name if folder.name == SIGNALS and any(folder.parent.glob("*.yml")) else folder.name


def _named(folder: Path) -> Iterator[Path]:
    """Whatever is named like a rule below a folder and is not hidden. Links to folders are not followed."""
    seen = 0
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        seen += len(folders) + len(names)
        if seen > MOST:
            raise RuleError(f"more than {MOST:,} files and folders", Place(str(folder)), "name the folder that holds the rules")
        yield from (Path(here, name) for name in names if name.endswith(".yml") and not name.startswith("."))
