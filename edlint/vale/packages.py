"""`Packages` of a `.vale.ini`: fetched into StylesPath by `edlint sync`, as Vale's own `sync` does, and locked."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from edlint.errors import ConfigError, PackError, Place, did_you_mean
from edlint.files.folders import expanded, is_file, is_folder
from edlint.files.inputs import read_bytes
from edlint.packs.bundle import Bundle, stored_files
from edlint.packs.download import MOST, check, download, unpacked
from edlint.packs.lock import NAME, Locked, read_lock, write_lock
from edlint.vale.inifile import listed, read_ini

LIBRARY = "https://raw.githubusercontent.com/vale-cli/packages/master/library.json"  # or what EDLINT_VALE_LIBRARY names
_CONFIG = "config"  # the folder of StylesPath that no style owns


class Package(NamedTuple):
    """An entry of `Packages`: as it is written, and where."""

    text: str
    place: Place

    @property
    def name(self) -> str:
        """The folder in the archive, and of a package that is one style."""
        return self.text.rpartition("/")[2].removesuffix(".zip")


def packages(config: Path) -> tuple[Path | None, list[Package]]:
    """StylesPath, which need not be there yet, and the entries of `Packages` in a Vale configuration. Raises ConfigError."""
    top = read_ini(config)[0]
    given = top.lists.get("StylesPath", [])
    styles = (config.absolute().parent / expanded(given[-1])).resolve() if given else None
    place = Place(str(config), top.lines.get("Packages"))
    found = [Package(text, place) for text in listed(top.lists.get("Packages", []))]
    if found and styles is None:
        raise ConfigError("Packages: set StylesPath, the folder they go into", place)
    return styles, found


def sync_packages(config: Path, say: Callable[[str], None], upgrade: bool) -> tuple[int, int]:
    """Fetch the packages of a Vale configuration that are not in StylesPath (with `upgrade`: all), and lock them.

    Gives how many were fetched, and how many were there. Raises PackError or ConfigError, placed at the entry.
    """
    styles, named = packages(config)
    if styles is None or not named:
        return 0, 0
    if not styles.is_relative_to(config.absolute().parent.resolve()):  # a configuration from elsewhere replaces nothing elsewhere
        place = named[0].place._replace(line=read_ini(config)[0].lines.get("StylesPath"))
        raise ConfigError(f"StylesPath: {styles} lies outside of the configuration's folder", place, "move it there, or run `vale sync`")
    lock = dict(read_lock(config.parent))
    known: Mapping[str, str] | None = None
    fetched = 0
    for package in named:
        held = lock.get(package.text)
        if held and held.styles and not upgrade and all(is_folder(styles / name) for name in held.styles):
            continue
        if "/" not in package.text and not package.text.endswith(".zip") and known is None:
            known = library()
        try:
            bundle = _fetch(package, config, known or {}, say)
            folders = _laid_out(bundle, package.name)
            now = Locked(bundle.digest(), styles=tuple(sorted(folders)))
            if held and not upgrade and held.sha256 != now.sha256:
                raise bundle.error(f"does not match {NAME}", "`edlint sync --upgrade` accepts what is there now")
            _install(bundle, styles, folders, replace=upgrade)
        except PackError as fault:
            raise PackError(f"Packages: {fault.message}", package.place, fault.hint) from None
        lock[package.text] = now
        fetched += 1
    if fetched:
        try:
            write_lock(config.parent, lock)
        except OSError as fault:
            raise PackError(f"{config.parent / NAME} cannot be written: {fault.strerror}") from None
    return fetched, len(named) - fetched


def library() -> dict[str, str]:
    """The addresses of the packages that Vale knows by name. Raises PackError."""
    address = os.environ.get("EDLINT_VALE_LIBRARY") or LIBRARY
    try:
        rows = json.loads(download(address))
        return {str(row["name"]): str(row["url"]) for row in rows}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise PackError(f"{address} is not a list of packages") from None


def _fetch(package: Package, config: Path, known: Mapping[str, str], say: Callable[[str], None]) -> Bundle:
    """The files of a package: of a name in Vale's list, an address, or an archive beside the configuration."""
    text = package.text
    file = config.absolute().parent / expanded(text)
    if text in known:
        text = known[text]
    elif "://" not in text and not is_file(file):
        hint = did_you_mean(text, known) or "a name in Vale's list of packages, an https:// address of a .zip, or a .zip file"
        raise PackError(f"there is no package {text!r}", hint=hint)
    elif "://" not in text:
        try:
            return unpacked(read_bytes(file, MOST), text)
        except OSError as fault:
            raise PackError(f"{text} cannot be read: {fault.strerror}") from None
    check(text)
    say(f"fetching {text}")
    return unpacked(download(text), text)


def _laid_out(bundle: Bundle, name: str) -> dict[str, dict[str, bytes]]:
    """What goes into each folder of StylesPath, by path. An archive holds one style, or a folder `styles` and a configuration."""
    inner = {path.removeprefix(f"{name}/"): data for path, data in bundle.files.items() if path.startswith(f"{name}/")}
    if not inner:
        raise bundle.error(f"has no folder {name!r}", "the archive and the folder in it must have the same name")
    whole = {path.removeprefix("styles/"): data for path, data in inner.items() if path.startswith("styles/")}
    if not whole:
        return {name: inner}
    folders: dict[str, dict[str, bytes]] = {}
    for path, data in whole.items():
        folder, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(folder, {})[rest] = data
    return folders


def _install(bundle: Bundle, styles: Path, folders: Mapping[str, Mapping[str, bytes]], *, replace: bool) -> None:
    """Put files into their folders of StylesPath, all or none. Another style of that name is only replaced if that is asked for.

    Files of the folder `config` come beside those that are there.
    """
    for name, files in folders.items():
        parts = {styles / name / path: {"": data} for path, data in files.items()} if name == _CONFIG else {styles / name: files}
        for target, wanted in parts.items():
            if os.path.lexists(target) and not replace and not _is_same(target, wanted):
                raise bundle.error(f"{target} already exists with different content", "delete it, or `edlint sync --upgrade`")
    try:
        styles.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".edlint-", dir=styles, ignore_cleanup_errors=True) as made:
            for name, files in folders.items():
                for path, data in files.items():
                    file = Path(made) / name / path
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(data)
            for name in folders:
                _move(Path(made) / name, styles / name)
    except OSError as fault:
        raise bundle.error(f"cannot be put into {styles}: {fault.strerror}") from None


def _move(new: Path, target: Path) -> None:
    if target.name == _CONFIG:
        for file in (path for path in new.rglob("*") if path.is_file()):
            place = target / file.relative_to(new)
            if any(part.is_symlink() for part in (place, *place.parents) if part.is_relative_to(target)):
                raise OSError(0, f"{place} is a link")
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
        return
    if target.is_symlink():
        raise OSError(0, f"{target} is a link")
    if target.exists():
        shutil.rmtree(target)
    new.rename(target)


def _is_same(place: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds these files and no others, or a file, whose path is "", these bytes."""
    try:
        found = {"": read_bytes(place)} if "" in files else dict(stored_files(place))
        return found == dict(files)
    except OSError:
        return False
