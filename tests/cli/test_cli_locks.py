"""The gate cannot be switched off unseen: locked rules, directives with reasons, and the account of what was silenced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from doors import RULE, Run
from support import cache_with_rules

from edlint.report import REPORTERS

TEXT = "We leverage it.\n\nIt is arguably good.\n"


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the pack House, locked at its root, and a draft in a folder below."""
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / ".cache")))
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name, level, token in (("Hype", "error", "leverage"), ("Vague", "warning", "arguably")):
        file = tmp_path / "House" / f"{name}.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(RULE.format(name=name.lower(), level=level, token=token), "utf-8")
    write(".edlint.yml", "extends: [./House]\nlocked: [House.Hype]\n")
    write("desk/a.md", TEXT)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


def rules(run: Run, *args: str) -> list[str]:
    """The rules of what is found in the draft; nothing else may go wrong."""
    ran = run("-f", "json", *(args or ("desk/a.md",)))
    assert ran.status in (0, 1), ran.err
    return [finding["rule"] for file in json.loads(ran.out)["files"] for finding in file["findings"]]


def test_both_rules_speak(edlint_: Run) -> None:
    assert rules(edlint_) == ["House.Hype", "House.Vague"]


NEARER = {
    "off": "extends: [../House]\nrules: {House: off}\n",
    "rule off": "extends: [../House]\nrules: {House.Hype: off, House.Vague: off}\n",
    "overrides": "extends: [../House]\noverrides: [{files: ['*'], rules: {House: off}}]\n",
    "another pack": "extends: [Captions]\n",
    "no pack": "extends: []\n",
    "excluded": "extends: []\nexclude: ['**']\n",
    "nothing included": "extends: []\ninclude: ['*.none']\n",
    "nothing fails": "extends: []\nfail_on: never\n",
    "a rule of that name that finds nothing": "extends: [./House]\n",
    "a lower level": "extends: [../House]\nrules: {House.Hype: suggestion, House.Vague: off}\n",
    "its words taken away": "extends: [../House]\nrules: {House.Hype: {tokens: [nothing]}, House.Vague: off}\n",
    "another encoding": "extends: []\nencoding: cp037\n",
    "a limit": "extends: [../House]\nvocabulary: [words.list]\nrules: {House.Vague: off}\n",
}


@pytest.mark.parametrize("text", NEARER.values(), ids=NEARER)
@pytest.mark.parametrize("path", ["desk/a.md", "desk", "."])
def test_no_nearer_configuration_silences_a_locked_rule(path: str, text: str, edlint_: Run) -> None:
    write("desk/.edlint.yml", text)
    write("desk/words.list", "leverage\n")
    write("desk/House/Hype.yml", RULE.format(name="x", level="suggestion", token="nothing"))
    ran = edlint_("-f", "json", path)
    found = [finding for file in json.loads(ran.out)["files"] for finding in file["findings"]]
    assert [(f["rule"], f["level"]) for f in found if f["rule"] == "House.Hype"] == [("House.Hype", "error")], ran.err
    assert ran.status == 1 and "House.Vague" not in [f["rule"] for f in found]
    assert rules(edlint_, path) == [f["rule"] for f in found], "the second time, from the cache"


def test_no_nearer_configuration_gives_a_draft_another_format(edlint_: Run) -> None:
    write("desk/a.md", f"The tag `<style>` opens a style sheet.\n\n{TEXT}")
    write("desk/.edlint.yml", "extends: []\nvale: {formats: {md: html}}\n")
    assert rules(edlint_) == ["House.Hype"]


def test_no_nearer_configuration_has_a_draft_taken_for_one_in_another_language(edlint_: Run) -> None:
    file = Path("House/Hype.yml")
    file.write_text(file.read_text("utf-8") + "language: en\n", "utf-8")
    write("desk/a.md", "We leverage the money of the town, and it is not for us to say who would have had it if not they.\n")
    write("desk/.edlint.yml", "extends: []\ngrammar: {language: de}\n")
    assert rules(edlint_) == ["House.Hype"]


def test_how_a_draft_is_read_is_shown_with_its_place(edlint_: Run) -> None:
    write(".edlint.yml", "extends: [./House]\nlocked: [House.Hype]\nencoding: utf-8-sig\n")
    write("desk/.edlint.yml", "encoding: cp037\n")
    shown = edlint_("config", "show", "desk/a.md").out
    assert "cp037" not in shown and "utf-8-sig" in shown and ".edlint.yml:3" in shown


def test_the_verdict_counts_what_fails_by_a_lock(edlint_: Run) -> None:
    write("desk/.edlint.yml", "extends: []\nfail_on: never\n")
    assert "Fails: 1 finding at or above the level of a locked rule." in edlint_("desk/a.md").out


def test_two_configurations_may_lock(edlint_: Run) -> None:
    write("desk/.edlint.yml", "extends: [../House]\nrules: {House.Hype: off}\nlocked: [House.Vague]\n")
    write("desk/news/.edlint.yml", "extends: []\n")
    write("desk/news/a.md", TEXT)
    assert rules(edlint_, "desk/news/a.md") == ["House.Hype", "House.Vague"]


def test_a_lock_ends_at_the_root_of_the_repository(edlint_: Run) -> None:
    write("desk/.edlint.yml", "extends: []\n")
    Path("desk/.git").mkdir()
    assert rules(edlint_) == []


@pytest.mark.parametrize(
    "directive",
    ["edlint-disable", "edlint-disable: so", "edlint-disable-file House: so", "edlint-disable-next-line House.Hype: so", "vale off"],
)
def test_no_directive_silences_a_locked_rule(directive: str, edlint_: Run) -> None:
    write("desk/a.md", f"<!-- {directive} -->\n\n{TEXT}")
    assert "House.Hype" in rules(edlint_)


@pytest.mark.parametrize("options", ["--ignore House", "--ignore House.Hype", "--select House.Vague", "--select Directive"])
def test_no_choice_of_rules_silences_a_locked_rule(options: str, edlint_: Run) -> None:
    assert "House.Hype" in rules(edlint_, *options.split(), "desk/a.md")


def test_no_baseline_accepts_a_finding_of_a_locked_rule(edlint_: Run) -> None:
    write("b.jsonl", '{"edlint-baseline": 1}\n')
    write(".edlint.yml", "extends: [./House]\n")
    assert edlint_("baseline", "update", "--baseline", "b.jsonl", "desk").status == 0
    assert rules(edlint_, "--baseline", "b.jsonl", "desk/a.md") == []
    write(".edlint.yml", "extends: [./House]\nlocked: [House.Hype]\n")
    assert rules(edlint_, "--baseline", "b.jsonl", "desk/a.md") == ["House.Hype"]


def test_a_locked_name_must_exist(edlint_: Run) -> None:
    write(".edlint.yml", "extends: [./House]\nlocked: [House.Hyp]\n")
    ran = edlint_("desk/a.md")
    assert ran.status == 2 and ".edlint.yml:2: locked: there is no rule or pack 'House.Hyp' (did you mean 'House.Hype'?)" in ran.err


def test_what_is_locked_is_shown(edlint_: Run) -> None:
    write("desk/.edlint.yml", "extends: []\n")
    assert "House.Hype" in edlint_("config", "show", "desk/a.md").out


ASK = "extends: [./House]\nrequire_reason: true\n"


MUTE = ("edlint-disable", "edlint-disable-file House", "edlint-disable-next-line House.Hype:", "vale off", "vale House = NO")
TOLD = ("edlint-disable: our own count", "edlint-disable-next-line House.Hype: quoted", "edlint-enable", "vale on", "a note")


@pytest.mark.parametrize("directive", MUTE)
@pytest.mark.parametrize("options", [(), ("--ignore", "Directive"), ("--select", "House")])
def test_a_directive_without_a_reason_is_an_error(directive: str, options: tuple[str, ...], edlint_: Run) -> None:
    write(".edlint.yml", f"{ASK}rules: {{Directive: off}}\n")
    write("desk/a.md", f"<!-- edlint-disable Directive: none of it -->\n\n<!-- {directive} -->\n\n{TEXT}")
    ran = edlint_("-f", "json", *options, "desk/a.md")
    found = [(f["rule"], f["level"], f["line"]) for f in json.loads(ran.out)["files"][0]["findings"]]
    assert ("Directive.NoReason", "error", 3) in found and ran.status == 1


@pytest.mark.parametrize("directive", TOLD)
def test_reasons_are_enough(directive: str, edlint_: Run) -> None:
    write(".edlint.yml", ASK)
    write("desk/a.md", f"<!-- {directive} -->\n\n{TEXT}")
    assert "Directive.NoReason" not in rules(edlint_)


def test_reasons_are_asked_for_from_above(edlint_: Run) -> None:
    write(".edlint.yml", ASK)
    write("desk/.edlint.yml", "extends: [../House]\nrequire_reason: false\n")
    write("desk/a.md", f"<!-- edlint-disable -->\n\n{TEXT}")
    assert "Directive.NoReason" in rules(edlint_)


def test_unless_asked_for_no_reason_is_needed(edlint_: Run) -> None:
    write("desk/a.md", f"<!-- edlint-disable House.Vague -->\n\n{TEXT}")
    assert rules(edlint_) == ["House.Hype"]


@pytest.mark.parametrize("name", REPORTERS)
def test_every_output_tells_what_was_silenced(name: str, edlint_: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    write(".edlint.yml", "extends: [./House, Captions]\nbaseline: accepted.jsonl\n")
    write("desk/a.md", TEXT)
    edlint_("baseline", "create", "desk")
    write(".edlint.yml", "extends: [./House, Captions]\nbaseline: accepted.jsonl\nrules:\n  Captions.Repeated: off\n")
    write("desk/b.md", "<!-- edlint-disable-next-line House.Vague: a quotation in full -->\nIt is arguably so.\n")
    ran = edlint_("-f", name, "desk")
    told = ran.out + ran.err
    if name == "html":  # a page for people who do not know the files behind it
        assert "Accepted in the past" in told and "a quotation in full" in told and "Not looked for: Captions.Repeated" in told
        return
    assert "accepted.jsonl" in told and "House.Hype" in told, "the baseline"
    assert "House.Vague" in told and "a quotation in full" in told, "the directive and its reason"
    assert "Captions.Repeated" in told and ".edlint.yml:4" in told, "the configuration"
    if name == "github":
        page = (tmp_path / "summary.md").read_text("utf-8").replace("\\", "")
        assert "accepted.jsonl" in page and "a quotation in full" in page and ".edlint.yml:4" in page
    ran = edlint_("-f", name, "--ignore", "House.Vague", "desk")
    assert "--ignore" in ran.out + ran.err


def test_nothing_is_told_where_nothing_was_silenced(edlint_: Run) -> None:
    ran = edlint_("desk/a.md")
    assert "Silenced" not in ran.out and "Switched off" not in ran.out


@pytest.mark.parametrize(("name", "kind"), [("a.ipynb", "a notebook"), ("a.json", "JSON"), ("A.JSON", "JSON"), ("a.jsonl", "JSON")])
def test_a_notebook_or_json_is_no_draft(name: str, kind: str, edlint_: Run) -> None:
    write(name, '{"cells": [{"source": ["We leverage it."]}]}\n')
    ran = edlint_(name)
    assert ran.status == 2 and f"{name}: this is {kind}, not a draft" in ran.out + ran.err
    assert edlint_("--stdin-filename", name, "-", stdin=b"{}").status == 2
    assert rules(edlint_, "desk") == ["House.Hype", "House.Vague"], "folders leave such files out"
    assert Path(name).exists()


NOTEBOOK = '{"nbformat": 4, "cells": [{"source": ["We leverage it."]}]}'


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("notebook", NOTEBOOK, "a notebook"), ("a.md", NOTEBOOK, "a notebook"), ("a.txt", f"\n{NOTEBOOK}\n", "a notebook"),
        ("feed", '[{"title": "We leverage it."}]', "JSON"), ("a.bak", '{"title": "We leverage it."}', "JSON"),
    ],
)  # fmt: skip
def test_nor_under_another_name(name: str, text: str, kind: str, edlint_: Run) -> None:
    write(name, text)
    ran = edlint_(name)
    assert ran.status == 2 and f"{name}: this is {kind}, not a draft" in ran.out + ran.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", '{"title": "Nothing but front matter"}\n'),
        ("a.txt", "{We leverage it.}\n"),
        ("a.txt", "[1]\n"),
        ("a.txt", "[" * 99_999 + "]"),
    ],
)
def test_brackets_make_no_data(name: str, text: str, edlint_: Run) -> None:
    write(name, text)
    assert edlint_(name).status in (0, 1)
