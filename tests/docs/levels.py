"""The part of docs/stability.md that says which rules changed their level, and how to have the old one back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from edlint.version import __version__
from tests.release.levels import levels_now, stored

_UNDER = re.compile(r"(\w+), or suggestion under (\S+)")


def level_lines() -> Iterator[str]:
    """A section for each version in which something changed, newest first."""
    versions = stored()
    versions["the next version" if __version__ in versions else __version__] = levels_now()
    for (old, before), (new, after) in reversed(list(pairwise(versions.items()))):
        if before != after:
            yield from ("", f"### From {old} to {new}", "", *_changed(before, after), *_gone(before, after), *_added(before, after))


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    changed = [name for name in before if name in after and before[name] != after[name]]
    if changed:
        yield from ("| rule | was | is | the old level, under `rules:` |", "|---|---|---|---|")
        yield from (f"| `{name}` | {before[name]} | {after[name]} | `{name}: {_back(before[name], after[name])}` |" for name in changed)
        yield ""


def _back(before: str, after: str) -> str:
    """The setting by which a rule gets its old level."""
    was, now = _UNDER.fullmatch(before), _UNDER.fullmatch(after)
    level = was[1] if was else before
    if was:
        return f"{{level: {level}, suggest_below: {was[2]}}}"
    return f"{{level: {level}, suggest_below: 0}}" if now else level


def _gone(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    if gone := [name for name in before if name not in after]:
        yield from (f"No longer there: {', '.join(f'`{name}`' for name in gone)}.", "")


def _added(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    added = [name for name in after if name not in before and after[name] != "off"]
    if not added:
        return
    packs = {name.partition(".")[0] for name in before}
    off = sorted({pack if (pack := name.partition(".")[0]) not in packs else name for name in added})
    yield from ("New, and on:", *(f"`{name}`{',' if name != added[-1] else '.'}" for name in added), "", "To have none of them:", "")
    yield from ("```yaml", "# .edlint.yml", "rules:", *(f"  {name}: off" for name in off), "```")
