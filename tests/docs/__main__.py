"""Writes the reference pages and the reports of the example drafts anew."""

from __future__ import annotations

from itertools import chain

from . import ROOT
from .examples import drafts, other_formats, report, snapshot
from .pages import PAGES, stale_pages


def main() -> None:
    """Write every file that is made from the code, and name those that changed."""
    pages = ((ROOT / name, page()) for name, page in PAGES.items())
    reports = ((snapshot(draft), report(draft)) for draft in drafts())
    for stale in stale_pages():
        stale.unlink()
        print(f"{stale.relative_to(ROOT)}: deleted")
    for path, text in chain(pages, reports, other_formats().items()):
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
