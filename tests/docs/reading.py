"""What the pages hold that can be tried: commands, files, snippets, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from . import ROOT

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FILE = re.compile(r"# (\S+\.ya?ml)\n")


SERVICES = (".pre-commit-config.yaml", ".gitlab-ci.yml")


class Block(NamedTuple):
    """A fenced block: its language, its text, and the 1-based line where the text begins."""

    language: str
    text: str
    line: int


def pages() -> list[Path]:
    """Every Markdown page of the repository that is documentation, not a draft."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def blocks(page: Path, *languages: str) -> list[Block]:
    """The page's fenced blocks in these languages (all: none given)."""
    text = page.read_text(encoding="utf-8")
    found = (Block(m[1], m[2], text.count("\n", 0, m.start(2)) + 1) for m in _FENCE.finditer(text))
    return [block for block in found if not languages or block.language in languages]


def files(page: Path) -> Iterator[tuple[str, str]]:
    """(path, content) of each YAML block that begins with a comment naming the file it stands in."""
    for block in blocks(page, "yaml"):
        if named := _FILE.match(block.text):
            yield named[1], block.text


def ours(name: str) -> bool:
    """Whether a file that a page shows is a rule or a configuration of edlint, and not one that other programs read."""
    return Path(name).name not in SERVICES and not name.startswith(".github/")


def commands(page: Path) -> list[str]:
    """Every command line with edlint, in fences and in inline code, without its remark; not those with a <blank> to fill."""
    text = page.read_text(encoding="utf-8")
    fenced = [line for block in blocks(page, "", "sh", "shell") for line in block.text.splitlines()]
    inline = _CODE.findall(_FENCE.sub("", text))
    lines = (line.partition(" #")[0].strip() for line in (*fenced, *inline))
    return list(dict.fromkeys(line for line in lines if re.match(r"(?:cat \S+ \| )?edlint [^<]+$", line)))


def links(page: Path) -> list[str]:
    """The targets of the page's relative links."""
    prose = _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    return [target for target in _LINK.findall(prose) if not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """The anchors of the page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
