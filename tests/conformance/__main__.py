"""Prints the rates: `python -m tests.conformance [--show]`; `--show` lists every difference."""

from __future__ import annotations

import sys

from tests.conformance.cases import DATA, Tally, compare_cases, compare_styles


def _print(title: str, tally: Tally, show: bool) -> None:
    print(f"\n{title}\n{tally.rates()}")
    if tally.noisy:
        print("must be silent, but is not:", ", ".join(tally.noisy))
    for name, lines in (("missing", tally.missing), ("extra", tally.surplus)):
        for line in lines if show else ():
            print(f"  {name} {line}")


def main() -> None:
    """Run everything."""
    if not DATA.is_dir():
        sys.exit(f"there is no conformance data in {DATA}")
    show = "--show" in sys.argv
    _print("cases", compare_cases(), show)
    for package, tally in compare_styles():
        _print(package, tally, show)


main()
