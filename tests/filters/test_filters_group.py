"""One inconsistency, one finding: its places, what silences them, and how it is known again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from support import blocks

from edlint.filters.merge import group_places
from edlint.linter import Linter
from edlint.model.config import Config
from edlint.model.finding import ALSO, Edit, Fix, Level, Related
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.session.baseline import entries_of, split
from edlint.session.serialize import pack, unpack
from edlint.text.span import Span

NAMES = Linter(select=["Names"])


def place(at: int, group: str = "us", rule: str = "Names.Marks", safety: str = "unsafe", level: Level = Level.WARNING) -> Match:
    span = Span(at, at + 3)
    fix = Fix("replace by 'US'", (Edit(span, "US"),), safety)  # type: ignore[arg-type]
    found = Match(span, "USA", related=(Related(Span(0, 2), "first 'US'"),), fixes=(fix,), group=group, level=level)
    return found.of(Rule(rule, "variants", level=Level.ERROR))


def grouped(*matches: Match) -> Sequence[Match]:
    return group_places(blocks("x"), matches)


def test_the_places_of_a_group_are_one_finding_at_the_first() -> None:
    (found,) = grouped(place(30), place(10), place(20))
    assert found.span == Span(10, 13)
    assert found.related == (
        Related(Span(0, 2), "first 'US'"),
        Related(Span(20, 23), ALSO, same=True),
        Related(Span(30, 33), ALSO, same=True),
    )
    assert [edit.span.start for edit in found.fixes[0].edits] == [10, 20, 30]


def test_other_rules_other_groups_and_findings_without_a_group_stay_apart() -> None:
    found = [place(10), place(20, "uk"), place(30, rule="Names.Article"), place(40, ""), place(50, "")]
    assert grouped(*found) == found
    assert grouped() == []


def test_what_may_not_be_changed_takes_nothing_from_the_fix_of_the_others() -> None:
    (found,) = grouped(place(10), place(20, safety="display"), place(30))
    assert [(fix.safety, [edit.span.start for edit in fix.edits]) for fix in found.fixes] == [("unsafe", [10, 30]), ("display", [20])]


def test_a_silenced_place_stays_by_itself() -> None:
    silenced = place(20)._replace(silenced="own")
    assert grouped(place(10), silenced) == [place(10), silenced]


def test_the_worst_level_is_kept() -> None:
    assert grouped(place(10), place(20, level=Level.ERROR))[0].severity is Level.ERROR


def test_a_directive_silences_a_place_and_not_the_others() -> None:
    lines = ["The US won.", "The US paid.", "The US left."] + ["The USA lost."] * 2
    text = "\n\n".join(lines)
    (whole,) = NAMES.lint_text(text, "a.md").findings
    silenced = NAMES.lint_text(text.replace("The USA", "<!-- edlint-disable-next-line Names.Marks -->\n\nThe USA", 1), "a.md")
    (left,) = silenced.findings
    assert silenced.source is not None
    assert silenced.source.lines.position(left.span.start).line == 11
    assert len(silenced.suppressed) == 1
    assert left.fingerprint == whole.fingerprint
    assert len(left.fixes[0].edits) == 1


US = "The US won. The US paid, and the US left. The US sang. "


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (US + "The USA lost.", US + "The USA lost. The USA slept."),
        (US + "The USA lost. The USA slept.", US + "The USA slept."),
        (US + "The USA lost.", "The USA slept. " + US + "The USA lost."),
        (US + "The USA lost.", US + "The US lost. The USA lost."),
        ("The US won. The USA lost.", "The US won. The USA lost. The USA slept."),
    ],
)
def test_it_is_the_same_finding_with_one_place_more_or_less(before: str, after: str) -> None:
    (old,), (new,) = NAMES.lint_text(before).findings, NAMES.lint_text(after).findings
    assert old.fingerprint == new.fingerprint
    assert split([new], entries_of("a.txt", [old])).accepted == (new,)


def test_another_inconsistency_is_another_finding() -> None:
    (old,), (new,) = NAMES.lint_text("The US won. The USA lost.").findings, NAMES.lint_text("The UK won. The U.K. lost.").findings
    assert old.fingerprint != new.fingerprint
    assert split([new], entries_of("a.txt", [old])).new == (new,)


def test_a_rule_with_once_has_one_finding_a_draft(tmp_path: Path) -> None:
    (tmp_path / "House").mkdir()
    rule = "extends: existence\nmessage: m\nlevel: warning\nonce: true\nquotes: check\ntokens: [colour, honour]\naction: {name: remove}\n"
    (tmp_path / "House" / "Our.yml").write_text(f"{rule}examples:\n  bad: [colour, honour]\n  good: [color, honor]\n", encoding="utf-8")
    result = Linter(Config(extends=(tmp_path / "House",))).lint_text("A colour.\n\nAn honour, a colour.\n")
    (found,) = result.findings
    assert (found.match, len(found.related), found.group) == ("colour", 2, "House.Our")
    assert all(related.same for related in found.related)


def test_places_survive_the_cache() -> None:
    result = NAMES.lint_text(US + "The USA lost. The USA slept.")
    assert unpack(pack(result), "draft.txt").findings == result.findings
