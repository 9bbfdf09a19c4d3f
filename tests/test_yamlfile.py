from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.errors import ConfigError, RuleError
from edlint.yamlfile import MAX_DEPTH, load_yaml

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9))


def test_values_and_lines() -> None:
    data, lines = load_yaml("rules:\n  Claims.Vague: {level: error}\ntokens:\n  - one\n  - 2\n", "r.yml")
    assert data == {"rules": {"Claims.Vague": {"level": "error"}}, "tokens": ["one", 2]}
    assert lines["rules"] == 1
    assert lines["rules.Claims.Vague"] == 2
    assert lines["rules.Claims.Vague.level"] == 2
    assert lines["tokens.1"] == 5


@pytest.mark.parametrize(
    "text", ["no", "yes", "on", "off", "No", "12:30", "2020-01-01", "0x1F", "007", "1_000", "1e5", ".inf", "1.2.3", "y", "9" * 40]
)
def test_plain_words_stay_text(text: str) -> None:
    assert load_yaml(f"a: {text}")[0] == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-3", -3),
        ("1.5", 1.5),
        ("'7'", "7"),
        ('"true"', "true"),
        ("!!str 7", "7"),
    ],
)
def test_what_is_resolved(text: str, value: object) -> None:
    found = load_yaml(f"a: {text}")[0]["a"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_always_text() -> None:
    assert load_yaml("1: a\ntrue: b\n")[0] == {"1": "a", "true": "b"}


def test_empty_and_bom(tmp_path: Path) -> None:
    assert load_yaml("") == (None, {})
    assert load_yaml("\ufeffa: b")[0] == {"a": "b"}
    file = tmp_path / "x.yml"
    file.write_bytes(b"\xef\xbb\xbfa: b\r\nc: d\r\n")
    assert load_yaml(file) == ({"a": "b", "c": "d"}, {"a": 1, "c": 2})


def test_harmless_alias() -> None:
    assert load_yaml("a: &x [1]\nb: *x")[0] == {"a": [1], "b": [1]}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3", 3, "'a' stands twice (first on line 1)"),
        ("a:\n\t- b", 2, "spaces, not tabs"),
        ("message: a: b", 1, "quotation marks"),
        ("tokens:\n  - *bold*", 2, ""),
        ("tokens:\n  - %s", 2, "quotation marks"),
        ("a: [1,\n", 2, "not valid YAML"),
        ("a: 1\n---\nb: 2", 2, "more than one YAML document"),
        ("a: !!python/name:os.system x", 1, "not allowed"),
        ("? [a]\n: b", 1, "a key must be text"),
        ("a: &a [*a]", 1, "*a"),
        ("x: 1\na: \x1b", 2, "control character"),
        (BOMB, 4, "aliases"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), 1, f"more than {MAX_DEPTH} levels"),
        ("[" * 100_000, 1, ""),  # here the parser may give up before we do
        ("a: " + "{a: " * 5000, 1, ""),
    ],
)
def test_faults_name_line_and_reason(text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_yaml(text, "f.yml")
    assert caught.value.place is not None
    assert (caught.value.place.path, caught.value.place.line) == ("f.yml", line)
    assert words in str(caught.value)


def test_error_class_is_the_callers(tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        load_yaml("a: [", "r.yml", RuleError)
    with pytest.raises(RuleError, match="cannot be read"):
        load_yaml(tmp_path / "none.yml", error=RuleError)
    bad = tmp_path / "latin.yml"
    bad.write_bytes(b"a: b\nc: caf\xe9\n")
    with pytest.raises(ConfigError, match=r"latin\.yml:2: is not UTF-8"):
        load_yaml(bad)


@given(st.text())
def test_any_text_gives_data_or_our_error(text: str) -> None:
    try:
        load_yaml(text, "f.yml")
    except ConfigError as problem:
        assert str(problem).startswith("f.yml")


def test_pure_python_loader_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    text = "a: 'no'\nb: [off, 3, x y]\nc: |\n  line\n"
    quick = load_yaml(text)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert load_yaml(text) == quick
