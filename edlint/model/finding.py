"""The nouns Finding, Edit and Fix: what is reported, and what could be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

from edlint.text.span import Span


class Level(IntEnum):
    """How serious a finding is, in rising order."""

    SUGGESTION = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The lower-case name used in rules, configuration and reports."""
        return self.name.lower()


LEVELS: dict[str, Level] = {level.word: level for level in Level}
ALSO = "also here"  # what is said of a further place of a finding
Safety = Literal["safe", "unsafe", "display"]


class Edit(NamedTuple):
    """Replace the source text of `span` by `text`."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that together fix one finding: `safe` to apply without a look, `unsafe` only when asked for, or for `display` only."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = "unsafe"


class Related(NamedTuple):
    """A second place that explains a finding, such as the first copy of a caption.

    A `same` place has the very fault of the finding, which is reported once for all of its places.
    """

    span: Span
    message: str
    same: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one span of the source: complete when it is made, after all filters, and never changed.

    `rule` is the full name, `Pack.Problem`. `match` is the block's own text the rule looked at (markup removed).
    `cues` says what counted, for scored rules. `near` holds the words around the span in its sentence. `fingerprint` names
    the finding once in its draft; it comes from the rule, the match and `near`, not from the position: it survives text
    moved, reflowed, or edited elsewhere.
    `group` is what several places have in common (a name spelt in two ways): a draft has one finding for each rule and group,
    which is known by its group alone. "" where each place is a finding of its own.
    `where` says in words where the place is, for drafts in which a line number tells little: 'paragraph 12, "The council met"'.
    """

    rule: str
    level: Level
    message: str
    span: Span
    match: str = ""
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    cues: tuple[str, ...] = ()
    fingerprint: str = ""
    near: str = ""
    group: str = ""
    where: str = ""

    @property
    def places(self) -> tuple[Span, ...]:
        """Every place the finding speaks for, its own span first."""
        return (self.span, *(related.span for related in self.related if related.same))

    def fix(self, *, unsafe: bool = False) -> Fix | None:
        """The fix that may be applied: the first safe one, or with `unsafe` one that is no choice among several."""
        offered = [fix for fix in self.fixes if fix.safety == "unsafe"] if unsafe else []
        safe = next((fix for fix in self.fixes if fix.safety == "safe"), None)
        return safe or (offered[0] if len(offered) == 1 else None)


class Suppressed(NamedTuple):
    """A finding silenced by a directive in the draft, with the reason given ("" when none was)."""

    finding: Finding
    reason: str


class Sourced(NamedTuple):
    """A sentence that a claim rule passes only because the draft says whose claim it is; `by` are the words that say so."""

    rule: str
    span: Span
    by: tuple[Span, ...] = ()
