"""GitLab Code Quality: a JSON list of issues, each with a fingerprint of its own."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TextIO

from edlint.model.finding import Level
from edlint.model.report import Report, ReportOptions, Traits
from edlint.model.rule import Rule
from edlint.report.entries import Entry, entries, stream_json
from edlint.report.links import rule_url

TRAITS = Traits(bare=True)

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.SUGGESTION: "info"}


def write(report: Report, out: TextIO, options: ReportOptions) -> None:
    """Write the list; what could not be checked is a blocker on line 1."""
    seen: Counter[tuple[str, ...]] = Counter()
    stream_json((_issue(entry, seen, report.rules.get(entry.rule)) for entry in entries(report, options)), out)
    out.write("\n")


def _issue(entry: Entry, seen: Counter[tuple[str, ...]], rule: Rule | None) -> dict[str, object]:
    """The issue of an entry. Its fingerprint does not change with its line, and is told apart from its like by counting them in `seen`."""
    finding, place = entry.finding, entry.region
    known = (entry.path, entry.rule, finding.fingerprint if finding and finding.fingerprint else entry.message)
    seen[known] += 1
    lines = {"begin": place.line, "end": place.end_line} if place else {"begin": 1}
    return {
        "description": entry.message,
        "check_name": entry.rule,
        "fingerprint": sha256("\0".join((*known, str(seen[known]))).encode("utf-8", "surrogatepass")).hexdigest()[:32],
        "severity": _SEVERITIES[entry.level] if finding else "blocker",
        "location": {"path": entry.path, "lines": lines},
        **({"content": {"body": f"<{url}>"}} if (url := rule_url(rule)) else {}),
    }
