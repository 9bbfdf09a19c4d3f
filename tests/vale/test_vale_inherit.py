"""Rules that extend another rule, and keys of rules that a Vale configuration sets."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support import cache_with_rules

from edlint.cli import run
from edlint.config.file import load_config
from edlint.errors import ConfigError, RuleError
from edlint.linter import Linter
from edlint.ruleset.load import read_rule

BASE = "extends: existence\nmessage: \"no '%s'\"\nlevel: error\ntokens: [foo, bar]\n"
SWAP = "extends: substitution\nmessage: \"'%s', not '%s'\"\nswap:\n  foo: a\n  bar: b\n"
Make = Callable[..., Linter]


def written(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = Path("styles", f"{name}.yml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A linter for styles of which Mine is on, and for lines in the section of all drafts."""
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    monkeypatch.chdir(tmp_path)

    def made(files: Mapping[str, str], *lines: str, styles: str = "Mine") -> Linter:
        written(files)
        Path(".vale.ini").write_text("\n".join(["StylesPath = styles", "[*]", f"BasedOnStyles = {styles}", *lines, ""]), "utf-8")
        return Linter(load_config(Path(".vale.ini")))

    return made


def found(linter: Linter, text: str = "foo bar baz") -> list[str]:
    return [finding.message for finding in linter.lint_text(text).findings]


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("message: \"mine '%s'\"\n", ["mine 'foo'", "mine 'bar'"]),
        ("tokens: [baz]\n", ["no 'baz'"]),
        ("tokens+: [baz]\n", ["no 'foo'", "no 'bar'", "no 'baz'"]),
        ("tokens-: [foo]\n", ["no 'bar'"]),
        ("tokens-: [foo]\ntokens+: [baz]\n", ["no 'bar'", "no 'baz'"]),
        ("Tokens+: [baz]\nlevel: warning\n", ["no 'foo'", "no 'bar'", "no 'baz'"]),
    ],
)
def test_a_rule_takes_over_what_it_does_not_change(make: Make, keys: str, wanted: list[str]) -> None:
    linter = make({"Base/Words": BASE, "Mine/Words": f"extends: Base.Words\n{keys}"})
    assert found(linter) == wanted
    assert linter.all_rules["Mine.Words"].extends == "existence" and "Base.Words" not in linter.all_rules


def test_mappings_are_changed_by_their_keys(make: Make) -> None:
    linter = make({"Base/Swap": SWAP, "Mine/Swap": "extends: Base.Swap\nswap+:\n  baz: c\n  bar: d\n"})
    assert found(linter) == ["'a', not 'foo'", "'d', not 'bar'", "'c', not 'baz'"]
    written({"Mine/Swap": "extends: Base.Swap\nswap-: [foo]\n"})
    assert found(Linter(load_config(Path(".vale.ini")))) == ["'b', not 'bar'"]


def test_a_chain_of_rules_and_folders_inside_a_style(make: Make) -> None:
    files = {
        "Base/deep/Words": BASE, "Middle/Words": "extends: Base.deep.Words\ntokens+: [baz]\n",
        "Mine/Words": "extends: Middle.Words\ntokens-: [foo]\n",
    }  # fmt: skip
    assert found(make(files)) == ["no 'bar'", "no 'baz'"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: Base.Wards\n", "there is no rule 'Base.Wards' in"),
        ("extends: Base.Wards\n", "(did you mean 'Base.Words'?)"),
        ("extends: Vale.Spelling\n", "Vale.Spelling is built in, and has no file to extend"),
        ("extends: Mine.Words\n", "extends itself through other rules"),
        ("extends: Base.Words\ntokens-: [fo]\n", "tokens-: the other rule has no entry 'fo' (did you mean 'foo'?)"),
        ("extends: Base.Words\nswap+: [fo]\n", "swap+: the other rule has no list or mapping of this name"),
        ("extends: Base.Words\nlevel+: error\n", "level+: the other rule has no list or mapping of this name"),
        ("extends: Base.Words\ntokens+: baz\n", "tokens+: a list is wanted"),
        ("extends: Base.Words\ntokens+: [baz]\ntokens: [a]\n", "'tokens+' changes 'tokens', which this rule replaces (keep one of them)"),
        ("extends: Base.List\n", "is no rule"),
        ("extends: Base.Edits\n", "'tokens+' changes what another rule has, and this one extends none"),
        ("extends: ..Words\n", "unknown check type"),
        ("extends: Base...Words\n", "unknown check type"),
    ],
)
def test_what_cannot_be_extended_is_refused_at_its_line(make: Make, text: str, said: str) -> None:
    edits = "extends: existence\nmessage: m\ntokens+: [a]\n"
    written({"Base/Words": BASE, "Mine/Words": f"# A rule.\n{text}", "Base/List": "- a\n", "Base/Edits": edits})
    with pytest.raises(RuleError, match=r"Words\.yml:2: ") as told:
        read_rule(Path("styles/Mine/Words.yml"))
    assert said in str(told.value)


def test_a_long_chain_ends(make: Make) -> None:
    written({f"Mine/R{n}": f"extends: Mine.R{n + 1}\n" for n in range(20)})
    with pytest.raises(RuleError, match="more than 10 of them"):
        read_rule(Path("styles/Mine/R0.yml"))


def test_a_change_in_the_other_rule_is_seen_in_the_next_run(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    make({"Base/Words": BASE, "Mine/Words": "extends: Base.Words\nlevel: error\n"})
    Path("draft.txt").write_text("foo bar baz\n", "utf-8")
    outs = []
    for words in ("foo, bar", "baz"):
        written({"Base/Words": BASE.replace("foo, bar", words)})
        os.utime("styles/Base/Words.yml", (1, 1))
        capsys.readouterr()
        run(["draft.txt", "--output-format", "concise"])
        outs.append(capsys.readouterr().out)
    assert "'foo'" in outs[0] and "'foo'" not in outs[1] and "'baz'" in outs[1]


OCCURRENCE = "extends: occurrence\nmessage: many\nlevel: error\nscope: sentence\nmax: 2\ntoken: \\b\\w+\\b\n"


def test_a_configuration_sets_keys_of_a_rule(make: Make) -> None:
    files = {"Mine/Long": OCCURRENCE}
    assert found(make(files)) == ["many"]
    assert found(make(files, "Mine.Long[max] = 3")) == []
    assert found(make(files, "Mine.Long[MAX] = 2")) == ["many"]
    assert found(make(files, "Mine.Long[max] = 3", "Mine.Long = NO")) == []
    assert found(make(files, "Other.Long[max] = 3")) == ["many"]
    ignoring = {"Mine/Words": BASE}
    assert found(make(ignoring, "Mine.Words[ignorecase] = true"), "FOO") == ["no 'FOO'"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Mine.Long[level] = error", "'level' is not set here (Mine.Long = error)"),
        ("Mine.Long[message] = m", "'message' is not set here (write a rule with `extends: Mine.Long`)"),
        ("Mine.Long[mx] = 3", "Mine.Long has no option 'mx' (did you mean 'max'?)"),
        ("Mine.Long[max] = many", "max: a whole number is wanted, not 'many'"),
    ],
)
def test_what_a_configuration_cannot_set_is_refused(make: Make, line: str, said: str) -> None:
    with pytest.raises(ConfigError) as told:
        found(make({"Mine/Long": OCCURRENCE}, line))
    assert said in str(told.value)


def test_keys_of_rules_are_converted(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    make({"Mine/Long": OCCURRENCE}, "Mine.Long[max] = 3")
    assert run(["init", "--from-vale", "."]) == 0
    assert found(Linter(load_config(Path(".edlint.yml")))) == []
