"""Every format for programs, read back by a reader of that format whatever a draft holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import finding, random_reports, report

from edlint.model.finding import ALSO, Finding, Level, Related
from edlint.model.report import FileResult, Report, ReportOptions, Stale
from edlint.model.source import Source
from edlint.report import REPORTERS, render
from edlint.report.entries import FAULT, PLACES, also_at, entries, escape_surrogates, full_message, portable, region, stream_json, to_json
from edlint.text.span import Span

JSON = ("json", "sarif", "gitlab", "rdjson")
LINES = ("json-lines", "rdjsonl")
XML = ("junit", "checkstyle")
ROOT = Path(__file__).resolve().parents[2]


def read_back(name: str, shown: str) -> Any:
    """What a reader of the format makes of a report: data for JSON, a list of data for JSON Lines, the root of XML."""
    if name in JSON:
        return json.loads(shown)
    if name in LINES:
        return [json.loads(line) for line in shown.splitlines()]
    return ElementTree.fromstring(shown.encode("utf-8"))


@settings(max_examples=50)
@given(random_reports(), st.booleans())
def test_any_report_is_read_back_whole(made: Report, quiet: bool) -> None:
    options = ReportOptions(quiet=quiet)
    listed = list(entries(made, options))
    for name in (*JSON, *LINES, *XML):
        shown = render(made, name, options)
        assert shown.isascii(), name
        data = read_back(name, shown)
        if name in JSON:
            json.dumps(data, ensure_ascii=False).encode("utf-8")  # no lone surrogate is left
        counted = {
            "gitlab": lambda d: len(d),
            "json-lines": lambda d: len(d),
            "rdjsonl": lambda d: len(d),
            "rdjson": lambda d: len(d["diagnostics"]),
            "junit": lambda d: len(d.findall(".//failure")) + len(d.findall(".//error")),
            "checkstyle": lambda d: len(d.findall(".//error")),
        }.get(name)
        assert counted is None or counted(data) == len(listed), name


@settings(max_examples=50)
@given(random_reports(), st.sampled_from(list(REPORTERS)))
def test_any_report_in_any_format_can_be_written(made: Report, name: str) -> None:
    for options in (ReportOptions(), ReportOptions(quiet=True, statistics=True)):
        render(made, name, options).encode("utf-8")


@pytest.mark.parametrize("name", [*JSON, *LINES, *XML])
def test_an_empty_report_is_a_document(name: str) -> None:
    data = read_back(name, render(Report(()), name))
    assert data in ([], {"source": {"name": "edlint"}, "diagnostics": []}) or name in ("json", "sarif", *XML)


@pytest.mark.parametrize("name", [*JSON, *LINES, *XML])
def test_quiet_leaves_out_what_is_no_error(name: str) -> None:
    given = report("x y", finding("x y", "x"), finding("x y", "y", Level.WARNING, message="only a warning"))
    assert "only a warning" in render(given, name)
    assert "only a warning" not in render(given, name, ReportOptions(quiet=True))


@pytest.mark.parametrize("name", [n for n in REPORTERS if n != "html"])
def test_what_could_not_be_checked_is_in_every_format(name: str) -> None:
    broken = Report(
        (FileResult("a.md", error="a.md: cannot be read"), FileResult("b.md", Source("b.md", ""), faults=("A.b: out of time",)))
    )
    shown = render(broken, name, ReportOptions(quiet=True))
    assert "cannot be read" in shown
    assert "out of time" in shown


def test_entries_put_failures_first_and_know_their_regions() -> None:
    given = report("one\ntwo", finding("one\ntwo", "e\nt"), faults=("slow",))
    fault, found = entries(given, ReportOptions())
    assert (fault.rule, fault.level, fault.region, fault.finding) == (FAULT, Level.ERROR, None, None)
    assert found.region == region(Span(2, 5), Source("a", "one\ntwo")) == (1, 3, 2, 2)


def test_paths_are_relative_to_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = Path.cwd()
    cases = {
        "a.md": "a.md",
        "./a//b/../c.md": "a/c.md",
        f"{here}/sub/a.md": "sub/a.md",
        "../a.md": "../a.md",
        f"{here}-not/a.md": f"{here}-not/a.md".replace(os.sep, "/"),
        "<stdin>": "<stdin>",
    }
    assert {path: portable(path) for path in cases} == cases


def test_lone_surrogates_are_written_out_and_nothing_else() -> None:
    assert escape_surrogates({"a": ["x\udc80", ("é😀", 1, None)]}) == {"a": ["x\\udc80", ["é😀", 1, None]]}


def test_json_lines() -> None:
    given = report("x y", finding("x y", "y"), path="./a.md", faults=("slow",))
    fault, found = map(json.loads, render(given, "json-lines").splitlines())
    assert fault == {"path": "a.md", "error": "slow"}
    assert (found["path"], found["rule"], found["line"], found["column"]) == ("a.md", "Claims.Unsourced", 1, 3)
    whole = json.loads(render(given, "json"))["files"][0]["findings"][0]
    assert {"path": "a.md", **whole} == found


def test_text_says_what_is_accounted_for() -> None:
    words = Finding("A.b", Level.WARNING, "m", Span(0, 1))
    given = report("x", words, words, fixed=(words,), accepted=(words, words), elsewhere=3)
    given = given._replace(baseline="edlint-baseline.json", stale=(Stale("a.txt", "A.b", "x", 2),), max_warnings=1)
    accounted = (
        "Fixed 1 finding in 1 draft.\n2 findings accepted by edlint-baseline.json.\n3 findings already in the base version.\n"
        "2 accepted findings no longer found: `edlint baseline prune` removes them.\n"
    )
    accounted += "Silenced by edlint-baseline.json: a.txt:1 A.b (accepted in the past).\n"
    shown = render(given, "text")
    assert f"2 warnings in 1 file.\n{accounted}Fails: 2 warnings where 1 may pass.\n" in shown
    assert render(given, "text", ReportOptions(quiet=True)) == "No findings in 1 file.\nFails: 2 warnings where 1 may pass.\n"
    assert render(given, "concise").endswith(f"{accounted}2 warnings where 1 may pass.\n")
    assert render(given, "concise", ReportOptions(quiet=True)) == "2 warnings where 1 may pass.\n"
    both = report("x", words, fail_on=Level.WARNING)._replace(max_warnings=0)
    assert "Fails: 1 finding at or above warning, and 1 warning where 0 may pass.\n" in render(both, "text")
    data = json.loads(render(given, "json"))
    assert {key: data["summary"][key] for key in ("accepted", "fixed", "elsewhere", "stale", "max_warnings", "exit_code")} == {
        "accepted": 2, "fixed": 1, "elsewhere": 3, "stale": 2, "max_warnings": 1, "exit_code": 1,
    }  # fmt: skip
    assert data["stale"] == [{"path": "a.txt", "rule": "A.b", "match": "x", "times": 2}]
    assert data["files"][0]["fixed"] == [{"rule": "A.b", "level": "warning", "message": "m", "match": ""}]


@settings(max_examples=60)
@given(random_reports(), st.sampled_from([n for n in REPORTERS if n not in ("html", "github")]))
def test_nothing_in_a_draft_is_a_command_to_the_service_that_keeps_the_log(made: Report, name: str) -> None:
    for line in render(made, name).splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line and "##vso[" not in line


def test_a_line_that_looks_like_a_command_is_shown_as_text() -> None:
    text = "::error::gone ##[add-mask]x"
    shown = render(report(text, finding(text, "gone"), path="::error::a.txt"), "text")
    assert "           \\x3a:error::gone \\x23#[add-mask]x\n" in shown
    assert shown.startswith("\\x3a:error::a.txt\n")


@pytest.mark.parametrize("name", ["json", "gitlab", "junit", "checkstyle"])
def test_reports_are_right_whatever_encoding_the_output_has(name: str, tmp_path: Path) -> None:
    draft = tmp_path / "café.txt"
    draft.write_text("“The boat — 漢字 — sails,” she said,  ‘now’.\u200b\n", encoding="utf-8")
    command = [sys.executable, "-m", "edlint", "--isolated", "--ignore", "Grammar", "-f", name, str(draft)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(command, capture_output=True, check=False, env=environment, cwd=tmp_path)
    data = read_back(name, ran.stdout.decode("ascii"))
    assert "café.txt" in (json.dumps(data, ensure_ascii=False) if name in JSON else ElementTree.tostring(data, "unicode"))


def test_many_findings_on_one_long_line_stay_quick() -> None:
    text = "wörds and " * 300_000
    given = report(text, *(Finding("A.r", Level.ERROR, "m", Span(n * 1000, n * 1000 + 5), "m") for n in range(2000)))
    for name in (*JSON, *LINES, *XML, "github"):
        assert render(given, name)


DATA = st.recursive(
    st.none() | st.integers() | st.text("a#\ud800é\n", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("k#", max_size=2), inner, max_size=3),
    max_leaves=12,
)


def flowing(data: Any) -> Any:
    """The data with iterators for lists, but not in lists."""
    if isinstance(data, dict):
        return {key: flowing(value) for key, value in data.items()}
    return iter(list(map(flowing, data))) if isinstance(data, list) else data


@given(DATA)
def test_what_is_written_piece_by_piece_is_the_same(data: Any) -> None:
    out = StringIO()
    stream_json(flowing(data), out)
    assert out.getvalue() + "\n" == to_json(data)


def grouped_finding(places: int) -> tuple[Finding, Source]:
    source = Source("a.txt", "USA\n" * (places + 1))
    also = tuple(Related(Span(4 * n, 4 * n + 3), ALSO, same=True) for n in range(1, places + 1))
    return Finding("Names.Marks", Level.WARNING, "Say US.", Span(0, 3), "USA", related=(Related(Span(0, 1), "first"), *also)), source


def test_the_other_places_of_a_finding_are_named_and_many_are_shortened() -> None:
    assert also_at(*grouped_finding(0)) == ""
    assert also_at(*grouped_finding(2)) == "also at 2:1, 3:1"
    assert also_at(*grouped_finding(PLACES)).endswith(f"{PLACES + 1}:1")
    assert also_at(*grouped_finding(PLACES + 1)) == "also at 2:1, 3:1, 4:1, 5:1, 6:1, 7:1, 8:1 and 2 more"
    assert full_message(*grouped_finding(1)) == "Say US. Also at 2:1."
    assert full_message(*grouped_finding(0)) == "Say US."


@pytest.mark.parametrize("name", ["text", "concise", "github", "gitlab", "checkstyle", "junit"])
def test_reports_for_people_name_the_other_places(name: str) -> None:
    finding, source = grouped_finding(3)
    said = render(Report((FileResult("a.txt", source, (finding,)),)), name)
    assert "2:1, 3:1, 4:1" in said.replace("%3A", ":").replace("%2C", ",")


def test_reports_for_programs_hold_all_places() -> None:
    finding, source = grouped_finding(300)
    report = Report((FileResult("a.txt", source, (finding,)),))
    assert len(json.loads(render(report, "sarif"))["runs"][0]["results"][0]["relatedLocations"]) == 301
    related = json.loads(render(report, "json"))["files"][0]["findings"][0]["related"]
    assert [place["same"] for place in related] == [False] + [True] * 300
    assert len(json.loads(render(report, "rdjson"))["diagnostics"][0]["related_locations"]) == 301
    assert render(report, "html").count(">line ") >= 301
