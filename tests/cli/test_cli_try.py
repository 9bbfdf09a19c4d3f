"""`edlint try`: a draft of a rule, tried on its own examples and on published pieces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from doors import RULE, Run


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Four drafts, twenty words, of which the first has three findings, the third two."""
    folder = tmp_path / "published"
    folder.mkdir()
    for name, text in (
        ("a.txt", "We synergize.\n\nThey synergize, they synergize.\n"),
        ("b.txt", "Nothing to see down here.\n"),
        ("c.md", "*Synergize*, we all synergize.\n\nTwice.\n"),
        ("d.txt", 'He said: "I synergize."\n'),
    ):
        (folder / name).write_text(text, "utf-8")
    return folder


def rule(path: str = "House/Jargon.yml", text: str = RULE.format(name="jargon", level="warning", token="synergize")) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text + "ignorecase: true\n", "utf-8")
    return path


def told(run: Run, *args: str) -> dict[str, Any]:
    ran = run("try", *args, "-f", "json")
    data: dict[str, Any] = json.loads(ran.out)
    return data


@pytest.mark.usefixtures("drafts")
def test_a_rule_is_tried_on_its_examples_and_on_drafts(edlint_: Run) -> None:
    ran = edlint_("try", rule(), "published", "--sample", "2")
    assert (ran.status, ran.err) == (0, "")
    head, _, totals, found, held, *sample = ran.out.splitlines()
    assert head == "House.Jargon: 4 examples, all pass"
    assert totals.startswith("4 drafts with 20 words read in ")
    assert found == "5 findings, 1,250 per 1,000 drafts; 2 drafts with a finding"
    assert held == "1 finding held back inside direct quotes."
    assert sample == [
        "", "published/a.txt:1:4: 'synergize' is jargon", "    We synergize.", "       ~~~~~~~~~",
        "", "published/a.txt:3:22: 'synergize' is jargon", "    They synergize, they synergize.", "                         ~~~~~~~~~",
    ]  # fmt: skip


@pytest.mark.usefixtures("drafts")
def test_the_same_for_programs(edlint_: Run) -> None:
    data = told(edlint_, rule(), "published", "--sample", "1")
    assert data.pop("seconds") >= 0
    assert data.pop("sample") == [
        {
            "path": "published/a.txt", "line": 1, "column": 4, "level": "warning", "message": "'synergize' is jargon",
            "match": "synergize", "excerpt": "We synergize.", "underline": "   ~~~~~~~~~",
        }
    ]  # fmt: skip
    assert data == {
        "rule": "House.Jargon", "path": "House/Jargon.yml", "examples": 4, "failures": [], "drafts": 4, "words": 20, "findings": 5,
        "findings_per_1000_drafts": 1250.0, "drafts_with_findings": 2, "held_back": 1, "suppressed": 0, "errors": [],
    }  # fmt: skip


@pytest.mark.usefixtures("drafts")
@pytest.mark.parametrize(("size", "places"), [(0, []), (1, ["a1"]), (3, ["a1", "a3", "c1"]), (5, None), (99, None)])
def test_the_sample_is_spread_over_all_findings(edlint_: Run, size: int, places: list[str] | None) -> None:
    args = (rule(), "published", "--sample", str(size))
    shown = [f"{entry['path'][10]}{entry['line']}" for entry in told(edlint_, *args)["sample"]]
    assert shown == (["a1", "a3", "a3", "c1", "c1"] if places is None else places)
    assert edlint_("try", *args).out.count("~\n") == len(shown)


@pytest.mark.usefixtures("drafts")
def test_examples_that_fail_are_named_and_the_drafts_are_read_all_the_same(edlint_: Run) -> None:
    path = rule(text=RULE.format(name="jargon", level="warning", token="synergize").replace("We use it.", "We synergize."))
    ran = edlint_("try", path, "published")
    assert ran.status == 0
    assert ran.out.startswith("House.Jargon: 4 examples, 1 fault\nHouse/Jargon.yml:9: House.Jargon flags a good example: 'We synergize.'")
    assert "5 findings" in ran.out
    [failure] = told(edlint_, path, "published")["failures"]
    assert failure["line"] == 9


@pytest.mark.usefixtures("drafts", "house")
@pytest.mark.parametrize("setting", ["off", "error", "on"])
def test_a_draft_takes_the_place_of_the_rule_of_its_name_even_if_that_is_off(edlint_: Run, setting: str) -> None:
    Path(".edlint.yml").write_text(f"extends: [./House]\nrules: {{House.Hype: {setting}}}\n", "utf-8")
    assert told(edlint_, "House/Hype.yml", "published")["findings"] == 0
    assert told(edlint_, rule("new/House/Hype.yml"), "published")["findings"] == 5


def test_a_grammar_rule_asks_the_engine_and_no_other_rule_runs(edlint_: Run) -> None:
    text = """\
extends: grammar
message: "%s"
rules: [RepeatedWords]
examples:
  bad: [It was the the end of a long day., We went to to the harbour.]
  good: [It was the end of a long day., We went to the harbour.]
"""
    Path("House").mkdir()
    Path("House/Doubled.yml").write_text(text, "utf-8")
    Path("a.txt").write_text("Critics say they saw the the boat.\n", "utf-8")
    data = told(edlint_, "House/Doubled.yml", "a.txt")
    assert (data["failures"], data["findings"], data["sample"][0]["column"]) == ([], 1, 22)


@pytest.mark.parametrize("given", [(), ("--isolated",)])
def test_a_rule_may_use_the_signals_of_shipped_packs(edlint_: Run, given: tuple[str, ...]) -> None:
    text = """\
extends: score
message: "'%s' is told by somebody"
unit: sentence
threshold: 1
cues:
  - {signal: Claims.Reported, weight: 1}
"""
    Path("House").mkdir()
    Path("House/Told.yml").write_text(text, "utf-8")
    Path("a.txt").write_text("The mayor, Ana Ruiz, said that the bridge was closed.\n\nIt rained on the bridge all day.\n", "utf-8")
    data = told(edlint_, "House/Told.yml", "a.txt", *given)
    assert data["findings"] == 1
    assert [failure["message"] for failure in data["failures"]] == ["0 bad examples, needs 2", "0 good examples, needs 2"]


@pytest.mark.usefixtures("drafts")
def test_a_rule_written_for_vale_is_tried_whatever_level_the_configuration_asks_for(edlint_: Run) -> None:
    Path("styles").mkdir()
    Path(".vale.ini").write_text("StylesPath = styles\nMinAlertLevel = error\n[*]\nBasedOnStyles = Vale\n", "utf-8")
    text = "extends: existence\nmessage: No '%s'\nlevel: suggestion\ntokens: [synergize]\n"
    assert told(edlint_, rule("new/Jargon.yml", text), "published")["findings"] == 6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extends: existance\n", "House/Jargon.yml:1: unknown check type 'existance' (did you mean 'existence'?)"),
        ("extends: signal\nthreshold: 1\ncues: [{any: [b], weight: 1}]\n", "House/Jargon.yml:1: a signal reports nothing (try a rule"),
        ("extends: existence\nmessage: m\nlanguage: de\ntokens: [a]\n", "House/Jargon.yml:3: not for the drafts here, as `grammar:`"),
        (
            "extends: grammar\nmessage: m\nengine: languagetool\n",
            "House/Jargon.yml:3: not for the drafts here, as `grammar:` describes them (drafts are in 'en-US', and the grammar engine is",
        ),
        (
            "extends: score\nmessage: m\nthreshold: 1\ncues: [{signal: No.Such, weight: 1}]\n",
            "House/Jargon.yml:4: there is no signal 'No.Such'",
        ),
    ],
)
@pytest.mark.usefixtures("drafts")
def test_a_rule_that_cannot_work_is_an_error_with_its_line(edlint_: Run, text: str, message: str) -> None:
    Path("House").mkdir()
    Path("House/Jargon.yml").write_text(text, "utf-8")
    ran = edlint_("try", "House/Jargon.yml", "published")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"edlint: {message}")


@pytest.mark.usefixtures("drafts")
def test_a_draft_that_cannot_be_read_is_named_and_the_others_count(edlint_: Run) -> None:
    Path("published/e.txt").write_bytes(b"synergize \xff\xfe\xfa")
    ran = edlint_("try", rule(), "published")
    assert ran.status == 2
    assert ran.err.startswith("edlint: published/e.txt")
    assert "4 drafts with" in ran.out
    data = told(edlint_, rule(), "published/e.txt")
    assert (data["drafts"], data["findings_per_1000_drafts"], len(data["errors"])) == (0, 0, 1)


@pytest.mark.usefixtures("drafts")
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["none.yml", "published"], "none.yml: cannot be read: No such file or directory"),
        (["House/Jargon.yml", "nowhere"], "nowhere: no such file or folder"),
        (["House/Jargon.yml"], "Missing argument 'PATHS...'"),
        (["House/Jargon.yml", "published", "--sample", "-1"], "Invalid value for '--sample'"),
        (["House/Jargon.yml", "published", "--isolated", "--config", "x.yml"], "--config and --isolated exclude each other"),
    ],
)
def test_mistakes_in_the_command_are_named(edlint_: Run, args: list[str], message: str) -> None:
    rule()
    ran = edlint_("try", *args)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"edlint: {message}")


def test_standard_input_is_a_draft_too(edlint_: Run) -> None:
    ran = edlint_("try", rule(), "-", stdin=b"We synergize.")
    assert ran.status == 0
    assert "<stdin>:1:4: 'synergize' is jargon" in ran.out


def test_each_draft_is_read_by_the_configuration_nearest_to_it(edlint_: Run, drafts: Path) -> None:
    (drafts / ".edlint.yml").write_text("exclude: [a.txt]\nrules: {House: off}\n", "utf-8")
    Path("own.yml").write_text("exclude: []\n", "utf-8")
    assert told(edlint_, rule(), "published")["findings"] == 2
    assert told(edlint_, rule(), "published", "--config", "own.yml")["findings"] == 5


@pytest.mark.usefixtures("drafts")
def test_a_folder_of_rules_is_tried_as_one(edlint_: Run) -> None:
    rule()
    rule("House/Nothing.yml", RULE.format(name="nothing", level="warning", token="nothing"))
    Path("House/signals").mkdir()
    Path("House/signals/Told.yml").write_text("extends: signal\nunit: sentence\ncues: [{any: [said], weight: 1}]\n", "utf-8")
    ran = edlint_("try", "House", "published", "--sample", "0")
    assert (ran.status, ran.err) == (0, "")
    heads = [line for line in ran.out.splitlines() if line.startswith("House.")]
    assert heads == ["House.Jargon: 4 examples, all pass", "House.Nothing: 4 examples, all pass"]
    assert "5 findings, 1,250 per 1,000 drafts" in ran.out and "1 finding, 250 per 1,000 drafts" in ran.out
    data = json.loads(edlint_("try", "House", "published", "-f", "json").out)
    assert [(one["rule"], one["findings"]) for one in data] == [("House.Jargon", 5), ("House.Nothing", 1)]


@pytest.mark.usefixtures("drafts")
def test_rules_and_packs_are_tried_by_name(edlint_: Run) -> None:
    rule()
    Path(".edlint.yml").write_text("extends: [./House]\nrules: {House: off}\n", "utf-8")
    for names in ("House.Jargon", "House", "House.Jargon,House"):
        assert "5 findings" in edlint_("try", names, "published").out
    ran = edlint_("try", "House.Jargin", "published")
    assert ran.status == 2 and "there is no rule, pack or rule file 'House.Jargin' (did you mean 'House.Jargon'?)" in ran.err


@pytest.mark.usefixtures("drafts")
def test_judgements_are_kept_beside_the_rule_and_the_walk_goes_on_where_it_ended(edlint_: Run) -> None:
    path = rule()
    Path(".edlint.yml").write_text("extends: [./House]\n", "utf-8")
    ran = edlint_("try", path, "published", "--judge", stdin=b"y\nperhaps\nn\nq\n")
    assert ran.status == 0
    assert ran.out.startswith("House.Jargon: 5 findings, none judged yet\n") and ran.out.count("right? ") == 4
    kept = json.loads(Path("House/Jargon.judged.json").read_text("utf-8"))
    assert kept["rule"] == "House.Jargon" and sorted(kept["judged"].values()) == ["right", "wrong"]
    assert "synergize" not in Path("House/Jargon.judged.json").read_text("utf-8")
    ran = edlint_("try", path, "published", "--judge", stdin=b"s\ny\n")
    assert ran.out.startswith("House.Jargon: 5 findings, right in 1 of 2 judged findings")
    kept = json.loads(Path("House/Jargon.judged.json").read_text("utf-8"))
    assert sorted(kept["judged"].values()) == ["right", "right", "wrong"]
    assert "right in 2 of 3 judged findings, 95 % confidence interval 21 to 94 %" in edlint_("try", path, "published").out
    assert told(edlint_, path, "published")["judged"] == {"right": 2, "wrong": 1}
    assert "Judged:\n  Right in 2 of 3 judged findings" in edlint_("explain", "House.Jargon").out


@pytest.mark.usefixtures("drafts")
def test_judgements_that_are_none_are_refused_and_kept(edlint_: Run) -> None:
    path = rule()
    for text in ("{", "[]", '{"judged": {"a": "perhaps"}}', '{"judged": 3}', "[" * 100_000):
        Path("House/Jargon.judged.json").write_text(text, "utf-8")
        ran = edlint_("try", path, "published", "--judge", stdin=b"y\n")
        assert ran.status == 2 and "House/Jargon.judged.json: contains no judgements (repair it, or delete it to judge anew)" in ran.err
        assert Path("House/Jargon.judged.json").read_text("utf-8") == text
    ran = edlint_("try", path, "published", "--judge", "-f", "json")
    assert ran.status == 2 and "--judge asks questions" in ran.err
