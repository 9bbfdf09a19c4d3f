"""`.edlint.lock`: which bytes the addresses in a configuration stand for, and where a fetched pack is kept.

The file lies beside the configuration. The packs lie in the user's own cache folder, each under the digest of its files, which is
compared whenever a configuration is read: what was changed there is not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from errno import ELOOP
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from edlint.errors import ConfigError, Place
from edlint.files.folders import cache_place, is_file, is_folder
from edlint.files.yamlfile import dumped, load_yaml
from edlint.packs.bundle import digest, stored_files
from edlint.text.lazy import lazy

NAME = ".edlint.lock"
HOW = "run `edlint sync`"
_VERSION = 1
_HEAD = "# Written by `edlint sync`. Keep it with the configuration.\n"
_SHA256 = lazy(r"[0-9a-f]{64}")
_COMMIT = lazy(r"[0-9a-f]{40}(?:[0-9a-f]{24})?|")
_MOST = 1_000_000  # bytes


class Locked(NamedTuple):
    """What an address stands for: the digest of the files, and the commit they come from ("" for what is no repository).

    `styles` are the folders that a package has put among the styles of another linter.
    """

    sha256: str
    commit: str = ""
    styles: tuple[str, ...] = ()


Lock = Mapping[str, Locked]


def read_lock(folder: Path) -> Lock:
    """What the lock file in a folder says, by address; nothing without one. Raises ConfigError, placed at the line."""
    path = folder / NAME
    if not is_file(path):
        return {}
    data, lines = load_yaml(path, str(path), ConfigError, _MOST)

    def fault(key: str, message: str) -> ConfigError:
        return ConfigError(message, Place(str(path), lines.get(key)), f"delete it, and {HOW}")

    if not isinstance(data, dict) or not isinstance(data.get("packs"), dict):
        raise fault("", "is not a lock file of edlint")
    if data.get("version") != _VERSION:
        raise fault("version", f"only version {_VERSION} of lock files is known here")
    found = {}
    for address, entry in data["packs"].items():
        sha256, commit, styles = (entry.get(key, "") for key in Locked._fields) if isinstance(entry, dict) else ("", "", "")
        if not _SHA256.fullmatch(str(sha256)) or not _COMMIT.fullmatch(str(commit)):
            raise fault(f"packs.{address}", "must have a `sha256` of 64 digits, and for a repository the `commit`")
        found[address] = Locked(str(sha256), str(commit), tuple(map(str, styles)) if isinstance(styles, list) else ())
    return found


def write_lock(folder: Path, lock: Lock) -> None:
    """Write the lock file of a folder anew, if it would change. Raises OSError."""
    from edlint.files.atomic import replace_file

    entries = {
        address: {key: list(value) if isinstance(value, tuple) else value for key, value in entry._asdict().items() if value}
        for address, entry in sorted(lock.items())
    }
    data = (_HEAD + dumped({"version": _VERSION, "packs": entries})).encode()
    path = folder / NAME
    if path.is_symlink():  # it may come with a draft, and lead to what is the user's own
        raise OSError(ELOOP, "it is a link", str(path))
    if not is_file(path) or path.read_bytes() != data:
        replace_file(path, data)


def store() -> Path:
    """Where fetched packs are kept. Raises ConfigError where there is no home."""
    cache = cache_place()
    if cache is None:
        raise ConfigError("there is no folder to keep packs in", hint="set EDLINT_CACHE_DIR")
    return cache / "packs"


def place_of(name: str, sha256: str) -> Path:
    """The folder of a fetched pack, which bears its name."""
    return store() / sha256[:32] / name


def is_stored(name: str, sha256: str) -> bool:
    """Whether a pack is there, with the very files that its digest stands for."""
    folder = place_of(name, sha256)
    return is_folder(folder) and _digest(folder, folder.stat().st_mtime_ns) == sha256


@lru_cache(maxsize=64)
def _digest(folder: Path, changed: int) -> str:
    """The digest of what lies in a folder, worked out once in a process; "" where that cannot be read."""
    try:
        return digest(dict(stored_files(folder)))
    except OSError:
        return ""


def locate(name: str, address: str, config: Path) -> Path:
    """The folder of the pack that an address in a configuration stands for.

    Raises ValueError for one that was not fetched, or was changed since.
    """
    locked = read_lock(config.parent).get(address)
    if locked is None:
        raise ValueError(f"not in {NAME}")
    folder = place_of(name, locked.sha256)
    if not is_folder(folder):
        raise ValueError("not fetched on this machine yet")
    if not is_stored(name, locked.sha256):
        raise ValueError(f"{folder} no longer holds what was fetched")
    return folder
