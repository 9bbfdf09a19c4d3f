from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import edlint.formats
from edlint.errors import UsageError
from edlint.formats import FORMATS, format_for, read
from edlint.model.source import Source


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.txt", "plain"), ("a.TEXT", "plain"), ("README", "plain"), ("-", "plain"), ("a.rst", "rst"), ("dir.md/a", "plain"),
        ("a.md", "markdown"), ("a.Markdown", "markdown"), ("a.b.mdx", "markdown"),
        ("a.html", "html"), ("x/a.HTM", "html"), ("a.xhtml", "html"),
    ],
)  # fmt: skip
def test_the_suffix_names_the_format(path: str, name: str) -> None:
    assert format_for(path) == name


def test_a_given_format_wins() -> None:
    assert format_for("a.txt", "html") == "html"


def test_an_unknown_format_is_an_error_that_helps() -> None:
    with pytest.raises(UsageError, match="did you mean 'markdown'"):
        format_for("a.txt", "markdwon")
    with pytest.raises(UsageError, match="plain, markdown, html"):
        read(Source("a", ""), "zzzz")


def test_every_reader_is_registered() -> None:
    folder = Path(edlint.formats.__file__).parent
    readers = {f"edlint.formats.{path.stem}" for path in folder.glob("*.py") if "\ndef read(source: Source)" in path.read_text("utf-8")}
    assert readers - {"edlint.formats.__init__"} == {format.module for format in FORMATS.values()}


@pytest.mark.parametrize(
    ("format", "text", "absent"),
    [("plain", "Hello.", ("pyromark", "html", "edlint.formats.html")), ("markdown", "# *Hi*", ("html", "edlint.formats.html"))],
)
def test_a_format_loads_only_what_it_needs(format: str, text: str, absent: tuple[str, ...]) -> None:
    code = f"""
import sys
from edlint.model.source import Source
from edlint.formats import read
before = set(sys.modules)
read(Source("a", {text!r}), {format!r})
print([name for name in {absent!r} if name in sys.modules and name not in before])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("format", list(FORMATS))
@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", "\x0c\n\t"])
def test_an_empty_draft_has_no_blocks(format: str, text: str) -> None:
    document = read(Source("a", text), format)
    assert document.blocks == () and document.format == format
