import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.errors import ConfigError, RuleError
from edlint.files.yamlfile import MAX_DEPTH, MAX_KEY, MAX_VALUES, load_yaml

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
    data, lines = load_yaml("")
    assert (data, dict(lines)) == (None, {})
    assert load_yaml("\ufeffa: b")[0] == {"a": "b"}
    file = tmp_path / "x.yml"
    file.write_bytes(b"\xef\xbb\xbfa: b\r\nc: d\r\n")
    data, lines = load_yaml(file)
    assert (data, dict(lines)) == ({"a": "b", "c": "d"}, {"a": 1, "c": 2})


def test_harmless_alias() -> None:
    assert load_yaml("a: &x [1]\nb: *x")[0] == {"a": [1], "b": [1]}
    assert load_yaml("a: &x one\nb: *x\nc: &y {d: &z 2}\ne: [*y, *z]")[0] == {"a": "one", "b": "one", "c": {"d": 2}, "e": [{"d": 2}, 2]}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3", 3, "'a' appears twice (first on line 1)"),
        ("a:\n\t- b", 2, "spaces, not tabs"),
        ("message: a: b", 1, "quotation marks"),
        ("tokens:\n  - *bold*", 2, ""),
        ("tokens:\n  - %s", 2, "quotation marks"),
        ("a: [1,\n", 2, "not valid YAML"),
        ("a: 1\n---\nb: 2", 2, "more than one YAML document"),
        ("a: !!python/name:os.system x", 1, "not allowed"),
        ("? [a]\n: b", 1, "a key must be text"),
        ("a: &a [*a]", 1, "this alias"),
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


DEEP = "".join("  " * level + "k" * 900 + ":\n" for level in range(30)) + "".join("  " * 30 + "- a\n" for _ in range(2_000))


@pytest.mark.parametrize(
    "text", ["[" + "a," * 60_000 + "]", DEEP, "".join(f"k{n}: {{a: [b, c]}}\n" for n in range(8_000)), "- [[[[x]]]]\n" * 9_000]
)
def test_memory_grows_with_the_file_alone(text: str) -> None:
    load_yaml("a: b")
    tracemalloc.start()
    try:
        kept = load_yaml(text, "f.yml")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert kept[0]
    assert peak < 200 * len(text) + 100_000


@pytest.mark.parametrize(
    ("text", "says"),
    [(f"{'k' * (MAX_KEY + 1)}: a", "a key is longer than"), ("[" + "a," * (MAX_VALUES + 1) + "]", "holds more than")],
    ids=["key", "values"],
)
def test_what_is_too_much(text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        load_yaml(text, "f.yml")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "large.yml"
    file.write_text("a: " + "b" * 2_000, "utf-8")
    with pytest.raises(ConfigError, match=r"cannot be read: larger than 0\.001 MB"):
        load_yaml(file, most=1_000)


def test_lines_of_keys_with_dots_and_of_items() -> None:
    _, lines = load_yaml("a:\n  b.c:\n    - x\n    - d.e: 1\na.b: 2\n")
    assert dict(lines) == {"a": 1, "a.b.c": 2, "a.b.c.0": 3, "a.b.c.1": 4, "a.b.c.1.d.e": 4, "a.b": 5}
    assert [lines.get(key) for key in ("a.b", "a.b.c.2", "a.b.x", "", "a.", "a.b.c.-1")] == [5, None, None, None, None, None]
    assert load_yaml("A:\n  - b\n")[1].lowered()["a.0"] == 2
    assert lines.lowered()["a.b.c.1.d.e"] == 4
