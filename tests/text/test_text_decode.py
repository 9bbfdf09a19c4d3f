import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint.errors import SourceError
from edlint.text.decode import Decoded, decode, encode

BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def failure(data: bytes, encoding: str = "") -> str:
    with pytest.raises(SourceError) as caught:
        decode(data, "draft.md", encoding)
    return str(caught.value)


def test_plain() -> None:
    assert decode(b"", "d") == Decoded("", "utf-8", False)
    assert decode("Olé 😀\r\n\r\x0c\u2028\x1b[0m\n".encode(), "d") == Decoded("Olé 😀\r\n\r\x0c\u2028\x1b[0m\n", "utf-8", False)


@pytest.mark.parametrize("name", BOMS)
@pytest.mark.parametrize("configured", ["", "cp1252"])
def test_a_byte_order_mark_decides(name: str, configured: str) -> None:
    data = BOMS[name] + "# Olé\r\n😀".encode(name)
    assert decode(data, "d", configured) == Decoded("# Olé\r\n😀", name, True)
    assert encode("# Olé\r\n😀", name, True) == data


def test_a_second_mark_is_text() -> None:
    assert decode(codecs.BOM_UTF8 * 2 + b"a", "d") == Decoded("\ufeffa", "utf-8", True)


def test_configured_encoding_replaces_utf8() -> None:
    assert decode(b"\x93Ol\xe9\x94", "d", "Windows-1252") == Decoded("“Olé”", "cp1252", False)
    assert decode("é".encode(), "d", "latin-1").text == "Ã©"
    assert decode("hé".encode("utf-16-le"), "d", "utf-16") == Decoded("hé", "utf-16-le", False)
    assert decode(b"a", "d", "utf-8-sig") == Decoded("a", "utf-8", False)


def test_invalid_utf8_names_byte_line_and_way_out() -> None:
    message = failure(b"one\r\ntwo\rcaf\xe9\n")
    assert message.startswith("draft.md:3: byte 0xE9 at offset 12 in line 3 is not UTF-8")
    assert "--encoding cp1252" in message
    assert "offset 4 in line 1" in failure(codecs.BOM_UTF8 + b"a\xff")


def test_configured_encoding_that_does_not_fit() -> None:
    message = failure(b"a\nb\x81", "cp1252")
    assert message.startswith("draft.md:2: byte 0x81 at offset 3 in line 2 is not CP1252")
    assert "cp1252" not in message.partition("(")[2]
    assert "UTF-16-LE" in failure(b"a\0b", "utf-16-le")


def test_unknown_encoding() -> None:
    assert "unknown encoding 'cp1522' (did you mean 'cp125" in failure(b"a", "cp1522")
    assert "unknown encoding 'utf8-8'" in failure(b"a", "utf8-8")
    for name in ("rot13", "hex", "a\0b", "no such thing"):
        assert "unknown encoding" in failure(b"a", name)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\0", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", ".doc"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a\1\0", "GIF"),
        (b"\x1f\x8b\x08\0", "gzip"),
    ],
)
def test_known_files_are_named(data: bytes, word: str) -> None:
    message = failure(data)
    assert word in message and "not a draft" in message and message.startswith("draft.md: ")
    assert word in failure(data, "cp1252")


def test_binary() -> None:
    data = b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20
    assert failure(data) == "draft.md: binary file, not a draft"
    assert failure(bytes(range(128)) * 20) == "draft.md: binary file, not a draft"
    assert failure(data, "latin-1") == "draft.md: binary file, not a draft"


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_recognised(name: str) -> None:
    assert f"--encoding {name}" in failure("A plain draft.\n".encode(name))
    assert f"--encoding {name}" in failure("“Olé”, a café’s draft of ordinary length, she said.\n".encode(name))


def test_a_stray_nul_names_its_line() -> None:
    assert failure(b"A long enough draft.\r\nIt has one\0 mark.\n").startswith("draft.md:2: NUL character in line 2")


def test_what_the_encoding_lacks() -> None:
    with pytest.raises(SourceError, match=r"cp1252 has no character '😀' \(U\+1F600\)"):
        encode("a😀", "cp1252", False)


@given(
    st.text().filter(lambda text: not text.startswith(("\ufeff", "\0"))),  # the mark of UTF-16 and a NUL are the mark of UTF-32
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]),
    st.booleans(),
)
def test_round_trip(text: str, name: str, bom: bool) -> None:
    data = encode(text, name, bom)
    try:
        decoded = decode(data, "d", name)
    except SourceError as error:
        # Unmarked wide text can begin like a known file or another byte order mark; control characters are refused.
        assert any(char < " " or char == "\x7f" for char in text) or not bom, error
        return
    assert encode(*decoded) == data
    assert decoded == (text, name, bom) or not bom


@given(st.binary())
def test_any_bytes_decode_and_come_back_or_are_refused(data: bytes) -> None:
    for encoding in ("", "cp1252", "utf-16"):
        try:
            decoded = decode(data, "d", encoding)
        except SourceError as error:
            assert error.place and error.place.path == "d"
        else:
            assert encode(*decoded) == data


@pytest.mark.parametrize(("path", "said"), [("a.tex", "LaTeX"), ("b.LTX", "LaTeX"), ("c.adoc", "AsciiDoc"), ("d.asciidoc", "AsciiDoc")])
def test_markup_that_is_not_read_is_refused_with_the_way_out(path: str, said: str) -> None:
    with pytest.raises(SourceError, match=rf"{path}: this is {said}, which edlint does not read \(convert it: "):
        decode(b"= A title\n\nText.\n", path)
