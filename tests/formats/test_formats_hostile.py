"""Files that somebody made to break whoever reads them: each ends in a clear error, soon."""

from __future__ import annotations

import io
import random
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import manuscripts as ms
import pytest

import edlint.cli
from edlint.errors import SourceError
from edlint.formats import open_source, read
from edlint.formats.archive import DEEPEST, LARGEST, MOST

GOOD = ms.plain_runs()
DOCUMENT = ms.parts(GOOD)["word/document.xml"]
BODY = DOCUMENT.index(b"<w:body>") + len(b"<w:body>")


def with_main(xml: bytes) -> bytes:
    return ms.rezipped(GOOD, {"word/document.xml": xml})


def with_body(xml: bytes) -> bytes:
    return with_main(DOCUMENT[:BODY] + xml + DOCUMENT[BODY:])


def with_types(definition: bytes, part: str = "word/document.xml") -> bytes:
    xml = ms.parts(GOOD)[part]
    at = xml.index(b"?>") + 2
    return ms.rezipped(GOOD, {part: xml[:at] + definition + xml[at:]})


def encrypted() -> bytes:
    data = bytearray(GOOD)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ms.parts(GOOD).items():
            if name == "word/document.xml":
                with archive.open(name, "w") as part:
                    part.write(content[:BODY])
                    for _ in range(LARGEST // 10_000_000 + 1):
                        part.write(b" " * 10_000_000)
            else:
                archive.writestr(name, content)
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in ms.parts(GOOD).items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", DOCUMENT)
    return out.getvalue()


def many() -> bytes:
    return ms.rezipped(GOOD, {f"word/media/{number}.png": b"" for number in range(MOST + 1)})


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "a bomb": (bomb, "expands to more than 100 MB"),
    "entities": (lambda: with_types(LAUGHS), "document type definition"),
    "an external entity": (lambda: with_types(OUTSIDE), "document type definition"),
    "an external definition": (lambda: with_types(b'<!DOCTYPE x SYSTEM "http://x.example/x.dtd">'), "document type definition"),
    "entities in the styles": (lambda: with_types(LAUGHS, "word/styles.xml"), "document type definition"),
    "entities in the relations": (lambda: with_types(LAUGHS, "_rels/.rels"), "document type definition"),
    "deep nesting": (lambda: with_body(b"<w:sdt>" * 100_000), f"nested more than {DEEPEST} deep"),
    "encryption": (encrypted, "encrypted"),
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted, or an old Office file"),
    "a part twice": (twice, "two parts of the same name"),
    "many parts": (many, f"at most {MOST:,}"),
    "half a file": (lambda: GOOD[: len(GOOD) // 2], "damaged"),
    "no ZIP archive": (lambda: b"Just text.", "damaged"),
    "an empty file": (lambda: b"", "damaged"),
    "broken XML": (lambda: with_body(b"<w:p><w:r>"), "mismatched tag"),
    "an unknown encoding": (lambda: with_main(b'<?xml version="1.0" encoding="nonsense"?><a/>'), "unknown encoding"),
    "another kind of file": (lambda: ms.rezipped(b"PK\x05\x06" + bytes(18), {"xl/workbook.xml": b"<x/>"}), "no Word document"),
}


@pytest.mark.parametrize(("make", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_or_damaged_file_is_a_clear_error_soon(make: object, said: str) -> None:
    data = make()  # type: ignore[operator]
    began = time.perf_counter()
    with pytest.raises(SourceError, match=said) as caught:
        open_source(data, "draft.docx")
    assert str(caught.value).startswith("draft.docx: cannot be read: ")
    assert time.perf_counter() - began < 5


def test_its_exit_status_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes(with_types(LAUGHS))
    assert edlint.cli.run([str(draft), "--isolated", "--no-cache"]) == 2
    assert "document type definition" in capsys.readouterr().err


def test_no_damage_does_anything_but_read_or_refuse() -> None:
    """Bytes flipped in the archive, and in the XML inside it."""
    luck = random.Random(15)
    for number in range(150):
        inner = number % 2
        data = bytearray(DOCUMENT if inner else GOOD)
        for _ in range(luck.choice((1, 3, 30))):
            data[luck.randrange(len(data))] = luck.randrange(256)
        damaged = ms.rezipped(GOOD, {"word/document.xml": bytes(data)}) if inner else bytes(data)
        with suppress(SourceError):
            assert read(open_source(damaged, "draft.docx"), "docx").format == "docx"


def test_elements_in_any_disorder_are_read_or_refused() -> None:
    """Every element that means something, inside any other."""
    luck = random.Random(16)
    names = "p pPr r rPr t tbl tr tc sdt sdtPr sdtContent hyperlink ins del txbxContent footnote fldSimple instrText smartTag".split()
    fields = ('fldChar w:fldCharType="begin"', 'fldChar w:fldCharType="end"')
    empty = [f"<w:{tag}/>" for tag in ('pStyle w:val="Title"', "br", "tab", *fields, 'numId w:val="1"')]
    for _ in range(200):
        xml = ""
        opened: list[str] = []
        for _ in range(40):
            if opened and luck.random() < 0.45:
                xml += f"</w:{opened.pop()}>"
            elif luck.random() < 0.2:
                xml += luck.choice(empty)
            else:
                opened.append(luck.choice(names))
                xml += f"<w:{opened[-1]}>word word"
        xml += "".join(f"</w:{name}>" for name in reversed(opened))
        assert read(open_source(with_body(xml.encode()), "draft.docx"), "docx").source.text


def test_the_time_rises_with_the_length() -> None:
    """Ten times as many runs, paragraphs, comments, fields: about ten times the time."""
    run = b"<w:r><w:rPr><w:b/></w:rPr><w:t>word </w:t></w:r>"
    field = b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    shapes = (b"<w:p>" + run + b"</w:p>", b"%s", b"<w:p><w:hyperlink>" + run + b"</w:hyperlink>" + field + b"</w:p>")
    for shape in shapes:

        def took(times: int, shape: bytes = shape) -> float:
            xml = b"<w:p>" + run * times + b"</w:p>" if shape == b"%s" else shape * times
            data = with_body(xml)
            began = time.perf_counter()
            open_source(data, "draft.docx")
            return time.perf_counter() - began

        short = min(took(500) for _ in range(3))
        assert took(5_000) < 30 * short + 0.2
