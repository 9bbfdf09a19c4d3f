"""How alerts of two programs are compared; no program runs here."""

from __future__ import annotations

from tests.conformance.live import Alert, alerts, compare, total

KINDS = {"Own.A": "existence", "Own.B": "spelling"}


def test_alerts_are_compared_by_line_and_text() -> None:
    theirs = [Alert("a", "Own.A", "x", 1, 1), Alert("a", "Own.A", "y", 2, 1), Alert("a", "Own.B", "z", 3, 3)]
    ours = [Alert("a", "Own.A", "x", 1, 1), Alert("a", "Own.A", "y", 5, 1), Alert("a", "Own.B", "new", 3, 3)]
    tally = compare(theirs, ours, KINDS)
    assert (tally.expected["existence"], tally.exact["existence"], tally.column["existence"]) == (2, 2, 1)
    assert tally.missing == ["a:3:3: Own.B 'z'"] and tally.surplus == ["a:3:3: Own.B 'new'"]
    whole = total([tally, tally])
    assert (whole.expected["existence"], whole.extra["spelling"]) == (4, 2)


def test_the_json_of_alerts() -> None:
    data = {"a.md": [{"Check": "Own.A.term", "Match": "it\u2019s", "Line": 2, "Span": [3, 6]}]}
    assert list(alerts(data)) == [Alert("a.md", "Own.A", "it's", 2, 3)]
