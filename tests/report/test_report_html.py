"""The HTML report: what an editor sees, that it is sound HTML, needs nothing, and takes nothing from a draft for markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.formats import read
from edlint.model.finding import Edit, Finding, Fix, Level, Related, Sourced, Suppressed
from edlint.model.report import FileResult, Off, Report, ReportOptions, Stale
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.report.html import write
from edlint.report.wording import remedy, title_of, verdict_on
from edlint.text.span import Span

TEXT_TAGS = {"p", "h2", "h3", "h4", "pre", "blockquote", "li", "td", "th"}
VOID = {"meta", "br", "img", "link", "input", "hr", "wbr"}
CSS = (Path(__file__).resolve().parents[2] / "edlint" / "report" / "html.css").read_text(encoding="utf-8")


class Page(HTMLParser):
    """A page taken apart: ids, links, elements left open, and the text of each draft's blocks without numbers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.blocks: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        self.links += [v or "" for k, v in attrs if k in ("href", "src")]
        self.faults += [f"{tag} {k}" for k, _ in attrs if k.startswith("on")]
        if tag not in VOID:
            self.open.append((tag, values.get("class") or ""))
        if tag in TEXT_TAGS and "article" in [name for _, name in self.open]:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        classes, tags = {name.split(" ")[0] for _, name in self.open}, {tag for tag, _ in self.open}
        unread = {"ln", "no", "label", "notes", "soft", "more"} & classes or "summary" in tags
        if "article" in classes and not unread and TEXT_TAGS & tags:
            self.blocks[-1] += data


def page(*files: FileResult, quiet: bool = False, **more: object) -> tuple[str, Page]:
    out = StringIO()
    write(Report(files, version="1", **more), out, ReportOptions(quiet=quiet))  # type: ignore[arg-type]
    return out.getvalue(), Page(out.getvalue())


def finding(start: int, end: int, level: Level = Level.WARNING, **more: object) -> Finding:
    return Finding("Pack.Rule", level, "A message", Span(start, end), **more)  # type: ignore[arg-type]


TEXT = "A title\n\nThe mayor opened the bridge.\nThe mayor opened the bridge.\n\nA last line here."


def test_a_mark_and_its_note_lead_to_each_other() -> None:
    html, parsed = page(FileResult("a.txt", Source("a.txt", TEXT), (finding(9, 18),)))
    number = '<a class="no warning" id="d1-m1" href="#d1-n1" aria-label="Warning, note 1">&#8288;1</a>'
    assert f'<mark class="warning" style="anchor-name:--d1-m1">The mayor</mark>{number}' in html
    assert {"d1-m1", "d1-n1"} <= set(parsed.ids)
    assert {"#d1-m1", "#d1-n1"} <= set(parsed.links)


def test_a_copy_is_set_apart_and_leads_to_the_first() -> None:
    first, second = Span(9, 37), Span(38, 66)
    copy = Finding("Captions.Repeated", Level.ERROR, "Repeats line 3", second, related=(Related(first, "first copy here"),))
    rules = {"Captions.Repeated": Rule("Captions.Repeated", "duplicate")}
    html, parsed = page(FileResult("a.txt", Source("a.txt", TEXT), (copy,)), rules=rules)
    assert 'Second copy of <a href="#d1-b1">line 3 ↑</a>' in html and '<div class="b copy error" id="d1-b2">' in html
    assert "<i>First copy here</i>" in html and {"d1-b1", "d1-m1"} <= set(parsed.ids)


def test_a_long_finding_is_folded_with_its_note_outside() -> None:
    text = "\n".join(["Before.", *"abcdefgh", "After."])
    html, parsed = page(FileResult("a.txt", Source("a.txt", text), (finding(8, 23),)))
    article = html[html.index('<div class="article">') :]
    fold = article[: article.index("</details>")]
    assert "lines 2 to 9, folded" in fold and 'id="d1-n1"' in article[article.index("</details>") :]
    assert [b.strip() for b in parsed.blocks if b] == text.split("\n")


def test_a_reason_is_given_once_for_a_rule() -> None:
    text = "word " * 12
    found = tuple(finding(n * 5, n * 5 + 4, fixes=(Fix("delete", (), "safe"),)) for n in range(12))
    rules = {"Pack.Rule": Rule("Pack.Rule", "existence", why="Because.", instead="Do that.")}
    html, _ = page(FileResult("a.txt", Source("a.txt", text), found), rules=rules)
    assert html.count("<i>Why</i> Because.") == 1 and html.count('Why: as in <a href="#d1-n1">note 1</a>') == 11
    assert html.count("<i>Instead:</i> Do that.") == 1  # in the endnotes
    assert html.count("<i>Fix</i> Delete</p>") == 12


def test_what_lies_between_two_characters_has_a_caret() -> None:
    html, _ = page(FileResult("a.txt", Source("a.txt", "One two"), (finding(3, 3),)))
    assert 'One<mark class="warning" style="anchor-name:--d1-m1">\u2038</mark><a' in html


def test_findings_inside_one_another_are_all_marked() -> None:
    html, _ = page(FileResult("a.txt", Source("a.txt", "One two three"), (finding(0, 13), finding(4, 7, Level.ERROR))))
    assert html.count('<mark class="warning"') == 2 and '<mark class="error" style="anchor-name:--d1-m2">two</mark>' in html


def test_a_number_never_stands_in_a_word_and_one_letter_takes_its_word_along() -> None:
    text = "The City's walls, and caf\u00c3\u00a9s."
    html, _ = page(FileResult("a.txt", Source("a.txt", text), (finding(8, 9), finding(text.index("\u00c3"), text.index("s.")))))
    assert ">City&#x27;s</mark><a" in html and ">\u00c3\u00a9s</mark><a" in html


def test_every_place_of_a_finding_bears_its_number() -> None:
    also = (Related(Span(4, 7), "also here", same=True),)
    html, parsed = page(FileResult("a.txt", Source("a.txt", "One two three"), (finding(0, 3, related=also),)))
    assert {"d1-m1", "d1-m1-2"} <= set(parsed.ids) and '<i>Also here</i> <a href="#d1-m1-2">line 1</a>' in html and "×2" in html


def test_blocks_keep_their_form_and_what_a_finding_points_at_between_them_is_shown() -> None:
    text = "# Title\n\n<div>\n\nBody **bold** [text](http://a.b) `x`.\n\n</div>\n\n> Quoted words.\n\n"
    text += "- one\n- two\n\n1. three\n\n| a | b |\n|---|---|\n| c | d |\n"
    source = Source("a.md", text)
    html, parsed = page(FileResult("a.md", source, (finding(9, 14),), document=read(source, "markdown")))
    assert '<h2 dir="auto">Title</h2>' in html and '<blockquote dir="auto">Quoted words.' in html and "<div>" in parsed.blocks
    assert "Body bold text x." in parsed.blocks
    assert html.count("\n<ul>\n") == 1 and '<ol start="1">' in html and html.count('<li class="b depth1"') == 3
    assert html.count("<tr>") == 2 and html.count("<th id=") == 2 and html.count("<td id=") == 2


def test_what_silences_is_shown_in_words() -> None:
    text = "Title\n\n# edlint-disable-next-line Claims: our <own> count\nHalf of them left.\n"
    source = Source("a.txt", text)
    silenced = Suppressed(finding(text.index("Half"), text.index("left")), "our <own> count")
    html, _ = page(FileResult("a.txt", source, (), (silenced,), document=read(source, "plain")))
    assert "<b>Silenced in the draft</b>: <q>our &lt;own&gt; count</q>" in html and '<mark class="quiet">Half of them </mark>' in html


def test_the_table_of_claims_has_sources_and_the_lack_of_them() -> None:
    text = "Exports fell by half. Imports fell by half, the harbour office said."
    bare = Finding("Claims.Figure", Level.WARNING, "No source", Span(8, 12))
    named = Sourced("Claims.Figure", Span(22, 68), (Span(44, 67),))
    source = Source("a.txt", text)
    html, _ = page(FileResult("a.txt", source, (bare,), sourced=(named,), document=read(source, "plain")))
    table = html[html.index('<table class="claims">') : html.index("</table>")]
    assert "2 claims, 1 without a source." in html and ">Exports fell by half.</th>" in table
    assert table.index("no source") < table.index("the harbour office said</td>")
    assert '<a href="#d1-n1">note 1</a>' in table
    assert "Claims and their sources" not in page(FileResult("a.txt", Source("a.txt", text)))[0]


def test_errors_notices_and_what_is_not_shown_are_said() -> None:
    silenced = Suppressed(finding(0, 1), "own <reporting>")
    file = FileResult(
        "a.txt",
        Source("a.txt", "x y"),
        (),
        (silenced,),
        (finding(0, 1),) * 2,
        notices=("a notice",),
        faults=("a fault",),
        accepted=(finding(0, 1),),
    )
    html, parsed = page(file, FileResult("b.txt", error="b.txt: cannot be read"), stale=(Stale("a.txt", "P.R", "gone"),))
    said = ["a notice", "a fault", "b.txt: cannot be read", "own &lt;reporting&gt;", "gone", "Direct speech is not corrected"]
    said.append("Accepted in the past")
    assert [words for words in said if words not in html] == []
    assert "Could not be checked. This is not a pass." in html and "not everything was checked" in html
    assert not parsed.faults and "#d2" in parsed.links


def test_nobody_is_told_of_options_and_files_of_the_command_line() -> None:
    off = (Off("Claims", ".edlint.yml:3"), Off("Names", "--ignore"))
    file = FileResult("a.txt", Source("a.txt", "x y"), (finding(0, 1),), (Suppressed(finding(0, 1), ""),), accepted=(finding(0, 1),))
    html, _ = page(file, off=off, baseline=".edlint-baseline.json", stale=(Stale("a.txt", "P.R", "gone"),))
    body = html[html.index("<body>") :]
    assert not re.search(r"(?<![\w-])--[a-z]+(?![\w-]*[;,:\"])|edlint\.yml|directive|baseline|`", re.sub(r'style="[^"]*"', "", body))
    assert "Not looked for: Claims; Names." in body


def test_quiet_leaves_errors_only() -> None:
    file = FileResult("a.txt", Source("a.txt", "One two"), (finding(0, 3), finding(4, 7, Level.ERROR)))
    html, _ = page(file, quiet=True)
    assert ">two</mark>" in html and '<mark class="warning"' not in html


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    html, parsed = page(FileResult("a.txt", Source("a.txt", TEXT), (finding(0, 7),)))
    assert "script" not in parsed.tags and not parsed.faults
    assert all(link.startswith("#") for link in parsed.links)
    assert "url(" not in html and "@import" not in html and "default-src 'none'" in html
    assert {"header", "main", "footer", "section"} <= set(parsed.tags)


def test_several_drafts_have_a_list_and_a_verdict_each() -> None:
    clean = FileResult("a.txt", Source("a.txt", "All is well."))
    html, parsed = page(clean, FileResult("b.txt", Source("b.txt", "One two"), (finding(0, 3, Level.ERROR),)))
    assert "Not ready: 1 of 2 drafts" in html and "Not ready: 1 error to mend" in html and "Nothing found" in html
    assert {"#d1", "#d2"} <= set(parsed.links) and not parsed.faults and html.count("<h1") == 1


VERDICTS = [
    ((Level.ERROR, Level.ERROR, Level.WARNING), "Not ready: 2 errors to mend"),
    ((Level.WARNING,), "Nothing stands in the way. 1 warning wants a decision."),
    ((Level.WARNING, Level.WARNING), "Nothing stands in the way. 2 warnings want a decision."),
    ((Level.SUGGESTION,), "Ready. 1 suggestion, if there is time."),
    ((), "Nothing found"),
]


@pytest.mark.parametrize(("levels", "words"), VERDICTS)
def test_a_verdict_is_said_in_words(levels: tuple[Level, ...], words: str) -> None:
    file = FileResult("a.txt", Source("a.txt", "One two"), tuple(finding(0, 3, level) for level in levels))
    assert verdict_on(file).words == words
    assert verdict_on(file._replace(error="x")).words.startswith("Could not be checked")


def test_a_verdict_asks_for_all_that_fails() -> None:
    file = FileResult("a.txt", Source("a.txt", "One"), (finding(0, 3), finding(0, 3, Level.ERROR)), fail_on=Level.WARNING)
    assert verdict_on(file).words == "Not ready: 1 error and 1 warning to mend"
    partly = FileResult("a.txt", Source("a.txt", "One"), faults=("no engine",))
    assert verdict_on(partly).words == "Nothing found; not everything was checked"


def test_a_short_replacement_is_a_title_of_its_own() -> None:
    source, rule = Source("a.txt", "the USA, here"), Rule("A.b", "existence", title="Write it plainly")
    fix = Fix("replace by 'US'", (Edit(Span(4, 7), "US"),))
    assert title_of(finding(4, 7, fixes=(fix,)), rule, source) == "USA → US"
    assert title_of(finding(4, 7, fixes=(fix, fix)), rule, source) == "Write it plainly"
    assert title_of(finding(4, 7, fixes=(Fix("delete", (Edit(Span(4, 7), ""),)),)), rule, source) == "Write it plainly"
    assert title_of(finding(4, 7), None, source) == "Rule"
    assert remedy(fix) == ("Replace by", "US", True) and remedy(Fix("delete these lines", (), "safe")) == ("Delete these lines", "", False)


def test_an_empty_report_and_an_empty_draft_are_pages() -> None:
    for files in ((), (FileResult("a.txt", Source("a.txt", "")),), (FileResult("a.txt", Source("a.txt", ""), (finding(0, 0),)),)):
        _, parsed = page(*files)
        assert not parsed.faults and not parsed.open


CHARS = st.text(
    st.one_of(st.sampled_from("<>&\"'\n\r\t \x1b\u202e\u00a0`]\\\U0001f600ab"), st.characters(exclude_categories=["Cs"])), max_size=60
)


@settings(deadline=None, max_examples=150)
@given(st.data(), CHARS)
def test_any_draft_makes_a_sound_page_that_loses_nothing(data: st.DataObject, text: str) -> None:
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    levels = st.sampled_from(list(Level))
    found = sorted(
        (finding(a, b, level) for (a, b), level in data.draw(st.lists(st.tuples(places, levels), max_size=5))), key=lambda f: f.span
    )
    found = [replace(f, message=text, rule=f"P.{text}", related=(Related(f.span, text),)) for f in found]
    html, parsed = page(FileResult(text, Source(text, text), tuple(found)), FileResult("b", error=text))
    assert not parsed.faults and not parsed.open
    assert len(parsed.ids) == len(set(parsed.ids))
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", html)
    drawn = re.sub(r"\s", "", "".join(parsed.blocks)).translate(dict.fromkeys(map(ord, "\u2038\u2423\u237d\u21b5")))
    wanted = re.sub(r"[\s\u2038\u2423\u237d\u21b5]", "", "".join(_visible(line) for line in re.split(r"\r\n|\n|\r", text)))
    assert drawn == wanted or "folded" in html


def _visible(text: str) -> str:
    from edlint.report.terminal import visible

    return visible(text)


def _luminance(color: str) -> float:
    """Relative luminance of #rgb or #rrggbb, by WCAG 2.2."""
    digits = color[1:] if len(color) == 7 else "".join(c * 2 for c in color[1:])
    values = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_can_be_read() -> None:
    schemes = [scheme for scheme in re.findall(r":root \{(.*?)\}", CSS, re.S) if "--paper" in scheme]
    assert len(schemes) == 3
    for scheme in schemes:
        colors = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", scheme))
        pairs = [
            (ink, ground)
            for ink in ("ink", "soft", "error", "warning", "suggestion", "good")
            for ground in ("paper", "panel")
            if ink in colors
        ]
        pairs += [("ink", f"{level}-wash") for level in ("error", "warning") if f"{level}-wash" in colors]
        for ink, ground in pairs:
            high, low = sorted((_luminance(colors[ink]), _luminance(colors[ground])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


def test_joined_emoji_and_letters_stay_joined_and_other_hidden_characters_are_written_out() -> None:
    from edlint.report.markup import shown

    assert shown("\U0001f469\u200d\U0001f467 \u0646\u200c\u0647") == "\U0001f469\u200d\U0001f467 \u0646\u200c\u0647"
    assert shown("a\u200db \u200d \u200b\u202e") == "a\\u200db \\u200d \\u200b\\u202e"
    assert shown("\u200d") == "\\u200d"
