"""Addresses of packs in git repositories: `git+https://host/path.git@v1#subdirectory=rules`."""

from __future__ import annotations

import re
from typing import NamedTuple

from edlint.text.lazy import lazy

PREFIX = "git+"
SHAPE = "git+https://HOST/PATH@TAG#subdirectory=FOLDER"
SCHEMES = ("https", "ssh", "file")  # http and git prove nothing of the server
_COMMIT = lazy(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT_COMMIT = lazy(r"[0-9a-f]{7,39}")
_TAG = lazy(r"(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)))[A-Za-z0-9_](?:[\w./+-]*[\w+-])?", re.ASCII)
_HOST = lazy(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]+")
_USER = lazy(r"[A-Za-z0-9_][\w.-]*", re.ASCII)
_FOLDER = lazy(r"[\w+ -][\w.+ -]*")


class Address(NamedTuple):
    """A folder in a repository at a commit or tag. `scheme` is one of SCHEMES; `url` is what git is given."""

    text: str
    scheme: str
    url: str
    revision: str
    subdirectory: str = ""

    @property
    def is_commit(self) -> bool:
        """Whether the revision is the whole name of a commit."""
        return bool(_COMMIT.fullmatch(self.revision))

    @property
    def name(self) -> str:
        """The name of the folder that holds the files: the last of the subdirectory, or else the repository's."""
        return (self.subdirectory or self.url).rstrip("/").rpartition("/")[2].removesuffix(".git") or "pack"


def is_address(text: str) -> bool:
    """Whether an entry of `extends:` is an address and no path, though it has slashes."""
    return text.startswith(PREFIX) or "://" in text


def without_password(address: str) -> str:
    """An address for a message, which may end up in a log: without the name and password that do not belong in it."""
    return re.sub(r"(?<=://)[^/?#]*@", "...@", address)


def parse(text: str) -> Address:
    """The address that a text is. Raises ValueError that says what is wrong with it."""
    from urllib.parse import urlsplit

    if not text.startswith(PREFIX):
        raise ValueError(f"not the address of a git repository: write {SHAPE}")
    if re.search(r"[\s\x00-\x1f\x7f\\]", text):
        raise ValueError("an address may not contain spaces or backslashes")
    try:
        parts = urlsplit(text.removeprefix(PREFIX))
    except ValueError:
        raise ValueError("this is not a possible server name") from None
    if parts.scheme not in SCHEMES:
        raise ValueError(f"git+{parts.scheme} is not supported: use one of {', '.join(f'{PREFIX}{scheme}' for scheme in SCHEMES)}")
    _check_server(parts.scheme, parts.netloc)
    path, at, revision = parts.path.rpartition("@")
    if not at or not path.strip("/") or parts.query:
        raise ValueError(f"a tag or commit is missing: write {SHAPE}")
    if _SHORT_COMMIT.fullmatch(revision):
        raise ValueError(f"{revision!r} looks like the beginning of a commit: write all of it")
    if not _COMMIT.fullmatch(revision) and not _TAG.fullmatch(revision):
        raise ValueError(f"{revision!r} is neither a tag nor a commit")
    address = Address(text, parts.scheme, f"{parts.scheme}://{parts.netloc}{path}", revision, _subdirectory(parts.fragment))
    if address.name in (".", ".."):
        raise ValueError("names no repository")
    return address


def _check_server(scheme: str, netloc: str) -> None:
    """Raise ValueError for a server that is none, or that comes with a password, which would stand in a file for all to read."""
    user, _, server = netloc.rpartition("@")
    host, colon, port = server.rpartition(":") if re.search(r":\d*$", server) and not server.endswith("]") else (server, "", "")
    if scheme == "file":
        if netloc:
            raise ValueError("git+file has three slashes: git+file:///PATH@TAG")
        return
    if ":" in user or (user and scheme == "https"):
        raise ValueError("an address may not contain a name or password: let git ask for them, or use git+ssh://git@HOST/PATH@TAG")
    if user and not _USER.fullmatch(user):
        raise ValueError(f"{user!r} is not a valid user name")
    if not _HOST.fullmatch(host.strip("[]")) or (colon and not port.isdecimal()):
        raise ValueError(f"{server!r} is not a valid server name")


def _subdirectory(fragment: str) -> str:
    from urllib.parse import unquote

    key, sign, value = fragment.partition("=")
    if not fragment:
        return ""
    if key != "subdirectory" or not sign:
        raise ValueError(f"only subdirectory=FOLDER may follow the #, not {fragment!r}")
    parts = unquote(value).strip("/").split("/")
    if not all(_FOLDER.fullmatch(part) for part in parts):
        raise ValueError(f"{value!r} is not a folder inside the repository")
    return "/".join(parts)
