"""Many drafts at once."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from edlint.errors import ConfigError, UsageError
from edlint.model.finding import Level
from edlint.session.options import Options
from edlint.session.session import Session

RULE = 'extends: existence\nmessage: "No %s"\nlevel: {level}\ntokens: [{token}]\n'


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    for path, text in {
        "House/Hype.yml": RULE.format(level="error", token="leverage"),
        "House/Soft.yml": RULE.format(level="suggestion", token="very"),
        ".edlint.yml": "extends: [./House]\nexclude: [old/**]\n",
        "lax/.edlint.yml": "extends: [../House]\nrules: {House.Hype: off}\nfail_on: suggestion\n",
        "a.txt": "We leverage it.",
        "lax/b.md": "We leverage it.",
        "lax/c.md": "It is very good.",
        "old/d.md": "We leverage it.",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def test_each_draft_has_the_configuration_nearest_to_it() -> None:
    report = Session().check(["."])
    assert [(f.path, [x.rule for x in f.findings], f.fails) for f in report.files] == [
        ("a.txt", ["House.Hype"], True),
        ("lax/b.md", [], False),
        ("lax/c.md", ["House.Soft"], True),
    ]
    assert sorted(report.rules) == ["House.Hype", "House.Soft"]
    assert report.exit_code == 1
    assert report.version


def test_drafts_that_share_a_configuration_share_a_linter() -> None:
    session = Session()
    assert session.linter_for(Path("lax/b.md")) is session.linter_for(Path("lax/c.md"))
    assert session.linter_for(Path("a.txt")) is session.linter_for(Path("new/../e.txt"))
    assert session.linter_for(Path("a.txt")) is not session.linter_for(Path("lax/c.md"))
    assert session.config_for(Path("lax/b.md")).path == Path("lax/.edlint.yml").resolve()


def test_a_rule_off_in_one_file_and_found_in_another_is_explained() -> None:
    report = Session().check(["lax", "a.txt"])
    assert {f.rule for file in report.files for f in file.findings} == set(report.rules)


def test_options_stand_over_the_configuration() -> None:
    assert Session(Options(fail_on="never")).check(["."]).exit_code == 0
    assert Session(Options(fail_on=Level.SUGGESTION)).check(["lax/c.md"]).exit_code == 1
    assert Session(Options(ignore=("House.Hype",))).check(["a.txt"]).exit_code == 0
    one = Session(Options(config=Path("lax/.edlint.yml")))
    assert one.check(["a.txt"]).exit_code == 0
    assert one.config_for(Path("anything")).path == Path("lax/.edlint.yml").resolve()
    assert Session(Options(isolated=True)).config_for(Path("a.txt")).path is None
    with pytest.raises(UsageError, match="exclude each other"):
        Session(Options(config=Path("x"), isolated=True))


def test_excluded_drafts_are_left_out_unless_named() -> None:
    assert Session().drafts(["."]) == ("a.txt", "lax/b.md", "lax/c.md")
    assert Session().drafts(["old/d.md"]) == ("old/d.md",)
    with pytest.raises(UsageError, match="no drafts in old"):
        Session().drafts(["old"])
    assert Session(Options(isolated=True)).drafts(["old"]) == ("old/d.md",)


def test_a_broken_configuration_is_met_before_anything_is_linted(tree: Path) -> None:
    (tree / "lax" / ".edlint.yml").write_text("rulez: {}", "utf-8")
    with pytest.raises(ConfigError) as caught:
        Session().check(["a.txt", "lax"])
    assert str(caught.value.place) == f"{tree / 'lax' / '.edlint.yml'}:1"


def test_one_unreadable_draft_among_good_ones(tree: Path) -> None:
    (tree / "lax" / "a.md").write_bytes(b"caf\xe9")
    report = Session().check(["."])
    assert [bool(f.error) for f in report.files] == [False, True, False, False]
    assert report.exit_code == 2


@pytest.mark.parametrize(
    ("name", "shown", "fails"), [("", "<stdin>", True), ("lax/new.md", "lax/new.md", False), ("gone/new.html", "gone/new.html", True)]
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, name: str, shown: str, fails: bool) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"We leverage it.")))
    report = Session(Options(stdin_filename=name)).check(["-"])
    assert [(f.path, f.fails) for f in report.files] == [(shown, fails)]
