"""Packs with an address: fetched and locked by `edlint sync`, used by checks without a network, refused when they mean harm."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from packserver import RULE, Served, git, outcome, packs_served, repository
from support import cache_with_rules

from edlint.files.yamlfile import load_yaml
from edlint.packs import bundle
from edlint.packs import repository as fetching
from edlint.packs.lock import place_of
from edlint.packs.sync import put

Sync = Callable[..., tuple[int, str]]
FILES = {"rules/Acme/Utilise.yml": RULE, "rules/Acme/vocabulary.txt": "Fobletar\n", "README.md": "A pack.\n", "hooks/run.sh": "exit 1\n"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a draft, and a cache of its own."""
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    Path("draft.txt").write_text("We utilise the bridge, says Fobletar.\n", "utf-8")
    return desk


@pytest.fixture
def served(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A code host with a pack."""
    (tmp_path / "served").mkdir()
    repository(tmp_path / "served" / "style", FILES)
    with packs_served(tmp_path / "served", monkeypatch) as server:
        yield server


@pytest.fixture
def sync(home: Path, capsys: pytest.CaptureFixture[str]) -> Sync:
    """Runs `edlint sync` on a configuration that extends an address: exit status, and all that was said."""

    def ran(address: str = "", *options: str) -> tuple[int, str]:
        if address:
            Path(".edlint.yml").write_text(f"extends: [default, '{address}']\ngrammar: {{engine: none}}\n", "utf-8")
        return outcome(capsys, "sync", *options)

    return ran


def checked(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    return outcome(capsys, "draft.txt", "--output-format", "concise")


def test_a_pack_on_a_code_host_is_fetched_once_and_used_without_it(
    served: Served, sync: Sync, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"git+{served.address}/style/.git@v1#subdirectory=rules"
    Path(".edlint.yml").write_text(f"extends: [default, '{address}']\n", "utf-8")
    status, said = checked(capsys)
    assert status == 2 and "not in .edlint.lock (run `edlint sync`)" in said
    assert served.asked == []  # a check fetches nothing
    assert sync(address) == (0, f"fetching {address}\n1 pack fetched, 0 already there\n")
    assert served.asked
    locked = load_yaml(Path(".edlint.lock"))[0]["packs"][address]
    assert len(locked["sha256"]) == 64 and len(locked["commit"]) == 40

    def refused(*args: object) -> None:
        raise AssertionError("a connection is opened")

    monkeypatch.setattr(socket.socket, "connect", refused)
    served.asked.clear()
    assert sync() == (0, "0 packs fetched, 1 already there\n")
    status, said = checked(capsys)
    assert status == 0 and "Acme.Utilise" in said
    assert served.asked == []


def test_words_of_a_pack_are_not_corrected(served: Served, sync: Sync, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync(f"git+{served.address}/style/.git@v1#subdirectory=rules")[0] == 0
    spelling = "extends: spelling\nmessage: \"'%s'?\"\nwhy: w\nexamples: {bad: [Xqzzy.], good: [A word.]}\n"
    Path("House").mkdir()
    Path("House/Spelling.yml").write_text(spelling, "utf-8")
    config = Path(".edlint.yml").read_text("utf-8")
    Path(".edlint.yml").write_text(config.replace("default", "./House"), "utf-8")
    assert "Fobletar" not in checked(capsys)[1]
    Path(".edlint.yml").write_text("extends: [./House]\n", "utf-8")
    assert "Fobletar" in checked(capsys)[1]


def test_another_machine_gets_what_was_locked_though_the_tag_has_moved(
    served: Served, sync: Sync, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"git+{served.address}/style/.git@v1#subdirectory=rules"
    assert sync(address)[0] == 0
    was = Path(".edlint.lock").read_text("utf-8")
    commit = repository(tmp_path / "served" / "style", {"rules/Acme/Utilise.yml": RULE.replace("utili", "facili")})
    git(tmp_path / "served" / "style", "branch", "keep", "HEAD~1")
    shutil.rmtree(tmp_path / "cache" / "packs")
    status, said = checked(capsys)
    assert status == 2 and "not fetched on this machine yet (run `edlint sync`)" in said
    assert sync()[0] == 0
    assert Path(".edlint.lock").read_text("utf-8") == was
    assert "Acme.Utilise" in checked(capsys)[1]
    status, said = sync("", "--upgrade")
    assert status == 0 and f"and is {commit[:12]} now" in said
    assert Path(".edlint.lock").read_text("utf-8") != was
    assert "Acme.Utilise" not in checked(capsys)[1]


def test_what_is_changed_in_the_store_is_not_used(served: Served, sync: Sync, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync(f"git+{served.address}/style/.git@v1#subdirectory=rules")[0] == 0
    rule = next((tmp_path / "cache" / "packs").rglob("Utilise.yml"))
    (rule.parent / "More.yml").write_text(RULE, "utf-8")
    from edlint.packs.lock import _digest

    _digest.cache_clear()  # another process looks
    status, said = checked(capsys)
    assert status == 2 and "no longer holds what was fetched (run `edlint sync`)" in said
    assert sync()[0] == 0
    assert not (rule.parent / "More.yml").exists()
    _digest.cache_clear()
    assert checked(capsys)[0] == 0


def test_a_lock_that_does_not_fit_is_refused(served: Served, sync: Sync, tmp_path: Path) -> None:
    address = f"git+{served.address}/style/.git@v1#subdirectory=rules"
    assert sync(address)[0] == 0
    lock = Path(".edlint.lock")
    was = lock.read_text("utf-8")
    sha256 = load_yaml(lock)[0]["packs"][address]["sha256"]
    lock.write_text(was.replace(sha256, "0" * 64), "utf-8")
    status, said = sync()
    assert status == 2 and "does not match .edlint.lock (`edlint sync --upgrade` accepts what is there now)" in said
    for broken, line in (("version: 1\npacks: {a: {sha256: x}}\n", 2), ("version: 2\npacks: {}\n", 1), ("packs: 3\n", 1)):
        lock.write_text(broken, "utf-8")
        status, said = sync()
        assert status == 2 and ".edlint.lock" in said and "delete it, and run `edlint sync`" in said
        assert line == 1 or ".edlint.lock:2" in said


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("v2#subdirectory=rules", "there is no tag 'v2' (tags: v1)"),
        ("main#subdirectory=rules", "'main' is a branch, which moves: name a tag or a commit"),
        (f"{'0' * 40}#subdirectory=rules", f"there is no commit '{'0' * 40}'"),
        ("v1#subdirectory=rulez", "there is no folder 'rulez' (did you mean 'rules'?)"),
        ("v1#subdirectory=hooks", "holds no rules"),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest(served: Served, sync: Sync, revision: str, said: str) -> None:
    status, told = sync(f"git+{served.address}/style/.git@{revision}")
    assert status == 2 and said in told and ".edlint.yml:1: extends.1: git+https" in told
    assert not Path(".edlint.lock").exists()


def test_a_commit_is_as_good_as_a_tag(served: Served, sync: Sync, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit = git(tmp_path / "served" / "style", "rev-parse", "HEAD")
    repository(tmp_path / "served" / "style", {"rules/Acme/Utilise.yml": "broken"}, tag="")
    assert sync(f"git+{served.address}/style/.git@{commit}#subdirectory=rules")[0] == 0
    assert "Acme.Utilise" in checked(capsys)[1]


def test_a_server_that_is_not_there_is_named(served: Served, sync: Sync) -> None:
    status, said = sync(f"git+{served.address}/none/.git@v1")
    assert status == 2 and "git failed: " in said
    status, said = sync("git+https://localhost:1/style@v1")
    assert status == 2 and "git failed: " in said


def test_a_repository_on_this_machine_is_read_where_the_user_says_so(
    home: Path, sync: Sync, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository(tmp_path / "style", FILES)
    address = f"git+{tmp_path.as_uri()}/style@v1#subdirectory=rules"
    status, said = sync(address)
    assert status == 2 and "read only if you allow it (`edlint sync --allow-file`" in said
    assert sync(address, "--allow-file")[0] == 0
    assert "Acme.Utilise" in checked(capsys)[1]
    assert sync()[0] == 0  # it is there


def test_nothing_of_a_repository_runs(home: Path, sync: Sync, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    style = tmp_path / "style"
    attributes = {
        ".gitattributes": "*.yml filter=evil\n",
        ".gitmodules": '[submodule "a"]\n\tpath = a\n\turl = ext::touch ' + str(told) + "\n",
    }
    repository(style, {**FILES, **attributes})
    for hook in ("post-checkout", "post-merge", "reference-transaction", "pre-auto-gc"):
        file = style / ".git" / "hooks" / hook
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\ntouch '{told}'\n", "utf-8")
        file.chmod(0o755)
    for key in ("filter.evil.smudge", "core.fsmonitor", "core.sshCommand", "uploadpack.packObjectsHook"):
        git(style, "config", key, f"touch '{told}'")
    template = tmp_path / "template" / "hooks"
    shutil.copytree(style / ".git" / "hooks", template)
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(template.parent))
    monkeypatch.setenv("GIT_DIR", str(style / ".git"))
    assert sync(f"git+{style.as_uri()}@v1#subdirectory=rules", "--allow-file")[0] == 0
    assert not told.exists()


def hostile(tmp_path: Path, files: dict[str, str]) -> str:
    repository(tmp_path / "style", files)
    return f"git+{tmp_path.as_uri()}/style@v1#subdirectory=rules"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_in_a_repository_is_refused(home: Path, sync: Sync, tmp_path: Path) -> None:
    rules = tmp_path / "style" / "rules" / "Acme"
    rules.mkdir(parents=True)
    (rules / "Secret.yml").symlink_to("/etc/passwd")
    status, said = sync(hostile(tmp_path, FILES), "--allow-file")
    assert status == 2 and "'Acme/Secret.yml' is a link (a pack holds files and folders only)" in said


def test_too_much_is_refused(home: Path, sync: Sync, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = hostile(tmp_path, {**FILES, "rules/Acme/Big.yml": "#" * 5_000})
    monkeypatch.setattr(bundle, "LARGEST", 4_000)
    assert "'Acme/Big.yml' is larger than 0.004 MB" in sync(address, "--allow-file")[1]
    monkeypatch.undo()


def test_a_repository_that_is_too_large_or_slow_is_given_up(
    home: Path, sync: Sync, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = hostile(tmp_path, FILES)
    monkeypatch.setattr(fetching, "MOST_FETCHED", -bundle.MOST_BYTES - 1)
    assert "the repository is larger than" in sync(address, "--allow-file")[1]
    monkeypatch.setattr(fetching, "SECONDS", -1.0)
    assert "git did not finish within" in sync(address, "--allow-file")[1]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Acme/Broken.yml", "extends: existence\nmessage: m\ntokens: ['(']\nwhy: w\n", "Acme/Broken.yml:3: a pattern does not compile"),
        ("Acme/Deep.yml", "a: " + "[" * 200, "is nested more than 40 levels deep"),
        ("Acme/Key.yml", "extends: existense\nmessage: m\nwhy: w\n", "did you mean 'existence'?"),
        ("Acme/Huge.yml", "extends: existence\nmessage: m\nwhy: w\ntokens: ['(((a{999}){999}){999})']\n", "Acme/Huge.yml:4: "),
    ],
)
def test_absurd_rules_are_refused_at_their_line_and_not_kept(
    home: Path, sync: Sync, tmp_path: Path, name: str, text: str, said: str
) -> None:
    status, told = sync(hostile(tmp_path, {**FILES, f"rules/{name}": text}), "--allow-file")
    assert status == 2 and said in told and name in told
    assert not Path(".edlint.lock").exists()
    assert not list((tmp_path / "cache" / "packs").iterdir())


def test_a_pack_may_not_take_the_name_of_another(home: Path, sync: Sync, tmp_path: Path) -> None:
    status, said = sync(hostile(tmp_path, {"rules/claims/Utilise.yml": RULE}), "--allow-file")
    assert status == 2 and "has a pack named claims, which is edlint's own (leave one of them out)" in said
    Path("Acme").mkdir()
    Path("Acme/Other.yml").write_text(RULE, "utf-8")
    shutil.rmtree(tmp_path / "style")
    address = hostile(tmp_path, FILES)
    Path(".edlint.yml").write_text(f"extends: [./Acme, '{address}']\n", "utf-8")
    status, said = sync("", "--allow-file")
    assert status == 2 and "has a pack named Acme, which is that of" in said and not Path(".edlint.lock").exists()


def test_configurations_that_others_extend_have_their_own_lock(
    home: Path, sync: Sync, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = hostile(tmp_path, FILES)
    Path("shared").mkdir()
    Path("shared/base.yml").write_text(f"extends: ['{address}']\n", "utf-8")
    Path(".edlint.yml").write_text("extends: [default, shared/base.yml]\ngrammar: {engine: none}\n", "utf-8")
    assert sync("", "--allow-file")[0] == 0
    assert Path("shared/.edlint.lock").exists() and not Path(".edlint.lock").exists()
    assert "Acme.Utilise" in checked(capsys)[1]


def test_without_addresses_there_is_nothing_to_do(home: Path, sync: Sync) -> None:
    assert sync() == (0, "no configuration here: nothing to fetch\n")
    Path(".edlint.yml").write_text("extends: [default]\n", "utf-8")
    assert sync() == (0, "nothing to fetch\n")
    assert not Path(".edlint.lock").exists()


def test_paths_have_homes_and_variables(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pack = home / "shared" / "Acme"
    pack.mkdir(parents=True)
    (pack / "Utilise.yml").write_text(RULE, "utf-8")
    monkeypatch.setenv("HOUSE", str(home / "shared"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for path in ("$HOUSE/Acme", "${HOUSE}/Acme", "~/shared/Acme", "$HOUSE"):
        Path(".edlint.yml").write_text(f"extends: ['{path}']\n", "utf-8")
        assert "Acme.Utilise" in checked(capsys)[1], path
    Path(".edlint.yml").write_text("extends: ['$NO_SUCH_HOUSE/Acme']\n", "utf-8")
    status, said = checked(capsys)
    assert status == 2 and "the environment variable NO_SUCH_HOUSE in '$NO_SUCH_HOUSE/Acme' is not set" in said


def test_a_lock_is_not_written_through_a_link(home: Path, sync: Sync, tmp_path: Path) -> None:
    Path(".edlint.lock").symlink_to(tmp_path / "elsewhere.yml")
    status, said = sync(hostile(tmp_path, FILES), "--allow-file")
    assert status == 2 and ".edlint.lock cannot be written: it is a link" in said
    assert not (tmp_path / "elsewhere.yml").exists()


def test_what_another_process_has_put_there_meanwhile_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = bundle.Bundle("a pack")
    pack.add("Utilise.yml", RULE.encode())
    target, made = place_of("Acme", pack.digest()), []

    def other(_: bundle.Bundle, folder: Path) -> None:
        made.append(shutil.copytree(folder, target).stat().st_ino)

    monkeypatch.setattr("edlint.packs.sync._prove", other)
    assert put(pack, "Acme", pack.digest()) == target
    assert [target.stat().st_ino] == made
