"""`edlint.lint_batch`: a batch of texts in, columns out, whatever stands in one of them."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from poisonedworker import DIES, HANGS
from support import cache_with_rules

import edlint
from edlint.archive import batch, worker
from edlint.archive.batch import FAULT, SCHEMA, Columns
from edlint.config.file import load_config
from edlint.linter import Linter
from edlint.model.config import RuleSetting
from edlint.report.entries import region
from edlint.ruleset.load import read_rule
from edlint.subprocesses import start

RULE = """\
extends: existence
message: "No '%s'"
level: error
why: The house does not say so.
tokens: [leverage]
"""
SLOW = """\
extends: existence
message: "No '%s'"
level: error
why: A pattern without end.
raw: ['(?:a|a?)+$']
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EDLINT_CACHE_DIR", str(cache_with_rules(tmp_path / "cache")))
    (tmp_path / "House").mkdir()
    (tmp_path / "House" / "Hype.yml").write_text(RULE, "utf-8")
    path = tmp_path / ".edlint.yml"
    path.write_text("extends: [./House]\ngrammar:\n  engine: none\nrules:\n  House.Hype: warning\nmax_size: 0.01\n", "utf-8")
    return path


def rows(found: Columns, *names: str) -> list[tuple[object, ...]]:
    return list(zip(*(found[name] for name in names), strict=True))


def test_a_row_for_each_finding_in_the_order_of_the_texts(house: Path) -> None:
    found = edlint.lint_batch(["We leverage it.\nThey leverage it.", "Nothing.", "leverage!"], ["b", "c", "a"], config=house)
    assert list(found) == list(SCHEMA)
    assert rows(found, "doc_id", "rule", "level", "line", "column", "end_line", "end_column") == [
        ("b", "House.Hype", "warning", 1, 4, 1, 12),
        ("b", "House.Hype", "warning", 2, 6, 2, 14),
        ("a", "House.Hype", "warning", 1, 1, 1, 9),
    ]
    assert found["message"][0] == "No 'leverage'"
    assert found["excerpt"] == ["We leverage it.", "They leverage it.", "leverage!"]
    assert {*found["edlint_version"]} == {edlint.__version__}
    assert len({*found["rules_hash"]}) == 1


def test_the_rows_say_what_the_linter_says(house: Path) -> None:
    text = "\U0001f600 We — “naïve”? — leverage it.\r\nThey leverage it."
    found = edlint.lint_batch([text], ["draft.md"], config=house)
    result = Linter(load_config(house)).lint_text(text, "draft.md")
    assert result.source
    assert found["fingerprint"] == [finding.fingerprint for finding in result.findings]
    regions = [tuple(region(finding.span, result.source)) for finding in result.findings]
    assert rows(found, "line", "column", "end_line", "end_column") == regions
    data = text.encode()
    starts, ends = ([at for at in found[name] if isinstance(at, int)] for name in ("byte_start", "byte_end"))
    assert [data[start:end] for start, end in zip(starts, ends, strict=True)] == [b"leverage", b"leverage"]


def test_the_suffix_or_the_given_name_tells_the_format(house: Path) -> None:
    page = "<p title='leverage'>We use it.</p>"
    assert edlint.lint_batch([page], ["a.html"], config=house)["rule"] == []
    assert edlint.lint_batch([page, page], formats=["html", None], config=house)["doc_id"] == ["1"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "there is no text"),
        (3, "there is no text, but int"),
        (b"\x00\x01\x02\xff\xfe" * 9, "binary"),
        (b"%PDF-1.7 leverage", "PDF"),
        ("caf\ud800", "half a character"),
        ("leverage " * 2000, "larger than 0.01 MB"),
        (b"leverage " * 2000, "larger than 0.01 MB"),
    ],
)
def test_what_cannot_be_checked_is_a_row_and_the_others_are_checked(house: Path, text: str, told: str) -> None:
    found = edlint.lint_batch(["We leverage.", text, "They leverage."], config=house)
    assert rows(found, "doc_id", "level") == [("0", "warning"), ("1", FAULT), ("2", "warning")]
    assert found["rule"][1] == "Document.Unchecked"
    assert told in str(found["message"][1])
    assert found["line"][1] is None


def test_an_unknown_format_is_a_row(house: Path) -> None:
    found = edlint.lint_batch(["a", "leverage"], formats=["mardown", "markdown"], config=house)
    assert rows(found, "doc_id", "level") == [("0", FAULT), ("1", "warning")]
    assert "did you mean 'markdown'" in str(found["message"][0])


def test_a_document_that_hangs_or_ends_the_process_is_a_row_and_the_next_has_a_new_worker(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "start", lambda module: start("poisonedworker"))
    found = edlint.lint_batch(["We leverage.", HANGS, "They leverage.", DIES, "You leverage."], config=house, seconds=5)
    assert rows(found, "doc_id", "level") == [("0", "warning"), ("1", FAULT), ("2", "warning"), ("3", FAULT), ("4", "warning")]
    assert "took longer than 5 seconds" in str(found["message"][1])
    assert "crashed the process that was checking it (7)" in str(found["message"][3])


def test_a_rule_that_is_not_finished_is_a_row_beside_the_findings(house: Path, tmp_path: Path) -> None:
    (tmp_path / "House" / "Slow.yml").write_text(SLOW, "utf-8")
    found = edlint.lint_batch(["We leverage. " + "a" * 5000 + "!"], config=house)
    assert set(rows(found, "rule", "level")) <= {("House.Hype", "warning"), ("Document.Unfinished", FAULT), ("House.Slow", "error")}
    assert "House.Hype" in found["rule"]


def test_a_configuration_that_cannot_work_raises(tmp_path: Path) -> None:
    path = tmp_path / ".edlint.yml"
    path.write_text("extends: [Nowhere]\n", "utf-8")
    with pytest.raises(edlint.EdlintError, match="Nowhere"):
        edlint.lint_batch(["a"], config=path)
    with pytest.raises(ValueError, match="argument"):
        edlint.lint_batch(["a", "b"], ["1"])


def test_a_configuration_goes_to_other_processes_whole(house: Path) -> None:
    config = replace(load_config(house), trial=(read_rule(house.parent / "House" / "Hype.yml"),))
    config = replace(config, rules={**config.rules, "House": RuleSetting("off")})
    again = pickle.loads(pickle.dumps(config))
    assert again == config
    assert worker.hash_of(Linter(again)) == worker.hash_of(Linter(config))


def test_the_hash_changes_with_the_rules_and_not_with_their_place(house: Path, tmp_path: Path) -> None:
    was = worker.hash_of(Linter(load_config(house)))
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    (tmp_path / "House").rename(moved / "House")
    (moved / ".edlint.yml").write_text(house.read_text("utf-8"), "utf-8")
    assert worker.hash_of(Linter(load_config(moved / ".edlint.yml"))) == was
    (moved / "House" / "Hype.yml").write_text(RULE.replace("leverage", "synergy"), "utf-8")
    assert worker.hash_of(Linter(load_config(moved / ".edlint.yml"))) != was


def test_batches_in_threads_do_not_mix(house: Path) -> None:
    def count(number: int) -> int:
        return len(edlint.lint_batch(["leverage " * number], config=house)["rule"])

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(count, range(1, 7))) == list(range(1, 7))


def test_the_table_has_the_same_schema_without_rows(house: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    full, empty = (edlint.lint_batch(texts, config=house).to_arrow() for texts in (["leverage"], []))
    assert full.schema == empty.schema
    assert [(field.name, str(field.type)) for field in full.schema] == list(SCHEMA.items())
    assert full.num_rows == 1
    assert isinstance(full, pyarrow.Table)


class Told(str):
    """A string of a library's own, as those of NumPy are."""


def test_ids_and_texts_may_be_of_kinds_of_their_own(house: Path) -> None:
    found = edlint.lint_batch([Told("We leverage."), "They leverage."], [7, UUID(int=1)], config=house)  # type: ignore[list-item]
    assert rows(found, "doc_id", "level") == [("7", "warning"), (str(UUID(int=1)), "warning")]


def test_a_batch_that_is_interrupted_leaves_no_answer_for_the_next(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edlint.lint_batch(["leverage"], ["before"], config=house)

    def interrupted(stream: object) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(batch, "receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            edlint.lint_batch(["leverage, leverage"], ["interrupted"], config=house)
    assert edlint.lint_batch(["leverage"], ["after"], config=house)["doc_id"] == ["after"]
