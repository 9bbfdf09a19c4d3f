"""`variants`: one name, two ways to write it in one draft, found without a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.initials import Group, Terms, by_article, by_marks, could_take_article, letters, takes_article
from edlint.checks.names import Use, names_in, opens_sentence
from edlint.checks.surnames import by_letter
from edlint.model.finding import Edit, Fix, Related
from edlint.model.rule import Rule
from edlint.text.span import Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Variants(Check):
    """Of the ways in which a name is written, the rarer ones are reported; of equals, those that are not the first."""

    keys: ClassVar[Mapping[str, Key]] = {
        "kind": Key("text", "marks", "what differs: marks (hyphen, stops), letters (one), the (the article)", ("marks", "letters", "the")),
        "tie": Key("text", "", "the message where no form is the more frequent one; without it nothing is said then"),
        "least": Key("int", 1, "how often the usual form must occur in the draft"),
        "share": Key("number", 0.5, "of all uses, the share that the usual form must reach"),
        "prefer": Key("mapping", {}, "form: the form to use, regardless of frequency"),
        "same": Key("mapping", {}, "initials: other initials that stand for the same name (for marks)"),
        "parts": Key("texts", (), "words with a capital that may stand beside initials without making another name of them (for marks)"),
        "acts": Key("texts", (), "verbs of which only persons and bodies are the subject (for the)"),
        "exceptions": Key("texts", (), "forms that are never reported"),
    }
    rule: Rule
    kind: str
    tie: str
    least: int
    share: float
    prefer: Mapping[str, str]
    terms_of_names: Terms
    exceptions: frozenset[str]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for a share that is none."""
        if not 0 <= options["share"] <= 1:
            raise options.error("share", "a number from 0 to 1 is wanted")
        prefer = {str(form): str(better) for form, better in options["prefer"].items()}
        same = {letters(str(form)): letters(str(other)) for form, other in options["same"].items()}
        terms = Terms(same, frozenset(options["parts"]), frozenset(options["acts"]))
        return cls(
            rule, options["kind"], options["tie"], options["least"], options["share"], prefer, terms, frozenset(options["exceptions"])
        )

    @property
    def terms(self) -> Sequence[Term]:
        """None: names are found by their looks."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        uses = names_in(scan, self.rule.scope)
        matches = (m for key, group in GROUPS[self.kind](scan, uses, self.terms_of_names) for m in self._judge(scan, key, group))
        yield from sorted(matches, key=lambda match: match.span)

    def _judge(self, scan: Scan, key: str, group: Sequence[Use]) -> Iterator[Match]:
        """A match for each use that is not written in the usual form; where there is none, not in the first form."""
        counts = Counter(use.form for use in group if use.form not in self.exceptions)
        ranked = counts.most_common()
        if len(counts) < 2:
            return
        preferred = next((self.prefer[form] for form in counts if form in self.prefer), "")
        usual, often = (preferred, counts[preferred]) if preferred else ranked[0]
        tied = not preferred and ranked[1][1] == often
        rare = not self.tie if tied else often < self.least or often < self.share * counts.total()
        if rare and not preferred:
            return
        first = next((use for use in group if use.form == usual), None)
        related = (Related(_span(scan, first), f"first '{usual}'"),) if first else ()
        others = "', '".join(form for form, _ in ranked if form != usual)
        values = (_counted(ranked),) if tied else (usual, others, str(often), str(counts.total()))
        article = self.kind == "marks" and _mostly_with_article(scan, [use for use in group if use.form == usual])
        for use in group:
            if use.form != usual and use.form in counts:
                seen = scan.document.blocks[use.block].text[use.start : use.end]
                fix = Fix(
                    f"replace by {usual!r}",
                    (Edit(_span(scan, use), _replacement(scan, use, usual, article=article)),),
                    "display" if tied else "unsafe",
                )
                yield Match(_span(scan, use), seen, values, related, (fix,), template=self.tie if tied else "", group=key)


def _mostly_with_article(scan: Scan, uses: Sequence[Use]) -> bool:
    return 2 * sum(takes_article(scan, use) for use in uses) > len(uses)


def _replacement(scan: Scan, use: Use, usual: str, *, article: bool) -> str:
    """The usual form as it is written in the place of a use: with an article if it mostly has one, with a capital at a sentence's start."""
    text = f"the {usual}" if article and not takes_article(scan, use) and could_take_article(scan, use) else usual
    return text[0].upper() + text[1:] if opens_sentence(scan, use.start, use) else text


def _counted(ranked: Sequence[tuple[str, int]]) -> str:
    """The forms with their counts: 'US' (2) and 'U.S.' (2)."""
    *most, last = (f"'{form}' ({count})" for form, count in ranked)
    return f"{', '.join(most)} and {last}"


def _span(scan: Scan, use: Use) -> Span:
    return scan.document.blocks[use.block].span(use.start, use.end)


Grouping = Callable[[Scan, Sequence[Use], Terms], Iterable[Group]]
GROUPS: Mapping[str, Grouping] = {"marks": by_marks, "letters": by_letter, "the": by_article}
