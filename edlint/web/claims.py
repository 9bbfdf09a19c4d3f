"""The ledger of a draft on the page: its claims, what each rests on, and what was said of them there, which is kept nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from edlint.findings import folded
from edlint.ledger import claims
from edlint.ledgerfile import Entry, matched, with_statuses
from edlint.model.claim import STATUSES, Claim
from edlint.model.document import Document
from edlint.model.finding import Finding
from edlint.model.source import Source
from edlint.report.claims import clipped
from edlint.report.ledger import as_csv

Data = dict[str, object]  # what JSON can hold
MOST = 5_000  # entries that the page may send
LONGEST = 2_000  # code points of a sentence or a note that is kept
KINDS = {"cause": "Cause or forecast"}
_NAMED = ("person", "body", "document", "link", "own reporting")
_SURE = ("", "perhaps ", "", "")


class Ledger:
    """The claims of one version of a draft; `said` is what was said of them, by sentences as they were then."""

    def __init__(self, document: Document, findings: Iterable[Finding], said: Sequence[Entry]) -> None:
        self._source: Source = document.source
        rows = tuple(claims(document, [finding for finding in findings if finding.rule.startswith("Claims.")]))
        told = matched(rows, said)
        self.rows = with_statuses(rows, said, "")
        known = [_entry(self.rows[number], entry) for number, entry in told.items()]
        self._said = [*(entry for entry in said if entry not in told.values()), *known]

    def data(self, at: Callable[[int], int]) -> Data:
        """The claims for the page; `at` counts offsets as it does. What was said of sentences that are gone comes back with the rest."""
        return {"claims": [self._row(row, at) for row in self.rows], "said": [entry._asdict() for entry in self._said]}

    def _row(self, row: Claim, at: Callable[[int], int]) -> Data:
        source, line = self._source, self._source.lines.position
        return {
            "id": row.id,
            "text": folded(row.text),
            "statement": clipped(source, row.span),
            "kind": KINDS.get(row.kind, row.kind.capitalize()),
            "start": at(row.span.start),
            "end": at(row.span.end),
            "line": line(row.span.start).line,
            "basis": row.basis,
            "named": row.basis in _NAMED,
            "source": _SURE[row.sure] + clipped(source, row.source) if row.source else "",
            "source_line": line(row.source.start).line if row.source else 0,
            "status": row.status,
            "note": row.note,
        }

    @property
    def csv(self) -> str:
        """The claims as a table for a spreadsheet."""
        return as_csv(self._source, self.rows)


def _entry(row: Claim, entry: Entry) -> Entry:
    return entry._replace(text=folded(row.text))


def entries(sent: object) -> list[Entry]:
    """What the page says of claims, as entries of a ledger; what makes no sense is passed over."""
    today = datetime.now(UTC).date().isoformat()
    found = []
    for each in sent[:MOST] if isinstance(sent, list) else ():
        text, status, note, day = (each.get(key) if isinstance(each, dict) else None for key in ("text", "status", "note", "at"))
        if isinstance(text, str) and text and status in STATUSES[1:]:
            known = day if isinstance(day, str) and day else today
            found.append(Entry("", text[:LONGEST], str(status), "", known[:10], note[:LONGEST] if isinstance(note, str) else ""))
    return list(dict.fromkeys(found))
