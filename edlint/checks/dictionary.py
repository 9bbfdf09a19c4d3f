"""Hunspell dictionaries: the American English one that a library carries, and those that rules name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from edlint.errors import RuleError
from edlint.files.inputs import MOST, read_bytes
from edlint.text.lazy import lazy

_TERMS = Path(__file__).parent / "data" / "terms.txt"
_SET = lazy(rb"(?m)^[ \t]*SET[ \t]")
_BOM = b"\xef\xbb\xbf"


def lookup(dic: str, aff: str) -> Callable[[str], bool]:
    """Whether a word is in a dictionary; the American English one that comes with the library when no file is named."""
    import hunspell

    if not dic:
        book: Any = _built_in()
    else:
        for file in (dic, aff):
            if Path(file).stat().st_size > MOST:
                raise RuleError(f"the dictionary {file} is larger than {MOST / 1e6:g} MB")
        name = Path(dic).stem
        if Path(aff).stem != name:
            raise RuleError(f"the files {dic} and {aff} must have one name")
        with _in_utf8(Path(dic), Path(aff)) as folder:
            book = hunspell.Hunspell(name, hunspell_data_dir=folder)

    def look(word: str) -> bool:
        try:
            return bool(book.spell(word))
        except UnicodeEncodeError:  # the dictionary has no such letters
            return False

    return look


@contextmanager
def _in_utf8(dic: Path, aff: Path) -> Iterator[str]:
    """A folder with both files of a dictionary: its own, or one in which a dictionary that does not name its encoding, and is
    in UTF-8, says so. Without that word the library takes letters for those of another encoding."""
    from tempfile import TemporaryDirectory

    given = [read_bytes(path) for path in (dic, aff)]
    words, affixes = (data.removeprefix(_BOM) for data in given)
    silent = _SET.search(affixes) is None and not (words + affixes).isascii() and _is_utf8(words) and _is_utf8(affixes)
    if not silent and given == [words, affixes]:
        yield str(dic.parent)
        return
    with TemporaryDirectory(prefix="edlint-") as folder:
        Path(folder, dic.name).write_bytes(words)
        Path(folder, aff.name).write_bytes(b"SET UTF-8\n" * silent + affixes)
        yield folder


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _built_in() -> Any:
    """The American English dictionary that the package spylls carries, with words of ours; only its files are used."""
    import hunspell

    found = find_spec("spylls")
    where = Path(next(iter(found.submodule_search_locations or ()), "")) if found else Path()
    book = hunspell.Hunspell("en_US", hunspell_data_dir=str(where / "hunspell" / "data" / "en"))
    for word in _TERMS.read_text(encoding="utf-8").splitlines():
        if not word.startswith("#"):
            book.add(word)
    return book
