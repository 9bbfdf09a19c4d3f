import json
from pathlib import Path

from tests.accuracy import sober


def test_flags_are_counted_by_pack_and_level_in_the_genres_of_news(tmp_path: Path) -> None:
    rows = [
        {"doc": "a", "genre": "news", "text": "Rain is due on Friday in the whole of the north, the weather office said on Monday."},
        {"doc": "a", "genre": "news", "text": "Tweet"},
        {"doc": "b", "genre": "essay", "text": "Tweet"},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = sober.measure(path, errors=5)
    assert found["words"] == 18
    assert found["per 1,000 words"]["Boilerplate"] == {"suggestion": 0.0, "warning": 55.56, "error": 0.0}
    assert found["busiest rules"] == {"Boilerplate.Share (warning)": 1}
    assert found["listed"]["warning"] == ["a Boilerplate.Share: [Tweet] in: Tweet"]
