from hypothesis import given
from hypothesis import strategies as st

from edlint.model.source import Source
from edlint.report.terminal import clip, excerpt, visible, width, wrap
from edlint.text.span import Span


def cut(text: str, word: str, cells: int) -> tuple[str, str]:
    start = text.index(word)
    return excerpt(Source("a", text), Span(start, start + len(word)), cells)


def test_short_line_is_shown_whole() -> None:
    assert cut("one\n  two three\nfour", "two", 40) == ("two three", "~~~")
    assert cut("one two", "two", 40) == ("one two", "    ~~~")


def test_long_line_is_cut_at_words_around_the_fault() -> None:
    line, marks = cut("alpha beta gamma delta FAULT epsilon zeta eta theta", "FAULT", 24)
    assert line == "… delta FAULT epsilon …"
    assert marks == "        ~~~~~"


def test_long_fault_is_cut() -> None:
    line, marks = cut("say " + "x" * 100, "x" * 100, 30)
    assert line.endswith("…")
    assert width(line) <= 30
    assert marks.strip() == "~" * marks.count("~")


def test_nothing_is_shown_after_a_fault_that_was_cut() -> None:
    line, _ = cut("x" * 100 + " and the rest", "x" * 100, 30)
    assert line == "x" * 27 + "…"


def test_empty_span_and_end_of_line_still_get_a_mark() -> None:
    assert excerpt(Source("a", "abc"), Span(3, 3), 40) == ("abc", "   ~")
    assert excerpt(Source("a", "abc\r\nd"), Span(3, 5), 40) == ("abc", "   ~")
    assert excerpt(Source("a", ""), Span(0, 0), 40) == ("", "~")


@given(st.text(), st.data(), st.integers(24, 100))
def test_any_text_fits_and_is_safe(text: str, data: st.DataObject, cells: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line, marks = excerpt(Source("a", text), Span(start, end), cells)
    assert width(line) <= cells
    assert width(marks) <= cells + 1
    assert visible(line) == line
    assert set(marks) <= {" ", "~"}
    assert "~" in marks


@given(st.text(), st.integers(2, 40))
def test_clip_and_wrap_fit(text: str, cells: int) -> None:
    assert width(clip(text, cells)) <= cells
    assert text.startswith(clip(text, cells))
    assert text.endswith(clip(text, cells, last=True))
    assert all(width(line) <= cells for line in wrap(text, cells))
    assert "".join("".join(wrap(text, cells)).split()) == "".join(text.split())


def test_visible() -> None:
    assert visible("plain – “quoted” é 漢") == "plain – “quoted” é 漢"
    assert visible("a\tb\x1b\u202e\u200b\udc80\U000e0041") == "a b\\x1b\\u202e\\u200b\\udc80\\U000e0041"


def test_width() -> None:
    assert (width("abc"), width("漢字"), width("😀"), width("e\u0301")) == (3, 4, 2, 1)
