"""A pack out of a git repository. Nothing is checked out, so no filter, hook or submodule of the repository is ever used."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import monotonic
from typing import NamedTuple

from edlint.errors import PackError, did_you_mean
from edlint.gitprocess import start
from edlint.packs.address import Address
from edlint.packs.bundle import LARGEST, MOST_BYTES, Bundle

SECONDS = 180.0  # for one git process
MOST_FETCHED = 200_000_000  # bytes of a fetched commit: what a pack does not hold is fetched as well
_MEMORY = 3_000_000_000  # bytes
_REF = "refs/edlint/wanted"
_LINK, _SUBMODULE = "120000", "160000"
# Large files go to disk as they come, submodules stay away, and nothing is tidied up behind.
_SETTINGS = (
    *("core.bigFileThreshold=1m", "submodule.recurse=false", "fetch.recurseSubmodules=false", "fetch.writeCommitGraph=false"),
    *("gc.auto=0", "maintenance.auto=false", "credential.interactive=false", "core.askPass="),
)


class Blob(NamedTuple):
    """A file in a tree: its object, its size in bytes and its path."""

    id: str
    size: int
    path: str


def fetch(address: Address, commit: str = "") -> tuple[str, Bundle]:
    """The commit that an address stands for, or this `commit`, and its files. Raises PackError."""
    with TemporaryDirectory(prefix="edlint-", ignore_cleanup_errors=True) as folder:
        git = _Git(folder, address)
        git.run("init", "--quiet", "--bare", "--template=", folder)
        wanted = commit or (address.revision if address.is_commit else f"refs/tags/{address.revision}")
        options = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance")
        git.run("fetch", *options, "--", address.url, f"+{wanted}:{_REF}", wanted=wanted)
        found = git.run("rev-parse", "--verify", f"{_REF}^{{commit}}").decode().strip()
        bundle = Bundle(address.text)
        blobs = list(_blobs(git, bundle, f"{found}:{address.subdirectory}"))
        for blob, data in zip(blobs, git.read(blobs), strict=True):
            bundle.add(blob.path, data)
    if not bundle.files:
        raise bundle.error("holds no rules")
    return found, bundle


def _blobs(git: _Git, bundle: Bundle, tree: str) -> Iterator[Blob]:
    """The files that belong to the pack. Raises PackError for a link, and for what is too much."""
    for row in git.run("ls-tree", "-r", "-z", "-l", "--full-tree", tree, tree=True).split(b"\0")[:-1]:
        about, _, name = row.partition(b"\t")
        mode, _, id, size = about.decode().split()
        try:
            path = name.decode()
        except UnicodeDecodeError:
            raise bundle.error(f"the name {name!r} is not UTF-8") from None
        if mode == _SUBMODULE or not bundle.wants(path):
            continue
        if mode == _LINK:
            raise bundle.error(f"{path!r} is a link", "a pack holds files and folders only")
        bundle.expect(path, int(size))
        yield Blob(id, int(size), path)


class _Git:
    """git in a repository of its own, which lies in a folder for as long as it is needed."""

    def __init__(self, folder: str, address: Address) -> None:
        self._folder, self._address = folder, address

    def read(self, blobs: Iterable[Blob]) -> Iterator[bytes]:
        """What files hold, in their order."""
        blobs = list(blobs)
        asked = "".join(f"{blob.id}\n" for blob in blobs).encode()
        told = self.run("cat-file", "--batch", asked=asked) if blobs else b""
        at = 0
        for blob in blobs:
            at = told.index(b"\n", at) + 1
            yield told[at : at + blob.size]
            at += blob.size + 1

    def run(self, *args: str, asked: bytes = b"", wanted: str = "", tree: bool = False) -> bytes:
        """What git says. `wanted` is the revision it fetches; `tree`: it lists one. Raises PackError when it fails or takes too much."""
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(asked)
            given.seek(0)
            command = [*settings, *(() if args[0] == "init" else (f"--git-dir={self._folder}",)), *args]
            try:
                process = start(command, stdin=given, stdout=out, stderr=err, protocol=self._address.scheme)
            except FileNotFoundError as fault:
                raise self._error(str(fault), "install git") from None
            _limit(process.pid)
            self._wait(process, (out.fileno(), err.fileno()))
            if process.returncode:
                err.seek(0)
                raise self._failed(err.read(LARGEST).decode("utf-8", "replace"), wanted, tree)
            out.seek(0)
            return out.read()

    def _wait(self, process: subprocess.Popen[bytes], said: Sequence[int]) -> None:
        """Wait until git has ended; end it when it takes too long or fetches too much."""
        end = monotonic() + SECONDS
        try:
            while process.poll() is None:
                if monotonic() > end:
                    raise self._error(f"git did not finish within {SECONDS:g} seconds")
                if sum(os.fstat(file).st_size for file in said) + _size(self._folder) > MOST_FETCHED + MOST_BYTES:
                    large = f"the repository is larger than {MOST_FETCHED / 1e6:g} MB at this commit"
                    raise self._error(large, "keep packs in a repository of their own")
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.05)
        finally:
            if process.poll() is None:
                process.terminate()  # it ends its helpers, which it could not when it is killed
                with suppress(subprocess.TimeoutExpired):
                    process.wait(5)
                process.kill()
                process.wait()

    def _failed(self, said: str, wanted: str, tree: bool) -> PackError:
        """The error for what git said before it failed."""
        if tree:
            known = self.run("ls-tree", "-r", "-d", "--name-only", "--full-tree", _REF).decode("utf-8", "replace").splitlines()[:5_000]
            subdirectory = self._address.subdirectory
            return self._error(f"there is no folder {subdirectory!r}", did_you_mean(subdirectory, known) or "as " + ", ".join(known[:5]))
        if wanted and ("find remote ref" in said or "not our ref" in said):
            kind = "tag" if wanted.startswith("refs/") else "commit"
            return self._error(f"there is no {kind} {wanted.removeprefix('refs/tags/')!r}", self._near())
        lines = [line.removeprefix("fatal: ") for line in said.splitlines() if line.strip()]
        told = next((line for line in lines if not line.startswith(("warning:", "hint:"))), "no reason given")
        return self._error(f"git failed: {told[:300]}")

    def _near(self) -> str:
        """The nearest tag there is, or that the revision is a branch."""
        try:
            rows = self.run("ls-remote", "--tags", "--heads", "--", self._address.url).decode("utf-8", "replace").splitlines()[:5_000]
        except PackError:
            return ""
        names = [row.partition("\t")[2].removesuffix("^{}") for row in rows]
        revision = self._address.revision
        if f"refs/heads/{revision}" in names:
            return f"{revision!r} is a branch, which moves: name a tag or a commit"
        tags = [name.removeprefix("refs/tags/") for name in names if name.startswith("refs/tags/")]
        return did_you_mean(revision, tags) or ("tags: " + ", ".join(tags[-5:]) if tags else "it has no tags: name a commit")

    def _error(self, message: str, hint: str = "") -> PackError:
        return PackError(f"{self._address.text}: {message}", hint=hint)


def _limit(process: int) -> None:
    """Keep a process from taking all memory for what unfolds; on Linux only."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))  # type: ignore[attr-defined,unused-ignore]


def _size(folder: str) -> int:
    """How many bytes the files below a folder take, which come and go meanwhile."""
    found = 0
    for path in Path(folder).rglob("*"):
        with suppress(OSError):
            found += path.stat().st_size
    return found
