"""`reference`: what a draft points to and does not have: a table, a picture, a note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.sentences import sentence, sentences_with
from edlint.model.rule import Rule
from edlint.text.lazy import lazy
from edlint.text.span import Span

_PICTURES = "photo|picture|photograph|image|graphic|chart|map|diagram|screenshot|illustration|infographic"
_CREDITED = r"(?:Photo|Photograph|Picture|Image|Illustration)s?(?: credit)?"
_STARTS: Mapping[str, tuple[Term, ...]] = {
    "part": (Term(r"\b(?:see|in|as) (?:the )?(?:table|figure|fig\.|chart|box|appendix|map) [\dA-D]\b", literal=False),),
    "picture": (
        Term(r"\b(?:pictured|shown) (?:above|below|left|right)\b", literal=False),
        Term(rf"\b(?:{_PICTURES}) (?:above|below|at left|at right)\b", literal=False),
        Term(rf"\b(?:above|below|following) (?:{_PICTURES})\b", literal=False),
        Term(rf"(?<![\w-]){_CREDITED}(?: by |: ?(?:by )?)[A-Z][^.!?\n]{{0,40}}", literal=False, ignorecase=False),
    ),
    "note": (Term(r"\[\^[\w-]{1,30}\](?!:)", literal=False),),
}  # fmt: skip
_PICTURE = lazy(r"!\[|<(?:img|picture|video|iframe|svg|figure|object|embed|canvas|table)\b|\{\{|\{%|```|^\s*\||^ {4}|^\t", re.I | re.M)
_LABEL = lazy(r"\W*(table|figure|fig|chart|box|appendix|map)\b\.? ?(\d{1,3}|[A-D])\b", re.I)
_POINTER = lazy(
    r"\b(?:see|in|as) (?:the )?((table|figure|fig\.|chart|box|appendix|map) (\d{1,3}|[A-D]))\b"
    r"(?![.-]\d| of (?:the|their|its|his|her|that|this)\b)",
    re.I,
)
_CREDIT = lazy(
    r"\b(?i:photo|photograph|picture|image|illustration|graphic|map|chart|credit|source)s?(?: credit| by|:)|(?i:\bcourtesy of\b|\bvia\b)"
    r"|\((?:[^()]{0,40}/)?[A-Z][\w.' -]{1,30}(?:/[\w.' -]{1,30})?\)\W*$|[A-Z][\w.' -]{1,30}/[A-Z][\w.' -]{1,30}\W*$"
    r"|©|\bCC[ -]BY|(?i:public domain)"
)
_DEFINED = lazy(r"^[ >]*\[\^([\w-]{1,30})\]:", re.M)
_MARKUP = frozenset(("markdown", "mdx", "html"))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reference(Check):
    """A pointer is reported where the draft has nothing that it may point to. Plain text shows no pictures, and is passed over."""

    one_language = True
    needs_term = True
    keys: ClassVar[Mapping[str, Key]] = {
        "kind": Key(
            "text",
            "part",
            "what is pointed to: a numbered part, a picture, a note, a mark for a note, the credit of a picture",
            ("part", "picture", "note", "mark", "credit"),
        ),
    }
    rule: Rule
    kind: str

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """See Check.build."""
        return cls(rule, options["kind"])

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms."""
        return _STARTS.get(self.kind, ())

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        if self.kind == "mark":
            yield from self._unmarked(scan)
        elif self.kind == "credit":
            yield from self._uncredited(scan)
        elif self.kind == "part":
            yield from self._parts(scan)
        elif self.kind == "picture":
            if scan.document.format in _MARKUP and not _PICTURE.search(scan.document.source.text):
                for found in sentences_with(scan, self.rule.scope, self.terms):
                    for term in self.terms:
                        if place := re.search(term.pattern, found.text, re.I * term.ignorecase):
                            yield found.match(scan, place.span())
                            break
        elif scan.document.format in _MARKUP:
            for unit in scan.units(self.rule.scope, "block"):
                whole = sentence(scan, unit)
                for mark in re.finditer(r"\[\^([\w-]{1,30})\](?!:)", whole.text):
                    yield whole.match(scan, mark.span(), (mark[1],))

    def _parts(self, scan: Scan) -> Iterator[Match]:
        """As in "see table 3", where no label says "Table 3" and there are not three tables or pictures."""
        blocks = scan.document.blocks
        labels = {(label[1].lower()[:3], label[2].upper()) for block in blocks if (label := _LABEL.match(block.text))}
        pictures = len(re.findall(r"!\[|<(?:img|iframe|table|figure)\b|\{[{%]", scan.document.source.text))
        tables = sum(block.kind == "table" and (n == 0 or blocks[n - 1].kind != "table") for n, block in enumerate(blocks))
        for found in sentences_with(scan, self.rule.scope, self.terms):
            for place in _POINTER.finditer(found.text):
                kind, name = place[2].lower()[:3], place[3].upper()
                enough = name.isdigit() and int(name) <= (tables + pictures)
                if (kind, name) not in labels and not enough:
                    yield found.match(scan, place.span(1), ())

    def _uncredited(self, scan: Scan) -> Iterator[Match]:
        """The one caption without a credit, where all others have one."""
        captions = [unit for unit in scan.units(self.rule.scope, "block") if scan.document.blocks[unit.block].kind == "caption"]
        bare = [unit for unit in captions if not _CREDIT.search(scan.plain(unit.block))]
        if len(bare) == 1 and len(captions) > 2 and scan.plain(bare[0].block).strip():
            whole = sentence(scan, bare[0])
            yield whole.match(scan, (0, len(whole.text.rstrip())), (len(captions) - 1,))

    def _unmarked(self, scan: Scan) -> Iterator[Match]:
        """A note at the foot that no mark in the text leads to."""
        text = scan.document.source.text
        if scan.document.format not in _MARKUP or "[^" not in text:
            return
        uses = Counter(re.findall(r"\[\^([\w-]{1,30})\]", text))
        for note in _DEFINED.finditer(text):
            if uses[note[1]] == 1:
                yield Match(Span(note.start(1) - 2, note.end(1) + 1), f"[^{note[1]}]", (f"[^{note[1]}]", note[1]))
