"""What a pattern may cost: how it is read, what is refused before it is compiled, and which need no clock."""

from __future__ import annotations

import time

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.regexes import budget
from edlint.regexes.limits import LARGEST, LONGEST, check, size, width, work
from edlint.regexes.programs import Watched, compiled, freeze, restore
from edlint.regexes.syntax import DEEPEST, Op, PatternError, parse

EXPLODING = "(?:a|a)" * 40 + "b"  # two ways for each letter, and not one sign that repeats


@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        ("abc", 3),
        ("a|bc", 1),
        ("a?b+", 1),
        ("(?:ab){2,3}", 4),
        (r"\d\s[^x]", 3),
        (r"(?=a)\b^$", 0),
        ("(?>ab)c*+", 2),
        ("(?x) a b # c\n d", 3),
    ],
)
def test_the_least_width_of_a_match(pattern: str, least: int) -> None:
    assert width(parse(pattern)) == least


def test_a_pattern_with_blanks_that_do_not_count() -> None:
    assert width(parse("(?x) a b # c\n d")) == 3


@pytest.mark.parametrize("pattern", [r"\p{Lu}x", r"\X", "[[:alpha:]-]x", "(?:foo){e<=1}", "(?(1)a|b)", r"[\p{L}]", "(?|a|b)", "(?f)x"])
def test_what_is_not_known_is_never_guessed_at(pattern: str) -> None:
    assert (Op.OTHER, None) in parse(pattern)
    assert isinstance(compiled(pattern if "(1)" not in pattern else f"(c)?{pattern}"), Watched)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("a" * (LONGEST + 1), "longer than"),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "nested more than"),
        ("(?:a{99999}){99999}", "repetitions"),
        ("(?:(?:a{0,99}){0,99}){0,99}", "repetitions"),
        ("a{99999999999}", "repetitions"),
        ("(?R)?a?(?R)?", "call itself"),
        ("(a(?1)?)", "call itself"),
        (r"(?<x>a(?&x)?)", "call itself"),
        ("(?|(?:a{99999}){99999})", "repetitions"),
        ("(?(?=(?:a{99999}){99999})b)", "repetitions"),
        (r"[\p{](?:(?:a{9}){99999}){99999}]", "repetitions"),
        (r"[\N{](?:(?:a{9}){99999}){99999}]", "repetitions"),
        ("(?x)(?:a{ 99999 }){ 99999 }", "flag x"),
        ("(?:a{9 9999}){9#\n9999}(?x)", "flag x"),
        ("(?x)a?(?R )?(?R )?", "flag x"),
        ("(?x)a?( ?R)?", "flag x"),
        ("a" * 501, "500 letters in a row"),
        ("(?:a)" * 501, "500 letters in a row"),
        ("(?|aa)" * 251, "500 letters in a row"),
        (r"\141" * 501, "500 letters in a row"),
        ("(?:b|" + "[a]" * 501 + ")", "500 letters in a row"),
        ("(?:" + "a" * 501 + "){2}", "500 letters in a row"),
        ("a" * 400 + "(?:" + "a" * 101 + "b|c)", "500 letters in a row"),
        ("(a", "not closed"),
        ("a)", "not opened"),
        ("[a", "not closed"),
        ("*", "nothing to repeat"),
    ],
)
def test_what_is_refused_is_refused_before_it_is_compiled(pattern: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex, "compile", lambda *given: pytest.fail("compiled"))
    began = time.process_time()
    with pytest.raises(PatternError, match=says):
        compiled(pattern)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "pattern", ["|".join(f"word{n}" for n in range(20_000)), "(?:ab){1,1000}", "(" * 40 + "a" + ")" * 40, r"[a-z]{2}\w" * 900]
)
def test_large_but_honest_patterns_are_taken(pattern: str) -> None:
    check(pattern)
    assert size(parse(pattern)) <= LARGEST + len(pattern)


@pytest.mark.parametrize("pattern", ["(?x) ( a | b ){2} (?P<n> c ) (?<= d ) (?i: e )", "{ 9 }", r"\p{Script=Greek}"])
def test_blanks_stand_wherever_they_part_signs(pattern: str) -> None:
    check(pattern)


@pytest.mark.parametrize("pattern", ["very", r"\b(?:very|quite a)\b", r"colou?rs?", r"(?<=the )cat{2,3}", r"[A-Z]\.", "(?i:x|y)z"])
def test_what_is_proved_to_be_quick_needs_no_clock(pattern: str) -> None:
    assert check(pattern)
    assert not isinstance(compiled(pattern), Watched)


@pytest.mark.parametrize("pattern", [EXPLODING, "a+", r"\w*x", "(a?){30}", r"(a)\1", "(?:ab|a|b){12}", ".{1,600}"])
def test_what_may_take_long_is_watched(pattern: str) -> None:
    assert not check(pattern)
    assert isinstance(compiled(pattern), Watched)


PIECES = st.recursive(
    st.sampled_from(["a", "b", ".", r"\w", "[ab]", "^", r"\b"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(?:" + "|".join(parts) + ")"),
        st.tuples(inner, st.sampled_from(["?", "{2}", "{1,3}", "{0,2}?"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        inner.map(lambda part: f"(?={part})"),
    ),
    max_leaves=6,
)


@given(PIECES, st.text("ab", max_size=12))
@settings(deadline=None)
def test_no_pattern_matches_in_more_ways_than_were_counted(pattern: str, text: str) -> None:
    ends = [n for n in range(len(text) + 1) if regex.match(rf"(?:{pattern})(?<=\A.{{{n}}})", text)]
    assert len(ends) <= work(parse(pattern)).ways


@given(st.text(r"ab()[]{}*+?|\^$.-:<>=!#P0129,dwsbBAZxpR" + "\n", max_size=14))
@settings(deadline=None, max_examples=400)
def test_reading_a_pattern_never_fails_otherwise_than_it_says(pattern: str) -> None:
    try:
        least = width(parse(pattern))
    except PatternError:
        return
    try:
        found = regex.compile(pattern, regex.VERSION0).search("aab01 -,\n" * 3, timeout=1)
    except (regex.error, TimeoutError, OverflowError, ValueError):
        return
    assert found is None or len(found[0]) >= least or r"\K" in pattern


def test_all_searches_of_a_budget_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "ALLOWED", 0.2)
    slow, text = compiled("(?:a|a)" * 14 + "[bc]"), "a" * 30
    began = time.process_time()
    slow.search(text)
    each = time.process_time() - began
    with budget.budget(0), pytest.raises(TimeoutError):
        for _ in range(int(1 / each) + 2):
            slow.search(text)
    assert time.process_time() - began < 1 + 2 * each
    slow.search(text)  # without a budget each search by itself has as much


def test_a_budget_grows_with_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "ALLOWED", 0.0)
    with budget.budget(10**6):
        assert 9 < budget.left() <= 10


def test_sleeping_uses_up_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "ALLOWED", 0.2)
    with budget.budget(0):
        time.sleep(0.4)
        assert budget.left() > 0.1


@pytest.mark.parametrize(("pattern", "watched"), [(r"\bkept(?:ly)?\b", False), (r"\bkept\w+", True)])
def test_what_is_kept_is_watched_as_before(pattern: str, watched: bool) -> None:
    restore(freeze([(pattern, False), ("(", False)]))
    program = compiled(pattern)
    assert isinstance(program, Watched) is watched
    assert program.findall("well keptly so") == ["keptly"]
