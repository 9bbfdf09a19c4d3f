"""How often each shipped rule is right, as it was measured on labelled text and on edited news."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from edlint.ruleset.places import shipped_folder


def measured(name: str) -> str:
    """A sentence or two on a rule; "" where nothing was measured. Ranges are 95 % confidence intervals by Wilson's formula."""
    kept = _kept()
    found = kept.get("rules", {}).get(name)
    pack = kept.get("packs", {}).get(name.partition(".")[0], {})
    if not found:
        return ""
    said = []
    if "P" in found:
        low, high = (round(100 * rate) for rate in found["95 %"])
        flags = found["right"] + found["wrong"]
        said.append(f"right in {found['right']} of {flags} findings on {found['on']}, 95 % confidence interval {low} to {high} %")
    elif "unread" in pack:
        said.append(f"no findings, and so no precision, on {pack['unread']}")
    if "news" in found:
        said.append(f"{found['news']:g} finding{'' if found['news'] == 1 else 's'} in 100,000 words of edited news")
    whole = f" The whole pack finds {100 * pack['R']:.0f} % of the faults there." if pack and "P" in found else ""
    told = "; ".join(said)
    return f"{told[:1].upper()}{told[1:]}.{whole}"


@cache
def _kept() -> dict[str, Any]:
    """What `python -m tests.accuracy --store` kept; nothing where it did not ship."""
    try:
        kept: dict[str, Any] = json.loads((shipped_folder() / "measured.json").read_text(encoding="utf-8"))
    except OSError:
        return {}
    return kept
