"""Sequences as Vale 3.20 reads them: in the sentences of their scope, of whole words, with what recent versions have added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from edlint.config.file import load_config
from edlint.errors import RuleError
from edlint.linter import Linter

Found = Callable[..., list[tuple[int, str]]]
DRAFT = """\
# Here is the dog

The self worth is self-worth thing. We saw the cat.

- We ate the cake.
- the pie

> See the moon.

| a | the sun |
|---|---|
| the sea | x |
"""
THE = "tokens: [{pattern: the}, {tag: NN}]"


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """The lines and the texts that a rule finds in a draft."""

    def run(keys: str, draft: str = DRAFT, version: str = "3.20") -> list[tuple[int, str]]:
        style = tmp_path / "styles" / "Own"
        style.mkdir(parents=True, exist_ok=True)
        (style / "Rule.yml").write_text(f"extends: sequence\nmessage: m\nlevel: error\n{keys}\n", "utf-8")
        ini = f"StylesPath = styles\nValeVersion = {version}\n[*]\nBasedOnStyles = Own\n"
        (tmp_path / ".vale.ini").write_text(ini, "utf-8")
        result = Linter(load_config(tmp_path / ".vale.ini")).lint_text(draft, "draft.md")
        assert result.source and not result.faults
        return [(result.source.lines.position(f.span.start).line, f.match) for f in result.findings]

    return run


@pytest.mark.parametrize(
    ("scope", "lines"),
    [
        ("", [1, 3, 5, 6, 8, 10, 12]),
        ("scope: text", [1, 3, 5, 6, 8, 10, 12]),
        ("scope: sentence", [1, 3, 5, 6, 8, 10, 12]),
        ("scope: paragraph", [1, 3, 5, 6, 8, 10, 12]),
        ("scope: list", [5, 6]),
        ("scope: sentence.list", [5, 6]),
        ("scope: heading", [1]),
        ("scope: [heading, list]", [1, 5, 6]),
        ("scope: ~list", [1, 3, 8, 10, 12]),
    ],
)
def test_the_sentences_of_the_scope_are_read(found: Found, scope: str, lines: list[int]) -> None:
    assert [line for line, _ in found(f"{scope}\n{THE}")] == lines


def test_in_the_older_reading_the_scope_does_not_count(found: Found) -> None:
    assert found(f"scope: list\n{THE}", version="3.15") == found(THE, version="3.15") != []


def test_a_pattern_is_the_whole_word(found: Found) -> None:
    tokens = "tokens: [{pattern: sel}, {tag: NN}]"
    assert found(tokens) == []
    assert found(tokens.replace("sel", "self")) == [(3, "self worth")]
    assert found(tokens, version="3.15")  # where it is looked for in the word


CATS = (
    "cat and not cat here. In May, he may, the dog has gone and left gone. We saw the cat house of the train station. "
    "A dog is gone. He has a cat\n"
)


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("tokens: [{pattern: not, negate: true}, {pattern: cat}]", ["cat", "the cat", "a cat"]),
        ("tokens: [{pattern: cat}, {pattern: dog, negate: true}]", ["cat and", "cat here", "cat house", "cat"]),
        ("tokens: [{pattern: the}, {upos: noun}]", ["the dog", "the cat", "the train"]),
        ("tokens: [{upos: AUX}, {pattern: gone}]", ["has gone", "is gone"]),
        ("tokens: [{upos: AUX|SCONJ}, {pattern: gone}]", ["has gone", "is gone"]),
        ("tokens: [{upos: AUX|VERB}, {pattern: gone}]", ["has gone", "left gone", "is gone"]),
        ("tokens: [{pattern: the}, {tag: NN, skip: 2, min: 2}]", ["the cat house", "the train station"]),
        ("ignorecase: true\ntokens: [{pattern: may}, {tag: ','}]", ["May,", "may,"]),
        ("ignorecase: true\nexceptions: ['^In \\w+,']\ntokens: [{pattern: may}, {tag: ','}]", ["may,"]),
    ],
)
def test_what_recent_versions_have_added(found: Found, keys: str, wanted: list[str]) -> None:
    assert [match for _, match in found(keys, CATS)] == wanted


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        ("[{pattern: a}, {upos: NOUNS}]", "tokens.1.upos: there is no universal part of speech 'NOUNS' (did you mean 'NOUN'?)"),
        ("[{pattern: a}, {upos: NOUN, tag: NN}]", "tokens.1.upos: a token has a `tag` or a `upos`, not both"),
        ("[{pattern: a, min: 1000}]", "tokens.0.min: a whole number from 1 to 100 is wanted, not 1000"),
        ("[{pattern: a, target: true}]", "tokens.0.target: unknown key 'target' in a token"),
    ],
)
def test_what_cannot_work_is_named(found: Found, tokens: str, said: str) -> None:
    with pytest.raises(RuleError) as told:
        found(f"tokens: {tokens}")
    assert said in str(told.value)
