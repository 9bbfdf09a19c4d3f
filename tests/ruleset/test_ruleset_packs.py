"""What is remembered of rules: a file that was damaged is read for nothing, and written anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from edlint.ruleset.packs import load_library


@pytest.mark.parametrize("at", range(0, 100, 7))
def test_a_damaged_file_is_never_believed(tmp_path: Path, at: int) -> None:
    house, cache = tmp_path / "House", tmp_path / "cache"
    house.mkdir()
    (house / "Hype.yml").write_text("extends: existence\nmessage: m\ntokens: [leverage]\n", "utf-8")
    fresh = load_library([house], cache)
    (store,) = cache.glob("rules-*")
    kept = store.read_bytes()
    place = len(kept) * at // 100
    changed = kept[:place] + b"\0" + kept[place + 1 :]
    for data in (kept[:place], changed, kept[:place] + b"\xff\xff\xff\x7f" + kept[place:], os.urandom(200)):
        store.write_bytes(data)
        again = load_library([house], cache)
        assert {name: (rule.path, rule.options) for name, rule in again.rules.items()} == {
            name: (rule.path, rule.options) for name, rule in fresh.rules.items()
        }
        assert load_library([house], cache).rules == load_library([house], cache).rules


def test_signals_may_lie_in_a_folder_of_their_own(tmp_path: Path) -> None:
    rule = "extends: existence\nmessage: m\ntokens: [leverage]\n"
    signal = "extends: signal\ncues: [{any: [said], weight: 1}]\nthreshold: 1\n"
    for name, text in {"House/Hype.yml": rule, "House/signals/Sourced.yml": signal, "styles/signals/Hype.yml": rule}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert [*load_library([tmp_path / "House"], None).rules] == ["House.Hype", "House.Sourced"]
    assert [*load_library([tmp_path / "styles"], None).rules] == ["signals.Hype"]
