"""What a configuration that came with a draft may not do: show other files, write elsewhere, send text away."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from doors import Run

from edlint.report import REPORTERS

SECRETS = {
    "passwd": "root:x:0:0:Hunter Two:/root:/bin/bash\ndaemon:x:1:1::/:/bin/false\n",
    "key": "-----BEGIN OPENSSH PRIVATE KEY-----\nhunterb3BlbnNzaC1rZXktdjEA==\n-----END OPENSSH PRIVATE KEY-----\n",
    "env": "HUNTER_TOKEN=hunter2\nHUNTER_KEY=hunter3\n",
    "yaml": "hunter_token: hunter2\nother_hunter: hunter3\n",
    "yaml twice": "a: b\nhunter@example.org: hunter2\nhunter@example.org: hunter2\n",
    "tags": "a: !hunter2 b\n",
    "aliases": "a: *hunter2\n",
    "broken yaml": "hunter: [hunter2\nhunter: }hunter3\n",
    "ini": "[hunter]\nhunter_password = hunter2\n",
    "netrc": "machine example.org login hunter password hunter2\n",
    "json": '{"hunter": {"auth": "aHVudGVyMg=="}}\n',
    "toml": "[hunter]\ntoken = 'hunter2'\nhunter2\n",
    "toml twice": "[tool.edlint]\n[hunter.two]\n[hunter.two]\n",
    "bytes": "hunter2 \udcff\udcfe\n",
}


@pytest.fixture
def secret(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    file = tmp_path_factory.mktemp("home") / "secret"
    file.write_bytes(SECRETS[request.param].encode("utf-8", "surrogateescape"))
    return file


WAYS = (
    ".edlint.yml", ".vale.ini", "pyproject.toml", "extends.yml", "extends.toml", "House/Rule.yml", "baseline", "vocabulary", "dictionary",
    "ignore", ".gitignore", "accept.txt",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("secret", SECRETS, indirect=True)
def test_no_error_shows_what_stands_in_a_file_that_is_none_of_ours(secret: Path, way: str, edlint_: Run, tmp_path: Path) -> None:
    link = tmp_path / ("base" + way.removeprefix("extends") if way.startswith("extends") else way)
    link.parent.mkdir(exist_ok=True)
    texts = {
        "extends.yml": "extends: [base.yml]\n",
        "extends.toml": "extends: [base.toml]\n",
        "House/Rule.yml": "extends: [./House]\n",
        "baseline": "extends: [Captions]\nbaseline: baseline\n",
        "vocabulary": "extends: [Captions]\nvocabulary: [vocabulary]\n",
        "dictionary": "extends: [./Spell]\n",
        "ignore": "extends: [./Spell]\n",
        ".gitignore": "extends: [Captions]\n",
        "accept.txt": "extends: [Vale]\nvale: {styles: styles, vocab: [V]}\n",
    }
    if way in texts:
        (tmp_path / ".edlint.yml").write_text(texts[way], "utf-8")
    if way == "accept.txt":
        link = tmp_path / "styles" / "config" / "vocabularies" / "V" / way
        link.parent.mkdir(parents=True)
    link.symlink_to(secret)
    (tmp_path / "Spell").mkdir()
    option = "ignore: [../ignore]" if way == "ignore" else "dictionaries: [../dictionary]"
    (tmp_path / "Spell" / "Words.yml").write_text(f"extends: spelling\nmessage: x\n{option}\n", "utf-8")
    (tmp_path / "a.txt").write_text("The council met on Monday.\n", "utf-8")
    commands = ("a.txt", f"config check {link}", "rules", "config show a.txt", "explain House.Rule", "baseline show")
    for command in map(str.split, commands):
        ran = edlint_(*command)
        assert "hunter" not in (ran.out + ran.err).lower(), ran.out + ran.err


def test_mistakes_of_ones_own_are_still_named(edlint_: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The council met on Monday.\n", "utf-8")
    unknown, twice = "fail_on: error\nfoo: 1\n", "rules: {}\nrules: {}\n"
    for text, told in (("ruls: {}\n", "did you mean 'rules'"), (unknown, "foo: unknown key"), (twice, "the key 'rules'")):
        (tmp_path / ".edlint.yml").write_text(text, "utf-8")
        ran = edlint_("a.txt")
        assert ran.status == 2 and told in ran.err


@pytest.fixture
def desk(tmp_path: Path, house: Path) -> Path:
    """A folder of drafts whose configuration names a baseline outside of it."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "a.txt").write_text("We leverage it.\n", "utf-8")
    (tmp_path / "desk" / ".edlint.yml").write_text("extends: [../House]\nbaseline: ../outside.jsonl\n", "utf-8")
    return tmp_path / "desk"


@pytest.mark.parametrize("command", ["create", "update", "prune"])
def test_a_configuration_writes_no_baseline_elsewhere(command: str, desk: Path, edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = desk.parent / "outside.jsonl"
    if command != "create":
        outside.write_text('{"edlint-baseline": 1}\n', "utf-8")
    monkeypatch.chdir(desk)
    ran = edlint_("baseline", command)
    assert ran.status == 2 and ".edlint.yml:2: baseline: lies outside the folder" in ran.err and "--baseline" in ran.err
    assert outside.exists() is (command != "create") and (command == "create" or outside.read_text("utf-8").count("\n") == 1)
    assert edlint_("baseline", command, "--baseline", "../outside.jsonl").status == 0


def test_nor_through_a_link(desk: Path, edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / ".edlint.yml").write_text("extends: [../House]\nbaseline: sub/b.jsonl\n", "utf-8")
    (desk / "sub").symlink_to(desk.parent / "elsewhere")
    (desk.parent / "elsewhere").mkdir()
    monkeypatch.chdir(desk)
    assert edlint_("baseline", "create").status == 2 and not list((desk.parent / "elsewhere").iterdir())


def test_inside_its_folder_it_may(desk: Path, edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / ".edlint.yml").write_text("extends: [../House]\nbaseline: b.jsonl\n", "utf-8")
    monkeypatch.chdir(desk)
    assert edlint_("baseline", "create").status == 0 and (desk / "b.jsonl").exists()


SERVER = "http://grammar.example.org:8081"


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A draft under a configuration that names a server elsewhere; what is sent to it."""
    from edlint.grammar.languagetool import client

    texts: list[str] = []

    def check(address: object, form: dict[str, str], *args: object) -> object:
        texts.append(form["text"])
        return {"software": {"version": "6"}, "language": {"code": "en-US"}, "matches": []}

    monkeypatch.setattr(client, "check", check)
    monkeypatch.setattr(client, "version", lambda *args: "")
    configuration = f"extends: [Grammar]\ngrammar: {{engine: languagetool, server: '{SERVER}', allow_remote: true, on_failure: warn}}\n"
    (tmp_path / ".edlint.yml").write_text(configuration, "utf-8")
    (tmp_path / "a.txt").write_text("It agreed too mend the bridge, and the the work begins in May.\n", "utf-8")
    return texts


@pytest.mark.parametrize("command", [("a.txt",), ("baseline", "create"), ("try", "House/Hype.yml", "a.txt")], ids=lambda c: c[0])
def test_no_configuration_sends_text_away(command: tuple[str, ...], remote: list[str], house: Path, edlint_: Run, tmp_path: Path) -> None:
    text = f"extends: [Grammar]\ngrammar: {{engine: languagetool, server: '{SERVER}', allow_remote: true, on_failure: warn}}\n"
    (tmp_path / ".edlint.yml").write_text(text, "utf-8")
    ran = edlint_(*command)
    assert ran.status == 2 and remote == []
    assert ".edlint.yml:2: grammar.server: grammar.example.org is another machine" in ran.err and "--allow-remote" in ran.err


@pytest.mark.parametrize("quiet", [(), ("-q",)], ids=["", "quiet"])
@pytest.mark.parametrize("name", REPORTERS)
def test_consent_is_an_option_and_every_output_tells(name: str, quiet: tuple[str, ...], remote: list[str], edlint_: Run) -> None:
    ran = edlint_("-f", name, *quiet, "--allow-remote", "a.txt")
    assert remote and ran.status in (0, 1), ran.err
    told = "text of drafts was sent to grammar.example.org"
    assert told in (ran.out + ran.err).replace("\\", "")
    if name in ("text", "concise", "json", "sarif", "html", "github"):
        assert told in ran.out
    if name in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(ran.out)
    if name in ("junit", "checkstyle"):
        ElementTree.fromstring(ran.out)


def test_consent_is_a_variable(remote: list[str], edlint_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDLINT_ALLOW_REMOTE", "1")
    assert edlint_("a.txt").status in (0, 1) and remote
    assert "was sent to grammar.example.org" in edlint_("baseline", "create").err


def test_a_configuration_further_up_cannot_send_either(remote: list[str], edlint_: Run, tmp_path: Path) -> None:
    file = tmp_path / ".edlint.yml"
    file.write_text(file.read_text("utf-8") + "locked: [Grammar]\n", "utf-8")
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / ".edlint.yml").write_text("extends: []\ngrammar: {engine: none}\n", "utf-8")
    (tmp_path / "desk" / "a.txt").write_text("It agreed too mend the bridge.\n", "utf-8")
    assert edlint_("desk/a.txt").status == 2 and remote == []


def test_a_server_on_this_machine_needs_no_consent(tmp_path: Path, edlint_: Run) -> None:
    (tmp_path / ".edlint.yml").write_text("extends: [Grammar]\ngrammar: {engine: languagetool, server: 'http://127.0.0.1:1'}\n", "utf-8")
    (tmp_path / "a.txt").write_text("The the end.\n", "utf-8")
    ran = edlint_("a.txt")
    assert "another machine" not in ran.err and "sent to" not in ran.out + ran.err
