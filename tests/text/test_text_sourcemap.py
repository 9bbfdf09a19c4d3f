from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from edlint.text.sourcemap import SourceMap, TextBuilder
from edlint.text.span import Span


class Built(NamedTuple):
    source: str
    text: str
    map: SourceMap
    origins: list[Span]


# (markup before, source, text): as it stands, masked one for one, an entity, a line end, something put in.
PIECE = st.one_of(
    st.text(alphabet="ab😀é", max_size=4).map(lambda text: ("", text, text)),
    st.text(alphabet="ab", max_size=4).map(lambda text: ("**", text, text)),
    st.integers(1, 3).map(lambda n: ("`", "c" * n, "*" * n)),
    st.sampled_from([("", "&amp;", "&"), ("", "&x;", "fi"), ("", "\r\n", "\n"), ("", "", " "), ("<i>", "", ""), ("", "<br>", "")]),
)


@st.composite
def built(draw: st.DrawFn) -> Built:
    source, builder, origins = "> ", TextBuilder(), list[Span]()
    for markup, raw, text in draw(st.lists(PIECE, max_size=12)):
        source += markup
        start, end = len(source), len(source) + len(raw)
        source += raw
        builder.add(text, start, end)
        for n in range(len(text)):
            origins.append(Span(start + n, start + n + 1) if len(text) == len(raw) else Span(start, end))
        assert len(builder) == len(origins)
    text, found = builder.build()
    return Built(source, text, found, origins)


@given(built())
def test_every_character_leads_back_to_where_it_came_from(case: Built) -> None:
    assert [case.map.span(n, n + 1) for n in range(len(case.text))] == case.origins


@given(built(), st.data())
def test_a_range_runs_from_its_first_origin_to_its_last(case: Built, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(case.text)))
    end = data.draw(st.integers(start, len(case.text)))
    span = case.map.span(start, end)
    if end > start:
        assert span == (case.origins[start].start, case.origins[end - 1].end)
    else:
        assert span.start == span.end
        assert span.start == (case.origins[start].start if start < len(case.origins) else span.start)
    assert 0 <= span.start <= span.end <= len(case.source)


def test_the_end_of_the_text_is_the_end_of_its_last_piece() -> None:
    builder = TextBuilder()
    builder.add("ab", 3, 5)
    builder.add("&", 5, 10)
    text, found = builder.build()
    assert text == "ab&" and found.span(3, 3) == (10, 10) and found.span(2, 2) == (5, 5) and found.span(1, 3) == (4, 10)


def test_verbatim() -> None:
    assert SourceMap.verbatim(4).span(0, 3) == (4, 7) and SourceMap.verbatim(4).span(0, 0) == (4, 4)


def test_a_map_does_not_change_when_its_builder_goes_on() -> None:
    builder = TextBuilder()
    builder.add("ab", 0, 2)
    _, found = builder.build()
    builder.add("cd", 2, 4)
    assert found.span(0, 1) == (0, 1)


def test_empty() -> None:
    text, found = TextBuilder().build()
    assert text == "" and found.span(0, 0) == (0, 0)
