"""Names of engine rules, and which rules fit an engine and a language."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakelanguagetool import fake_server
from support import cache_with_rules

from edlint.config.file import load_config
from edlint.errors import ConfigError, UsageError
from edlint.linter import Linter
from edlint.model.config import Config, GrammarConfig, RuleSetting
from edlint.model.finding import Level
from edlint.model.rule import Rule
from edlint.ruleset.configure import fits, foreign_packs
from edlint.ruleset.names import rule_named

WORDS = {
    "one": ("1", "ONE_RULE", "GRAMMAR", "grammar"),
    "two": ("2", "TWO_RULE", "GRAMMAR", "grammar"),
    "three": ("3", "THREE_RULE", "STYLE", "style"),
}
TEXT = "They have one thing, then two things, and three things in the end.\n"
HEAD = "extends: [Grammar]\n"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))


def levels(folder: Path, rules: str = "", text: str = TEXT, **choice: list[str]) -> dict[str, Level]:
    """The level of each finding by the name of LanguageTool's rule, under a configuration of rules and command-line choices."""
    with fake_server() as fake:
        fake.words = WORDS
        file = folder / ".edlint.yml"
        file.write_text(f"{HEAD}grammar: {{engine: languagetool, server: '{fake.url}'}}\nrules: {{{rules}}}\n", "utf-8")
        result = Linter(load_config(file), **choice).lint_text(text, str(folder / "draft.md"))  # type: ignore[arg-type]
    return {f.rule.partition(".")[2]: f.level for f in result.findings if f.rule.startswith(("Grammar.", "Directive."))}


def test_each_finding_bears_the_name_of_the_engines_rule(tmp_path: Path) -> None:
    assert levels(tmp_path) == {"ONE_RULE": Level.WARNING, "TWO_RULE": Level.WARNING}


def test_engine_rules_are_configured_by_name(tmp_path: Path) -> None:
    assert levels(tmp_path, "Grammar.ONE_RULE: error, Grammar.TWO_RULE: off") == {"ONE_RULE": Level.ERROR}


def test_one_that_is_left_out_as_shipped_can_be_asked_for(tmp_path: Path) -> None:
    assert levels(tmp_path, "Grammar.THREE_RULE: suggestion")["THREE_RULE"] is Level.SUGGESTION
    assert levels(tmp_path, select=["Grammar.THREE_RULE"]) == {"THREE_RULE": Level.WARNING}


def test_select_and_ignore(tmp_path: Path) -> None:
    assert levels(tmp_path, select=["Grammar.ONE_RULE"]) == {"ONE_RULE": Level.WARNING}
    assert levels(tmp_path, select=["Grammar.LanguageTool"], ignore=["Grammar.ONE_RULE"]) == {"TWO_RULE": Level.WARNING}
    assert levels(tmp_path, "Grammar.ONE_RULE: error", select=["Grammar.ONE_RULE"]) == {"ONE_RULE": Level.ERROR}
    assert levels(tmp_path, "Grammar.ONE_RULE: off", select=["Grammar.ONE_RULE"]) == {}
    assert levels(tmp_path, ignore=["Grammar.LanguageTool"]) == {}


def test_an_engine_rule_that_one_rule_lists_is_that_ones_alone(tmp_path: Path) -> None:
    listing = Linter(Config(grammar=GrammarConfig("languagetool"), rules={"Grammar.WANNA": RuleSetting(Level.ERROR)}))
    found = [rule.name for rule in listing.rules_for("a.md").values() if rule.level is Level.ERROR and rule.extends == "grammar"]
    assert found == ["Grammar.LanguageToolText"]


def test_engine_rules_that_stand_with_a_pattern_have_names_as_well() -> None:
    alone = Linter(select=["Grammar.AnA"])
    rule = alone.rule_named("Grammar.AnA")
    assert rule and rule.name == "Grammar.Harper"
    chosen = alone.rules_for("a.md")["Grammar.Harper"].options
    assert (list(chosen["where"]), chosen["rules"]) == (["AnA"], ())
    rest = Linter(ignore=["Grammar.AnA"]).rules_for("a.md")["Grammar.Harper"]
    assert rest.level
    assert "AnA" not in rest.options["where"]
    assert len(rest.options["where"]) > 10


def test_a_directive_silences_by_the_engines_name(tmp_path: Path) -> None:
    silenced = f"<!-- edlint-disable-next-line Grammar.ONE_RULE: so we say -->\n{TEXT}"
    assert levels(tmp_path, text=silenced) == {"TWO_RULE": Level.WARNING}
    assert "Unused" in levels(tmp_path, text=f"<!-- edlint-disable-next-line Grammar.FOUR_RULE -->\n{TEXT}")


@pytest.mark.parametrize("name", ["Grammar.NoSuchRule", "Grammar.A", "Claims.ONE_RULE", "Grammar.one_rule", "ONE_RULE"])
def test_other_names_stay_unknown(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no rule or pack"):
        levels(tmp_path, select=[name])
    with pytest.raises(ConfigError, match="no rule or pack"):
        levels(tmp_path, f"{name}: off")


def test_a_rule_is_found_by_the_name_its_findings_bear() -> None:
    linter = Linter()
    assert "Grammar.HE_VERB_AGR" in linter.names and "Grammar.WRONG_APOSTROPHE" in linter.names
    for name, file in (("HE_VERB_AGR", "LanguageTool"), ("WRONG_APOSTROPHE", "LanguageToolText"), ("AnA", "Harper")):
        rule = linter.rule_named(f"Grammar.{name}")
        assert rule and rule.name == f"Grammar.{file}"
    assert rule_named("Grammar.Nothing", linter.all_rules) is None


def test_engines_keep_to_their_slices() -> None:
    harper = Rule("Grammar.H", "grammar", options={"rules": ("AnA",)})
    other = Rule("Grammar.L", "grammar", options={"engine": "languagetool"})
    plain = Rule("Claims.X", "existence", language="en")
    assert [fits(rule, "harper", "en-GB") for rule in (harper, other, plain)] == [True, False, True]
    assert [fits(rule, "languagetool", "de") for rule in (harper, other, plain)] == [False, True, False]
    assert [fits(rule, "none", "auto") for rule in (harper, other, plain)] == [False, False, False]
    assert not fits(Rule("A.B", "existence", language="e"), "none", "en")


def test_packs_for_another_language_are_off_with_one_notice() -> None:
    with fake_server() as fake:
        linter = Linter(Config(grammar=GrammarConfig("languagetool", language="de", server=fake.url)))
        text = "Critics say the plan failed. SHOCKING!\n\nTeh end.\n"
        result = linter.lint_text(text)
    assert [f.rule for f in result.findings if f.rule.startswith(("Claims", "Headlines", "Boilerplate"))] == []
    (notice,) = linter.notices
    assert "'de'" in notice and "Boilerplate, Claims, Grammar (in part), Headlines" in notice and "Captions" not in notice
    assert result.notices == ()
    assert foreign_packs(linter.all_rules, "harper", "en-AU") == []


@pytest.mark.parametrize(("language", "notices"), [("en", 0), ("en-US", 0), ("en-ZA", 0), ("auto", 1)])
def test_english_by_any_tag_needs_no_notice(language: str, notices: int) -> None:
    with fake_server() as fake:
        linter = Linter(Config(grammar=GrammarConfig("languagetool", language=language, server=fake.url)))
        assert len(linter.notices) == notices
