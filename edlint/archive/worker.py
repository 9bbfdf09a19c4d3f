"""The main function of a worker that lints documents: a configuration first, then one document after another, each with its rows."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from edlint.archive.batch import UNCHECKED, UNFINISHED, Row, fault
from edlint.errors import EdlintError
from edlint.files.inputs import read_bytes
from edlint.linter import Linter
from edlint.model.config import Config
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.report.entries import full_message, region
from edlint.report.terminal import excerpt
from edlint.session.cachedlinter import failed
from edlint.subprocesses import end_all, receive, send
from edlint.verdict import rules_hash
from edlint.version import __version__

_EXCERPT = 160  # terminal cells


def main() -> None:
    """Serve on standard input and output. What libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.set_threshold(100_000)
    try:
        packed = receive(sys.stdin.buffer)
        try:
            linter = Linter(pickle.loads(packed))  # which the process that started this one has packed
            send(answers, hash_of(linter))
        except EdlintError as problem:
            send(answers, [str(problem)])
            packed = None
        while packed and (document := receive(sys.stdin.buffer)) is not None:
            send(answers, list(rows(linter, *document)))
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # whoever asked has gone
    end_all()
    os._exit(0)


def rows(linter: Linter, doc_id: str, text: str | bytes, kind: str) -> Iterator[Row]:
    """The rows of a document. Never raises for what stands in it."""
    result = _linted(linter, doc_id, text, kind)
    if result.error:
        yield fault(doc_id, UNCHECKED, result.error)
    yield from (fault(doc_id, UNFINISHED, message) for message in result.faults)
    source = result.source
    if source is None:
        return
    bytes_to = _byte_offsets(source, sorted({offset for finding in result.findings for offset in finding.span}))
    for finding in result.findings:
        start, end = finding.span
        told = full_message(finding, source), excerpt(source, finding.span, _EXCERPT)[0], finding.fingerprint
        yield doc_id, finding.rule, finding.level.word, bytes_to[start], bytes_to[end], *region(finding.span, source), *told


def _linted(linter: Linter, doc_id: str, text: str | bytes, kind: str) -> FileResult:
    try:
        if isinstance(text, bytes):
            return linter.lint_bytes(text, doc_id, format=kind)
        return linter.lint_text(text, doc_id, format=kind)
    except EdlintError as problem:  # a format that there is not
        return FileResult(doc_id, error=f"{doc_id}: {problem}")
    except Exception as problem:
        return failed(doc_id, problem)


def _byte_offsets(source: Source, offsets: list[int]) -> dict[int, int]:
    """For each offset in code points, in rising order, how many bytes of UTF-8 stand before it."""
    text = source.text
    if text.isascii():
        return {offset: offset for offset in offsets}
    found, last, count = {}, 0, 0
    for offset in offsets:
        count += len(text[last:offset].encode("utf-8", "surrogatepass"))
        found[offset], last = count, offset
    return found


def hash_of(linter: Linter) -> str:
    """Sixteen hexadecimal digits that change with anything in the rules, the configuration or edlint by which findings could change.

    Where the files lie does not count.
    """
    config: Config = linter.config
    told = replace(config.without_places(), include=(), exclude=())
    total = sha256(f"{__version__}\n{rules_hash(linter.all_rules.values())}\n{told!r}".encode())
    for path in config.word_files():
        total.update(sha256(read_bytes(path)).digest())
    return total.hexdigest()[:16]
