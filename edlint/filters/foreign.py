"""Passages in another language than the draft's: rules that know one language have nothing to say of them."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence

from edlint.checks import kind_of
from edlint.model.document import Document
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.text.span import Span


def skip_foreign(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches without those in a passage whose language their rule does not know."""
    passages = sorted((block.whole, _base(block.language)) for block in document.blocks if block.language)
    if not passages:
        return matches
    unknown: dict[str, list[Span]] = {}  # by the language of rules
    kept = []
    for match in matches:
        if _knows_one_language(match.rule):
            own = _base(match.rule.language)
            if own not in unknown:
                unknown[own] = [span for span, language in passages if language != own]
            if _inside(match.span, unknown[own]):
                continue
        kept.append(match)
    return kept


def _knows_one_language(rule: Rule) -> bool:
    """Whether a rule of ours can say nothing of a passage in another language than the draft's."""
    return not rule.compat and (rule.language != "" or kind_of(rule).one_language)


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span lies inside one of some that are sorted and do not overlap."""
    at = bisect_right(spans, (span.start, sys.maxsize)) - 1
    return at >= 0 and spans[at].covers(span)


def _base(language: str) -> str:
    """A tag's language without its country: "en" of "en-GB"."""
    return language.partition("-")[0].lower()
