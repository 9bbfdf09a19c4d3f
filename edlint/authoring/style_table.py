"""Tables of a house's words, as CSV, TSV or Markdown: what not to write, what to write, and perhaps a note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from edlint.errors import Place, UsageError
from edlint.files.inputs import read_text_or
from edlint.text.lazy import lazy

_SUFFIXES = {".csv": "", ".tsv": "\t", ".tab": "\t", ".md": "|", ".markdown": "|"}
_WRONG = frozenset(("wrong", "avoid", "incorrect", "bad", "not", "instead of", "don't use", "do not use", "don't write", "find"))
_RIGHT = frozenset(("right", "use", "use instead", "correct", "preferred", "good", "write", "replace", "replacement", "instead"))
_DASHES = lazy(r":?-+:?")
_PIPE = lazy(r"(?<!\\)\|")


class Row(NamedTuple):
    """One line of a table: the wrong term, the right one, a note ("" = none), and the 1-based line where it begins."""

    wrong: str
    right: str
    note: str
    line: int


Cells = tuple[int, list[str]]  # the 1-based line of a row, and what stands in it


def read_table(path: Path) -> list[Row]:
    """The rows of a table file. Raises UsageError, placed at the line, for a file or a row that makes no rule."""
    mark = _SUFFIXES.get(path.suffix.lower())
    if mark is None:
        raise UsageError("not a table", Place(str(path)), "one of " + ", ".join(_SUFFIXES))
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
    flip, line = False, 1
    try:
        for cells in reader:
            here = [" ".join(cell.split()) for cell in cells]
            if line == 1 and (head := _head(here)) is not None:
                flip = head
            else:
                yield line, _turned(here, flip)
            line = reader.line_num + 1
    except csv.Error as problem:
        raise UsageError(f"not a table: {problem}", Place(str(path), line)) from None


def _markdown(text: str) -> Iterator[Cells]:
    """The rows of every Markdown table, without the headers."""
    lines = text.splitlines()
    inside = flip = False
    for number, line in enumerate(lines, 1):
        if inside and "|" in line:
            yield number, _turned(_cells(line), flip)
        else:
            inside = False
        if number > 1 and "|" in lines[number - 2] and _is_ruler(line):
            inside, flip = True, bool(_head(_cells(lines[number - 2])))


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


def _head(cells: Sequence[str]) -> bool | None:
    """Whether a header says that the right term comes first; None for what is no header."""
    words = [cell.lower().rstrip(":") for cell in cells[:2]]
    if len(words) == 2 and words[0] in _RIGHT and words[1] in _WRONG:
        return True
    return False if len(words) == 2 and words[0] in _WRONG and words[1] in _RIGHT else None


def _turned(cells: list[str], flip: bool) -> list[str]:
    return [*cells[1::-1], *cells[2:]] if flip else cells


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
