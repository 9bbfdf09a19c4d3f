"""Where rules lie: the packs that ship with edlint, the folders a configuration names, the files in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from edlint.errors import ConfigError, Place, RuleError, UsageError, did_you_mean
from edlint.files.folders import is_file, is_folder
from edlint.plugins import Registry

OPT_IN = frozenset({"Chicago"})  # shipped packs that `default` leaves out, because they contradict it

SIGNALS = "signals"  # a folder inside a pack that may hold its signals, apart from the rules that report something

MOST = 50_000  # files and folders below a pack: more is no pack but a home folder, or a whole disk


def _added_folder(home: str) -> Path:
    """The folder behind the entry point "package:folder". Raises UsageError when it is not there."""
    package, _, folder = home.partition(":")
    try:
        spec = find_spec(package)
    except ImportError:
        spec = None
    places = spec.submodule_search_locations if spec else None
    found = next((path for place in places or () if is_folder(path := Path(place) / folder)), None)
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
    case or that of one that a plug-in adds, the Path of a folder or of one rule.

    Raises ConfigError, placed at `place`, for what is none of these.
    """
    shipped = shipped_packs()
    named = {name.lower(): folder for name, folder in shipped.items()}
    folders: list[Path] = []
    for entry in extends:
        if entry == "default":
            folders.extend(folder for name, folder in shipped.items() if name not in OPT_IN)
        elif isinstance(entry, str) and entry.lower() in named:
            folders.append(named[entry.lower()])
        elif isinstance(entry, Path) and (entry.is_dir() or entry.suffix == ".yml"):
            folders.append(entry)
        elif isinstance(entry, str) and (added := next((name for name in PACKS if name.lower() == entry.lower()), "")):
            folders.append(PACKS[added])
        else:
            known = [*shipped, *PACKS]
            hint = did_you_mean(str(entry), ["default", *known]) or f"a pack ({', '.join(known)}) or a folder of rules"
            raise ConfigError(f"extends: there is no pack or folder {str(entry)!r}", place, hint)
    return list(dict.fromkeys(folders))


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
