"""Directives in a draft's comments: `edlint-disable-next-line RULES: reason` and its kin, and Vale's (edlint.vale.directives)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from edlint.document import Comment, Document
from edlint.errors import did_you_mean, nearest
from edlint.finding import Finding, Level, Suppressed
from edlint.rule import Rule
from edlint.text.span import Span
from edlint.vale.directives import read_directive

NEXT_LINE, LINE, FILE, OFF, ON = VERBS = (
    "edlint-disable-next-line",
    "edlint-disable-line",
    "edlint-disable-file",
    "edlint-disable",
    "edlint-enable",
)
EVERYTHING = ""
# Compiled where a draft has comments.
_DIRECTIVE = r"(?s)\s*(edlint-[\w-]+)([^:]*):?(.*)"
ONLY = "only"  # leaves just the named packs on
_VERBS = {"on": ON, "off": OFF, "only": ONLY}

_UNUSED = Rule(
    name="Directive.Unused",
    extends="directive",
    message="This directive silences nothing",
    why="A directive that silences nothing hides the next fault that appears there.",
    instead="Delete the directive, or the name that is no longer needed.",
)
_UNKNOWN = Rule(
    name="Directive.Unknown",
    extends="directive",
    message="There is no such directive, rule or pack",
    why="A directive with a name that edlint does not know has no effect.",
    instead="Correct the name.",
)
_NO_REASON = Rule(
    name="Directive.NoReason",
    extends="directive",
    message="This directive gives no reason",
    level=Level.ERROR,
    why="Whoever reads the draft next must see why a finding was silenced; `require_reason` asks for it.",
    instead="Say why after a colon: `edlint-disable-next-line Claims.Figure: our own count`.",
)
RULES = {rule.name: rule for rule in (_UNUSED, _UNKNOWN, _NO_REASON)}
NO_REASON = _NO_REASON.name
FORCED = {NO_REASON: Level.ERROR}  # which no configuration sets lower


class Terms(NamedTuple):
    """On which terms directives silence: not the rules of which `locks` is true, and with `require_reason` only with a reason given."""

    locks: Callable[[str], bool] = lambda rule: False
    require_reason: bool = False


class Suppression(NamedTuple):
    """`kept` and `suppressed` findings, each in order; `directives` are findings about the directives themselves."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    directives: tuple[Finding, ...] = ()


class Directive(NamedTuple):
    """One directive: `names` are rules or packs, or EVERYTHING; `span` is the comment's. Of one that is not
    `ours` nothing is reported."""

    verb: str
    names: tuple[str, ...]
    reason: str
    span: Span
    ours: bool = True

    @property
    def mute(self) -> bool:
        """Whether it silences without saying why."""
        return self.verb != ON and not self.reason


def apply(
    document: Document, findings: Sequence[Finding], known: Collection[str], report_unused: bool = True, terms: Terms | None = None
) -> Suppression:
    """Silence findings as the draft's comments ask; a finding is judged by where it starts.

    `known` holds the names of all rules and packs, also of those that are off. Unless `report_unused` is false (for runs with
    only some of the rules), a directive that silences nothing becomes a finding. `terms` are those of the configuration.
    """
    terms = terms or Terms()
    read = [_read(comment) for comment in document.comments]
    directives = [item for item in read if isinstance(item, Directive)]
    remarks = [item for item in read if isinstance(item, Finding)]
    if not directives:
        return Suppression(tuple(findings), directives=tuple(remarks))
    names = {*known, *RULES, EVERYTHING}
    names |= {name.partition(".")[0] for name in names}
    sweep = _Sweep(document, directives)
    kept, suppressed = [], []
    for finding in sorted(findings, key=lambda f: f.span.start):
        directive = None if terms.locks(finding.rule) else sweep.silencer(finding)
        if directive is None:
            kept.append(finding)
        else:
            suppressed.append(Suppressed(finding, directive.reason))
    remarks += [_finding(_NO_REASON, d.span, d.verb, f"{d.verb} gives no reason") for d in directives if terms.require_reason and d.mute]
    for number, directive in enumerate(directives):
        if not directive.ours:
            continue
        remarks += [_unknown(directive, name, names) for name in directive.names if name not in names and name not in known]
        idle = [name for name in directive.names if (name in names or name in known) and (number, name) not in sweep.used]
        if idle and report_unused and directive.verb != ON:
            remarks.append(_unused(directive, idle))
    return Suppression(tuple(kept), tuple(suppressed), tuple(remarks))


def next_line_regions(document: Document) -> list[tuple[Span, Span]]:
    """The `disable-next-line` directives of a draft: the span of each comment, and of what it speaks of."""
    directives = [d for comment in document.comments if isinstance(d := _read(comment), Directive) and d.verb == NEXT_LINE]
    sweep = _Sweep(document, directives)
    return [(directive.span, region) for directive in directives if (region := sweep.region(directive))]


def _read(comment: Comment) -> Directive | Finding | None:
    """The directive in a comment; a finding when it looks like one but is not; None for an ordinary comment."""
    if foreign := read_directive(comment.text):
        return Directive(_VERBS[foreign.verb], foreign.names, "", comment.span, ours=False)
    found = re.fullmatch(_DIRECTIVE, comment.text)
    if not found:
        return None
    if found[1] not in VERBS:
        hint = did_you_mean(found[1], VERBS)
        return _finding(_UNKNOWN, comment.span, found[1], f"There is no directive {found[1]!r}" + (f"; {hint}" if hint else ""))
    names = tuple(dict.fromkeys(found[2].replace(",", " ").split()))
    return Directive(found[1], names or (EVERYTHING,), found[3].strip(), comment.span)


@dataclass
class _Sweep:
    """Passes once over directives and findings, both in order of their start.

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

    def silencer(self, finding: Finding) -> Directive | None:
        """The directive that silences a finding, if any. To be asked in order of the findings' starts."""
        start = finding.span.start
        while self._waiting and self._waiting[-1][0].start <= start:
            self._enter(*self._waiting.pop())
        names = (finding.rule, finding.rule.partition(".")[0], EVERYTHING)
        for name in names:
            end, number = self._open.get(name, (-1, -1))
            if start <= end:
                return self._use(number, name)
        only = self._last.get(ONLY)
        if only is not None and names[1] not in self.directives[only].names:
            return self._use(only, ONLY)
        own = self._last.get(f'{finding.rule}["{finding.match}"]')
        if own is not None and self.directives[own].verb == OFF:
            return self._use(own, finding.rule)
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


def _unknown(directive: Directive, name: str, names: Collection[str]) -> Finding:
    near = nearest(name, names)
    return _finding(_UNKNOWN, directive.span, name, f"There is no rule or pack {name!r}" + (f"; did you mean {near!r}?" if near else ""))


def _unused(directive: Directive, idle: Sequence[str]) -> Finding:
    said = [name for name in idle if name]
    what = f": no finding of {', '.join(said)} here" if said else ""
    return _finding(_UNUSED, directive.span, " ".join([directive.verb, *said]), f"{directive.verb} silences nothing{what}")


def _finding(rule: Rule, span: Span, match: str, message: str) -> Finding:
    return Finding(rule.name, rule.level or Level.WARNING, message, span, match)
