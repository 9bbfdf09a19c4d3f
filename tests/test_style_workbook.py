"""Tables of words with named columns in any order, and as Excel workbooks, also those that mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbooks import MAIN, parts, sheet, words, workbook

from edlint.authoring import workbook as reader
from edlint.authoring.style_import import imported
from edlint.authoring.style_table import Row, read_table
from edlint.cli import run
from edlint.errors import UsageError


def rows(tmp_path: Path, name: str, data: str | bytes) -> list[Row]:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_table(path)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("term,use,avoid,note,source\nuse,use,utilise,Short.,AP\n", [("utilise", "use", "Short. (Source: AP)")]),
        ("source,note,avoid,use,term\nAP,Short.,utilise,use,use\n", [("utilise", "use", "Short. (Source: AP)")]),
        ("Term;Avoid\nuse;utilise\n", [("utilise", "use", "")]),
        ("term,use\nutilise,use\n", [("utilise", "use", "")]),
        ("note,term,avoid\nLong.,use,utilise; make use of\n", [("utilise", "use", "Long."), ("make use of", "use", "Long.")]),
        ("term,avoid,use,status\nuse,utilise,,old\n", [("utilise", "use", "")]),
        ("term,avoid,use\nnothing to say,,\nutilise,,use\nlone,,lone\n", [("utilise", "use", "")]),
        ("page,avoid,use\n3,utilise,use\n", [("utilise", "use", "")]),
        ("term,avoid\nuse\nuse,utilise\n", [("utilise", "use", "")]),
    ],
)
def test_columns_are_known_by_their_names(tmp_path: Path, text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert [row[:3] for row in rows(tmp_path, "w.csv", text)] == wanted


def test_a_workbook_is_a_table_like_others(tmp_path: Path) -> None:
    data = words(
        ("term", "use", "avoid", "note"), ("use", "", "utilise", "Short."), (), ("ten", "", 10, ""), ("now", "", "=A1|at this time", "")
    )
    assert rows(tmp_path, "w.xlsx", data) == [
        Row("utilise", "use", "Short.", 2), Row("10", "ten", "", 4), Row("at this time", "now", "", 5),
    ]  # fmt: skip
    assert rows(tmp_path, "plain.xlsx", words(("utilise", "use"), ("kids", "children", "Informal.")))[1] == Row(
        "kids", "children", "Informal.", 2
    )


def test_formulas_are_what_was_worked_out_last_and_a_text_is_a_text(tmp_path: Path) -> None:
    data = parts(sheet([("avoid", "use"), ("=1+1|utilise", "use"), ("X", "Y")]))
    data["xl/worksheets/sheet1.xml"] = data["xl/worksheets/sheet1.xml"].replace("<t>X</t>", "<t>=HYPERLINK()</t>")
    assert [row.wrong for row in rows(tmp_path, "w.xlsx", workbook(data))] == ["utilise", "=HYPERLINK()"]


def test_a_workbook_becomes_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("words.xlsx").write_bytes(words(("term", "avoid", "source"), ("use", "utilise", "House, p. 3")))
    assert run(["style", "import", "words.xlsx"]) == 0
    assert "wrote " in capsys.readouterr().out
    [file] = Path("House").glob("*.yml")
    assert "(Source: House, p. 3)" in file.read_text("utf-8")
    assert run(["test", "House"]) == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "cannot be read: damaged"),
        (b"a,b\n", "cannot be read: damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "encrypted, or an old Office file"),
        (workbook({"xl/worksheets/sheet1.xml": "<a/>"}), "not a workbook that can be read"),
        (workbook(parts("<worksheet")), "not a workbook that can be read"),
        (workbook(parts(sheet([["a"]]).replace('"A1"', '"XFD1048576"'))), "has cells beyond row 100,000 or column 200"),
        (workbook(parts(sheet([["a"]]).replace('"A1"', "'A999999'"))), "has cells beyond row 100,000 or column 200"),
        (workbook(parts(sheet([["a"]]).replace('"A1"', '"ZZ1"'))), "has cells beyond row 100,000 or column 200"),
        (workbook(parts(f'<worksheet xmlns="{MAIN}"><sheetData><row>{"<c/>" * 300}</row></sheetData></worksheet>')), "more than 200 cells"),
        (
            workbook(parts(f'<worksheet xmlns="{MAIN}"><sheetData>{"<row/>" * 100_001}</sheetData></worksheet>')),
            "has cells beyond row 100,000",
        ),
        (
            workbook(parts(f'<worksheet xmlns="{MAIN}" xmlns:a-b="{MAIN}"><sheetData>{"<a-b:row/>" * 100_001}</sheetData></worksheet>')),
            "has cells beyond row 100,000",
        ),
        (workbook(parts(f'<worksheet><sheetData><row r="{"0" * 1_000_000}')), "not a workbook that can be read"),
        (words(("avoid", "use"), ("utilise", "")), ":2: the right term is empty"),
        (words(("avoid", "use")), "holds no rows"),
    ],
)
def test_a_workbook_that_is_broken_or_hostile_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(UsageError) as told:
        rows(tmp_path, "w.xlsx", data)
    assert said in str(told.value) and "w.xlsx" in str(told.value)


@pytest.mark.parametrize(
    "name", ["xl/worksheets/deep/sheet1.xml", "xl/worksheets/sheet1", "xl\\worksheets\\sheet1.xml", "XL/Worksheets/sheet1.xml"]
)
def test_a_sheet_is_looked_at_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    data = parts(sheet([["a"]]).replace('"A1"', '"XFD1048576"'))
    data[name] = data.pop("xl/worksheets/sheet1.xml")
    target = name.replace("\\", "/").partition("/")[2]
    data["xl/_rels/workbook.xml.rels"] = data["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", target)
    with pytest.raises(UsageError, match=r"has cells beyond row 100,000"):
        rows(tmp_path, "w.xlsx", workbook(data))


def test_a_bomb_is_refused_before_the_reader_sees_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 100_000)
    with pytest.raises(UsageError, match="once it is unpacked"):
        rows(tmp_path, "w.xlsx", workbook({**parts(sheet([["a", "b"]])), "xl/sharedStrings.xml": "x" * 200_000}))


def test_entities_of_a_workbook_do_not_unfold(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "utilise"><!ENTITY c "&b;&b;&b;">]>' + sheet([["avoid", "use"], ["&c;", "use"]])
    try:
        found = rows(tmp_path, "w.xlsx", workbook(parts(bomb)))
    except UsageError:
        return
    assert all("utilise" not in row.wrong for row in found)


def test_without_the_reader_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"reading \.xlsx needs python-calamine, which is not installed \(pip install"):
        rows(tmp_path, "w.xlsx", words(("avoid", "use"), ("utilise", "use")))


def test_a_table_of_terms_makes_rules_that_pass(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("term,avoid,note\nuse,utilise;make use of,Short.\nthe house,,No rule.\n", "utf-8")
    [text] = imported(path, "House").values()
    assert "utilise: use" in text and "make use of: use" in text
