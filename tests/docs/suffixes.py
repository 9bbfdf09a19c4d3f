"""Where the suffixes of drafts stand in pages and in the hooks for pre-commit: as the formats declare them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from edlint.formats import OWN

from . import ROOT

SUFFIXES = [suffix for format in OWN.values() for suffix in format.suffixes if suffix]


def _page(name: str) -> str:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.sub(r"`\.txt`(?:, `\.\w+`)+", ", ".join(f"`{suffix}`" for suffix in SUFFIXES), text)


def _hooks(name: str) -> str:
    named = "|".join(suffix.removeprefix(".") for suffix in SUFFIXES)
    return re.sub(r"(files: \\\.)\(txt\|[\w|]+\)", lambda found: f"{found[1]}({named})", (ROOT / name).read_text(encoding="utf-8"))


HOLDING: dict[str, Callable[[], str]] = {
    "docs/draft.md": partial(_page, "docs/draft.md"),
    "docs/faq.md": partial(_page, "docs/faq.md"),
    ".pre-commit-hooks.yaml": partial(_hooks, ".pre-commit-hooks.yaml"),
}
