"""Paragraphs that stand in older articles: an index of an archive in one file, and what it says of a draft.

A paragraph is looked up by bands of MinHash values of its pairs of words, and by its first words, so that one that was shortened is found.
What comes up is compared word by word: the index holds a byte for each of a paragraph's first words. It is mapped, not read, and
takes at most a hundred bytes a paragraph.
"""

from __future__ import annotations

import json
import mmap
import re
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from edlint.errors import UsageError
from edlint.files.atomic import replacing
from edlint.model.document import Document

MAGIC = b"edlint index 1\n"
WORDS, LEAST = 44, 8  # words of a paragraph that are compared; how many one must have, and must share, to be a copy
BANDS, ROWS, HEAD = 4, 2, 8  # of the MinHash; how many words open a paragraph
SHARE, RUN = 0.8, 3  # of the shorter one's words, in runs of at least so many, that make a copy
_CANDIDATES = 1000  # in one band
_WORD = re.compile(r"\w+")
_SECTIONS = (*(f"band{number}" for number in range(BANDS + 1)), "starts", "ends", "documents", "words", "names")


class Copy(NamedTuple):
    """That a paragraph stands in an older article, with `same` of its first `words` words."""

    doc_id: str
    same: int
    words: int


def sketch(text: str) -> tuple[bytes, tuple[int, ...]] | None:
    """A byte for each of the first words of a paragraph, and the numbers that it is looked up by; None for a short one."""
    from rensa import RMinHash

    words = _WORD.findall(text.lower())[:WORDS]
    if len(words) < LEAST:
        return None
    minhash = RMinHash(num_perm=BANDS * ROWS, seed=1)
    minhash.update([f"{one} {two}" for one, two in pairwise(words)])
    values = minhash.digest()
    bands = (repr(values[at : at + ROWS]) for at in range(0, BANDS * ROWS, ROWS))
    keys = tuple(zlib.crc32(key.encode("utf-8", "surrogatepass")) for key in (*bands, " ".join(words[:HEAD])))
    return bytes(zlib.crc32(word.encode("utf-8", "surrogatepass")) & 0xFF for word in words), keys


def build(path: Path, articles: Iterable[tuple[str, Sequence[str]]]) -> tuple[int, int]:
    """Write an index of articles, each an id and its paragraphs. Gives how many articles and paragraphs it holds.

    All is kept in temporary files meanwhile, of which one band is sorted in memory at a time. Raises OSError.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    documents = paragraphs = at = 0
    with ExitStack() as stack:
        files: dict[str, IO[bytes]] = {name: stack.enter_context(TemporaryFile()) for name in _SECTIONS}
        for doc_id, texts in articles:
            for words, keys in filter(None, map(sketch, texts)):
                at += len(words)
                for number, key in enumerate(keys):
                    files[f"band{number}"].write((key << 32 | paragraphs).to_bytes(8, "little"))
                files["ends"].write(at.to_bytes(8, "little"))
                files["documents"].write(documents.to_bytes(4, "little"))
                files["words"].write(words)
                paragraphs += 1
            files["starts"].write(files["names"].tell().to_bytes(8, "little"))
            files["names"].write(doc_id.encode("utf-8", "surrogatepass") + b"\0")
            documents += 1
        sizes = {name: file.tell() for name, file in files.items()}
        head = json.dumps({"minhash": _algorithm(), "documents": documents, "paragraphs": paragraphs, "sizes": sizes}).encode()
        with replacing(path) as out:
            out.write(MAGIC + head + b" " * (-(len(MAGIC) + len(head) + 1) % 8) + b"\n")
            for name, file in files.items():
                file.seek(0)
                if name.startswith("band"):
                    column = pa.Array.from_buffers(pa.uint64(), paragraphs, [None, pa.py_buffer(file.read())])
                    out.write(pc.take(column, pc.array_sort_indices(column)).buffers()[1] or b"")
                else:
                    while part := file.read(1 << 20):
                        out.write(part)
                out.write(b"\0" * (-sizes[name] % 8))
    return documents, paragraphs


def _algorithm() -> int:
    from rensa import RMinHash

    return int(RMinHash.ALGORITHM_VERSION)


class Index:
    """An index that was built before. Raises UsageError for a file that is none, or is damaged."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError) as problem:
            raise UsageError(f"--against: {path} cannot be read: {getattr(problem, 'strerror', None) or 'it is empty'}") from None
        wrong = UsageError(f"--against: {path} is not an index, or is damaged", hint="edlint archive index SOURCE -o INDEX makes one")
        start = bytes(self._data[:4096]).find(b"\n", len(MAGIC)) + 1
        if bytes(self._data[: len(MAGIC)]) != MAGIC or not start or start % 8:
            raise wrong
        try:
            head = json.loads(bytes(self._data[len(MAGIC) : start]))
            sizes = [int(head["sizes"][name]) for name in _SECTIONS]
            self.documents, self.paragraphs = int(head["documents"]), int(head["paragraphs"])
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise wrong from None
        if head.get("minhash") != _algorithm():
            raise UsageError(f"--against: {path} was made with another version of rensa", hint="make the index anew")
        count, docs = self.paragraphs, self.documents
        if min(sizes) < 0 or (count and not docs) or sizes[: BANDS + 4] != [*(8 * count,) * (BANDS + 1), 8 * docs, 8 * count, 4 * count]:
            raise wrong
        parts = {}
        for name, size in zip(_SECTIONS, sizes, strict=True):
            parts[name] = self._data[start : start + size]
            start += size + -size % 8
        if start != len(self._data):
            raise wrong
        self._bands = [parts[f"band{number}"].cast("Q") for number in range(BANDS + 1)]
        self._starts, self._ends = parts["starts"].cast("Q"), parts["ends"].cast("Q")
        self._documents, self._words, self._names = parts["documents"].cast("I"), parts["words"], parts["names"]

    def find(self, text: str, beside: str = "") -> Copy | None:
        """The article that has most of a paragraph, the oldest in the index of several; not the one with the id `beside`."""
        sketched = sketch(text)
        if not sketched:
            return None
        words, keys = sketched
        best = None
        for number in sorted({number for band, key in zip(self._bands, keys, strict=True) for number in _candidates(band, key)}):
            if number >= self.paragraphs:
                continue
            same, share = shared(words, self._words_of(number))
            if same >= LEAST and share >= SHARE and (best is None or same > best.same) and (name := self._name_of(number)) != beside:
                best = Copy(name, same, len(words))
        return best

    def _words_of(self, number: int) -> bytes:
        start = self._ends[number - 1] if number else 0
        return bytes(self._words[start : min(self._ends[number], start + WORDS)])

    def _name_of(self, number: int) -> str:
        start = self._starts[min(self._documents[number], self.documents - 1)]
        return bytes(self._names[start : start + 4096]).partition(b"\0")[0].decode("utf-8", "replace")


def _candidates(band: memoryview, key: int) -> Iterator[int]:
    at = bisect_left(band, key << 32)
    for entry in band[at : at + _CANDIDATES]:
        if entry >> 32 != key:
            return
        yield entry & 0xFFFFFFFF


def shared(one: bytes, two: bytes) -> tuple[int, float]:
    """How many words two paragraphs share in runs, and which part of the shorter one that is."""
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks if block.size >= RUN)
    return same, same / (min(len(one), len(two)) or 1)


def copied(index: Index, document: Document) -> Iterator[str]:
    """A sentence for each paragraph of a draft that stands in an older article."""
    source = document.source
    for block in document.blocks:
        found = index.find(block.text, source.path) if block.kind not in ("code", "front-matter") else None
        if found:
            line = source.lines.position(block.whole.start).line
            part = "all" if found.same == found.words else f"{found.same} of {found.words}"
            opening = f" (of the first {WORDS})" if found.words == WORDS else ""
            yield f"{source.unit} {line}: {part} words of this paragraph{opening} stand in {found.doc_id}"
