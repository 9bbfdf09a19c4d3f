"""The noun Claim: a statement of a draft that can be checked, and what the fact-checker says of it."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from edlint.text.attribution import Basis
from edlint.text.span import Span

ClaimKind = Literal["figure", "event", "accusation", "cause", "quotation", "attribution"]
Status = Literal["open", "checked", "declined"]
KINDS: tuple[str, ...] = get_args(ClaimKind)
STATUSES: tuple[str, ...] = get_args(Status)


class Claim(NamedTuple):
    """A row of the ledger. `span` is the sentence in the draft, `source` the words that name what it rests on (None without).

    `sure` is how sure edlint is of the source: 3 it is named in the sentence, 2 a pronoun or a running quotation leads to one named before,
    1 the sentence before has one, 0 there is none. `status`, `by`, `at` (a day) and `note` are the fact-checker's.
    """

    id: str
    span: Span
    text: str
    kind: ClaimKind
    basis: Basis
    source: Span | None = None
    sure: int = 0
    status: Status = "open"
    by: str = ""
    at: str = ""
    note: str = ""
