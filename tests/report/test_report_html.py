"""The HTML report: what an editor sees, that it is sound HTML, needs nothing, and takes nothing from a draft for markup."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from components import program
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.formats import read
from edlint.model.finding import Finding, Fix, Level, Related, Sourced, Suppressed
from edlint.model.report import FileResult, Part, Report, ReportOptions, Stale
from edlint.model.source import Source
from edlint.report.html import write
from edlint.text.span import Span

VOID = {"meta", "br", "img", "link", "input", "hr"}
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
        if (values.get("class") or "").startswith("block"):
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        classes = [name for _, name in self.open]
        if any(c.startswith("block") for c in classes) and not any(c.startswith(("line", "no ")) for c in classes if c):
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
    assert '<mark class="warning">The mayor</mark><a class="no warning" id="d1-m1" href="#d1-n1" aria-label="warning, note 1">1</a>' in html
    assert {"d1-m1", "d1-n1"} <= set(parsed.ids)
    assert {"#d1-m1", "#d1-n1"} <= set(parsed.links)


def test_a_copy_leads_to_the_first() -> None:
    first, second = Span(9, 37), Span(38, 66)
    copy = Finding("Captions.Repeated", Level.ERROR, "Repeats line 3", second, related=(Related(first, "first copy here"),))
    html, parsed = page(FileResult("a.txt", Source("a.txt", TEXT), (copy,)))
    assert "first copy here: <a" in html and "line 3</a>" in html
    assert "d1-r1-1" in parsed.ids and "#d1-r1-1" in parsed.links
    assert html.index('id="d1-r1-1"') < html.index('id="d1-m1"')


def test_a_long_finding_is_folded_with_its_note_outside() -> None:
    text = "\n".join(["Before.", *"abcdefgh", "After."])
    html, parsed = page(FileResult("a.txt", Source("a.txt", text), (finding(8, 23),)))
    fold = html[html.index("<details") : html.index("</details>")]
    assert "lines 2 to 9 folded away" in fold and "d1-n1" in html[html.index("</details>") :]
    assert [b.strip() for b in parsed.blocks] == text.split("\n")


def test_many_notes_of_the_same_words_are_short() -> None:
    text = "word " * 12
    found = tuple(finding(n * 5, n * 5 + 4, fixes=(Fix("delete", (), "safe"),)) for n in range(12))
    html, _ = page(FileResult("a.txt", Source("a.txt", text), found))
    assert html.count("A message") == 3 and html.count('as in <a href="#d1-n1">note 1</a>') == 9
    assert html.count("Fix: delete") == 3


def test_what_lies_between_two_characters_has_a_caret() -> None:
    html, _ = page(FileResult("a.txt", Source("a.txt", "One two"), (finding(3, 3),)))
    assert 'One<mark class="warning">\u2038</mark><a' in html


def test_findings_inside_one_another_are_all_marked() -> None:
    html, _ = page(FileResult("a.txt", Source("a.txt", "One two three"), (finding(0, 13), finding(4, 7, Level.ERROR))))
    assert html.count('<mark class="warning">') == 2 and '<mark class="error">two</mark>' in html


def test_blocks_keep_their_kind_and_what_a_finding_points_at_between_them_is_shown() -> None:
    text = "# Title\n\n<div>\nBody text.\n</div>\n\n> Quoted words.\n"
    parts = tuple(Part(b.kind, b.level, b.whole) for b in read(Source("a.md", text), "markdown").blocks)
    html, parsed = page(FileResult("a.md", Source("a.md", text), (finding(9, 14),), parts=parts))
    assert 'class="block title"' in html and 'class="block quote"' in html and 'class="block raw"' in html
    assert "<div>" in parsed.blocks


def test_the_table_of_claims_has_sources_and_the_lack_of_them() -> None:
    text = "Exports fell by half. Imports fell by half, the harbour office said."
    bare = Finding("Claims.Figure", Level.WARNING, "No source", Span(0, 20))
    named = Sourced("Claims.Figure", Span(22, 68), (Span(44, 67),))
    html, _ = page(FileResult("a.txt", Source("a.txt", text), (bare,), sourced=(named,)))
    table = html[html.index('<table class="claims">') : html.index("</table>")]
    assert "2 in all, 1 without a source" in html
    assert table.index("none named") < table.index("\u201cthe harbour office said\u201d")
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
    for said in ("a notice", "a fault", "b.txt: cannot be read", "own &lt;reporting&gt;", "gone", "held back inside", "accepted"):
        assert said in html
    assert "Incomplete" in html and not parsed.faults and "#d2" in parsed.links


def test_quiet_leaves_errors_only() -> None:
    file = FileResult("a.txt", Source("a.txt", "One two"), (finding(0, 3), finding(4, 7, Level.ERROR)))
    html, _ = page(file, quiet=True)
    assert '<mark class="error">two</mark>' in html and '<mark class="warning">' not in html


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    html, parsed = page(FileResult("a.txt", Source("a.txt", TEXT), (finding(0, 7),)))
    assert "script" not in parsed.tags and not parsed.faults
    assert all(link.startswith("#") for link in parsed.links)
    assert "url(" not in html and "@import" not in html and "default-src 'none'" in html
    assert {"header", "main", "footer", "section"} <= set(parsed.tags)


def test_a_draft_with_nothing_found_is_folded_among_others_only() -> None:
    clean = FileResult("a.txt", Source("a.txt", "All is well."))
    assert "<details>" not in page(clean)[0]
    html, parsed = page(clean, FileResult("b.txt", Source("b.txt", "One two"), (finding(0, 3),)))
    assert html.count("<details>") == 1 and html.index("<details>") < html.index("All is well.") < html.index("</details>")
    assert not parsed.faults


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
    assert {link[1:] for link in parsed.links if "-r" not in link} <= set(parsed.ids)
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
    schemes = re.findall(r":root \{(.*?)\}", CSS, re.S)
    assert len(schemes) == 3
    for scheme in schemes:
        colors = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", scheme))
        pairs = [
            (ink, ground)
            for ink in ("ink", "soft", "error", "warning", "suggestion", "good")
            for ground in ("paper", "card")
            if ink in colors
        ]
        pairs += [("ink", f"{level}-wash") for level in ("error", "warning", "suggestion")]
        for ink, ground in pairs:
            high, low = sorted((_luminance(colors[ink]), _luminance(colors[ground])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_shows_the_page_without_sideways_scrolling(tmp_path: Path, width: int) -> None:
    text = TEXT + "\n\n" + "An-unbroken-word-" * 30
    html, _ = page(
        FileResult("a.txt", Source("a.txt", text), (finding(0, 7), finding(9, 37, Level.ERROR)), sourced=(Sourced("Claims.X", Span(0, 7)),))
    )
    probe = (
        "<script>document.title=[innerWidth,document.documentElement.scrollWidth,document.querySelectorAll('mark').length].join()</script>"
    )
    draft = tmp_path / "page.html"
    draft.write_text(html.replace("default-src 'none';", "").replace("</body>", f"{probe}</body>"), encoding="utf-8")
    frame = tmp_path / "frame.html"  # a window cannot be made as narrow as a telephone, a frame can
    show = 'onload="document.title=this.contentDocument.title"'
    frame.write_text(f'<iframe src="page.html" width="{width}" height="900" {show}></iframe>', encoding="utf-8")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    flags += ["--disable-sync", "--allow-file-access-from-files", f"--user-data-dir={tmp_path}/profile", "--virtual-time-budget=2000"]
    run = [program("chromium", "chromium", "chromium-browser", "google-chrome"), *flags, "--dump-dom", frame.as_uri()]
    done = subprocess.run(run, capture_output=True, text=True, timeout=90, check=False, env={**os.environ, "HOME": str(tmp_path)})
    title = re.search(r"<title>(\d+),(\d+),(\d+)</title>", done.stdout)
    assert title, done.stdout[:500] + done.stderr[-2000:]
    assert int(title[1]) == width and int(title[2]) <= width and int(title[3]) == 2
