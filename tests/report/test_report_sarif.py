"""SARIF: what a report says in it, and that the standard's own validator and schema accept any report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import sarifmultitool
from hypothesis import HealthCheck, Phase, given, settings
from reports import RULE, finding, random_reports, report

from edlint.model.finding import Edit, Finding, Fix, Level, Related, Suppressed
from edlint.model.report import FileResult, Report, ReportOptions, Stale
from edlint.model.source import Source
from edlint.report import render
from edlint.report.sarif import artifact
from edlint.text.span import Span

TEXT = "😀 A caption.\r\n\r\n😀 A caption.\rThe end"


def run_of(made: Report, **options: Any) -> Any:
    (run,) = json.loads(render(made, "sarif", ReportOptions(**options)))["runs"]
    return run


def rich() -> Report:
    """A report with everything that SARIF has a place for."""
    copy = Span(17, 29)
    fix = Fix("delete the copy", (Edit(copy, ""), Edit(Span(0, 0), "x")), "safe")
    repeated = Finding(
        "Captions.Repeated",
        Level.ERROR,
        "Repeats [line 1](http://x.y)",
        copy,
        "A caption.",
        (Related(Span(0, 12), "first copy"),),
        (fix,),
        ("c",),
    )
    accepted = finding(TEXT, "The end", Level.SUGGESTION)
    silenced = (Suppressed(finding(TEXT, "end"), "our own count"), Suppressed(finding(TEXT, "end", Level.WARNING), ""))
    made = report(
        TEXT,
        repeated,
        finding(TEXT, "The", Level.WARNING),
        path="drafts/a b:ü.md",
        suppressed=silenced,
        accepted=(accepted,),
        notices=("grammar was not checked",),
    )
    files = (*made.files, FileResult("no.md", error="no.md: cannot be read"), FileResult("b.md", Source("b.md", ""), faults=("A.b: slow",)))
    rule = RULE._replace(link="https://example.org/why")
    return made._replace(files=files, rules={"Claims.Unsourced": rule}, baseline="base.json", stale=(Stale("a", "A.b", "x"),))


def test_results_have_everything_a_reader_needs() -> None:
    run = run_of(rich())
    first = run["results"][0]
    assert (first["ruleId"], first["level"], first["message"]["text"]) == ("Captions.Repeated", "error", "Repeats [line 1] (http://x.y)")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "drafts/a%20b%3A%C3%BC.md", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 3, "startColumn": 2, "endLine": 4, "endColumn": 1, "snippet": {"text": " A caption.\r"}}
    related = first["relatedLocations"][0]
    assert (related["message"]["text"], related["id"], related["physicalLocation"]["region"]["startLine"]) == ("first copy", 1, 1)
    (change,) = first["fixes"][0]["artifactChanges"]
    assert [edit["insertedContent"]["text"] for edit in change["replacements"]] == ["", "x"]
    assert change["replacements"][1]["deletedRegion"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    assert first["fixes"][0]["description"]["text"] == "delete the copy"
    assert first["properties"] == {"cues": ["c"]}
    assert run["columnKind"] == "unicodeCodePoints"
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%"}


def test_states_and_suppressions() -> None:
    new, also_new, accepted, silenced, without_reason = run_of(rich())["results"]
    assert [r["baselineState"] for r in (new, also_new, accepted, silenced, without_reason)] == ["new", "new", "unchanged", "new", "new"]
    assert ["suppressions" in r for r in (new, also_new)] == [False, False]
    assert accepted["suppressions"] == [{"kind": "external", "justification": "accepted by base.json"}]
    assert silenced["suppressions"] == [{"kind": "inSource", "justification": "our own count"}]
    assert without_reason["suppressions"] == [{"kind": "inSource"}]
    assert also_new["partialFingerprints"] == {"edlint/v1": "f00d"}
    assert "partialFingerprints" not in new
    assert [r["level"] for r in run_of(rich(), quiet=True)["results"]] == ["error", "error"]
    assert "baselineState" not in run_of(report("x", finding("x", "x")))["results"][0]


def test_rules_say_what_why_and_what_to_do() -> None:
    run = run_of(rich())
    unknown, known = run["tool"]["driver"]["rules"]
    assert (unknown["id"], unknown["shortDescription"]["text"]) == ("Captions.Repeated", "Captions.Repeated.")
    assert [run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert known == {
        "id": "Claims.Unsourced",
        "shortDescription": {"text": "Readers cannot check it."},
        "fullDescription": {"text": "Readers cannot check it."},
        "help": {
            "text": "Readers cannot check it.\n\nInstead: Name the source.\n\nedlint explain Claims.Unsourced shows examples.",
            "markdown": "Readers cannot check it.\n\n**Instead:** Name the source.\n\n`edlint explain Claims.Unsourced` shows examples.",
        },
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["Claims"]},
        "helpUri": "https://example.org/why",
    }


def test_what_could_not_be_checked_makes_the_run_a_failure() -> None:
    (invocation,) = run_of(rich())["invocations"]
    assert invocation["executionSuccessful"] is False
    said = [(n["level"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]]
    assert said == [
        ("note", "grammar was not checked"),
        ("error", "no.md: cannot be read"),
        ("error", "A.b: slow"),
        ("note", "2 findings silenced by directives in the draft."),
        ("note", "1 finding accepted by base.json."),
        ("note", "1 accepted finding no longer found: `edlint baseline prune` removes it."),
    ]
    assert run_of(report("x"))["invocations"][0]["executionSuccessful"] is True


def test_uris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert artifact(str(below / "a#1?.md")) == {"uri": "a%231%3F.md", "uriBaseId": "%SRCROOT%"}
    assert artifact("../a b.md") == {"uri": f"{tmp_path.as_uri()}/a%20b.md"}
    assert artifact("<stdin>")["uri"] == "%3Cstdin%3E"
    assert artifact("a\udcff.md")["uri"] == "a%FF.md"
    assert unquote(artifact("a\ud800.md")["uri"], errors="surrogatepass") == "a\ud800.md"


@pytest.mark.parametrize("made", [rich(), Report(()), report("x", finding("x", "x"))], ids=["rich", "empty", "plain"])
def test_the_validator_has_nothing_against_it(made: Report, tmp_path: Path) -> None:
    log = tmp_path / "report.sarif"
    log.write_text(render(made, "sarif"), encoding="utf-8")
    assert sarifmultitool.complaints(log) == []


@settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=random_reports())
def test_the_schema_accepts_any_report(made: Report, schema: jsonschema.Validator) -> None:
    assert [fault.message for fault in schema.iter_errors(json.loads(render(made, "sarif")))] == []


@pytest.fixture(scope="module")
def schema() -> jsonschema.Validator:
    given = sarifmultitool.schema()
    checker: jsonschema.Validator = jsonschema.validators.validator_for(given)(given)
    return checker
