"""Where the version stands, and how it is raised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

UNRELEASED = "## Unreleased\n"
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_OWN = re.compile(r'^__version__ = "([^"]+)"', re.MULTILINE)
_EXTENSION = re.compile(r'^(  (?:    )?"version": )"[^"]+"', re.MULTILINE)
_REF = r"(?:v\d+\.\d+\.\d+|[0-9a-f]{40})"
_NAMED = re.compile(rf"(repo: |git\+)(https://github\.com/edlint/edlint(?:\n +rev: |@)){_REF}(?: +# .*)?")
_USED = re.compile(rf"(uses: edlint/edlint@){_REF} # .*")


class BumpError(Exception):
    """Why there can be no release."""


def version_of(root: Path) -> str:
    """The version in edlint/version.py. Raises BumpError where there is none."""
    found = _OWN.search((root / "edlint" / "version.py").read_text("utf-8"))
    if not found:
        raise BumpError("edlint/version.py sets no __version__")
    return found[1]


def bump(root: Path, version: str, day: date) -> None:
    """Write a version wherever it stands, and date the changelog's section. Raises BumpError, and then has written nothing."""
    if not _VERSION.fullmatch(version):
        raise BumpError(f"{version} is not a version such as 0.3.0")
    if _numbers(version) < _numbers(version_of(root)):
        raise BumpError(f"{version} is older than {version_of(root)}")
    own, changelog = root / "edlint" / "version.py", root / "CHANGELOG.md"
    written = {path: path.read_text("utf-8") for path in (own, changelog, *_extension(root), *_pages(root))}
    written[own] = _OWN.sub(f'__version__ = "{version}"', written[own])
    written[changelog] = _dated(written[changelog], version, day)
    for path in _extension(root):
        written[path] = _EXTENSION.sub(rf'\1"{version}"', written[path], count=2 if path.name == "package-lock.json" else 1)
    for path in _pages(root):
        written[path] = _NAMED.sub(rf"\1\2v{version}", written[path])
    for path, text in written.items():
        path.write_text(text, "utf-8", newline="\n")


def pin(root: Path, version: str, commit: str) -> None:
    """Have the pages use the action by the commit of a release: a tag can be moved, a commit cannot."""
    for path in _pages(root):
        text = path.read_text("utf-8")
        path.write_text(_USED.sub(rf"\g<1>{commit} # v{version}", text), "utf-8", newline="\n")


def section(changelog: str, version: str) -> str:
    """The changelog of one version, without its heading. Raises BumpError where it has none."""
    _, found, rest = changelog.partition(f"\n## {version} (")
    if not found:
        raise BumpError(f"CHANGELOG.md has no section for {version}")
    return rest.partition("\n")[2].partition("\n## ")[0].strip()


def pins(root: Path) -> Iterator[str]:
    """Each place in the pages that names a release or a commit of edlint, as it stands there."""
    for path in _pages(root):
        text = path.read_text("utf-8")
        yield from (found[0] for pattern in (_NAMED, _USED) for found in pattern.finditer(text))


def _dated(changelog: str, version: str, day: date) -> str:
    before, found, after = changelog.partition(UNRELEASED)
    if not found or not after.partition("\n## ")[0].strip():
        raise BumpError("CHANGELOG.md has nothing under `## Unreleased`")
    return f"{before}{UNRELEASED}\n## {version} ({day:%Y-%m-%d})\n{after}"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _extension(root: Path) -> list[Path]:
    return [root / "editors" / "vscode" / name for name in ("package.json", "package-lock.json")]


def _pages(root: Path) -> list[Path]:
    return [root / "README.md", *sorted((root / "docs").glob("*.md"))]
