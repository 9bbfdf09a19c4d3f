"""The Boilerplate and Paste packs through the whole pipeline, in every format."""

import time

import pytest
from components import shared

from edlint.linter import Linter
from edlint.model.finding import Finding, Level

BODY = "Rain is due on Friday in the whole of the north, the weather office said on Monday, and it may last for three days."


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=["Boilerplate"])


@pytest.fixture(scope="module")
def paste() -> Linter:
    return Linter(select=["Paste"])


def lint(linter: Linter, text: str, path: str = "a.txt") -> list[tuple[Finding, str]]:
    return [(f, text[slice(*f.span)]) for f in linter.lint_text(text, path).findings]


def test_the_widget_of_the_seed_is_one_error(linter: Linter) -> None:
    result = linter.lint_file(shared("seeds/op-ed.txt"))
    assert result.source is not None
    [finding] = result.findings
    first, last = (result.source.lines.position(offset) for offset in finding.span)
    assert finding.level is Level.ERROR
    assert (first.line, first.column, last.line) == (90, 1, 104)


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_mixed_families_are_one_finding(linter: Linter, gap: str) -> None:
    widget = gap.join(["Share", "Facebook", "WhatsApp", "12", "Related stories", "Storm hits the coast", "Advertisement", "Leave a Reply"])
    text = f"{BODY}{gap}{gap}{widget}{gap}"
    [(finding, covered)] = lint(linter, text)
    assert (finding.level, covered) == (Level.ERROR, widget)
    assert finding.message.endswith(".") and "Related" in finding.message


def test_lists_in_markdown(linter: Linter) -> None:
    text = f"{BODY}\n\n- [Share](#s)\n- [Facebook](#f)\n- **Copy link**\n\n## Related articles\n\n1. [Storm hits the coast](/a)\n"
    [(finding, covered)] = lint(linter, text, "a.md")
    assert finding.level is Level.ERROR
    assert covered.startswith("Share") and "Copy link" in covered and "Storm hits the coast" not in covered


def test_buttons_paragraphs_and_breaks_in_html(linter: Linter) -> None:
    widget = "<div class=x><button>Tweet</button><button>Print</button></div><p>Share this<br>Facebook<br>14</p>"
    text = f"<p>{BODY}</p>{widget}<p>{BODY} Twice.</p>"
    [(_, covered)] = lint(linter, text, "a.html")
    assert covered.startswith("Tweet") and covered.endswith(("Facebook", "14"))


def test_the_template_of_a_whole_page_is_no_leftover_but_a_widget_in_its_text_is(linter: Linter) -> None:
    share = "<div><button>Tweet</button><button>Print</button></div>"
    around = "<header><a>Log in</a></header><nav><a>Home</a> <a>Contact us</a></nav>", "<footer><p>Sign up for our newsletter</p></footer>"
    page = f"<html><body>{around[0]}<main><p>{BODY}</p></main><aside><h3>Related stories</h3></aside>{around[1]}</body></html>"
    assert lint(linter, page, "a.html") == []
    assert [c[:5] for _, c in lint(linter, page.replace("</main>", f"{share}</main>"), "a.html")] == ["Tweet"]
    assert lint(linter, f"<p>{BODY}</p>{around[1]}", "a.html") != []


def warned(linter: Linter, text: str) -> list[tuple[str, str]]:
    return [(f.rule, covered) for f, covered in lint(linter, text) if f.level is Level.WARNING]


def test_a_list_of_other_pieces_inside_the_text_is_one_warning(linter: Linter) -> None:
    listed = "Storm on its way to the harbour of the north\n\nWho pays for the crane on the quay?\n\nA night out in..."
    found = warned(linter, f"{BODY}\n\nMost read in the north:\n\n{listed}\n\n{BODY} Twice.")
    assert found == [("Boilerplate.Listed", f"Most read in the north:\n\n{listed}")]


def test_comments_of_readers_with_two_signatures_are_one_error(linter: Linter) -> None:
    said = "Ana Ruiz says:\n\nIt never rains here, and it never did as long as anybody can remember.\n\nBo Li says:\n\nIt did once, in May."
    found = {(f.rule, f.level): covered for f, covered in lint(linter, f"{BODY}\n\n2 responses to this piece\n\n{said}")}
    assert found["Boilerplate.Discussion", Level.ERROR] == said.rpartition("\n\n")[0]
    one = said.partition("\n\nBo Li")[0]
    assert "Boilerplate.Discussion" not in {f.rule for f, _ in lint(linter, f"{BODY}\n\n2 responses to this piece\n\n{one}")}


def test_after_the_end_short_lines_below_a_leftover_are_a_warning(linter: Linter) -> None:
    rest = "A harbour without cranes, and other tales of the north"
    [(rule, covered)] = warned(linter, f"{BODY}\n\nPrint this article\n\n{rest}")
    assert rule == "Boilerplate.Tools" and covered.endswith(rest)


@pytest.mark.parametrize(
    "text",
    [
        f"More News From the Quay\n\nA long night\n\n{BODY}",
        f"{BODY}\n\nMore on the cranes (12 June 2026)\n\nThe crane that fell\n\n{BODY} Twice.",
        f"12 Comments\n\nBo Li, 12 June 2026, 10:15\n\n{BODY}\n\nAna says:\n\nIt never rains here.",
        f"{BODY}\n\nPrint this article\n\nCorrection: The storm came on Monday, not on Friday as first written.",
        f"{BODY}\n\nHarbour 12 mm\n\nHill 30 mm\n\nReporting by Ana Ruiz and Bo Li in the north",
        f"{BODY}\n\nAna Ruiz says:\n\nIt never rains here.\n\nBo Li says:\n\nIt did once.",
    ],
)
def test_what_only_looks_like_the_rest_of_a_page_is_no_warning(linter: Linter, text: str) -> None:
    weak = {"Boilerplate.Below", "Boilerplate.Between", "Boilerplate.Discussion", "Boilerplate.Listed", "Boilerplate.Tail"}
    assert not weak & {rule for rule, _ in warned(linter, text)}


@pytest.mark.parametrize(
    "line",
    [
        "HARBOUR, Nov. 14 —", "By Ana Ruiz", "14 November 2026", "‘We were never asked’", "He agreed.", "Ana Ruiz",
        "Harbour 3, Hill 1", "2 cups of flour", "1", "Q. What is the plan?", "A: We have none.", "Interviewer:", "Photo: Bo Li",
        "Correction: the fair opens on Friday.", "Share prices fell on Friday", "Print is not dead", "Comments by the minister",
        "Facebook, which owns the network", "Most read of all was her diary", "Newsletter readers were told on Monday.",
        "What we know so far", "The next story he tells is his own.", "***", "Sources", "Why it matters",
        "He left a reply on the table.", "The top of the page was torn.",
        "More stories came out of the town than anyone could tell.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_article_lines_stay(linter: Linter, line: str, path: str) -> None:
    assert lint(linter, f"{BODY}\n\n{line}\n\n{BODY}", path) == []
    assert lint(linter, f"Storm on its way\n\n{line}\n\n{BODY}\n\n{line}", path) == []


def test_code_tables_and_front_matter_are_not_read(linter: Linter) -> None:
    parts = ["---\ntags: [print, share]\n---", BODY, "```\nShare\nTweet\n```", "| Share | Print |\n|---|---|\n| Tweet | 12 |", BODY]
    assert lint(linter, "\n\n".join(parts), "a.md") == []


def test_placeholders_and_names_like_them(paste: Linter) -> None:
    assert [t for _, t in lint(paste, "The plant cost $TK million. [PHOTO] It employs TKTK people.")] == ["$TK", "[PHOTO]", "TKTK"]
    assert lint(paste, "TK Maxx and Super Bowl XXX, said TK Ruiz of the TK-80.") == []


def test_trailing_no_break_spaces_are_one_finding_with_its_places(paste: Linter) -> None:
    [(finding, found)] = lint(paste, "The mayor spoke.\u00a0 \nHe left.\u00a0\n\n10\u00a0km, Mr\u00a0Bo, l’été\u00a0!")
    assert (finding.span.start, found, finding.level) == (16, "\u00a0", Level.SUGGESTION)
    assert [place.span.start for place in finding.related] == [27]
    assert {(fix.safety, edit.text) for fix in finding.fixes for edit in fix.edits} == {("unsafe", "")}


@pytest.mark.parametrize(("garbled", "right"), [("Itâ€™s", "’"), ("cafÃ©", "é"), ("Â£5", "£"), ("â€œGoâ€\u009d", "“")])
def test_garbled_letters_are_named_with_what_was_meant(paste: Linter, garbled: str, right: str) -> None:
    finding = lint(paste, f"The word is {garbled} here, he said.")[0][0]
    assert (finding.level, finding.fixes[0].edits[0].text) == (Level.ERROR, right)


@pytest.mark.parametrize(
    "text",
    ["São Paulo, naïve, Ångström, crème brûlée", "👨‍👩‍👧 and 🏳️‍🌈", "می‌خواهم", "שלום\u200f!", "a soft option", "5' 10\" tall"],
)
def test_letters_that_belong_stay(paste: Linter, text: str) -> None:
    assert lint(paste, f"{text}\n\nThe mayor spoke of it on Friday.") == []


def test_a_whole_sentence_below_the_buttons_is_the_writers() -> None:
    body = "The council met on Monday to discuss the bridge, and it agreed to spend 12 million crowns on repairs over the next two years."
    text = f"{body}\n\n{body.replace('Monday', 'Friday')}\n\nShare this:\nFacebook\nTwitter\n\nThe work on the bridge begins in May.\n"
    found = Linter(select=["Boilerplate"]).lint_text(text).findings
    assert [text[slice(*f.span)] for f in found] == ["Share this:\nFacebook\nTwitter"]


@pytest.mark.parametrize("signs", ["&#", "#", "* ", "::", "#a"])
def test_a_line_of_signs_takes_little_time(linter: Linter, signs: str) -> None:
    """A pattern that skips what stands before a word must not try again for each sign of it."""
    began = time.process_time()
    assert not linter.lint_text(signs * 150_000, "a.txt").faults
    assert time.process_time() - began < 4
