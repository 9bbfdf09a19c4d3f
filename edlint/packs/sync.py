"""`edlint sync`: fetch the packs that a configuration names by their addresses, prove that their rules work, and lock them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from edlint.config.file import fetch_packages, load_config
from edlint.errors import PackError, Place, RuleError
from edlint.files.folders import make_private
from edlint.linter import Linter
from edlint.packs.address import Address
from edlint.packs.bundle import Bundle
from edlint.packs.lock import NAME, Locked, is_stored, place_of, read_lock, store, write_lock
from edlint.packs.repository import fetch
from edlint.ruleset.packs import load_library

Say = Callable[[str], None]


class Fetching:
    """Finds the packs at addresses as a check does (see Locate in edlint.config.file), and fetches those that are not there.

    With `upgrade` every address is asked anew, whatever the lock file says. `allow_file`: repositories on this machine may be read.
    """

    def __init__(self, say: Say, *, upgrade: bool = False, allow_file: bool = False) -> None:
        self.say, self.upgrade, self._allow_file = say, upgrade, allow_file
        self._locks: dict[Path, dict[str, Locked]] = {}
        self.fetched = self.kept = 0

    def __call__(self, address: Address, config: Path) -> Path:
        """The folder of the pack. Raises PackError or ConfigError."""
        lock = self._locks.setdefault(config.parent, dict(read_lock(config.parent)))
        before = lock.get(address.text)
        if before and not self.upgrade and is_stored(address.name, before.sha256):
            self.kept += 1
            return place_of(address.name, before.sha256)
        if address.scheme == "file" and not self._allow_file:
            hint = "`edlint sync --allow-file`, or extend the folder itself"
            raise PackError(f"{address.text}: a repository on this machine is read only if you allow it", hint=hint)
        self.say(f"fetching {address.text}")
        held = None if self.upgrade else before
        commit, bundle = fetch(address, held.commit if held else "")
        now = Locked(bundle.digest(), commit)
        if held and now.sha256 != held.sha256:
            hint = "`edlint sync --upgrade` accepts what is there now"
            raise PackError(f"{address.text}: does not match {NAME}", hint=hint)
        folder = put(bundle, address.name, now.sha256)
        if before and before.commit != commit:
            self.say(f"  {address.revision} was {before.commit[:12]}, and is {commit[:12]} now")
        lock[address.text] = now
        self.fetched += 1
        return folder

    def write(self) -> None:
        """Write what is locked. Raises PackError."""
        for folder, lock in self._locks.items():
            try:
                write_lock(folder, lock)
            except OSError as fault:
                raise PackError(f"{folder / NAME} cannot be written: {fault.strerror}") from None


def sync_config(config: Path, fetching: Fetching) -> None:
    """Fetch what a configuration file, and those it extends, name by address; see that all of it works together; then lock it.

    Raises EdlintError. Nothing is locked unless everything works.
    """
    fetched, kept = fetch_packages(config, fetching.say, fetching.upgrade)
    fetching.fetched, fetching.kept = fetching.fetched + fetched, fetching.kept + kept
    _ = Linter(load_config(config, fetching)).all_rules
    fetching.write()


def put(bundle: Bundle, name: str, sha256: str) -> Path:
    """The folder of a pack in the store, with its files in it. Raises PackError, also for rules that do not work."""
    target = place_of(name, sha256)
    if is_stored(name, sha256):
        return target
    try:
        make_private(store())
        with TemporaryDirectory(prefix=".new-", dir=store(), ignore_cleanup_errors=True) as made:
            new = Path(made) / name
            new.mkdir()
            bundle.write(new)
            _prove(bundle, new)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            if os.path.lexists(target) and not is_stored(name, sha256):  # changed since it was fetched
                shutil.rmtree(target)
            if not os.path.lexists(target):  # else another process was quicker
                new.rename(target)
    except OSError as fault:
        raise bundle.error(f"cannot be kept in {store()}: {fault.strerror}") from None
    return target


def _prove(bundle: Bundle, folder: Path) -> None:
    """Raise PackError where a pack holds no rules, or one that cannot work."""
    try:
        load_library([folder], None)
    except RuleError as fault:
        path = Path(fault.place.path) if fault.place else folder
        shown = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
        where = f"{Place(shown, fault.place.line)}: " if fault.place and path != folder else ""
        narrower = "" if "#" in bundle.origin else "name the folder of the rules as #subdirectory="
        hint = "; ".join(filter(None, [fault.hint, narrower]))
        raise bundle.error(where + fault.message, hint) from None
