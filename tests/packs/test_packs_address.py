"""Addresses of packs: what is one, and what is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from edlint.cli import run
from edlint.packs.address import is_address, parse

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("text", "url", "revision", "name"),
    [
        ("git+https://example.org/acme/style.git@v1", "https://example.org/acme/style.git", "v1", "style"),
        ("git+https://example.org/acme/style@v1.2#subdirectory=rules/Acme", "https://example.org/acme/style", "v1.2", "Acme"),
        ("git+https://example.org:8443/style@release/2026", "https://example.org:8443/style", "release/2026", "style"),
        ("git+ssh://git@example.org/acme/style@v1", "ssh://git@example.org/acme/style", "v1", "style"),
        (f"git+https://example.org/style@{COMMIT}", "https://example.org/style", COMMIT, "style"),
        ("git+file:///srv/style@v1#subdirectory=a%20b", "file:///srv/style", "v1", "a b"),
        ("git+https://[::1]/style@v1", "https://[::1]/style", "v1", "style"),
    ],
)
def test_an_address_has_its_parts(text: str, url: str, revision: str, name: str) -> None:
    address = parse(text)
    assert (address.url, address.revision, address.name) == (url, revision, name)
    assert address.is_commit == (revision == COMMIT)
    assert is_address(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://example.org/a.zip", "not the address of a git repository"),
        ("git+http://example.org/a@v1", "git\\+http is not supported"),
        ("git+ext::sh -c id@v1", "may not contain spaces"),
        ("git+ext://sh@v1", "git\\+ext is not supported"),
        ("git+git://example.org/a@v1", "git\\+git is not supported"),
        ("git+https://example.org/a", "a tag or commit is missing"),
        ("git+https://me@example.org/a", "may not contain a name or password"),
        ("git+https://me:secret@example.org/a@v1", "may not contain a name or password"),
        ("git+ssh://git:secret@example.org/a@v1", "may not contain a name or password"),
        ("git+ssh://-oProxyCommand=id/a@v1", "is not a valid server name"),
        ("git+ssh://-o@example.org/a@v1", "not a valid user name"),
        ("git+https://example.org/a@-v1", "neither a tag nor a commit"),
        ("git+https://example.org/a@--upload-pack=id", "neither a tag nor a commit"),
        ("git+https://example.org/a@v1..v2", "neither a tag nor a commit"),
        ("git+https://example.org/a@v1:refs/x", "neither a tag nor a commit"),
        ("git+https://example.org/a@0123456", "write all of it"),
        ("git+https://example.org/a@v1#subdirectory=../b", "not a folder inside"),
        ("git+https://example.org/a@v1#subdirectory=.git", "not a folder inside"),
        ("git+https://example.org/a@v1#egg=b", "only subdirectory=FOLDER"),
        ("git+https://example.org/a@v1#subdirectory=b%00", "not a folder inside"),
        ("git+https://example.org/a?x=1@v1", "a tag or commit is missing"),
        ("git+file://server/a@v1", "three slashes"),
        ("git+https:///a@v1", "is not a valid server name"),
        ("git+https://exa mple.org/a@v1", "may not contain spaces"),
        ("git+https://example.org\\@evil.org/a@v1", "spaces or backslashes"),
        ("git+https://[::1/a@v1", "not a possible server name"),
        ("git+https://example.org/a/..@v1", "names no repository"),
        ("git+https://example.org/a/...git@v1", "names no repository"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(text)


@pytest.mark.parametrize("path", ["./house", "../house", "~/house", "$HOUSE/rules", "house/a@v1", "C:\\house", "default"])
def test_paths_and_names_are_no_addresses(path: str) -> None:
    assert not is_address(path)


@pytest.mark.parametrize("address", ["git+https://me:secret@example.org/a@v1", "https://secret@example.org/a.zip"])
def test_no_message_shows_a_password(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".edlint.yml").write_text(f"extends: ['{address}']\n", "utf-8")
    (tmp_path / ".vale.ini").write_text(f"StylesPath = styles\nPackages = {address}\n[*]\nBasedOnStyles = Vale\n", "utf-8")
    for name in (".edlint.yml", ".vale.ini"):
        assert run(["sync", str(tmp_path / name)]) == 2
        said = capsys.readouterr()
        assert "://...@example.org/a" in said.err
        assert "secret" not in said.out + said.err
