"""Prints the rates: `python -m tests.conformance [live DIR] [--show]`; `--show` lists every difference. See `live`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.conformance.cases import DATA, Tally, compare_cases, compare_styles


def _print(title: str, tally: Tally, show: bool) -> None:
    print(f"\n{title}\n{tally.rates()}")
    if tally.noisy:
        print("must be silent, but is not:", ", ".join(tally.noisy))
    for name, lines in (("missing", tally.missing), ("extra", tally.surplus)):
        for line in lines if show else ():
            print(f"  {name} {line}")


def _live(folder: Path, show: bool) -> None:
    from tests.conformance.live import compare_live, total

    tallies = []
    for style, tally in compare_live(folder):
        if isinstance(tally, str):
            print(f"\n{style}: not run: {tally}")
            continue
        tallies.append(tally)
        _print(style, tally, show)
    _print("all styles", total(tallies), show)


def main() -> None:
    """Run everything."""
    if sys.argv[1:2] == ["live"]:
        _live(Path(sys.argv[2]), "--show" in sys.argv)
        return
    if not DATA.is_dir():
        sys.exit(f"there is no conformance data in {DATA}")
    show = "--show" in sys.argv
    _print("cases", compare_cases(), show)
    for package, tally in compare_styles():
        _print(package, tally, show)


main()
