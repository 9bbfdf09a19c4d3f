"""Fixes: which are applied, what they leave, and that doing it twice does no more."""

from __future__ import annotations

import os
import stat
from functools import cache
from pathlib import Path

import pytest
from components import shared
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.errors import SourceError
from edlint.linter import Linter
from edlint.model.finding import Edit, Finding, Fix, Level
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.session.fix import PASSES, apply_fixes, chosen, write_back
from edlint.text.span import Span, edited

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "op-ed.txt"


@cache
def linter() -> Linter:
    return Linter(select=("Captions", "Boilerplate", "Paste"))


def fixed(text: str, path: str = "draft.txt", *, unsafe: bool = False) -> FileResult:
    return apply_fixes(linter().lint_text(text, path), linter().lint, unsafe=unsafe)


def text_of(result: FileResult) -> str:
    assert result.source is not None
    return result.source.text


def offering(*spans: tuple[int, int], safety: str = "safe", text: str = "") -> Finding:
    edits = tuple(Edit(Span(*span), text) for span in spans)
    return Finding("A.b", Level.WARNING, "m", edits[0].span, fixes=(Fix("t", edits, safety),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fixes", "safe", "unsafe"),
    [
        ((), None, None),
        (("safe",), 0, 0),
        (("unsafe",), None, 0),
        (("display",), None, None),
        (("unsafe", "unsafe"), None, None),
        (("unsafe", "safe"), 1, 1),
        (("display", "unsafe"), None, 1),
    ],
)
def test_which_fix_may_be_applied(fixes: tuple[str, ...], safe: int | None, unsafe: int | None) -> None:
    made = tuple(Fix(str(n), (Edit(Span(0, 1), ""),), safety) for n, safety in enumerate(fixes))  # type: ignore[arg-type]
    finding = Finding("A.b", Level.ERROR, "m", Span(0, 1), fixes=made)
    assert finding.fix() == (None if safe is None else made[safe])
    assert finding.fix(unsafe=True) == (None if unsafe is None else made[unsafe])


@pytest.mark.parametrize(
    ("offers", "taken"),
    [
        ([((0, 3),), ((3, 5),)], [0, 1]),
        ([((0, 3),), ((2, 5),)], [0]),
        ([((2, 5),), ((0, 3),)], [1]),
        ([((0, 3),), ((0, 9),)], [1]),
        ([((0, 2), (8, 9)), ((4, 5),), ((7, 9),)], [0, 1]),
        ([((4, 4),), ((4, 4),)], [0]),
        ([((4, 4),), ((4, 6),)], [1]),
        ([((4, 4),), ((5, 6),)], [0, 1]),
        ([((0, 3), (2, 4))], []),
    ],
)
def test_no_two_fixes_touch_one_place(offers: list[tuple[tuple[int, int], ...]], taken: list[int]) -> None:
    findings = [offering(*spans) for spans in offers]
    assert sorted(findings.index(finding) for finding, _ in chosen(findings)) == taken


@given(st.text("abcd", max_size=12), st.data())
def test_edits_change_nothing_else(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    new = edited(text, [Edit(span, "X") for span in spans])
    kept = [text[a:b] for a, b in zip([0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True)]
    assert new == "X".join(kept)


def test_fixes_that_undo_one_another_come_to_an_end() -> None:
    def turn(source: Source, *, also: object = ()) -> FileResult:
        return FileResult("a.txt", source, (offering((0, 1), text="b" if source.text == "a" else "a"),))

    result = apply_fixes(turn(Source("a.txt", "a")), turn)
    assert len(result.fixed) == PASSES
    assert result.notices == (f"fixing stopped after {PASSES} passes: some of them undo others",)


CAPTION = "Volunteers stack sandbags along the east bank of the river on Monday."
SPOKEN = "“Nobody told us that the gov\u00adernment would close the road today,” she said."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A\n\n{c}\n{c}\n\nB\n", "A\n\n{c}\n\nB\n"),
        ("{c}\n\n{c}\n\nB\n", "{c}\n\nB\n"),
        ("A\n\n{c}\n\nB.\n\n{c}\n", "A\n\n{c}\n\nB.\n"),
        ("A\n\n{c}\n\nB.\n\n{c}", "A\n\n{c}\n\nB.\n"),
        ("{c}\n\n{c}\n\n\nB\n", "{c}\n\n\nB\n"),
        ("{c}\n{c}\n{c}\n", "{c}\n"),
    ],
)
def test_a_copy_goes_with_its_line_and_one_blank_line(before: str, after: str, end: str) -> None:
    given, wanted = (t.format(c=CAPTION).replace("\n", end) for t in (before, after))
    assert text_of(fixed(given)) == wanted


def test_an_underlined_line_is_not_deleted() -> None:
    text = f"A town counts\n\n{CAPTION}\n\nIt rained.\n\n{CAPTION}\n---\n\nThe end.\n"
    assert text_of(fixed(text, "a.md")) == text


def test_invisible_characters_go_but_not_from_quotations() -> None:
    text = f"The may\u200bor spoke.\n\n{SPOKEN}\n\n> The coun\u00adcil never met.\n"
    result = fixed(text, "a.md", unsafe=True)
    assert text_of(result) == text.replace("\u200b", "")
    assert [f.fixes[0].safety for f in result.findings if f.rule == "Paste.Invisible"] == ["display"]


def test_a_repeated_quotation_goes_as_a_whole_and_on_request_only() -> None:
    line = "“We will not leave the harbour before the rain has stopped,” the captain told them."
    text = f"It rained.\n\n{line}\n\nNobody left.\n\n{line}\n\nThe sun came.\n"
    assert text_of(fixed(text)) == text
    assert text_of(fixed(text, unsafe=True)) == f"It rained.\n\n{line}\n\nNobody left.\n\nThe sun came.\n"


def test_what_a_directive_silences_is_not_fixed() -> None:
    text = f"{CAPTION}\n\n<!-- edlint-disable-next-line Captions.Repeated: meant -->\n{CAPTION}\n\nThe may\u200bor spoke.\n"
    assert text_of(fixed(text, "a.md")) == text.replace("\u200b", "")


def check_example(path: Path, copies: list[int], widget: range) -> None:
    """Exactly the lines of the second copies and of the widget are gone, with the blank line above the widget."""
    text = path.read_bytes().decode()
    gone = {*copies, *widget, widget.start - 1}
    kept = "".join(line for number, line in enumerate(text.splitlines(keepends=True), 1) if number not in gone)
    full = Linter(ignore=["Grammar"])
    result = apply_fixes(full.lint_text(text, "op-ed.txt"), full.lint)
    assert text_of(result) == kept
    assert len(result.fixed) == len(copies) + 1


def test_the_example_loses_its_copies_and_its_widget_and_nothing_else() -> None:
    check_example(EXAMPLE, [10], range(26, 33))


def test_the_sample_op_ed_loses_its_copies_and_its_widget_and_nothing_else() -> None:
    check_example(shared("seeds/op-ed.txt"), [20, 45, 78], range(90, 105))


PROSE = st.sampled_from(
    [
        "The mayor opened the new bridge on Friday, and nobody came.",
        "Rain is due in the whole of the north, the weather office said.",
        "It\u00adcost four mil\u200blion crowns.",
        "Two residents asked for more.",
        "“The coun\u00adcil never asked us,” said Ana Ruiz.",
        '"I have not seen the mayor since May," Bo Li said, "and no\u200bbody has."',
        "> Nobody read the re\u2060port of the harbour office before Monday.",
        "- 12 boats\n- 3 ferries",
        "What happens next",
        "## What happens next",
    ]
)
CAPTIONS = st.sampled_from(
    [CAPTION, "Farmers in the upper valley say the new reservoir has left their wells dry", "Crews un\u00adload the herring"]
)
WIDGETS = st.sampled_from(
    ["What’s your Reaction?\n+1\n0\n+1\n0\n+1\n0", "Share\n\n12\n\nTweet\n\n4", "+1\n\n0\n\n+1\n\n0\n\n+1\n\n0", "Share this:"]
)
PARTS = st.one_of(PROSE, PROSE, CAPTIONS.map(lambda c: f"{c}\n{c}"), CAPTIONS, WIDGETS)


@st.composite
def drafts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(PARTS, min_size=1, max_size=9))
    joins = draw(st.lists(st.sampled_from(["\n\n", "\n\n", "\n", "\n\n\n"]), min_size=len(parts), max_size=len(parts)))
    text = "".join(part + join for part, join in zip(parts, joins, strict=True))
    return draw(st.sampled_from([text, text.rstrip("\n"), text.replace("\n", "\r\n")]))


def is_what_is_left(short: str, long: str) -> bool:
    """Whether `short` is `long` with characters taken out."""
    rest = iter(long)
    return all(char in rest for char in short)


@settings(max_examples=120, deadline=None)
@given(drafts(), st.sampled_from(["a.txt", "a.md"]))
def test_a_fixed_draft_is_clean_of_what_was_fixed_and_stays_as_it_is(text: str, path: str) -> None:
    result = fixed(text, path)
    assert is_what_is_left(text_of(result), text)
    assert [f for f in result.findings if f.fix()] == []
    assert bool(result.fixed) == (text_of(result) != text)
    again = fixed(text_of(result), path)
    assert again.fixed == () and text_of(again) == text_of(result)
    for quoted in ("“The coun\u00adcil never asked us,”", 'no\u200bbody has."', "> Nobody read the re\u2060port"):
        assert (quoted in text) == (quoted in text_of(result))


def change(path: Path, before: str, after: str, encoding: str = "utf-8", bom: bool = False) -> tuple[Source, Source]:
    return Source(str(path), before, encoding, bom), Source(str(path), after, encoding, bom)


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16-be", b"\xfe\xff"), ("cp1252", b""), ("utf-8", b"")])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_stay(tmp_path: Path, encoding: str, mark: bytes, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mark + f"ä{end}bé".encode(encoding))
    write_back(*change(path, f"ä{end}bé", f"ä{end}é", encoding, bool(mark)))
    assert path.read_bytes() == mark + f"ä{end}é".encode(encoding)


def test_mode_and_link_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "a.txt", tmp_path / "link.txt"
    real.write_text("a")
    real.chmod(0o640)
    link.symlink_to(real)
    write_back(*change(link, "a", "b"))
    assert real.read_text() == "b" and link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(tmp_path.iterdir()) == [real, link]


def test_what_cannot_be_written_back_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ä".encode("cp1252"))
    with pytest.raises(SourceError, match=r"a\.txt: not fixed: cp1252 has no character '→' \(U\+2192\) \(save the draft as UTF-8\)"):
        write_back(*change(path, "ä", "→", "cp1252"))
    with pytest.raises(SourceError, match="not fixed: the file has changed in the meantime"):
        write_back(*change(path, "ö", "o", "cp1252"))
    assert path.read_bytes() == "ä".encode("cp1252")
    path.unlink()
    with pytest.raises(SourceError, match="not fixed: No such file"):
        write_back(*change(path, "ä", "a"))
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_write_protected_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    path.chmod(0o444)
    with pytest.raises(SourceError, match="write-protected"):
        write_back(*change(path, "a", "b"))
    assert path.read_text() == "a"
