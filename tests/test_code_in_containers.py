"""Code is never read as prose, whatever holds it."""

from __future__ import annotations

import pytest

from edlint.linter import Linter

SLIPS = "He have a dog. Critics say it will fail. the the"
DRAFTS = {
    "a numbered list": f"1. Write the file.\n\n   ```\n   {SLIPS}\n   ```\n",
    "a bullet list": f"- Write the file.\n\n  ```text\n  {SLIPS}\n  ```\n",
    "a list, indented": f"- Write the file.\n\n      {SLIPS}\n",
    "a list in a list": f"- One.\n  - Two.\n\n    ~~~\n    {SLIPS}\n    ~~~\n",
    "a quotation": f"> Said.\n>\n> ```\n> {SLIPS}\n> ```\n",
    "a quotation in a list": f"- Said.\n\n  > ```\n  > {SLIPS}\n  > ```\n",
    "a note": f"Text.[^1]\n\n[^1]: A note.\n\n    ```\n    {SLIPS}\n    ```\n",
    "HTML in Markdown": f"Text.\n\n<ul><li><pre>{SLIPS}</pre></li></ul>\n",
    "HTML code in a quotation": f"Text.\n\n<blockquote><pre><code>{SLIPS}</code></pre></blockquote>\n",
    "code across blank lines": f"1. Text.\n\n   ```\n   a\n\n   {SLIPS}\n   ```\n",
}


@pytest.mark.parametrize("text", DRAFTS.values(), ids=DRAFTS)
def test_code_is_not_prose(text: str) -> None:
    assert Linter().lint_text(text, "a.md").findings == ()


@pytest.mark.parametrize("html", ["<li>A<pre>{}</pre></li>", "<table><td><pre>{}</pre></table>", "<blockquote><pre>{}</pre></blockquote>"])
def test_code_in_a_page_is_not_prose(html: str) -> None:
    assert Linter().lint_text(html.format(SLIPS), "a.html").findings == ()
