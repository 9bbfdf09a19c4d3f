"""The ledger of a draft: one row for every statement that a fact-checker would look at, with what it rests on.

Here recall counts: a row too many is declined once, a row that is missing is never checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from edlint.findings import digest, folded
from edlint.formats import format_for, read
from edlint.grammar.base import Notify
from edlint.linter import Linter
from edlint.model.claim import Claim, ClaimKind
from edlint.model.document import Document
from edlint.model.finding import Finding
from edlint.model.source import Source
from edlint.text.attribution import Basis, Named, source_in
from edlint.text.lazy import lazy
from edlint.text.span import Span

_BLOCKS = frozenset(("paragraph", "list", "quote", "caption"))
_RULES = {"Figure": "figure", "Event": "event", "Accusation": "accusation", "Cause": "cause", "VagueSource": "attribution"}
_SHORTEST = 4  # words of a statement
_SHORT = 9  # words: a longer sentence mostly states something
_REACH = 4  # sentences for which a source goes on speaking
_QUOTE = lazy(r'"[^"]{12,}')
_FIGURE = lazy(
    r"\d|\b(?:half|third|quarter|dozens?|hundreds|thousands|millions|billions|doubled|halved|majority|most|largest|biggest|highest|lowest|fewest)\b",
    re.I,
)
_CAUSE = lazy(r"\b(?:because|due to|led to|leads to|caused?|causes|as a result|thanks to|resulted in|driven by|so that|therefore)\b", re.I)
_ACCUSATION = lazy(
    r"\b(?:accus\w+|alleg\w+|blam\w+|corrupt\w*|fraud\w*|lied|lying|lies|illegal\w*|scandal|abus\w+|assault\w*|murder\w*|crim\w+|guilty|charged|stole\w*"
    r"|threat\w*|violat\w+|attack\w*|racis\w+|brib\w+)\b",
    re.I,
)  # fmt: skip
_NAMES = lazy(r"(?<=[a-z,;:] )[A-Z][a-z]+|\b(?:was|were|had|has been|have been|will)\b")
_ADVICE = lazy(
    r"^(?:please|let(?:'s| us)|do not|don't|try|make sure|remember|click|see|read|note|check|find|use|visit|join|follow|sign up|call)\b",
    re.I,
)
_FURNITURE = lazy(
    r"(?:(?:Words|Story|Text|Report(?:ing|ed)?|Writ(?:ing|ten)|Edit(?:ing|ed)|Photo(?:graph)?s?|Pictures?|Illustrations?) )?[Bb]y"
    r" [A-Z][\w.'-]+(?: (?:and|de|van|von|[A-Z][\w.'-]+)){0,8}(?:, [^.!?]{0,60})?"
    r"|\(?(?i:(?:photo|photograph|picture|image|illustration|graphic|credit|source)s?(?: credit| courtesy of|:)) [^.!?]{0,80}\.?\)?"
    r"|(?i:(?:first |last )?(?:published|posted|updated|modified))(?: on| at|:)? [^.!?]{0,40}\d[^.!?]{0,20}"
    r"|[^.!?|]{1,40}(?: \| [^.!?|]{1,40})+"
)  # bylines, credits, dates of publication and bars of links, whole
_FIRST = lazy(r"^(?:I|we)(?:'m|'re|'ve|'d|'ll)? (?:think|feel|hope|love|like|want|believe|wish|know|would|am|are|will|can)\b", re.I)


def ledger(linter: Linter, source: Source, *, format: str = "", say: Notify | None = None) -> tuple[Claim, ...]:
    """The claims of a draft in reading order, all open. `format`: see Linter.lint_text; `say` is told what a second reader left unread,
    and where text was sent. Raises what Linter.lint raises."""
    document = read(source, format_for(linter.config.format_path(source.path), format))
    result = linter.lint(source, format=format)
    if say and linter.config.reader:
        for notice in (*result.notices, *result.faults):
            say(notice)
    flagged = [finding for finding in result.findings if finding.rule.startswith(("Claims.", "Boilerplate."))]
    return tuple(claims(document, flagged))


def claims(document: Document, flagged: Sequence[Finding] = ()) -> Iterator[Claim]:
    """The claims of a document; findings of the pack Claims say of what kind a sentence is, those of Boilerplate what is none of it."""
    kinds = {f.span.start: _RULES.get(f.rule.partition(".")[2], "event") for f in flagged if f.rule.startswith("Claims.")}
    furniture = [finding.span for finding in flagged if finding.rule.startswith("Boilerplate.")]
    seen: Counter[str] = Counter()
    last = _Last()
    for number, block in enumerate(document.blocks):
        if block.kind not in _BLOCKS or block.language:
            last = _Last() if block.kind in ("heading", "title") else last
            continue
        ranges = list(document.sentences(number))
        texts = [_plain(block.text[start:end]) for start, end in ranges]
        quoted = _inside(texts)
        own = [_source(document, number, place, text, inside) for place, text, inside in zip(ranges, texts, quoted, strict=True)]
        for at, ((start, end), text) in enumerate(zip(ranges, texts, strict=True)):
            span = block.span(start, end)
            if _FURNITURE.fullmatch(text.strip()) or any(left.start <= span.start and span.end <= left.end for left in furniture):
                continue
            basis, where, sure = last.told(own[at], text, _closing(texts, own, at))
            rule = next((kind for place, kind in kinds.items() if span.start <= place < span.end), "")
            if not rule and (not _checkable(text) or (basis == "nothing" and len(text.split()) < _SHORT and not _telling(text))):
                continue
            words = folded(text)
            seen[words] += 1
            name = digest(f"{words}\0{seen[words]}")[:8]
            yield Claim(name, span, " ".join(block.text[start:end].split()), _kind(rule, text, basis), basis, where, sure)


def _plain(text: str) -> str:
    return text.translate(_STRAIGHT).replace("\n", " ")


_STRAIGHT = str.maketrans("‘’“”\xa0", "''\"\" ")


def _checkable(text: str) -> bool:
    """Whether a sentence states something: it is not short, no plain question, advice or wish, and no line without a verb's room."""
    words = text.split()
    if len(words) < _SHORTEST and not re.search(r"\d", text):
        return False
    if text.rstrip("\"') ").endswith("?") and not re.search(r"\d", text):
        return False
    return not ((_ADVICE.match(text) or _FIRST.match(text)) and not re.search(r"\d", text))


def _telling(text: str) -> bool:
    """Whether a sentence that nothing stands behind tells of a figure, a cause, an accusation, or of somebody or something by name."""
    return bool(_QUOTE.search(text) or _FIGURE.search(text) or _CAUSE.search(text) or _ACCUSATION.search(text) or _NAMES.search(text))


def _kind(rule: str, text: str, basis: Basis) -> ClaimKind:
    """What sort of statement it is: as the rule that flagged it says, else the gravest that its words tell of."""
    if rule:
        return rule  # type: ignore[return-value]
    if _QUOTE.search(text):
        return "quotation"
    if _ACCUSATION.search(text):
        return "accusation"
    if _FIGURE.search(text):
        return "figure"
    if _CAUSE.search(text):
        return "cause"
    return "event" if basis in ("nothing", "link") else "attribution"


_PERSON = lazy(r"s?he\b", re.I)


class _Found(NamedTuple):
    named: Named | None
    span: Span | None


def _inside(texts: Sequence[str]) -> list[bool]:
    """For each sentence of a block whether it begins inside a quotation that an earlier one opened."""
    inside, found = False, []
    for text in texts:
        if inside and text.startswith('"'):
            inside = False  # each sentence has marks of its own
        found.append(inside)
        inside ^= text.count('"') % 2 == 1
    return found


def _source(document: Document, number: int, sentence: tuple[int, int], text: str, quoted: bool) -> _Found:
    """What a sentence itself names: a source in words, or a link or note in it."""
    block, (start, end) = document.blocks[number], sentence
    named = source_in(text, quoted=quoted)
    if named is not None and named.basis != "vague":
        return _Found(named, block.span(start + named.start, start + named.end))
    for mark in block.marks:
        if mark.kind in ("link", "note") and start <= mark.start <= end and (mark.kind == "note" or mark.start < end):
            basis: Basis = "link" if mark.kind == "link" else "document"
            return _Found(Named(basis, mark.start - start, mark.end - start), block.span(mark.start, mark.end))
    return _Found(named, block.span(start + named.start, start + named.end) if named else None)


class _Last:
    """The source that was named last, and for how long it goes on speaking."""

    def __init__(self) -> None:
        self.basis: Basis = "nothing"
        self.span: Span | None = None
        self.left = 0
        self.quoting = False

    def told(self, found: _Found, text: str, ahead: _Found | None) -> tuple[Basis, Span | None, int]:
        """The source of a sentence, and how sure that is; what it names itself, what closes its quotation, or what was named before."""
        named = found.named
        opens = text.count('"') % 2 == 1
        closes = opens and text.rstrip()[-1:] == '"'
        running = self.quoting or (text.startswith('"') and (named is None or named.basis == "own reporting"))
        self.quoting = (self.quoting or opens) and not closes
        if named is not None and not named.pronoun and not (running and named.basis in ("own reporting", "vague")):
            if named.basis in ("person", "body", "document"):
                self.basis, self.span, self.left = named.basis, found.span, _REACH
            return named.basis, found.span, 3
        if named is not None and named.pronoun and self.basis == "document" and _PERSON.match(text, named.start):
            return "person", found.span, 1  # no report is a he or she
        if ahead is not None and ahead.named is not None:
            self.basis, self.span, self.left = ahead.named.basis, ahead.span, _REACH
        elif self.span is None or self.left <= 0:
            return ("person" if named and named.pronoun else named.basis if named else "nothing"), found.span, int(named is not None)
        if running or ahead is not None or (named is not None and named.pronoun):
            self.left = _REACH
            return self.basis, self.span, 2
        self.left -= 1
        return self.basis, self.span, 1


def _closing(texts: Sequence[str], own: Sequence[_Found], at: int) -> _Found | None:
    """What names the speaker of a quotation that opens in a sentence and is closed in a later one of its block; None without it."""
    if texts[at].count('"') % 2 == 0 or not texts[at].startswith('"'):
        return None
    for text, found in zip(texts[at + 1 : at + 5], own[at + 1 : at + 5], strict=False):
        if '"' in text:
            named = found.named
            return found if named and not named.pronoun and named.basis in ("person", "body", "document") else None
    return None


def kinds_of(rows: Sequence[Claim]) -> Mapping[str, int]:
    """How many open rows there are of each kind."""
    return Counter(row.kind for row in rows if row.status == "open")
