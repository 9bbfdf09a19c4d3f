from hypothesis import given
from hypothesis import strategies as st
from support import blocks

from edlint.filters.merge import drop_overlaps
from edlint.model.finding import Level
from edlint.model.match import Match
from edlint.model.rule import Rule
from edlint.text.span import Span


def make(rule: str, start: int, end: int, level: Level = Level.WARNING, *, covers: bool = False) -> Match:
    return Match(Span(start, end), "").of(Rule(rule, "existence", level=level, covers=covers))


def names(*matches: Match) -> list[str]:
    return [match.name for match in drop_overlaps(blocks("x"), matches)]


def test_sorted_by_place_then_rule() -> None:
    assert names(make("B.x", 5, 9), make("A.x", 5, 9), make("C.x", 0, 9), make("D.x", 0, 3)) == ["D.x", "C.x", "A.x", "B.x"]


def test_doubles_go() -> None:
    assert names(make("A.x", 0, 3), make("A.x", 0, 3)) == ["A.x"]


def test_same_place_same_pack_keeps_the_most_severe() -> None:
    assert names(make("A.mild", 0, 3), make("A.worse", 0, 3, Level.ERROR)) == ["A.worse"]
    assert names(make("A.x", 0, 3), make("B.x", 0, 3), make("A.y", 0, 4)) == ["A.x", "B.x", "A.y"]


def test_a_covering_finding_stands_alone() -> None:
    cover = make("W.widget", 10, 30, covers=True)
    inside = [make("G.x", 10, 12, Level.ERROR), make("G.y", 28, 30), make("G.z", 10, 30, Level.ERROR), make("G.e", 30, 30)]
    outside = [make("G.before", 8, 11), make("G.after", 29, 31), make("G.around", 0, 40)]
    assert names(cover, *inside, *outside) == ["G.around", "G.before", "W.widget", "G.after"]


def test_nested_and_equal_covers() -> None:
    assert names(make("A.out", 0, 9, covers=True), make("B.in", 2, 4, covers=True), make("C.x", 3, 4)) == ["A.out"]
    assert names(make("A.x", 0, 9, covers=True), make("B.x", 0, 9, covers=True)) == ["A.x"]


MATCHES = st.lists(
    st.builds(
        lambda pack, start, length, covers: make(f"{pack}.x", start, start + length, covers=covers),
        st.sampled_from("AB"),
        st.integers(0, 12),
        st.integers(0, 8),
        st.booleans(),
    )
)


@given(MATCHES)
def test_agrees_with_the_definition(matches: list[Match]) -> None:
    kept = drop_overlaps(blocks("x"), matches)
    covers = [f for f in kept if f.rule.covers]
    assert not any(c is not f and c.span.covers(f.span) for c in covers for f in kept)
    assert all(any(k.span == f.span or (k.rule.covers and k.span.covers(f.span)) for k in kept) for f in matches)
    assert drop_overlaps(blocks("x"), kept) == kept
