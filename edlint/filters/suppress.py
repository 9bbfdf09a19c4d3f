"""Applying the directives in a draft's comments: which matches they silence, and which directives are at fault themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from edlint.filters.directives import (
    EVERYTHING,
    FILE,
    LINE,
    NEXT_LINE,
    NO_REASON,
    OFF,
    ON,
    ONLY,
    RULES,
    Directive,
    read_directive,
    unknown,
    unused,
    without_reason,
)
from edlint.model.document import Document
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.text.span import Span


class Terms(NamedTuple):
    """What limits directives: they cannot silence rules for which `locks` is true, and with `require_reason` they must give a reason."""

    locks: Callable[[str], bool] = lambda rule: False
    require_reason: bool = False


@dataclass(frozen=True, eq=False)
class Silencer:
    """The filter that marks the matches that directives silence, and adds matches for faulty directives.

    `known` holds the names of all rules and packs, also of those that are off. Unless `report_unused` is false (for runs with
    only some of the rules), a directive that silences nothing is reported. `rules` are the rules about directives as they are
    configured, by name; `terms` are those of the configuration.
    """

    known: Collection[str]
    report_unused: bool = True
    terms: Terms = Terms()
    rules: Mapping[str, Rule] = field(default_factory=lambda: RULES)

    def __call__(self, document: Document, matches: Sequence[Match]) -> Sequence[Match]:
        """All matches in order of their starts, the silenced ones marked; then those of the rules about directives."""
        read = [read_directive(comment) for comment in document.comments]
        directives = [item for item in read if isinstance(item, Directive)]
        remarks = [item for item in read if isinstance(item, Match)]
        if directives:
            sweep = _Sweep(document, directives)
            matches = [self._judged(sweep, match) for match in sorted(matches, key=lambda m: m.span.start)]
            remarks += self._remarks(directives, sweep.used)
        return [*matches, *filter(None, map(self._configured, remarks))]

    def _judged(self, sweep: _Sweep, match: Match) -> Match:
        """A match, marked if a directive silences it; it is judged by where it starts."""
        directive = None if self.terms.locks(match.name) else sweep.silencer(match)
        return match if directive is None else match._replace(silenced=directive.reason)

    def _remarks(self, directives: Sequence[Directive], used: Collection[tuple[int, str]]) -> list[Match]:
        """The matches for faulty directives. `used` holds the directives that silenced something: their numbers, and by which name."""
        names = {*self.known, *RULES, EVERYTHING}
        names |= {name.partition(".")[0] for name in names}
        remarks = [without_reason(directive) for directive in directives if self.terms.require_reason and directive.mute]
        for number, directive in enumerate(directives):
            if not directive.ours:
                continue
            strange = [name for name in directive.names if name not in names and name not in self.known]
            remarks += [unknown(directive, name, names) for name in strange]
            idle = [name for name in directive.names if name not in strange and (number, name) not in used]
            if idle and self.report_unused and directive.verb != ON:
                remarks.append(unused(directive, idle))
        return remarks

    def _configured(self, remark: Match) -> Match | None:
        """A remark on a directive at the level that is configured for its rule; None where that is off."""
        if remark.name == NO_REASON:  # which no configuration sets lower
            return remark
        rule = self.rules[remark.name]
        return remark._replace(rule=rule) if rule.level else None


def next_line_regions(document: Document) -> list[tuple[Span, Span]]:
    """The `disable-next-line` directives of a draft: the span of each comment, and of what it speaks of."""
    directives = [d for comment in document.comments if isinstance(d := read_directive(comment), Directive) and d.verb == NEXT_LINE]
    sweep = _Sweep(document, directives)
    return [(directive.span, region) for directive in directives if (region := sweep.region(directive))]


@dataclass
class _Sweep:
    """Passes once over directives and matches, both in order of their start.

    `_open` holds, by name, the end of the region where a directive of its own lines applies; `_last` the last word said
    by `edlint-disable` or `edlint-enable`. The values are numbers of directives.
    """

    document: Document
    directives: Sequence[Directive]
    used: set[tuple[int, str]] = field(default_factory=set)
    _open: dict[str, tuple[int, int]] = field(default_factory=dict)
    _last: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._blocks = sorted(block.whole for block in self.document.blocks)
        regions = ((number, self.region(directive)) for number, directive in enumerate(self.directives))
        self._waiting = sorted(((span, number) for number, span in regions if span), reverse=True)

    def silencer(self, match: Match) -> Directive | None:
        """The directive that silences a match, if any. To be asked in order of the matches' starts."""
        start = match.span.start
        while self._waiting and self._waiting[-1][0].start <= start:
            self._enter(*self._waiting.pop())
        names = (match.name, match.pack, EVERYTHING)
        for name in names:
            end, number = self._open.get(name, (-1, -1))
            if start <= end:
                return self._use(number, name)
        only = self._last.get(ONLY)
        if only is not None and names[1] not in self.directives[only].names:
            return self._use(only, ONLY)
        own = self._last.get(f'{match.name}["{match.text}"]')
        if own is not None and self.directives[own].verb == OFF:
            return self._use(own, match.name)
        said = max(((self._last[name], name) for name in names if name in self._last), default=None)
        if said is None or self.directives[said[0]].verb == ON:
            return None
        return self._use(*said)

    def _use(self, number: int, name: str) -> Directive:
        self.used.add((number, name))
        return self.directives[number]

    def _enter(self, span: Span, number: int) -> None:
        directive = self.directives[number]
        if directive.verb == ONLY:
            self._last[ONLY] = number
            return
        for name in directive.names:
            if directive.verb in (OFF, ON):
                self._last[name] = number
            elif span.end > self._open.get(name, (-1, -1))[0]:
                self._open[name] = (span.end, number)

    def region(self, directive: Directive) -> Span | None:
        """Where a directive applies; None where nothing follows it. A region includes its end, where an empty finding may stand."""
        length = len(self.document.source.text)
        if directive.verb == FILE:
            return Span(0, length)
        if directive.verb == LINE:
            return self._lines(directive.span)
        return self._next(directive.span) if directive.verb == NEXT_LINE else Span(directive.span.end, length)

    def _next(self, comment: Span) -> Span | None:
        """The lines of the block after a comment; inside a block, the next line of the source."""
        lines = self.document.source.lines
        at = bisect_left(self._blocks, Span(comment.end, 0))
        line = lines.last_line(comment)
        if at and self._blocks[at - 1].end > comment.end:
            return lines.line_span(line + 1) if line < len(lines) else None
        if at == len(self._blocks):
            return None
        block = self._blocks[at]
        return block if lines.position(block.start).line == line else self._lines(block)

    def _lines(self, span: Span) -> Span:
        """The whole lines that a span touches."""
        lines = self.document.source.lines
        return Span(lines.line_span(lines.position(span.start).line).start, lines.line_span(lines.last_line(span)).end)
