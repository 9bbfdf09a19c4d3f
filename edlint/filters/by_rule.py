"""Matches that a rule's own keys leave out: inside quotation marks, in another language than the rule's, beyond its limit."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from edlint.checks import kind_of
from edlint.model.document import Document
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.text.span import Span


def skip_quotations(document: Document, matches: Sequence[Match]) -> Sequence[Match]:
    """The matches that the rules' key `quotes` lets pass: those outside quotations, those inside only, or all."""
    if all(match.rule.quotes == "check" for match in matches):
        return matches
    spans = quotation_spans(document)
    return [match for match in matches if match.rule.quotes == "check" or inside(match.span, spans) is (match.rule.quotes == "only")]


def quotation_spans(document: Document) -> list[Span]:
    """The source spans of a document's quotations, marks included, which do not overlap."""
    return sorted(block.span(*place) for block, places in zip(document.blocks, document.quoted, strict=True) for place in places)


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
            if inside(match.span, unknown[own]):
                continue
        kept.append(match)
    return kept


def _knows_one_language(rule: Rule) -> bool:
    """Whether a rule of ours cannot judge a passage in another language than the draft's."""
    return not rule.compat and (rule.language != "" or kind_of(rule).one_language)


def inside(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span lies inside one of some that are sorted and do not overlap."""
    at = bisect_right(spans, (span.start, sys.maxsize)) - 1
    return at >= 0 and spans[at].covers(span)


def _base(language: str) -> str:
    """A tag's language without its country: "en" of "en-GB"."""
    return language.partition("-")[0].lower()


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
