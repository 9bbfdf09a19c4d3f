"""One inconsistency, one finding: the places of a group are reported at the first of them, with the others as related places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from edlint.model.document import Document
from edlint.model.finding import ALSO, Edit, Fix, Related, Safety
from edlint.model.match import Match


def group_places(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches, those of one name and one group joined; a place that is silenced stays by itself."""
    groups: dict[tuple[str, str, int], list[Match]] = defaultdict(list)
    for number, match in enumerate(sorted(matches, key=lambda m: (m.span, m.name)), 1):
        alone = not match.group or match.silenced is not None
        groups[match.name, match.group, number if alone else 0].append(match)
    return [_joined(places) if len(places) > 1 else places[0] for places in groups.values()]


def _joined(places: Sequence[Match]) -> Match:
    """One match for all places of a group."""
    first = places[0]
    also = (Related(match.span, ALSO, same=True) for match in places[1:])
    return first._replace(level=max(m.severity for m in places), related=(*first.related, *also), fixes=_fixes(places))


def _fixes(places: Sequence[Match]) -> tuple[Fix, ...]:
    """The fixes of all places: those of one title and safety together are one."""
    edits: dict[tuple[str, Safety], list[Edit]] = defaultdict(list)
    for match in places:
        for fix in match.fixes:
            edits[fix.title, fix.safety].extend(fix.edits)
    return tuple(Fix(title, tuple(all_of), safety) for (title, safety), all_of in edits.items())
