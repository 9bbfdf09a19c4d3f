"""Tables of a house's words: CSV, TSV, Markdown, and what is wrong with them, told by line."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from edlint.authoring.style_table import Row, read_table
from edlint.errors import UsageError


def rows(tmp_path: Path, name: str, text: str | bytes) -> list[Row]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("words.csv", "utilise,use\nkids,children,Informal.\n"),
        ("words.csv", "\ufeffWrong,Right,Note\r\nutilise,use,\r\n\r\nkids,children,Informal.\r\n"),
        ("words.csv", "use instead:,avoid:,note\nuse,utilise,\nchildren,kids,Informal.\n"),
        ("words.csv", "wrong;right;note\nutilise;use\nkids;children;Informal.\n"),
        ("words.CSV", '"utilise", " use "\n"kids", "children","Informal."\n'),
        ("words.tsv", "utilise\tuse\nkids\tchildren\tInformal.\t\t\n"),
        ("words.md", "# Words\n\nProse | not a table.\n\n| no | yes |\n|---|---|\n| utilise | use |\n|kids|children|Informal.|\n\nMore.\n"),
        ("words.md", "avoid | use | why\n:-- | :-: | --\n`utilise` | **use**\n*kids* | _children_ | Informal.\n"),
        ("words.md", "| use | avoid |\n|-|-|\n| use | utilise |\n\n| a | b | c |\n|-|-|-|\n| kids | children | Informal. |\n"),
    ],
)
def test_tables_are_read(tmp_path: Path, name: str, text: str) -> None:
    assert [row[:3] for row in rows(tmp_path, name, text)] == [("utilise", "use", ""), ("kids", "children", "Informal.")]


def test_each_row_knows_its_line(tmp_path: Path) -> None:
    assert [row.line for row in rows(tmp_path, "w.csv", 'wrong,right\na,b\n\n"c\nc",d\ne,f\n')] == [2, 4, 6]
    assert [row.line for row in rows(tmp_path, "w.md", "Hello.\n\n|w|r|\n|-|-|\n|a|b|\n|c|d|\n")] == [5, 6]


def test_marks_inside_cells(tmp_path: Path) -> None:
    assert rows(tmp_path, "w.csv", 'a,"b, or c"\n"say ""no""",refuse\n') == [Row("a", "b, or c", "", 1), Row('say "no"', "refuse", "", 2)]
    assert rows(tmp_path, "w.md", "|w|r|\n|-|-|\n| a\\|b | 2*3*4 |\n") == [Row("a|b", "2*3*4", "", 3)]


def test_terms_that_differ_in_case_are_not_the_same(tmp_path: Path) -> None:
    assert len(rows(tmp_path, "w.csv", "Internet,internet\nINTERNET,internet\nUS,America\nus,we all\n")) == 4


@pytest.mark.parametrize(
    ("name", "text", "place", "what"),
    [
        ("w.csv", "wrong,right\na,\n", ":2", "the right term is empty"),
        ("w.csv", "a,b\n , c\n", ":2", "the wrong term is empty"),
        ("w.md", "|w|r|\n|-|-|\n|a|b|\n|c||\n", ":4", "the right term is empty"),
        ("w.csv", "a,b\nc,d\nA bit,e\na  bit,f\nA bit,g\n", ":5", "'A bit' appears twice as a wrong term (first on line 3)"),
        ("w.csv", "a bit,f\na  bit,g\n", ":2", "'a bit' appears twice as a wrong term (first on line 1)"),
        ("w.tsv", "a\tb\nsame\tsame\n", ":2", "'same' is both wrong and right"),
        ("w.csv", "a,b\nalone\n", ":2", "1 cell where there should be two or three"),
        ("w.csv", "a,b,c,d\n", ":1", "4 cells where there should be two or three"),
        ("w.csv", 'a,b\n"c,d\n', ":2", "not a table: unexpected end of data"),
        ("w.csv", b"a,b\nc,\xe9\n", ":2", "is not UTF-8"),
        ("w.csv", "wrong,right\n", "", "holds no rows"),
        ("w.md", "Only prose | here.\n", "", "holds no rows"),
        ("w.xls", "a,b\n", "", "not a table (one of .csv, .tsv, .tab, .md, .markdown, .xlsx)"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, name: str, text: str | bytes, place: str, what: str) -> None:
    with pytest.raises(UsageError) as fault:
        rows(tmp_path, name, text)
    assert str(fault.value).startswith(f"{tmp_path / name}{place}: {what}")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.csv: cannot be read: No such file"):
        read_table(tmp_path / "none.csv")


@pytest.mark.parametrize(
    "line", [" " * 100_000, "`" * 100_000 + "x|b", "*" * 100_000 + "|b", "-" * 100_000, "|-" * 50_000 + "x", "\\" * 100_000]
)
def test_no_line_of_a_table_takes_long(tmp_path: Path, line: str) -> None:
    began = time.process_time()
    with suppress(UsageError):
        rows(tmp_path, "w.md", f"|a|b|\n{line}\n\n|a|b|\n|-|-|\n{line}\n|c|d|\n")
    assert time.process_time() - began < 2
