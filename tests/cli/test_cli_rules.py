"""`edlint rules`, `edlint explain`, `edlint test`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from doors import RULE, Run


def test_rules_are_listed_as_configured(edlint_: Run, house: Path) -> None:
    Path(".edlint.yml").write_text("extends: [./House]\nrules: {House.Hype: off, House.Soft: warning}\n", "utf-8")
    lines = edlint_("rules").out.splitlines()
    assert [line.split()[:2] for line in lines[:3]] == [["House.Hype", "off"], ["House.Soft", "warning"], ["House.Vague", "warning"]]
    assert lines[0].endswith("Because the house says so")
    listed = {row["rule"]: row for row in json.loads(edlint_("rules", "-f", "json").out)}
    assert listed["House.Hype"]["level"] == "off"
    assert listed["House.Soft"]["path"] == str(house / "Soft.yml")


def test_shipped_rules_fit_the_screen(edlint_: Run) -> None:
    ran = edlint_("rules", "--isolated")
    assert ran.status == 0
    assert {"Captions", "Claims", "Grammar", "Headlines", "Boilerplate", "Paste"} <= {
        line.partition(".")[0] for line in ran.out.splitlines()
    }
    assert max(map(len, ran.out.splitlines())) <= 80


def test_no_rules_at_all(edlint_: Run) -> None:
    Path(".edlint.yml").write_text("extends: []\n", "utf-8")
    assert edlint_("rules").status == 0
    assert edlint_("test").out == "0 rules, 0 examples: all pass\n"
    Path("a.txt").write_text("Anything.", "utf-8")
    assert edlint_("a.txt").status == 0


def test_explain_shows_the_whole_rule(edlint_: Run, house: Path) -> None:
    ran = edlint_("explain", "House.Hype")
    assert ran.status == 0
    assert ran.out == (
        "House.Hype\n==========\n\nLevel error, type existence, status stable.\n\n"
        "Why:\n  Because the house says so. More follows.\n\nInstead:\n  Cut it.\n\n"
        "Flagged:\n  - We leverage it.\n  - They leverage it.\n\nNot flagged:\n  - We use it.\n  - They use it.\n\n"
        f"To switch it off: rules: {{House.Hype: off}} in .edlint.yml\nRule file: {house / 'Hype.yml'}\n"
    )
    assert "Level off" in edlint_("explain", "House.Hype", "--config", _config("rules: {House: off}")).out


def _config(text: str) -> str:
    Path("other.yml").write_text(f"extends: [./House]\n{text}\n", "utf-8")
    return "other.yml"


def test_explain_knows_the_rules_about_directives_and_of_the_engine(edlint_: Run) -> None:
    assert "Directive.Unused" in edlint_("explain", "Directive.Unused").out
    assert "Rule file" not in edlint_("explain", "Directive.Unused").out
    engine = next(r["rule"] for r in json.loads(edlint_("rules", "-f", "json").out) if r["type"] == "grammar")
    assert "type grammar" in edlint_("explain", engine).out


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["explain", "House.Hipe"], "edlint: there is no rule 'House.Hipe' (did you mean 'House.Hype'?)\n"),
        (["explain", "zzzzzz"], "edlint: there is no rule 'zzzzzz' (see `edlint rules`)\n"),
        (["explain"], "edlint: Missing argument 'RULE'. (see edlint explain --help)\n"),
        (["test", "Hause"], "edlint: there is no rule, pack or rule file 'Hause' (did you mean 'House'?)\n"),
        (["test", "none.yml"], "edlint: none.yml: cannot be read: No such file or directory\n"),
        (["rules", "--isolated", "--config", "x.yml"], "edlint: --config and --isolated exclude each other\n"),
    ],
)
def test_mistakes_are_named(edlint_: Run, args: list[str], message: str) -> None:
    ran = edlint_(*args)
    assert (ran.status, ran.out, ran.err) == (2, "", message)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("args", "line"),
    [
        ([], "3 rules, 12 examples: all pass\n"),
        (["House"], "3 rules, 12 examples: all pass\n"),
        (["House.Hype"], "1 rule, 4 examples: all pass\n"),
        (["House.Hype,House.Soft"], "2 rules, 8 examples: all pass\n"),
        (["House/Hype.yml"], "1 rule, 4 examples: all pass\n"),
        (["./House", "House.Hype"], "3 rules, 12 examples: all pass\n"),
    ],
)
def test_rules_prove_themselves(edlint_: Run, args: list[str], line: str) -> None:
    assert edlint_("test", *args) == (0, line, "")


def test_a_rule_without_examples_is_named(edlint_: Run, house: Path) -> None:
    file = house / "Bare.yml"
    file.write_text('extends: existence\nmessage: "No %s"\ntokens: [bare]\n', "utf-8")
    for _ in range(2):  # read from the files, then from what was remembered
        ran = edlint_("test")
        assert ran.status == 1
        assert ran.out == (
            f"{file}: House.Bare 0 bad examples, needs 2\n{file}: House.Bare 0 good examples, needs 2\n4 rules, 12 examples: 1 rule fails\n"
        )
    Path("a.txt").write_text("It is bare.", "utf-8")
    assert "House.Bare" in edlint_("a.txt").out


def test_examples_that_do_not_hold_are_named_with_their_line(edlint_: Run, house: Path) -> None:
    file = house / "Hype.yml"
    text = RULE.format(name="hype", level="error", token="leverage")
    bad = 'bad: [We use it., They leverage it., {text: "We leverage it.", match: it}]'
    text = text.replace("bad: [We leverage it., They leverage it.]", bad).replace("good: [We use it.,", "good: [We leverage it.,")
    file.write_text(text, "utf-8")
    for args in (["test"], ["test"], ["test", "House.Hype"], ["test", str(file)]):
        ran = edlint_(*args)
        assert ran.status == 1
        assert ran.out.splitlines()[:-1] == [
            f"{file}:8: House.Hype misses a bad example: 'We use it.'",
            f"{file}:8: House.Hype finds 'leverage' where 'it' is wanted",
            f"{file}:9: House.Hype flags a good example: 'We leverage it.' at 'leverage'",
        ]
        assert ran.out.endswith("1 rule fails\n")


def test_an_example_that_takes_for_ever_is_named(edlint_: Run, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edlint.regexes.budget.ALLOWED", 0.05)
    slow = 'extends: existence\nmessage: "Slow"\nraw: ["(a|aa)+$"]\nexamples: {bad: [aa, %s], good: [b, c]}\n' % ("a" * 60 + "!")
    (house / "Slow.yml").write_text(slow, "utf-8")
    ran = edlint_("test", "House.Slow")
    assert ran.status == 1
    assert "House.Slow runs out of time on an example: 'aaaa" in ran.out


def test_explain_says_how_often_a_rule_is_right(edlint_: Run) -> None:
    told = edlint_("explain", "Headlines.Clickbait", "--isolated").out
    assert re.search(r"Measured:\n  Right in \d+ of \d+ findings on .+\. The whole pack finds \d+ %", told)
