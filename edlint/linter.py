"""The pipeline for one draft, behind one object: the Linter."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from edlint.errors import SourceError
from edlint.filters import RULE_FILTERS, Filter, apply_filters
from edlint.filters.by_rule import skip_quotations
from edlint.filters.fixes import delete_directives, delete_lines, protect_speech
from edlint.filters.merge import drop_overlaps, group_places, merge_runs
from edlint.filters.suppress import Silencer
from edlint.findings import make_findings
from edlint.formats import format_for, open_source, read
from edlint.grammar import Engines
from edlint.grammar.query import EngineMessages, remarks
from edlint.model.config import Config
from edlint.model.report import FileResult
from edlint.model.source import Source
from edlint.reading import read_draft, too_large
from edlint.rulebook import Compiled, Parsed, Rulebook


class Linter(Rulebook):
    """Lints drafts by the rules of one configuration. Holds an engine once it was needed, but nothing of the drafts.

    Raises what Rulebook raises. Not to be shared between threads, because engines are not.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        engines: Engines | None = None,
        rule_filter: str = "",
    ) -> None:
        super().__init__(config, select=select, ignore=ignore, rule_filter=rule_filter)
        self._engines = engines or Engines()

    @property
    def max_bytes(self) -> int:
        """The size of the largest draft that is linted."""
        return int(self.config.max_size * 1_000_000)

    def lint_file(self, path: str | Path, *, format: str = "", encoding: str = "") -> FileResult:
        """Lint one file. An unreadable one gives a FileResult with `error` set."""
        shown = str(path)
        try:
            data, _ = read_draft(shown, self.max_bytes)
        except SourceError as fault:
            return FileResult(shown, error=str(fault))
        return self.lint_bytes(data, shown, format=format, encoding=encoding)

    def lint_bytes(self, data: bytes, path: str, *, format: str = "", encoding: str = "") -> FileResult:
        """Lint the bytes of a draft shown as `path`; the configured encoding is used unless one is given."""
        if len(data) > self.max_bytes:
            return FileResult(path, error=too_large(path, self.max_bytes))
        try:
            source = open_source(data, path, encoding or self.config.encoding, format_for(self.config.format_path(path), format))
        except SourceError as fault:
            return FileResult(path, error=str(fault))
        return self.lint(source, format=format)

    def lint_text(self, text: str, path: str = "draft.txt", *, format: str = "") -> FileResult:
        """Lint a text as if it were the file `path`, whose suffix tells the format unless one is given.

        A text with half a character in it (a lone surrogate), which no file can hold, gives a FileResult with `error` set.
        """
        try:
            text.encode()
        except UnicodeEncodeError as fault:
            return FileResult(path, error=f"{path}: half a character (U+{ord(text[fault.start]):04X}) at offset {fault.start}")
        return self.lint(Source(path, text), format=format)

    def detail(self, file: FileResult, *, format: str = "") -> FileResult:
        """The result of a draft as a document and with its sourced claims, for reports that show the draft itself."""
        if file.source is None:
            return file
        from edlint.ruleset.sources import sourced

        document = read(file.source, format_for(self.config.format_path(file.path), format), self.config.fields)
        return file._replace(document=document, sourced=tuple(sourced(self.compiled(file.path).ruleset, document)))

    def lint(self, source: Source, *, format: str = "", also: Sequence[Filter] = ()) -> FileResult:
        """The pipeline for a decoded draft: parse it, run the rules, filter the matches, make the findings.

        `also` are further filters that matches have to pass. A grammar engine that fails or is not there is among the
        result's `faults`.
        """
        with _without_garbage_collection():
            rules = self.compiled(source.path)
            drafts = rules.parse(source, self.config, format)
            first, *others = (self._linted(draft, rules, also) for draft in drafts)
        return first.joined(others) if others else first

    def _linted(self, draft: Parsed, rules: Compiled, also: Sequence[Filter]) -> FileResult:
        """The result for one of the drafts in a source, which mostly is the only one."""
        messages = EngineMessages([], [])
        source = draft.document.source
        grammar = self.locks.grammar().grammar_for(Path(source.path))
        found = rules.run(draft, lambda d, asked: remarks(d, asked, grammar, self._engines, messages))
        silence = Silencer(self.names, not self.chosen, self.locks.terms, rules.rules)
        filters: Sequence[Filter] = (
            *self._second_reader(rules, messages),
            *RULE_FILTERS, merge_runs, delete_lines, delete_directives, protect_speech, drop_overlaps, silence, *also, group_places,
        )  # fmt: skip
        passed = apply_filters(filters, draft.document, found.matches)
        findings, suppressed = make_findings(draft.document, passed.matches)
        speech = [match for match in passed.dropped[skip_quotations] if match.rule.quotes == "skip"]
        quoted, _ = make_findings(draft.document, speech)
        notices, faults = (*draft.notices, *messages.notices), (*draft.faults, *found.faults, *messages.faults)
        return FileResult(source.path, source, findings, suppressed, quoted, "", notices, faults, self.config.fail_on)

    def _second_reader(self, rules: Compiled, messages: EngineMessages) -> tuple[Filter, ...]:
        """The filter that weighs in what a second reader says; none where there is no such reader."""
        if self.config.reader is None:
            return ()
        from edlint.reader.weigh import weighing

        return (weighing(self.config.reader, self._engines, rules.rules, self.locks, messages),)


class Lint(Protocol):
    """What lints a draft: see Linter.lint."""

    def __call__(self, source: Source, *, also: Sequence[Filter] = ()) -> FileResult:
        """The result for a draft; `also` are further filters."""


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Parsing allocates many small objects that live to the end of the draft; searching them for garbage takes a fifth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
