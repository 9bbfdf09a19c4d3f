"""The measure of sources counts sourced sentences and claims, each part by itself, and lists nothing of what is aside."""

from __future__ import annotations

import json
from pathlib import Path

from . import sourcing

TUNE, ASIDE = "a", "b"  # by the hashes of their names
ROWS = (
    ("The mayor said that the mill will close.", 0, "sourced"),
    ("Nobody has been near the quay for long.", 0, "sourced"),
    ("Critics say the mill is old.", 1, "vague-source"),
    ("The ships left in the night.", 0, "not-claim"),
    ("The mayor said so.", None, "figure|sourced"),
)


def test_sourced_sentences_and_claims_are_counted_apart(tmp_path: Path) -> None:
    rows = []
    for article in (TUNE, ASIDE):
        offset = 0
        for text, label, kind in ROWS:
            rows.append(
                {"id": f"{article}#{offset}", "article": article, "text": text.replace("the", article, 1), "label": label, "kind": kind}
            )
            offset += 100
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = sourcing.measure(path, errors=9)
    assert result["aside"] == result["tune"] == {"sourced, seen": "1/2", "unsourced claims, not seen": "1/1"}
    assert result["errors"] == {"sourced, not seen": ["Nobody has been near a quay for long."], "unsourced, seen as sourced": []}
