"""The Python API: `edlint.lint_text`, `edlint.lint_file`, `edlint.Linter`."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from support import cache_with_rules

import edlint
from edlint.errors import ConfigError, RuleError, UsageError
from edlint.model.config import Config, GrammarConfig, RuleSetting

RULE = """\
extends: existence
message: "No '%s'"
level: error
why: The house does not say so.
tokens: [leverage]
"""


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "House").mkdir()
    (tmp_path / "House" / "Hype.yml").write_text(RULE, "utf-8")
    return Config(extends=(tmp_path / "House",))


def test_lint_text(config: Config) -> None:
    text = "\U0001f600 We leverage it.\r\nThey leverage it."
    result = edlint.lint_text(text, config=config)
    assert isinstance(result, edlint.FileResult)
    assert [(f.rule, f.level, f.message) for f in result.findings] == [("House.Hype", edlint.Level.ERROR, "No 'leverage'")] * 2
    assert [text[f.span.start : f.span.end] for f in result.findings] == ["leverage"] * 2
    assert result.source is not None
    assert result.source.lines.position(result.findings[1].span.start) == (2, 6)
    assert result.fails


def test_lint_text_knows_the_format_by_the_name_or_as_told(config: Config) -> None:
    html = "<p title='leverage'>We <i>use</i> it.</p>"
    assert len(edlint.lint_text(html, config=config).findings) == 1
    assert edlint.lint_text(html, "page.html", config=config).findings == ()
    assert edlint.lint_text(html, format="html", config=config).findings == ()


def test_the_same_faults_in_three_formats(config: Config) -> None:
    drafts = {
        "a.txt": "The mill and the town\n\nWe leverage it.\n\nThey leverage it.\n",
        "a.md": "# The mill and the town\n\nWe *leverage* it.\n\n- They [leverage](x) it.\n",
        "a.html": "<h1>The mill and the town</h1><p>We <em>leverage</em> it.<ul><li>They &#108;everage it.</ul>",
    }
    for path, text in drafts.items():
        found = edlint.lint_text(text, path, config=config).findings
        assert [f.match for f in found] == ["leverage"] * 2
        assert [text[f.span.start : f.span.end].replace("&#108;", "l") for f in found] == ["leverage"] * 2


def test_the_shipped_rules_hold_without_a_configuration(tmp_path: Path) -> None:
    (tmp_path / ".edlint.yml").write_text("extends: []", "utf-8")
    caption = "The old bridge over the river at the upper mill, seen from the north bank, in April."
    result = edlint.lint_text(f"{caption}\n\nThe bridge stands.\n\n{caption}\n")
    assert [f.rule for f in result.findings] == ["Captions.Repeated"]


def test_lint_file_takes_the_nearest_configuration(tmp_path: Path, config: Config) -> None:
    (tmp_path / "new").mkdir()
    draft = tmp_path / "new" / "a.txt"
    draft.write_bytes("We leverage a caf\xe9.".encode("cp1252"))
    (tmp_path / ".edlint.yml").write_text("extends: [./House]\nencoding: cp1252\nfail_on: never", "utf-8")
    for path in (draft, str(draft), "new/a.txt"):
        result = edlint.lint_file(path)
        assert [f.rule for f in result.findings] == ["House.Hype"]
        assert not result.fails
    assert edlint.lint_file(draft, config=config).error.endswith("such as --encoding cp1252)")


def test_a_file_that_cannot_be_read_is_a_result(config: Config) -> None:
    result = edlint.lint_file("none.txt", config=config)
    assert (result.error, result.source, result.findings) == ("none.txt: cannot be read: No such file or directory", None, ())


def test_a_linter_keeps_nothing_of_the_drafts(config: Config) -> None:
    linter = edlint.Linter(config)
    first = linter.lint_text("We leverage it.")
    again = linter.lint_text("We leverage it, and leverage it.").findings[0]
    assert replace(again, near="", fingerprint="") == replace(first.findings[0], near="", fingerprint="")
    assert linter.lint_text("We use it.").findings == ()
    assert linter.lint_text("We leverage it.") == first


def test_two_linters_share_nothing(config: Config) -> None:
    quiet = edlint.Linter(Config(extends=config.extends, rules={"House": RuleSetting("off")}))
    loud = edlint.Linter(config)
    for _ in range(2):
        assert quiet.lint_text("We leverage it.").findings == ()
        assert len(loud.lint_text("We leverage it.").findings) == 1


def test_select_and_ignore(config: Config) -> None:
    assert edlint.Linter(config, ignore=["House.Hype"]).lint_text("We leverage it.").findings == ()
    assert len(edlint.Linter(config, select=["House"]).lint_text("We leverage it.").findings) == 1
    with pytest.raises(UsageError, match="there is no rule or pack 'House"):
        edlint.Linter(config, select=["House.Hipe"])


def test_errors_are_edlint_errors_with_a_place(tmp_path: Path, config: Config) -> None:
    (tmp_path / "House" / "Broken.yml").write_text("extends: existence\nmessage: m\ntokens: ['(open']\n", "utf-8")
    with pytest.raises(RuleError) as caught:
        edlint.lint_text("x", config=config)
    assert caught.value.place is not None
    assert (caught.value.place.path, caught.value.place.line) == (str(tmp_path / "House" / "Broken.yml"), 3)
    with pytest.raises(ConfigError, match="there is no rule or pack 'Nope'"):
        edlint.lint_text("x", config=Config(rules={"Nope": RuleSetting("off")}))


def test_a_missing_engine_costs_what_it_would_have_found_and_nothing_else(tmp_path: Path, config: Config) -> None:
    (tmp_path / "House" / "Engine.yml").write_text("extends: grammar\nmessage: '%[2]s'\nrules: [AnA]\n", "utf-8")
    result = edlint.lint_text("We leverage it.", config=replace(config, grammar=GrammarConfig(language="en-ZZ")))
    assert [f.rule for f in result.findings] == ["House.Hype"]
    assert result.faults[0].startswith("GRAMMAR WAS NOT CHECKED: Harper only knows English, not 'en-ZZ'")


def test_results_cannot_be_changed(config: Config) -> None:
    result = edlint.lint_text("We leverage it.", config=config)
    with pytest.raises(AttributeError):
        result.findings = ()  # type: ignore[misc]
    with pytest.raises(AttributeError):
        result.findings[0].message = ""  # type: ignore[misc]


def test_every_public_name_is_there() -> None:
    for name in edlint.__all__:
        assert getattr(edlint, name) is not None
    with pytest.raises(AttributeError, match="nope"):
        edlint.nope  # noqa: B018


def test_importing_is_cheap() -> None:
    code = "import sys, edlint; print(*{'yaml', 'regex', 'click', 'edlint.linter', 'harper'} & set(sys.modules))"
    root = str(Path(edlint.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout == "\n"
