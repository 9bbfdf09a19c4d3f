"""`edlint baseline` and `--baseline`: old findings stay quiet, new ones do not, and nothing is accepted unasked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from doors import Run

pytestmark = pytest.mark.usefixtures("house")
ALL = "We leverage it.\n\nIt is arguably good.\n\nIt is very good.\n"
FILE = ".edlint-baseline.jsonl"
USE = ("--baseline", FILE)


def write(path: str, text: str = ALL) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text.encode())


def rows() -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(FILE).read_text("utf-8").splitlines()]


def concise(run: Run, *args: str) -> list[str]:
    lines = run("-f", "concise", *args).out.splitlines()
    return [line.split()[0] for line in lines if "House." in line and not line.startswith("Silenced")]


def test_a_new_baseline_is_a_sorted_list_that_a_person_can_read(edlint_: Run) -> None:
    write("b.txt", "They leverage\u200b \u202eit — très “bien”.\n")
    write("a/ü.txt")
    ran = edlint_("baseline", "create")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        f"4 findings accepted in 2 drafts: {FILE}\nPut `baseline: {FILE}` into .edlint.yml, or check with --baseline {FILE}.\n"
    )
    assert Path(FILE).read_text("utf-8") == (
        '{"edlint-baseline": 1}\n'
        '{"path": "a/ü.txt", "rule": "House.Hype", "text": "leverage", "near": "we … it"}\n'
        '{"path": "a/ü.txt", "rule": "House.Soft", "text": "very", "near": "it is … good"}\n'
        '{"path": "a/ü.txt", "rule": "House.Vague", "text": "arguably", "near": "it is … good"}\n'
        '{"path": "b.txt", "rule": "House.Hype", "text": "leverage", "near": "they … it très bien"}\n'
    )


def test_what_is_accepted_does_not_fail_and_what_is_new_does(edlint_: Run) -> None:
    write("a.txt")
    assert edlint_("baseline", "create", "a.txt").status == 0
    ran = edlint_(*USE, "--fail-on", "suggestion", "a.txt")
    rules = (("1", "Hype"), ("3", "Vague"), ("5", "Soft"))
    told = "".join(f"Silenced by {FILE}: a.txt:{line} House.{rule} (accepted in the past).\n" for line, rule in rules)
    said = f"No findings in 1 file.\n3 findings accepted by {FILE}.\n{told}Passes: nothing at or above suggestion.\n"
    assert (ran.status, ran.out) == (0, said)
    write("a.txt", f"They leverage them.\n\n{ALL}")
    assert concise(edlint_, *USE, "a.txt") == ["a.txt:1:6:"]
    assert edlint_(*USE, "a.txt").status == 1


def test_a_mended_and_a_new_finding_do_not_cancel_out(edlint_: Run) -> None:
    write("a.txt", "We leverage it.\n")
    edlint_("baseline", "create", "a.txt")
    write("a.txt", "We use it.\n\nThey leverage them.\n")
    ran = edlint_(*USE, "a.txt")
    assert ran.status == 1
    assert "1 accepted finding no longer found: `edlint baseline prune` removes it." in ran.out
    assert rows()[1:] == [{"path": "a.txt", "rule": "House.Hype", "text": "leverage", "near": "we … it"}]


def test_only_update_adds_and_prune_only_takes_out(edlint_: Run) -> None:
    write("a.txt")
    write("b.txt")
    edlint_("baseline", "create")
    before = rows()
    write("a.txt", "They leverage them.\n\nIt is very good.\n")
    edlint_(*USE, ".")
    assert rows() == before
    assert edlint_("baseline", "prune").out == f"4 findings accepted in 2 drafts; 2 removed: {FILE}\n"
    assert [(r["path"], r["rule"]) for r in rows()[1:]] == [
        ("a.txt", "House.Soft"), ("b.txt", "House.Hype"), ("b.txt", "House.Soft"), ("b.txt", "House.Vague"),
    ]  # fmt: skip
    assert edlint_("baseline", "update", "a.txt").out == f"5 findings accepted in 2 drafts, 1 of them new; 0 removed: {FILE}\n"
    assert edlint_(*USE, ".").status == 0


def test_create_replaces_nothing(edlint_: Run) -> None:
    write("a.txt")
    edlint_("baseline", "create")
    before = rows()
    write("a.txt", "They leverage them.\n")
    ran = edlint_("baseline", "create")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"edlint: {FILE} already exists (`edlint baseline update` adds to it, `edlint baseline prune` removes)\n"
    assert rows() == before


def test_a_run_over_some_drafts_or_rules_says_nothing_of_the_others(edlint_: Run) -> None:
    write("a.txt")
    write("b.txt")
    edlint_("baseline", "create")
    assert "no longer found" not in edlint_(*USE, "b.txt").out
    assert "no longer found" not in edlint_(*USE, "--select", "House.Soft", ".").out
    assert edlint_("baseline", "prune", "--select", "House.Soft").out.endswith(f"0 removed: {FILE}\n")
    Path("a.txt").unlink()
    assert "no longer found" not in edlint_(*USE, "b.txt").out
    assert "3 accepted findings no longer found" in edlint_(*USE, ".").out


def test_a_renamed_draft_stays_accepted(edlint_: Run) -> None:
    write("a.txt")
    edlint_("baseline", "create")
    Path("new").mkdir()
    Path("a.txt").rename("new/b.md")
    assert edlint_(*USE, "--fail-on", "suggestion", ".").status == 0
    edlint_("baseline", "prune")
    assert {row.get("path") for row in rows()[1:]} == {"new/b.md"}


def test_paths_are_relative_to_the_baseline(edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("desk/a.txt")
    write("desk/.edlint.yml", "extends: [../House]\nbaseline: lists/old.jsonl\nfail_on: suggestion\n")
    Path("desk/lists").mkdir()
    monkeypatch.chdir("desk")
    assert edlint_("baseline", "create").out == "3 findings accepted in 1 draft: lists/old.jsonl\n"
    assert json.loads(Path("lists/old.jsonl").read_text("utf-8").splitlines()[1])["path"] == "../a.txt"
    assert edlint_("a.txt").status == 0
    monkeypatch.chdir("..")
    assert edlint_("desk").status == 0
    assert "3 findings accepted by desk/lists/old.jsonl." in edlint_("desk").out


def test_every_draft_has_the_baseline_of_its_configuration(edlint_: Run) -> None:
    for desk in ("one", "two"):
        write(f"{desk}/a.txt")
        write(f"{desk}/.edlint.yml", "extends: [../House]\nbaseline: old.jsonl\nfail_on: suggestion\n")
        edlint_("baseline", "create", "--config", f"{desk}/.edlint.yml", desk)
    write("three/a.txt", "It is fine.\n")
    assert edlint_("one", "two", "three").status == 0
    write("two/a.txt", f"{ALL}\nThey leverage them.\n")
    assert concise(edlint_, "one", "two", "three") == ["two/a.txt:7:6:"]


def test_show_lists_what_is_accepted(edlint_: Run) -> None:
    write("a.txt", "We leverage it.\n")
    write("b/c.txt", "We leverage it.\n")
    edlint_("baseline", "create")
    assert edlint_("baseline", "show").out == (
        "a.txt\n  House.Hype: leverage  (we … it)\nb/c.txt\n  House.Hype: leverage  (we … it)\n2 findings accepted in 2 drafts.\n"
    )
    assert edlint_("baseline", "show", "b").out == "b/c.txt\n  House.Hype: leverage  (we … it)\n1 finding accepted in 1 draft.\n"
    assert edlint_("baseline", "show", ".").out == edlint_("baseline", "show").out


def test_nothing_is_written_when_a_draft_cannot_be_read(edlint_: Run) -> None:
    write("a.txt")
    Path("b.txt").write_bytes(b"\xff")
    ran = edlint_("baseline", "create")
    assert ran.status == 2 and "b.txt: byte 0xFF" in ran.err.replace("b.txt:1:", "b.txt:")
    assert not Path(FILE).exists()
    Path("b.txt").unlink()
    edlint_("baseline", "create")
    before = rows()
    Path("a.txt").write_bytes(b"\xff")
    for command in ("update", "prune"):
        assert edlint_("baseline", command).status == 2
    assert rows() == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: this is not an edlint baseline"),
        ("[]\n", "1: an entry must be a JSON object"),
        ("a: b\n", "1: this line is not JSON"),
        ('{"edlint-baseline": true}\n', "1: this is not an edlint baseline"),
        ('{"edlint-baseline": 2}\n', "1: the baseline has version 2; this edlint reads version 1 (update edlint)"),
        ('{"edlint-baseline": 1}\n\n{"path": "a.txt", "rule"\n', "3: this line is not JSON (rewrite the baseline"),
        ('{"edlint-baseline": 1}\n<<<<<<< HEAD\n', "2: a merge conflict (keep the lines of both sides and remove the markers)"),
        ('{"edlint-baseline": 1}\n{"path": "a", "rule": "b"}\n', "2: the key 'text' is missing"),
        ('{"edlint-baseline": 1}\n{"path": "a", "rule": "b", "text": "c", "nere": ""}\n', "2: unknown key 'nere' (did you mean 'near'?)"),
        ('{"edlint-baseline": 1}\n{"path": "a", "rule": "b", "text": 1}\n', "2: path, rule, text and near must be strings, and nth"),
        ('{"edlint-baseline": 1}\n{"path": "a", "rule": "b", "text": "c", "nth": 0}\n', "2: path, rule, text and near must be strings"),
        ('{"edlint-baseline": 1}\n' + "[" * 100_000 + "\n", "2: this line is not JSON"),
    ],
)
def test_a_broken_baseline_is_an_error_at_its_line(edlint_: Run, text: str, message: str) -> None:
    write("a.txt")
    write(FILE, text)
    for args in ((*USE, "a.txt"), ("baseline", "show"), ("baseline", "update")):
        ran = edlint_(*args)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"edlint: {FILE}:{message}")
    assert Path(FILE).read_text("utf-8") == text


def test_a_missing_baseline_is_an_error(edlint_: Run) -> None:
    write("a.txt")
    for args in ((*USE, "a.txt"), ("baseline", "prune"), ("baseline", "update"), ("baseline", "show")):
        assert edlint_(*args).err == f"edlint: {FILE}: the baseline does not exist (`edlint baseline create` makes one)\n"
    Path(FILE).write_bytes(b'{"edlint-baseline": 1}\n\xff\n')
    assert edlint_(*USE, "a.txt").err == f"edlint: {FILE}:2: the baseline is not UTF-8\n"


def test_lines_of_two_branches_can_be_joined(edlint_: Run) -> None:
    write("a.txt")
    edlint_("baseline", "create")
    lines = Path(FILE).read_text("utf-8").splitlines(keepends=True)
    write(FILE, "".join([lines[0], "\n", lines[3], lines[2], lines[1], lines[2]]))
    assert edlint_(*USE, "--fail-on", "suggestion", "a.txt").status == 0
    write("a.txt", f"{ALL}\nIt is very good.\n")
    assert edlint_(*USE, "--fail-on", "suggestion", "a.txt").status == 1
    edlint_("baseline", "prune")
    assert Path(FILE).read_text("utf-8") == "".join(lines)


def test_standard_input_is_compared_by_its_name(edlint_: Run) -> None:
    write("a.txt")
    edlint_("baseline", "create")
    assert edlint_(*USE, "--stdin-filename", "a.txt", "--fail-on", "suggestion", "-", stdin=ALL.encode()).status == 0
    assert edlint_(*USE, "--stdin-filename", "b.txt", "-", stdin=ALL.encode()).status == 1
