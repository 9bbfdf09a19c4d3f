"""Finds configuration files: `.edlint.yml`, `.edlint.yaml`, pyproject.toml with `[tool.edlint]`, or Vale's `.vale.ini`."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from edlint.errors import ConfigError, Place
from edlint.files.inputs import kind_of, read_bytes
from edlint.vale.settings import NAMES as VALE_NAMES

NAMES = (".edlint.yml", ".edlint.yaml", "pyproject.toml")
_TOOL = rb"(?m)^\s*\[\s*tool\s*\.\s*edlint\b"  # compiled where there is such a file


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
    return file.suffix != ".toml" or bool(re.search(_TOOL, read_bytes(file)))
