"""The files of a pack from elsewhere, checked one by one before any of them is written: they may be meant to do harm."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from edlint.errors import PackError
from edlint.text.lazy import lazy

MOST_FILES = 5_000
LARGEST = 16_000_000  # bytes of one file: a word list of a language with long words takes six
MOST_BYTES = 64_000_000  # of all files
LONGEST = 200  # characters of a path
DEEPEST = 12  # folders
_SUFFIXES = (".yml", ".yaml", ".txt", ".dic", ".aff", ".expr", ".tengo", ".md", ".json")
_LICENCES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT")
_DEVICE = lazy(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_BAD = lazy(r'[\x00-\x1f\x7f<>:"|?*\\]')


class Bundle:
    """Paths, with slashes, and what the files hold. `origin` is named in messages."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.files: dict[str, bytes] = {}
        self._folded: dict[str, str] = {}
        self._bytes = 0

    def error(self, message: str, hint: str = "") -> PackError:
        """The error that says why the pack is refused."""
        return PackError(f"{self.origin}: {message}", hint=hint)

    def wants(self, path: str) -> bool:
        """Whether a file belongs to a pack: rules, words, licences and pages. Others, and hidden ones, are passed over.

        Raises PackError for a path that leads out of the pack, or that some system cannot have.
        """
        parts = path.split("/")
        shown = repr(path if len(path) <= 80 else path[:77] + "...")
        if path.startswith("/") or "\\" in path or re.match("[A-Za-z]:", path) or ".." in parts:
            raise self.error(f"{shown} leads out of the pack")
        name = parts[-1]
        if any(part.startswith(".") for part in parts):
            return False
        if not name.lower().endswith(_SUFFIXES) and not name.upper().startswith(_LICENCES):
            return False
        if len(path) > LONGEST or len(parts) > DEEPEST:
            raise self.error(f"the path {shown} is too long or too deep")
        if any(not part or _BAD.search(part) or part != part.strip(" .") or _DEVICE.fullmatch(part) for part in parts):
            raise self.error(f"{shown} is not a name that every operating system allows")
        return True

    def expect(self, path: str, size: int) -> None:
        """Raise PackError for a file that is too large, or one too many."""
        self._bytes += size
        if size > LARGEST:
            raise self.error(f"{path!r} is larger than {LARGEST / 1e6:g} MB")
        if self._bytes > MOST_BYTES:
            raise self.error(f"its files are larger than {MOST_BYTES / 1e6:g} MB together")
        if len(self._folded) >= MOST_FILES:
            raise self.error(f"it has more than {MOST_FILES:,} files", "name the folder of the rules as #subdirectory=")
        other = self._folded.setdefault(path.casefold(), path)
        if other != path or path in self.files:
            raise self.error(f"{path!r} is there twice", f"the other is {other!r}")

    def add(self, path: str, data: bytes) -> None:
        """Take a file that was expected."""
        self.files[path] = data

    def digest(self) -> str:
        """The SHA-256 of all paths and what they hold, in hexadecimal."""
        return digest(self.files)

    def write(self, folder: Path) -> None:
        """Write every file below a new folder. Raises OSError."""
        for path, data in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(data)


def digest(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of paths and what they hold, in hexadecimal."""
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path}\0{hashlib.sha256(files[path]).hexdigest()}\n".encode())
    return whole.hexdigest()


def stored_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder as a bundle has it. Raises OSError, also for a link, which none holds."""
    from edlint.files.inputs import read_bytes

    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise OSError(f"{path} is a link")
        if not path.is_dir():
            yield path.relative_to(folder).as_posix(), read_bytes(path)
