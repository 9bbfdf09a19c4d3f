"""Filters: from the matches in a document to those that become findings. All have the same signature."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from edlint.filters.by_rule import limit_matches, skip_foreign, skip_quotations
from edlint.model.document import Document
from edlint.model.match import Match

Filter = Callable[[Document, Sequence[Match]], Sequence[Match]]
RULE_FILTERS: tuple[Filter, ...] = (skip_quotations, skip_foreign, limit_matches)  # what each rule asks for, whichever others run


class Filtered(NamedTuple):
    """The matches that passed, and those that each filter was given and did not pass on."""

    matches: Sequence[Match]
    dropped: Mapping[Filter, Sequence[Match]]


def apply_filters(filters: Iterable[Filter], document: Document, matches: Sequence[Match]) -> Filtered:
    """Pass the matches in a document through filters, one after the other."""
    dropped: dict[Filter, Sequence[Match]] = {}
    for filter in filters:
        passed = filter(document, matches)
        kept = set(map(id, passed))
        dropped[filter] = [match for match in matches if id(match) not in kept]
        matches = passed
    return Filtered(matches, dropped)
