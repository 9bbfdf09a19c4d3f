"""What engines said earlier, on disk, so that a text is read only once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from edlint.folders import cache_folder, write_private
from edlint.grammar.base import Remark

MOST = 4000  # files of one engine; half of them go when there are more


class Store:
    """Remarks by key: a tuple of texts that names engine version, settings and the text read. Keys are only kept as digests.

    A store that cannot be read or written is no fault: nothing is remembered then.
    """

    def __init__(self, engine: str) -> None:
        cache = cache_folder()
        self._folder = cache / engine if cache else None
        self._fresh = True

    def get(self, key: Iterable[str]) -> list[Remark] | None:
        """What was put for the key, or None."""
        path = self._path(key)
        try:
            rows = json.loads(path.read_bytes()) if path else None
            return None if rows is None else [Remark(*row)._replace(replacements=tuple(row[4]), groups=tuple(row[5])) for row in rows]
        except (OSError, ValueError, TypeError, IndexError):
            return None

    def put(self, key: Iterable[str], remarks: Iterable[Remark]) -> None:
        """Remember remarks."""
        path = self._path(key)
        if path is None:
            return
        try:
            if self._fresh:
                self._fresh = False
                _thin(path.parent)
            write_private(path, json.dumps(list(remarks), ensure_ascii=False).encode("utf-8", "surrogatepass"))
        except OSError:
            return

    def _path(self, key: Iterable[str]) -> Path | None:
        from hashlib import sha256

        if self._folder is None:
            return None
        return self._folder / f"{sha256(json.dumps(list(key)).encode()).hexdigest()}.json"


def _thin(folder: Path) -> None:
    """Remove the older half of the files when there are too many."""
    files = list(folder.glob("*.json")) if folder.is_dir() else []
    if len(files) > MOST:
        for path in sorted(files, key=lambda p: p.stat().st_mtime)[: len(files) // 2]:
            path.unlink(missing_ok=True)
