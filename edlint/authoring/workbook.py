"""The first sheet of an Excel workbook with a table of words, as rows of text. No formula is worked out.

The reader lays a sheet out as a grid, so the workbook is looked through before: what claims to be large is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from edlint.errors import Place, SourceError, UsageError
from edlint.files.inputs import read_bytes
from edlint.formats.archive import Archive

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_BYTES = 60_000_000  # of all parts, unpacked
_SHEET = re.compile(r"xl[/\\]worksheets[/\\].*", re.IGNORECASE | re.DOTALL)  # the reader takes any name there
_ROW, _CELL = re.compile(rb"<(?:[^\s<>/:]*+:)?row\b"), re.compile(rb"<(?:[^\s<>/:]*+:)?c\b")
_PLACE = re.compile(rb"\br\s*+=\s*+[\"']\s*+([A-Za-z]*+)0*+([0-9]++)\s*+[\"']")


def sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet, each with its 1-based number. Raises UsageError."""
    if find_spec("python_calamine") is None:
        raise UsageError("reading .xlsx needs python-calamine, which is not installed", hint="pip install 'python-calamine>=0.4'")
    try:
        data = read_bytes(path)
        archive = Archive(data, str(path))
        _look_through(archive)
        data = archive.changed({})  # what was looked through, and nothing that another reader could find beside it
    except OSError as fault:
        raise UsageError(f"cannot be read: {fault.strerror}", Place(str(path))) from None
    except SourceError as fault:
        raise UsageError(fault.message, fault.place, fault.hint) from None
    for number, cells in enumerate(_grid(data, path), 1):
        yield number, [" ".join(_text(cell).split()) for cell in cells]


def _look_through(archive: Archive) -> None:
    """Raise SourceError for a workbook that is too large once it is unpacked, or has cells too far out."""
    total = 0
    for name in sorted(archive.names):
        if name.endswith("/"):
            continue
        part = archive.part(name)
        total += len(part)
        if total > MOST_BYTES:
            archive.refuse(f"it is larger than {MOST_BYTES / 1e6:g} MB once it is unpacked")
        if _SHEET.fullmatch(name):
            _look_at_sheet(archive, name, part)


def _look_at_sheet(archive: Archive, name: str, part: bytes) -> None:
    starts = [found.start() for found in islice(_ROW.finditer(part), MOST_ROWS + 1)]
    if len(starts) > MOST_ROWS or any(int(place[2][:9]) > MOST_ROWS or _column(place[1]) > MOST_COLUMNS for place in _PLACE.finditer(part)):
        archive.refuse(
            f"{name!r} has cells beyond row {MOST_ROWS:,} or column {MOST_COLUMNS}", "keep the table in the first columns and rows"
        )
    for start, end in zip([0, *starts], [*starts, len(part)], strict=True):
        if sum(1 for _ in _CELL.finditer(part, start, end)) > MOST_COLUMNS:
            archive.refuse(f"{name!r} has a row of more than {MOST_COLUMNS} cells")


def _column(letters: bytes) -> int:
    """The number of the column AB, from 1; 0 for none."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number


def _grid(data: bytes, path: Path) -> list[list[object]]:
    """All rows from the first, as the reader has them. Raises UsageError where it cannot read the workbook."""
    import io

    from python_calamine import CalamineWorkbook

    try:
        first = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows: list[list[object]] = [list(row) for row in first.to_python(skip_empty_area=False)]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a fault inside the reader's compiled code is no Exception
        raise UsageError(f"not a workbook that can be read: {type(fault).__name__}", Place(str(path)), "save it anew as .xlsx") from None
    return rows


def _text(cell: object) -> str:
    """What a cell shows: whole numbers without a point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
