"""Which files hold the articles of an archive: in folders, by globs, and in object stores."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from edlint.errors import UsageError
from edlint.formats import format_of

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

KINDS = dict.fromkeys((".jsonl", ".ndjson"), "lines") | dict.fromkeys((".csv", ".tsv"), "table") | dict.fromkeys((".wxr", ".xml"), "posts")
KINDS |= {".parquet": "parquet", ".warc": "warc"}
STATE, KNOWN = "state.sqlite", "known.keys"  # a folder that holds both is an audit
PORTION = 200  # drafts that are read in one go
_GLOB = re.compile(r"[*?\[]")


class Portion(NamedTuple):
    """Files that are read in one go, of one kind, and their size in bytes; `root` is the source that they were found in."""

    kind: str
    paths: tuple[str, ...]
    size: int
    root: str


def portions(sources: Iterable[str]) -> Iterator[Portion]:
    """The files of sources, sorted: folders, globs, files, or their addresses in an object store. Raises UsageError for one without any."""
    for source in sources:
        drafts: list[tuple[str, int]] = []
        count = 0
        for path, size in _files(source):
            count += 1
            kind = KINDS.get(PurePosixPath(path.removesuffix(".gz")).suffix.lower(), "drafts")
            if kind != "drafts":
                yield Portion(kind, (path,), size, source)
                continue
            drafts.append((path, size))
            if len(drafts) == PORTION:
                yield _of_drafts(drafts, source)
                drafts = []
        if drafts:
            yield _of_drafts(drafts, source)
        if not count:
            raise UsageError(f"{source}: no articles there", hint="a folder, a glob, or a .jsonl, .csv, .parquet, .warc or .wxr file")


def _of_drafts(drafts: list[tuple[str, int]], root: str) -> Portion:
    return Portion("drafts", tuple(path for path, _ in drafts), sum(size for _, size in drafts), root)


def _files(source: str) -> Iterator[tuple[str, int]]:
    """The files of a source with their sizes, sorted; in a folder, those that can be read. What an audit wrote is none."""
    from pyarrow.fs import FileSelector, FileType

    system, path, prefix = system_of(source)
    fixed = _GLOB.split(path, maxsplit=1)[0]
    if fixed == path:
        info = system.get_file_info(path)
        if info.type == FileType.File:
            yield source, info.size
            return
        if info.type == FileType.NotFound:
            raise UsageError(f"{source}: no such file or folder")
    folder = fixed.rpartition("/")[0] if fixed != path else path
    found = system.get_file_info(FileSelector(folder, recursive=True, allow_not_found=True))
    holding = [{info.path.removesuffix(name) for info in found if info.base_name == name} for name in (STATE, KNOWN)]
    audits = tuple(set.intersection(*holding))
    for info in sorted(found, key=lambda info: str(info.path)):
        hidden = any(part.startswith(".") for part in info.path.removeprefix(folder).split("/"))
        if info.type != FileType.File or hidden or info.path.startswith(audits):
            continue
        taken = _readable(info.path) if fixed == path else fnmatchcase(info.path, path)
        if taken:
            yield prefix + info.path, info.size


def _readable(path: str) -> bool:
    suffix = PurePosixPath(path.removesuffix(".gz")).suffix.lower()
    return suffix in KINDS or bool(suffix and format_of(suffix))


def system_of(source: str) -> tuple[FileSystem, str, str]:
    """The file system of a source, its path there, and what stands before such a path in an address. Raises UsageError."""
    from pyarrow import ArrowInvalid
    from pyarrow.fs import FileSystem, LocalFileSystem

    scheme, found, rest = source.partition("://")
    if not found:
        return LocalFileSystem(), source.replace("\\", "/").rstrip("/") or "/", ""
    try:
        system, _ = FileSystem.from_uri(f"{scheme}://{_GLOB.split(rest, maxsplit=1)[0]}")
    except (ArrowInvalid, OSError) as problem:
        raise UsageError(f"{source}: cannot be reached: {problem}") from None
    return system, rest.rstrip("/"), f"{scheme}://"
