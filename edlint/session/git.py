"""Access to git: what a draft was like at the revision that a change is measured against. Nothing is ever written.

Git is never asked about the working tree: what a draft is like now is read from its file.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from edlint.errors import SourceError, UsageError, did_you_mean
from edlint.gitprocess import start
from edlint.reading import read_draft

_SUBMODULE = b"160000"


class Before(NamedTuple):
    """A draft at the base: its bytes (None: it was not there), and whether it is known to be `same` now, when they are not read."""

    data: bytes | None
    same: bool = False


class History:
    """Drafts as they were at the last commit that `rev` and the present have in common, in whichever repository they lie.

    A context manager: git runs until it is left. `before` raises UsageError for a draft in no repository, a revision that
    is none there, and when git is missing or fails.
    """

    def __init__(self, rev: str) -> None:
        if not rev or rev.startswith("-"):
            raise UsageError(f"--diff-base: {rev!r} is not a revision", hint="such as main, origin/main or HEAD~1")
        self._rev = rev
        self._repositories: dict[str, Repository] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        for repository in self._repositories.values():
            repository.close()

    def before(self, path: str, *, read: bool = False) -> Before:
        """The draft at `path` as it was. With `read` the bytes are read even if the file on disk is still the same."""
        repository = self.repository(path)
        return repository.before(_inside(os.path.realpath(path), repository.top), read)

    def repository(self, path: str) -> Repository:
        """The repository of a draft, asked for the base."""
        top = _top(os.path.dirname(os.path.realpath(path)))  # noqa: PTH120
        if not top:
            raise UsageError(f"--diff-base: {path} is in no git repository")
        return self._repository(top)

    def _repository(self, top: str) -> Repository:
        if top not in self._repositories:
            around = _top(os.path.dirname(top))  # noqa: PTH120
            inner = _inside(top, around) if around else b""
            # A submodule is measured against the commit of its own that the outer repository had at the base.
            submodule = around and (Path(top) / ".git").is_file() and _git(around, "ls-files", "-s", "-z", "--", inner)
            if submodule and submodule.startswith(_SUBMODULE):
                outer = self._repository(around)
                self._repositories[top] = Repository(top, outer.submodules.get(inner, ""))
            else:
                self._repositories[top] = Repository(top, _base(top, self._rev))
        return self._repositories[top]


class Repository:
    """One repository against a base commit ("": against nothing, so that everything is new). Paths are bytes relative to `top`."""

    def __init__(self, top: str, base: str) -> None:
        self.top = top
        self._tree: dict[bytes, str] = {}
        self._moved: dict[bytes, bytes] = {}
        self._reader: subprocess.Popen[bytes] | None = None
        self.submodules: dict[bytes, str] = {}
        if not base:
            return
        for row in _git(top, "ls-tree", "-r", "-z", "--full-tree", base).split(b"\0")[:-1]:
            mode, _, rest = row.partition(b" ")
            known, _, path = rest.partition(b"\t")
            (self.submodules if mode == _SUBMODULE else self._tree)[path] = known.split()[1].decode()
        # The index tells which draft was which: --cached, because to compare files git may run filters that the repository names.
        options = ("--cached", "--raw", "-z", "-M", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
        fields = iter(_git(top, "diff-index", *options, base, "--").split(b"\0")[:-1])
        for entry in fields:
            path = next(fields)
            if entry.split()[-1][:1] in (b"R", b"C"):
                self._moved[next(fields)] = path

    def before(self, path: bytes, read: bool) -> Before:
        """The draft at `path` as it was. With `read` the bytes are read even if the file on disk is still the same.

        Whether it is the same is told by its bytes: git can be told to take a file for unchanged.
        """
        old = path if path in self._tree else self._moved.get(path, path)
        if old not in self._tree:
            return Before(None)
        data = self._read(self._tree[old])
        return Before(None, same=True) if not read and data == self._now(path) else Before(data)

    def _now(self, path: bytes) -> bytes | None:
        """The bytes of a draft as it is, None where it cannot be read."""
        try:
            return read_draft(os.path.join(self.top, os.fsdecode(path)))[0]  # noqa: PTH118
        except SourceError:
            return None

    def _read(self, blob: str) -> bytes:
        """The bytes of an object, from one git that serves all."""
        if self._reader is None:
            self._reader = _start(self.top, "cat-file", "--batch", stderr=subprocess.DEVNULL)
        sink, source = self._reader.stdin, self._reader.stdout
        assert sink is not None and source is not None
        sink.write(blob.encode() + b"\n")
        sink.flush()
        head = source.readline().split()
        if len(head) != 3:  # a partial clone, or a damaged repository
            raise UsageError(f"--diff-base: git cannot read {blob} in {self.top}")
        data = source.read(int(head[2]))
        source.read(1)
        return data

    def close(self) -> None:
        """End the git process that reads objects."""
        if self._reader is not None:
            self._reader.communicate()
            self._reader = None


def _inside(path: str, top: str) -> bytes:
    """A path below `top` as git writes it."""
    return os.fsencode(os.path.relpath(path, top)).replace(os.sep.encode(), b"/")


def _top(folder: str) -> str:
    """The root of the repository that a folder (absolute) is in, "" when it is in none."""
    while not os.path.lexists(f"{folder}{os.sep}.git"):
        folder, last = os.path.dirname(folder), folder  # noqa: PTH120
        if folder == last:
            return ""
    return folder


def _base(top: str, rev: str) -> str:
    """The commit that `rev` and HEAD have in common."""
    head = _commit(top, "HEAD")
    if not head:
        raise UsageError(f"--diff-base: the repository {top} has no commit yet")
    commit = _commit(top, rev)
    if not commit:
        names = _git(top, "for-each-ref", "--format=%(refname:short)").decode("utf-8", "replace").split()
        hint = did_you_mean(rev, names) or "fetch it first, with `git fetch` (in CI: with the whole history)"
        raise UsageError(f"--diff-base: there is no commit {rev!r} in {top}", hint=hint)
    common = _run(top, "merge-base", commit, head)
    if common.returncode:
        hint = "in CI fetch the whole history, such as fetch-depth: 0"
        raise UsageError(f"--diff-base: {rev!r} and HEAD have no commit in common", hint=hint)
    return common.stdout.decode().strip()


def _commit(top: str, rev: str) -> str:
    return _run(top, "rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}").stdout.decode().strip()


def _git(top: str, *args: str | bytes) -> bytes:
    done = _run(top, *args)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise UsageError(f"--diff-base: git failed in {top}: {said[-1]}")
    return done.stdout


def _run(top: str, *args: str | bytes) -> subprocess.CompletedProcess[bytes]:
    process = _start(top, *args, stderr=subprocess.PIPE)
    out, err = process.communicate()
    if b"dubious ownership" in err:
        raise UsageError(f"--diff-base: git does not trust {top}, which belongs to another user", hint="git config --global safe.directory")
    return subprocess.CompletedProcess(args, process.returncode, out, err)


def _start(top: str, *args: str | bytes, stderr: int) -> subprocess.Popen[bytes]:
    """Start git in a repository."""
    try:
        return start(["-C", top, *args], stderr=stderr)
    except FileNotFoundError as fault:
        raise UsageError(f"--diff-base needs git, and {fault}", hint="install git, or leave --diff-base out") from None
