"""Tables of a house's words, as CSV, TSV, Markdown or an Excel workbook: what not to write, what to write, and perhaps a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from edlint.errors import Place, UsageError
from edlint.files.inputs import read_text_or
from edlint.text.lazy import lazy

_SUFFIXES = {".csv": "", ".tsv": "\t", ".tab": "\t", ".md": "|", ".markdown": "|", ".xlsx": "workbook"}
_WRONG = frozenset(("wrong", "avoid", "incorrect", "bad", "not", "instead of", "don't use", "do not use", "don't write", "find"))
_RIGHT = frozenset(("right", "use", "use instead", "correct", "preferred", "good", "write", "replace", "replacement", "instead"))
_NAMES: Mapping[str, frozenset[str]] = {  # what a column holds → how it may be headed
    "wrong": _WRONG,
    "right": _RIGHT,
    "term": frozenset(("term", "terms", "word", "entry", "headword")),
    "note": frozenset(("note", "notes", "reason", "why", "comment", "comments", "explanation")),
    "source": frozenset(("source", "sources", "reference", "authority")),
}
_DASHES = lazy(r":?-+:?")
_PIPE = lazy(r"(?<!\\)\|")


class Row(NamedTuple):
    """One line of a table: the wrong term, the right one, a note ("" = none), and the 1-based line where it begins."""

    wrong: str
    right: str
    note: str
    line: int


Cells = tuple[int, list[str]]  # the 1-based line of a row, and what stands in it
Columns = Mapping[str, int]  # what a column holds → its number, from 0


def read_table(path: Path) -> list[Row]:
    """The rows of a table file. Raises UsageError, placed at the line, for a file or a row that makes no rule."""
    mark = _SUFFIXES.get(path.suffix.lower())
    if mark is None:
        raise UsageError("not a table", Place(str(path)), "one of " + ", ".join(_SUFFIXES))
    if mark == "workbook":
        from edlint.authoring.workbook import sheet

        lines = _headed(sheet(path))
    else:
        text = read_text_or(UsageError, path)
        lines = _markdown(text) if mark == "|" else _separated(path, text, mark)
    rows = [row for cells in lines if (row := _row(path, cells))]
    if not rows:
        raise UsageError("holds no rows", Place(str(path)), "a table has two columns, wrong and right, and perhaps a third with a note")
    _no_doubles(path, rows)
    return rows


def _separated(path: Path, text: str, mark: str) -> Iterator[Cells]:
    """The rows of CSV (with commas or semicolons) or TSV, without the header."""
    import csv
    import io

    first = text.partition("\n")[0]
    mark = mark or (";" if ";" in first and "," not in first else ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True, strict=True)

    def lines() -> Iterator[Cells]:
        line = 1
        for cells in reader:
            yield line, [" ".join(cell.split()) for cell in cells]
            line = reader.line_num + 1

    line = 0
    try:
        for line, cells in _headed(lines()):
            yield line, cells
    except csv.Error as problem:
        raise UsageError(f"not a table: {problem}", Place(str(path), max(line + 1, 1))) from None


def _headed(lines: Iterable[Cells]) -> Iterator[Cells]:
    """Rows as wrong term, right term and note, where the first may be a header that says which column is which."""
    columns: Columns | None = None
    for number, (line, cells) in enumerate(lines):
        if number == 0 and (columns := _head(cells)) is not None:
            continue
        yield from ((line, turned) for turned in _turned(cells, columns))


def _markdown(text: str) -> Iterator[Cells]:
    """The rows of every Markdown table, without the headers."""
    lines = text.splitlines()
    inside = False
    columns: Columns | None = None
    for number, line in enumerate(lines, 1):
        if inside and "|" in line:
            yield from ((number, turned) for turned in _turned(_cells(line), columns))
        else:
            inside = False
        if number > 1 and "|" in lines[number - 2] and _is_ruler(line):
            inside, columns = True, _head(_cells(lines[number - 2]))


def _cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table, without code and emphasis marks around the whole of one."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith(r"\|") else inner
    cells = (" ".join(cell.split()).replace(r"\|", "|") for cell in _PIPE.split(inner))
    return [_unmarked(cell) for cell in cells]


def _is_ruler(line: str) -> bool:
    """Whether a line is the one between the header and the rows of a table."""
    inner = line.strip()
    return "|" in inner and all(_DASHES.fullmatch(cell.strip()) for cell in inner.removeprefix("|").removesuffix("|").split("|"))


def _unmarked(cell: str) -> str:
    ticks = min(len(cell) - len(cell.lstrip("`")), len(cell) - len(cell.rstrip("`")))
    for mark in ("`" * ticks, "**", "*", "__", "_"):
        inner = cell[len(mark) : -len(mark)] if mark else ""
        if inner and inner == inner.strip() and cell.startswith(mark) and cell.endswith(mark):
            return inner
    return cell


def _head(cells: Sequence[str]) -> Columns | None:
    """What the columns hold by a header, in any order; columns that it names otherwise do not count. None for what is no header."""
    found: dict[str, int] = {}
    for number, cell in enumerate(cells):
        name = next((kind for kind, names in _NAMES.items() if cell.lower().rstrip(":") in names), "")
        if name and name not in found:
            found[name] = number
    if {found.get("wrong"), found.get("right")} == {0, 1} and 2 not in found.values():
        found.setdefault("note", 2)  # which need not be headed
    return found if len(found.keys() & {"wrong", "right", "term"}) > 1 else None


def _turned(cells: list[str], columns: Columns | None) -> Iterator[list[str]]:
    """The wrong term, the right one and the note of a row. Where a column holds the term itself, one that is headed otherwise may be
    empty, several wrong terms may stand in a cell with semicolons between them, and a row with nothing to avoid gives nothing."""
    if columns is None:
        yield cells
        return
    given = {name: cells[number] if number < len(cells) else "" for name, number in columns.items()}
    wrong, right, term = (given.get(name, "") for name in ("wrong", "right", "term"))
    note = " ".join(filter(None, [given.get("note", ""), f"(Source: {given['source']})" if given.get("source") else ""]))
    if "term" not in columns:
        yield [wrong, right, note] if any(cells) else []
        return
    avoided = [part.strip() for part in wrong.split(";") if part.strip()] or ([term] if right and right != term else [])
    yield from ([each, right or term, note] for each in avoided if term or right)


def _row(path: Path, cells: Cells) -> Row | None:
    """One row, checked; None for an empty line."""
    line, (*given,) = cells
    while len(given) > 3 and not given[-1]:
        given.pop()
    if not any(given):
        return None
    place = Place(str(path), line)
    if not 2 <= len(given) <= 3:
        hint = "wrong, right, and perhaps a note; put quotation marks around a cell that holds the mark between cells"
        raise UsageError(f"{len(given)} cell{'s' if len(given) > 1 else ''} where there should be two or three", place, hint)
    wrong, right = given[:2]
    for name, cell in (("wrong", wrong), ("right", right)):
        if not cell:
            raise UsageError(f"the {name} term is empty", place)
    if wrong == right:
        raise UsageError(f"{wrong!r} is both wrong and right", place)
    return Row(wrong, right, given[2] if len(given) > 2 else "", line)


def is_cased(row: Row) -> bool:
    """Whether a row holds only for its wrong term as written: one with capitals, or one that differs from the right term in case."""
    return row.wrong != row.wrong.lower() or row.wrong.casefold() == row.right.casefold()


def _no_doubles(path: Path, rows: Sequence[Row]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.wrong if is_cased(row) else row.wrong.lower(), row.line)
        if first != row.line:
            raise UsageError(f"{row.wrong!r} appears twice as a wrong term", Place(str(path), row.line), f"first on line {first}")
