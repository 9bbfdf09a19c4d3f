from pathlib import Path

import pytest

from edlint.cli.setup import describe
from edlint.config.file import load_config
from edlint.config.nearest import find_config
from edlint.errors import ConfigError, Place
from edlint.model.config import Config, GrammarConfig, RuleSetting, merge_rules, setting_for
from edlint.model.finding import Level


def write(folder: Path, text: str, name: str = ".edlint.yml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_defaults() -> None:
    config = Config()
    assert config.extends == ("default",)
    assert config.fail_on is Level.ERROR
    assert config.grammar.engine == "harper"
    assert not config.excludes(Path("a.md"))
    assert {key: origin for key, _, origin in describe(config)}["fail_on"] == "default"


def test_everything(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    write(tmp_path, "Ana\n", "names.txt")
    config = load_config(
        write(
            tmp_path,
            "extends: [default, ./house, Claims]\n"
            "rules: {Headlines.Loaded: error, Grammar: off, Claims.Unsourced: {level: warning, threshold: 3}, Names: on}\n"
            "grammar: {engine: none, language: en-GB}\n"
            "vocabulary: [names.txt]\n"
            "exclude: [archive/**]\n"
            'overrides:\n  - {files: ["opinion/**"], rules: {Claims: off}}\n'
            "  - {files: opinion/guest/**, rules: {Claims.Unsourced: suggestion}}\n"
            "fail_on: never\nencoding: cp1252\n",
        )
    )
    assert config.extends == ("default", (tmp_path / "house").resolve(), "Claims")
    assert config.rules["Claims.Unsourced"] == RuleSetting(Level.WARNING, {"threshold": 3})
    assert config.rules["Grammar"].level == "off"
    assert config.rules["Names"].level == "on"
    assert config.fail_on is None
    assert config.encoding == "cp1252"
    assert config.vocabulary == (tmp_path / "names.txt",)
    assert config.grammar.engine == "none"
    assert config.excludes(tmp_path / "archive" / "x" / "a.md")
    assert setting_for("Claims.Unsourced", config.for_file(tmp_path / "news.md")).level is Level.WARNING
    opinion = setting_for("Claims.Unsourced", config.for_file(tmp_path / "opinion" / "a.md"))
    assert opinion == RuleSetting("off", {"threshold": 3})
    guest = tmp_path / "opinion" / "guest" / "a.md"
    assert setting_for("Claims.Unsourced", config.for_file(guest)).level is Level.SUGGESTION
    assert setting_for("Claims.Vague", config.for_file(guest)).level == "off"
    assert config.overrides_for(guest) == (0, 1)


def test_describe_names_the_line(tmp_path: Path) -> None:
    file = write(tmp_path, "fail_on: warning\nrules:\n  Claims: off\noverrides:\n- files: x.md\n  rules:\n    Claims: error\n")
    config = load_config(file)
    shown = {key: (value, origin) for key, value, origin in describe(config)}
    assert shown["fail_on"] == ("warning", f"{file}:1")
    assert shown["rules.Claims"] == ("off", f"{file}:3")
    assert shown["encoding"] == ("utf-8", "default")
    assert shown["overrides.0"] == ("x.md (Claims: error)", f"{file}:5")
    shown = {key: (value, origin) for key, value, origin in describe(config, tmp_path / "x.md")}
    assert shown["rules.Claims"] == ("error", f"{file}:7")
    assert config.place("rules.Claims.Unsourced") == Place(str(file), 3)
    assert config.place("grammar") is None


def test_pack_level_set_above_wins_over_rule_level_below() -> None:
    below = {"Claims.Unsourced": RuleSetting(Level.ERROR, {"threshold": 2})}
    merged = merge_rules(below, {"Claims": RuleSetting("off")})
    assert setting_for("Claims.Unsourced", merged) == RuleSetting("off", {"threshold": 2})
    kept = merge_rules(below, {"Claims": RuleSetting(None, {"min": 3})})
    assert setting_for("Claims.Unsourced", kept) == RuleSetting(Level.ERROR, {"min": 3, "threshold": 2})
    assert setting_for("Other.Rule", merged) == RuleSetting()


def test_extends_files(tmp_path: Path) -> None:
    (tmp_path / "shared" / "pack").mkdir(parents=True)
    write(tmp_path / "shared", "Ana", "names.txt")
    base = write(
        tmp_path / "shared",
        "extends: ./pack\nfail_on: warning\nvocabulary: names.txt\nrules: {Claims.Unsourced: error, Names: off}\n"
        "overrides: [{files: a.md, rules: {Names: on}}]\n",
        "house.yml",
    )
    config = load_config(
        write(
            tmp_path,
            "extends:\n  - default\n  - shared/house.yml\nrules: {Claims: off}\nexclude: x\n"
            "overrides: [{files: a.md, rules: {Names: error}}]\n",
        )
    )
    assert config.extends == ("default", (tmp_path / "shared" / "pack").resolve())
    assert config.fail_on is Level.WARNING
    assert config.vocabulary == (tmp_path / "shared" / "names.txt",)
    assert setting_for("Claims.Unsourced", config.rules).level == "off"
    assert setting_for("Names.X", config.for_file(tmp_path / "a.md")).level is Level.ERROR
    assert config.root == tmp_path
    assert config.origins["fail_on"].path == str(base)
    assert config.origins["overrides.0"].path == str(base)
    assert config.origins["overrides.1"].path == str(tmp_path / ".edlint.yml")


def test_extends_itself(tmp_path: Path) -> None:
    write(tmp_path, "extends: b.yml", "a.yml")
    write(tmp_path, "extends: a.yml", "b.yml")
    with pytest.raises(ConfigError, match="extends itself"):
        load_config(tmp_path / "a.yml")


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}\n"])
def test_empty_file_is_the_defaults(tmp_path: Path, text: str) -> None:
    config = load_config(write(tmp_path, text))
    assert config.extends == ("default",)
    assert config.root == tmp_path


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("rules: {}\nfail-on: error", 2, "did you mean 'fail_on'?"),
        ("zzz: 1", 1, "known keys: extends"),
        ("rules:\n  Claims: eror", 2, "did you mean 'error'?"),
        ("rules:\n  Claims: {level: 3}", 2, "not a number"),
        ("rules:\n  Claims: {Unsourced: eror}", 2, "rules.Claims.Unsourced"),
        ("rules: [Claims]", 1, "must be a mapping of names to values, not a list"),
        ("rules:\n  Claims:\n", 2, "not nothing"),
        ("fail_on: erorr", 1, "did you mean 'error'?"),
        ("fail_on: [error]", 1, "must be a string, not a list"),
        ("encoding: utf-99", 1, "no such encoding"),
        ("grammar: {engine: harpr}", 1, "did you mean 'harper'?"),
        ("grammar: {lang: en}", 1, "did you mean 'language'?"),
        ("grammar: harper", 1, "must be a mapping"),
        ("vocabulary:\n- none.txt", 2, "no file 'none.txt'"),
        ("vocabulary: 3", 1, "must be a string, not a number"),
        ("exclude: [a, 3]", 1, "exclude.1"),
        ("exclude: '[z-a]'", 1, "not a file pattern"),
        ("overrides: {files: a}", 1, "must be a list, not a mapping"),
        ("overrides:\n- rules: {}", 2, "'files' is missing"),
        ("overrides:\n- files: x\n  rule: {}", 3, "did you mean 'rules'?"),
        ("extends:\n- ./nowhere", 2, "no folder './nowhere'"),
        ("extends: no.yml", 1, "no file 'no.yml'"),
        ("- a\n- b", None, "must be a mapping"),
        ("rules: {Claims: on}\nrules: {}", 2, "appears twice (first on line 1)"),
        ("rules: {", 2, "not valid YAML"),
    ],
)
def test_errors_name_the_line_and_the_way_out(tmp_path: Path, text: str, line: int | None, words: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert words in str(caught.value)
    assert caught.value.place == Place(str(file), line, caught.value.place.column if caught.value.place else None)


def test_pyproject(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        '[project]\nname = "x"\n[tool.edlint]\nfail_on = "warning"\n\n[tool.edlint.rules]\nClaims.Unsourced = "off"\n"Names.Odd" = false\n'
        'Grammar = {level = "warning", limit = 3}\n\n[[tool.edlint.overrides]]\nfiles = ["a"]\nrules = {Claims = true}\n',
        "pyproject.toml",
    )
    config = load_config(file)
    assert config.fail_on is Level.WARNING
    assert config.rules["Claims.Unsourced"].level == "off"
    assert config.rules["Names.Odd"].level == "off"
    assert config.rules["Grammar"] == RuleSetting(Level.WARNING, {"limit": 3})
    assert config.overrides[0].rules["Claims"].level == "on"
    assert config.origins["fail_on"].line == 4
    assert config.origins["rules.Claims.Unsourced"].line == 7


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[tool.edlint]\nfail_on = 'x'\n", 2, "no such value"),
        ("[tool.edlint]\nfail_on = 2020-01-01\n", 2, "not a date"),
        ("[tool.edlint]\nfail_on = \n", 2, "not valid TOML"),
        ("[tool.edlint]\ninclude = [\n  'a',\n]\nfail_on 'error'\nformat = [\n]\n", 5, "not valid TOML"),
        ("[tool.edlint]\ninclude = [\n  'a'\nfail_on = 'error'\n", 2, "not valid TOML"),
        ("[tool.edlint]\nfial_on = 'x'\n", 2, "did you mean"),
        ("[tool]\nedlint = 3\n", None, "must be a mapping"),
    ],
)
def test_pyproject_errors(tmp_path: Path, text: str, line: int | None, words: str) -> None:
    file = write(tmp_path, text, "pyproject.toml")
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert words in str(caught.value)
    assert caught.value.place == Place(str(file), line)


def test_find_nearest_up_to_the_repository(tmp_path: Path) -> None:
    outer = write(tmp_path, "")
    inner = tmp_path / "repo" / "news"
    inner.mkdir(parents=True)
    draft = inner / "a.md"
    assert find_config(draft) == outer
    (tmp_path / "repo" / ".git").mkdir()
    assert find_config(draft) is None
    top = write(tmp_path / "repo", "[tool.edlint]\n", "pyproject.toml")
    assert find_config(draft) == top
    assert find_config(inner) == top
    near = write(inner, "", ".edlint.yaml")
    assert find_config(draft) == near
    best = write(inner, "")
    assert find_config(draft) == best


def test_pyproject_of_others_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, "[project]\nname='edlint'\n", "pyproject.toml")
    assert find_config(tmp_path / "a.md") is None


def test_no_yaml_without_a_config(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, edlint.config.nearest as c, pathlib; c.find_config(pathlib.Path('a.md')); "
        "sys.exit('yaml' in sys.modules or 'tomllib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, check=False).returncode == 0


def test_the_keys_of_grammar(tmp_path: Path) -> None:
    grammar = load_config(
        write(
            tmp_path,
            "grammar:\n  engine: languagetool\n  language: de-CH\n  server: https://lt.example.org/v2\n  allow_remote: true\n"
            "  timeout: 2.5\n  on_failure: warn\n",
        )
    ).grammar
    assert grammar == GrammarConfig("languagetool", "de-CH", "https://lt.example.org/v2", False, 2.5, "warn")
    assert grammar.remote and grammar.host == "lt.example.org"


@pytest.mark.parametrize("server", ["http://127.0.0.1:8081", "http://localhost:8081/v2", "http://[::1]:8081", "http://127.8.9.1"])
def test_servers_on_this_machine(server: str, tmp_path: Path) -> None:
    assert not load_config(write(tmp_path, f"grammar: {{server: '{server}'}}\n")).grammar.remote


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("server: 127.0.0.1:8081", "must look like http"),
        ("server: http://127.0.0.1:99999", "grammar.server"),
        ("server: http://me:secret@127.0.0.1", "must look like http"),
        ("server: 8081", "must be a string"),
        ("language: English", "no such language"),
        ("language: en_US", "no such language"),
        ("timeout: soon", "must be a number"),
        ("timeout: 0", "more than 0"),
        ("timeout: true", "must be a number"),
        ("allow_remote: perhaps", "true or false"),
        ("on_failure: ignore", "no such value"),
        ("engine: languagetol", "did you mean 'languagetool'"),
        ("servr: x", "did you mean 'server'"),
    ],
)
def test_faults_in_grammar_name_the_line(line: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load_config(write(tmp_path, f"fail_on: error\ngrammar:\n  {line}\n"))
    assert caught.value.place and caught.value.place.line == 3
