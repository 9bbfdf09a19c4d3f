"""Checkstyle XML."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from hypothesis import given
from reports import TEXTS, finding, report

from edlint.model.finding import Level
from edlint.report import render
from edlint.report.xmltext import escaped


def test_files_and_errors() -> None:
    text = "é\n😀 two"
    given = report(text, finding(text, "two"), finding(text, "é", Level.SUGGESTION, message="a\n\t“b”"), faults=("slow",), path="a & b.md")
    shown = render(given, "checkstyle")
    assert shown.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n')
    (file,) = ElementTree.fromstring(shown)
    assert file.attrib == {"name": "a & b.md"}
    fault, error, info = (element.attrib for element in file)
    assert fault == {"line": "1", "severity": "error", "message": "slow", "source": "edlint"}
    assert error == {"line": "2", "column": "3", "severity": "error", "message": "No source: 'two'", "source": "edlint.Claims.Unsourced"}
    assert (info["severity"], info["message"]) == ("info", "a\n\t“b”")


@given(TEXTS)
def test_any_text_is_read_back_but_for_what_xml_forbids(text: str) -> None:
    read = ElementTree.fromstring(f'<a b="{escaped(text)}">{escaped(text)}</a>')
    assert read.get("b") == (read.text or "")
    assert escaped(text).isascii()
    kept = [char for char in text if char in "\t\r\n" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"]
    if len(kept) == len(text):
        assert read.get("b") == text
