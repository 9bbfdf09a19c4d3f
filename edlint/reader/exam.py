"""The examination: the reader judges texts whose answers are known, and is used for a pack only if it is good enough there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from edlint.errors import Place, UsageError
from edlint.files.folders import state_folder
from edlint.files.inputs import read_bytes
from edlint.files.signing import read_signed, write_signed
from edlint.findings import digest
from edlint.model.server import ReaderConfig
from edlint.reader.client import Chat, NonsenseError
from edlint.reader.guideline import FAULTS, version
from edlint.reader.question import CONTEXT, TOGETHER, Question, verdicts

LEAST_PRECISION, LEAST_RECALL = 0.80, 0.50
MOST_BYTES = 50_000_000  # bytes of a file with labelled texts
_WINDOW = 5  # sentences that are a paragraph where a file does not say

Tell = Callable[[str], None]


class Row(NamedTuple):
    """A labelled sentence or headline: whether it is at fault (None: readers disagree), and of which kinds."""

    text: str
    label: int | None
    kinds: tuple[str, ...] = ()
    article: str = ""
    paragraph: int | None = None
    title: str = ""


class Counts(NamedTuple):
    """By kind, and under "" for all: what is at fault, what of that was found; what was flagged, what of that rightly."""

    fault: Counter[str]
    found: Counter[str]
    flagged: Counter[str]
    right: Counter[str]

    def precision(self, kind: str = "") -> float:
        """How much of what was flagged is at fault; 0 where nothing was flagged."""
        return self.right[kind] / self.flagged[kind] if self.flagged[kind] else 0.0

    def recall(self, kind: str = "") -> float:
        """How much of what is at fault was flagged, as whatever kind."""
        return self.found[kind] / self.fault[kind] if self.fault[kind] else 0.0


class Result(NamedTuple):
    """How the reader did in one pack. `unread` rows got no answer that could be used. `tokens` went in and out."""

    pack: str
    counts: Counts
    rows: int
    unread: int = 0
    words: int = 0
    seconds: float = 0.0
    tokens: tuple[int, int] = (0, 0)

    @property
    def passed(self) -> bool:
        """Whether it is good enough to be used for the pack."""
        return self.counts.precision() >= LEAST_PRECISION and self.counts.recall() >= LEAST_RECALL


def shipped() -> tuple[list[Row], list[Row]]:
    """The labelled sentences and headlines that come with edlint."""
    data = files("edlint.reader").joinpath("exam.jsonl").read_bytes()
    return _parted(data, "exam.jsonl")


def read(file: Path) -> tuple[list[Row], list[Row]]:
    """The labelled sentences and headlines in a file of JSON lines. Raises UsageError for one that holds something else."""
    try:
        return _parted(read_bytes(file, MOST_BYTES), str(file))
    except OSError as fault:
        raise UsageError(f"{file}: cannot be read: {fault.strerror}") from None


def _parted(data: bytes, name: str) -> tuple[list[Row], list[Row]]:
    rows = [_row(line, Place(name, number)) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    if not rows:
        raise UsageError(f"{name}: the file is empty")
    return [row for row in rows if row.article], [row for row in rows if not row.article]


def _row(line: bytes, place: Place) -> Row:
    hint = 'such as {"article": "a1", "text": "…", "label": 1, "kind": "figure"}; without "article" it is a headline'
    try:
        row = json.loads(line)
        text, label, kind, paragraph = row["text"], row["label"], row.get("kind") or "", row.get("p")
        article, title = (str(row.get(key) or "") for key in ("article", "title"))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise UsageError("not a labelled text", place, hint) from None
    if not (isinstance(text, str) and text.strip() and isinstance(kind, str)) or label not in (0, 1, None):
        raise UsageError("not a labelled text", place, hint)
    known = {name for faults in FAULTS.values() for name in faults}
    kinds = tuple(name for name in kind.split("|") if name in known)
    return Row(text, label, kinds, article, paragraph if type(paragraph) is int else None, title)


def questions(pack: str, rows: Sequence[Row]) -> Iterator[tuple[Question, Sequence[Row]]]:
    """The rows as they are asked about, with each question its rows."""
    if pack == "Headlines":
        for at in range(0, len(rows), TOGETHER):
            some = rows[at : at + TOGETHER]
            yield Question(pack, "", "", tuple(row.text for row in some)), some
        return
    articles: dict[str, list[Row]] = {}
    for row in rows:
        articles.setdefault(row.article, []).append(row)
    for own in articles.values():
        title = next((row.title for row in own if row.title), "")
        paragraphs: dict[int, list[Row]] = {}
        for number, row in enumerate(own):
            paragraphs.setdefault(number // _WINDOW if row.paragraph is None else row.paragraph, []).append(row)
        before = ""
        for some in paragraphs.values():
            texts = tuple(row.text for row in some)
            yield Question(pack, title, before[-CONTEXT:], texts), some
            before = " ".join(texts)


def examine(config: ReaderConfig, pack: str, rows: Sequence[Row], tell: Tell) -> Result:
    """How the reader does on labelled rows; `tell` is told how far it is. Raises EngineError where it cannot be asked."""
    chat = Chat(config)
    asked = list(questions(pack, rows))
    counts = Counts(Counter(), Counter(), Counter(), Counter())
    unread, tokens, began = 0, [0, 0], monotonic()
    for number, (question, some) in enumerate(asked, 1):
        tell(f"{pack}: question {number} of {len(asked)}")
        try:
            said = chat.ask(question, config.timeout)
            tokens = [tokens[0] + said.tokens_in, tokens[1] + said.tokens_out]
            kinds = [verdict.kind if verdict and verdict.kind in FAULTS[pack] else "" for verdict in verdicts(question, said.text)]
        except NonsenseError:
            unread += len(some)
            kinds = [""] * len(some)
        for row, kind in zip(some, kinds, strict=True):
            _count(row, kind, counts)
    words = sum(len(row.text.split()) for row in rows)
    return Result(pack, counts, len(rows), unread, words, monotonic() - began, (tokens[0], tokens[1]))


def _count(row: Row, kind: str, counts: Counts) -> None:
    """Count a verdict on a row, under its kinds and under "" for all."""
    if row.label is None:
        return
    if row.label:
        counts.fault.update(("", *row.kinds))
        counts.found.update(("", *row.kinds) if kind else ())
    if kind:
        counts.flagged.update(("", kind))
        counts.right.update(("", kind) if row.label else ())


def keep(config: ReaderConfig, results: Sequence[Result]) -> bool:
    """Remember how the reader did, by server and model; false where that cannot be kept."""
    known = _kept(config)
    told = {result.pack: [version(result.pack), _text_version(), result.counts.precision(), result.counts.recall()] for result in results}
    return write_signed(_file(config), json.dumps([_name(config), {**known, **told}]).encode())


def standing(config: ReaderConfig) -> tuple[frozenset[str], str]:
    """The packs for which the reader passed, and what to say of the others: "" where it passed for all that it is to read for."""
    known, passed, said = _kept(config), set(), []
    for pack in config.packs:
        row = known.get(pack)
        if row is None or row[:2] != (version(pack), _text_version()):
            said.append(f"it was not examined for {pack}")
        elif row[2] >= LEAST_PRECISION and row[3] >= LEAST_RECALL:
            passed.add(pack)
        else:
            need = f"{LEAST_PRECISION:.2f} and {LEAST_RECALL:.2f}"
            said.append(f"it failed for {pack} (precision {row[2]:.2f}, recall {row[3]:.2f}; it needs {need})")
    return frozenset(passed), f"{config.model} is not used: {'; '.join(said)}. See `edlint reader exam`" if said else ""


def _kept(config: ReaderConfig) -> dict[str, tuple[str, str, float, float]]:
    """By pack: the versions of the guideline and of the texts, precision and recall."""
    try:
        name, known = json.loads(read_signed(_file(config)) or b'["", {}]')
        return {pack: (str(a), str(b), float(p), float(r)) for pack, (a, b, p, r) in known.items() if name == _name(config)}
    except (ValueError, TypeError, AttributeError):
        return {}


def _name(config: ReaderConfig) -> str:
    return digest(f"{config.server}\0{config.model}")


def _file(config: ReaderConfig) -> Path | None:
    folder = state_folder()
    return folder / "reader" / f"{_name(config)}.json" if folder else None


@lru_cache(maxsize=1)
def _text_version() -> str:
    """What changes whenever the texts of the examination do."""
    return digest(files("edlint.reader").joinpath("exam.jsonl").read_text("utf-8"))
