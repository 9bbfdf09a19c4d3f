"""Rules that report no more than so many matches in a draft, by their key `limit`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from edlint.model.document import Document
from edlint.model.match import Match


def limit_matches(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches, of each rule with a limit the first ones only."""
    if not any(match.rule.limit for match in matches):
        return matches
    seen: Counter[str] = Counter()
    kept = []
    for match in matches:
        seen[match.rule.name] += 1
        if not match.rule.limit or seen[match.rule.name] <= match.rule.limit:
            kept.append(match)
    return kept
