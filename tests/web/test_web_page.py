"""The page in a real browser: paste, fix, dismiss, edit, drop, hostile drafts, and that everybody can use it."""

from __future__ import annotations

import re
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from browser import axe, sideways
from served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
OP_ED = (ROOT / "examples" / "op-ed.txt").read_text("utf-8")
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  (document.activeElement || document.body).dispatchEvent(event);
}"""
DROP = """([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(bytes)], name));
  for (const kind of ["dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""


def paste(page: Page, text: str, html: str = "") -> None:
    page.evaluate(PASTE, [html, text])
    checked(page)


def drop(page: Page, name: str, data: bytes) -> None:
    page.evaluate(DROP, [name, list(data)])


def checked(page: Page) -> None:
    page.get_by_text("Checked just now").wait_for(timeout=120_000)  # the first check waits for rules and engine


def titles(page: Page) -> list[str]:
    words = "[...document.querySelectorAll('.item .about')].map(item => [...item.childNodes].map(node => node.data || '').join(''))"
    found: list[str] = page.evaluate(words)
    return found


def text(page: Page) -> str:
    found: str = page.evaluate("[...document.getElementById('text').children].map(line => line.textContent).join('\\n')")
    return found


def test_what_is_pasted_is_checked_errors_first(page: Page) -> None:
    paste(page, OP_ED)
    heads = page.locator(".group h2").all_inner_texts()
    assert [re.sub(r"\W*(\w+).*", r"\1", head) for head in heads] == ["Errors", "Warnings", "Suggestions"]
    assert page.locator("h1").inner_text() == "The Harbour Tunnel: The Only Answer to the City's Traffic"
    assert text(page) == OP_ED


def test_a_fix_is_one_key_and_can_be_undone(page: Page) -> None:
    paste(page, "A title\n\nThey should of gone home.\n\nThe end is near.\n")
    page.keyboard.press("j")
    page.keyboard.press("f")
    page.get_by_text("Fixed: of → have").first.wait_for()
    assert "They should have gone home." in text(page)
    page.locator("#nothing").wait_for()
    page.click("#undo")
    page.locator(".item").wait_for()
    assert "They should of gone home." in text(page)


def test_the_browsers_own_undo_knows_of_a_fix(page: Page) -> None:
    paste(page, "A title\n\nThey should of gone home.\n")
    page.click(".item button")
    page.click("text=Replace by")
    assert "should have gone" in text(page)
    page.locator("#text").focus()
    page.keyboard.press("Control+z")
    assert "should of gone" in text(page)


def test_one_note_for_findings_that_say_the_same(page: Page) -> None:
    paste(page, "A title\n\nThey should of gone home. They should of stayed.\n\nThey should of left.\n")
    assert titles(page) == ["of → have"] and page.locator("#n-findings").inner_text() == page.locator("#count-warning").inner_text() == "3"
    page.click(".item button")
    page.get_by_role("button", name=re.compile("Replace by have .all 3.")).click()
    page.locator("#nothing").wait_for()
    assert " of " not in text(page) and text(page).count("have") == 3


def test_lines_that_a_fix_deletes_are_gone(page: Page) -> None:
    paste(page, OP_ED)
    page.locator(".item.error button").first.click()
    page.keyboard.press("f")
    page.get_by_text("Fixed: Repeats an earlier line").first.wait_for()
    assert text(page).count("The old bridge carries three times") == 1
    assert len(text(page).split("\n")) == len(OP_ED.split("\n")) - 1


def test_a_finding_is_dismissed_with_a_reason_and_comes_back(page: Page) -> None:
    paste(page, "A title\n\nThey should of gone home.\n")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.fill("#own", "a quotation of the poet")
    page.keyboard.press("Enter")
    page.locator("#nothing").wait_for()
    page.click("#done summary")
    assert page.locator("#done-list li").inner_text().startswith("of → have: a quotation of the poet")
    with page.expect_download() as kept:
        page.click("#report")
    report = kept.value.path().read_text("utf-8")
    assert "a quotation of the poet" in report and "Nothing found" in report
    page.get_by_role("button", name="Undo: of → have").click()
    assert titles(page) == ["of → have"]


def test_findings_follow_as_one_types(page: Page) -> None:
    paste(page, "A title\n\nThey went home.\n")
    page.locator("#nothing").wait_for()
    page.locator("#text div").nth(2).click()
    page.keyboard.press("End")
    page.keyboard.type(" We should of stayed.")
    page.locator(".item").wait_for()
    assert titles(page) == ["of → have"] and text(page) == "A title\n\nThey went home. We should of stayed.\n"
    page.keyboard.press("Enter")
    page.keyboard.type("jkfde are letters here.")
    assert text(page).startswith("A title\n\nThey went home. We should of stayed.\njkfde are letters here.")


def test_keys_in_the_text_and_in_the_list(page: Page) -> None:
    paste(page, OP_ED)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator(".item.on .about").inner_text().endswith("Repeats an earlier line")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.locator(".item.on .about").inner_text().endswith("Web page furniture left in")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id").startswith("finding-")


def test_filters_by_level_and_kind(page: Page) -> None:
    paste(page, OP_ED)
    page.click("#chip-warning")
    page.click("#chip-suggestion")
    assert len(titles(page)) == 2
    page.select_option("#pack", "Claims")
    assert page.get_by_text("No finding of this kind. Change the filters above.").is_visible()
    page.click("#chip-warning")
    assert len(titles(page)) == 3


def test_claims_have_a_tab(page: Page) -> None:
    paste(page, OP_ED)
    page.click("#tab-claims")
    page.locator(".claim").first.wait_for()
    told = re.search(r"(\d+) claims\.", page.locator("#p-claims").inner_text())
    assert told and int(told[1]) == page.locator(".claim").count() > page.locator(".claim .none").count() > 0
    page.click("#chip-bare")
    assert 0 < page.locator(".claim").count() < int(told[1]) and page.locator(".claim .none").count() == 0
    page.locator(".claim .link").first.click()
    assert page.evaluate("CSS.highlights.get('shown').size") == 1


def test_a_claim_is_checked_and_the_ledger_is_kept_as_a_table(page: Page) -> None:
    paste(page, "A title\n\nThe number of cars has doubled since 2011, and 400 drivers were hurt.\n")
    page.click("#tab-claims")
    page.locator(".claim select").select_option("checked")
    page.locator(".claim input").fill("the count of May")
    page.locator(".claim input").press("Tab")
    page.locator("#text div").nth(2).click()
    page.keyboard.press("Home")
    page.keyboard.type("In town ")
    page.locator(".claim", has_text="In town").wait_for()
    assert page.locator(".claim select").input_value() == "checked" and page.locator(".claim input").input_value() == "the count of May"
    with page.expect_download() as kept:
        page.click("#ledger")
    table = kept.value.path().read_text("utf-8-sig")
    assert kept.value.suggested_filename == "draft-claims.csv" and "In town" in table and "the count of May" in table


def test_rich_text_keeps_headings_lists_and_links(page: Page) -> None:
    html = "<meta><h1>A walk</h1><p>They <b>went</b> <i>home</i> by <a href='https://a.example/x'>train</a>.</p><ul><li>one</li><li>two</li></ul>"
    html += "<script>alert(1)</script><p style='display:none'>unseen</p><a href='javascript:alert(1)'>press</a>"
    paste(page, "A walk They went home", html)
    wanted = "# A walk\n\nThey **went** *home* by [train](https://a.example/x).\n\n- one\n- two\n\npress\n"
    assert text(page) == wanted
    assert page.locator("#text .title").inner_text() == "# A walk"


def test_a_word_file_is_dropped(page: Page, tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("They should of gone home, the mayor said on Monday.")
    document.save(str(tmp_path / "walk.docx"))
    drop(page, "walk.docx", (tmp_path / "walk.docx").read_bytes())
    checked(page)
    assert titles(page) == ["of → have"]


def test_a_word_file_goes_back_with_comments(page: Page) -> None:
    import docx

    document, out = docx.Document(), BytesIO()
    document.add_paragraph("They should of gone home, the mayor sayed on Monday.")
    document.save(out)
    drop(page, "walk.docx", out.getvalue())
    checked(page)
    page.locator(".item", has_text="sayed").locator("button").first.click()
    page.keyboard.press("f")
    page.locator("#toast").get_by_text("Fixed:").wait_for()
    with page.expect_download() as kept:
        page.click("#word")
    assert kept.value.suggested_filename == "walk-edlint.docx"
    again = docx.Document(str(kept.value.path()))
    assert "the mayor said on Monday" in again.paragraphs[0].text
    assert "comments.xml" in " ".join(str(part.partname) for part in again.part.package.iter_parts())


def test_a_word_file_that_was_let_go_is_sent_again(page: Page) -> None:
    import docx

    document, out = docx.Document(), BytesIO()
    document.add_heading("A walk", 0)
    document.add_paragraph("They should of gone home.")
    document.save(out)
    drop(page, "walk.docx", out.getvalue())
    checked(page)
    assert page.locator("h1").inner_text() == page.locator("#text .title").inner_text() == "A walk"
    assert page.locator(".item .where").inner_text() == "paragraph 2"
    forget = "async file => { await fetch('forget', { method: 'POST', body: JSON.stringify({ file }) }); }"
    page.evaluate(forget, sha256(out.getvalue()).hexdigest())
    page.locator("#text div").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.type(" They could of stayed.")
    page.locator(".item .about", has_text="×2").wait_for()
    assert page.locator("#text .title").inner_text() == "A walk"


def test_a_dismissal_is_kept_in_the_draft(page: Page) -> None:
    paste(page, "A title\n\nThey should of gone home.\n")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.click("#done summary")
    page.get_by_role("button", name="Keep in the draft").click()
    page.locator("#toast").get_by_text("Kept in the draft").wait_for()
    assert text(page) == "A title\n\n# edlint-disable-next-line Grammar.Confused: The wording is meant\nThey should of gone home.\n"
    page.locator("#nothing").wait_for()
    assert page.locator("#done").is_hidden()


def test_a_file_that_cannot_be_read_is_said_and_no_pass(page: Page) -> None:
    drop(page, "photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0")
    page.get_by_text("Could not be read").wait_for()
    assert page.locator("#empty").is_visible()


HOSTILE = """<script>document.title = "owned"</script>
<img src=x onerror="document.title='owned'"> <a href="javascript:document.title='owned'">They should of gone.</a>
<svg/onload=alert(1)> {{constructor.constructor('alert(1)')()}} \u202e \x1b[31m
"""


@pytest.mark.parametrize("html", ["", f"<h1>x</h1>{HOSTILE}<iframe src='https://evil.example'></iframe><style>*{{display:none}}</style>"])
def test_a_hostile_draft_is_only_text(page: Page, html: str) -> None:
    paste(page, HOSTILE, html)
    assert page.title() == "edlint: check a draft"
    assert page.evaluate("document.querySelectorAll('#text script, #text img, #text svg, #text a, #text iframe, #text style').length") == 0
    page.locator(".item button").first.click()
    assert page.locator(".details").is_visible() and page.evaluate("document.querySelectorAll('#groups img, #groups script').length") == 0


def test_a_huge_draft_stays_usable(page: Page) -> None:
    words = "The council met on Monday, the clerk said, and they should of gone home. " * 1500
    paste(page, "A title\n\n" + words.replace("home. ", "home.\n\n"))
    page.keyboard.press("j")
    assert page.locator(".item.on").count() == 1 and sideways(page) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(page: Page, scheme: Any) -> None:
    """axe-core is put into the page from outside; the policy would forbid the page to load it."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {"empty": axe(page)}
    paste(page, OP_ED)
    found["findings"] = axe(page)
    page.keyboard.press("j")
    found["chosen"] = axe(page)
    page.keyboard.press("d")
    found["dismissing"] = axe(page)
    page.keyboard.press("Enter")
    page.click("#done summary")
    found["dismissed"] = axe(page)
    page.click("#tab-claims")
    page.locator(".claim").first.wait_for()
    found["claims"] = axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    found["narrow"] = axe(page)
    page.click("#grip")
    page.click("#tab-findings")
    found["narrow, half"] = axe(page)
    assert {state: faults for state, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [320, 390, 820, 900, 1280, 1440])
def test_it_fits_every_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert sideways(page) <= 0
    paste(page, OP_ED)
    page.keyboard.press("j")
    assert sideways(page) <= 0


def test_when_edlint_stops_the_text_stays_and_checking_goes_on_by_itself(page: Page) -> None:
    paste(page, "A title\n\nThey went home.\n")
    page.route("**/check", lambda route: route.abort())
    page.locator("#text div").nth(2).click()
    page.keyboard.type("x")
    page.get_by_text("edlint has stopped").first.wait_for()
    assert "They" in text(page) and page.locator("#status").inner_text() == "Not connected"
    assert not page.locator("#nothing").is_visible()
    page.unroute("**/check")
    checked(page)
    assert page.get_by_text("edlint has stopped").count() == 0


def test_after_a_crash_the_page_goes_on_with_the_edlint_that_is_started_again(browser: Browser, tmp_path: Path) -> None:
    import docx

    document, out = docx.Document(), BytesIO()
    document.add_heading("A walk", 0)
    document.add_paragraph("They went home.")
    document.save(out)
    page = browser.new_page()
    with served(tmp_path) as server:
        page.goto(server.address)
        drop(page, "walk.docx", out.getvalue())
        checked(page)
        server.process.kill()
        server.process.wait()
    page.locator("#text div").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.type(" They should of stayed.")
    page.get_by_text("edlint has stopped").first.wait_for()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.keyboard.type(" Indeed.")
    page.wait_for_timeout(2500)
    assert set(sent) == {"GET"}  # nothing of the draft
    with served(tmp_path) as again:
        assert again.address == server.address
        page.locator(".item").wait_for(timeout=60_000)
        assert titles(page) == ["of → have"] and page.locator("#text .title").inner_text() == "A walk"
        assert page.get_by_text("edlint has stopped").count() == 0
    page.close()


def test_a_program_that_took_the_port_unseen_gets_nothing_of_the_draft(browser: Browser, tmp_path: Path) -> None:
    got: list[str] = []

    class Rogue(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            got.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    page = browser.new_page()
    with served(tmp_path) as server:
        page.goto(server.address)
        paste(page, "A title\n\nThey went home.\n")
        checked(page)
        server.process.kill()
        server.process.wait()
    with HTTPServer(("127.0.0.1", int(server.origin.rpartition(":")[2])), Rogue) as rogue:
        Thread(target=rogue.serve_forever, daemon=True).start()
        page.locator("#text div").nth(2).click()
        page.keyboard.type("x")
        page.get_by_text("edlint has stopped").first.wait_for()
        rogue.shutdown()
    assert got and all(line.startswith("GET /hello?") for line in got)
    page.close()


def test_each_line_runs_the_way_of_its_words(page: Page) -> None:
    paste(page, "A title\n\nشلال القديم في المدينة لن يفتح قبل الربيع\n\nThey went home.\n")
    ways = page.evaluate(
        "[2, 4].map(n => { const line = document.getElementById('text').children[n], range = document.createRange();"
        " range.selectNodeContents(line); const box = line.getBoundingClientRect(), words = range.getBoundingClientRect();"
        " return Math.round(box.right - words.right) === 0 ? 'right' : Math.round(words.left - box.left) === 0 ? 'left' : '' })"
    )
    assert ways == ["right", "left"]


def test_tables_and_code_of_markdown_are_set_as_such(page: Page) -> None:
    table = "| Ward | Cost |\n|---|---:|\n| North | 12 |\n"
    drop(page, "a.md", f"# A title\n\n{table}\nA paragraph\nof two lines.\n\n> A quotation\n> of two.\n".encode())
    checked(page)
    kinds = page.evaluate("[...document.getElementById('text').children].map(line => line.className)")
    assert kinds[:12] == ["title", "blank", *["table"] * 3, "blank", *["paragraph"] * 2, "blank", *["quote"] * 2, "blank"]


def test_a_draft_that_was_not_checked_in_full_never_passes(page: Page) -> None:
    def without_grammar(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "findings": [], "faults": ["the grammar engine did not start"]})

    page.route("**/check", without_grammar)
    paste(page, "A title\n\nThey went home.\n")
    page.locator("#nothing").get_by_text("Nothing found; grammar not checked").wait_for()
    assert page.get_by_text("Grammar was not checked").is_visible() and page.get_by_role("button", name="Try again").is_visible()


def test_copied_text_is_the_text(page: Page) -> None:
    paste(page, OP_ED)
    page.click("#copy")
    page.get_by_text("The text is copied.").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == OP_ED
