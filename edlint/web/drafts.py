"""Drafts on the page: what a LiveSession finds in them, as the plain data that the page shows.

Nothing is kept but the Word files that are open, in memory: what they say of their paragraphs cannot be seen in the text alone.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections.abc import Sequence

from edlint.errors import EdlintError, SourceError
from edlint.formats import FORMATS, format_for, open_source, read
from edlint.formats.retyped import edits, retyped
from edlint.grammar.base import UNREAD
from edlint.ledgerfile import Entry
from edlint.model.finding import Finding, Suppressed
from edlint.model.report import FileResult, Report
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.report import render
from edlint.report.alike import notes
from edlint.report.claims import clipped
from edlint.report.comments import comments
from edlint.report.spots import Spot
from edlint.report.wording import pack_title, remedy, title_of
from edlint.session.configs import split_sent
from edlint.session.live import LiveSession
from edlint.session.options import Options
from edlint.session.silence import REASON, silence_here
from edlint.text.lazy import lazy
from edlint.text.span import Span
from edlint.version import __version__
from edlint.web.claims import Data, Ledger

PATHS = {"plain": "draft.txt", "markdown": "draft.md", "html": "draft.html", "docx": "draft.docx", "odt": "draft.odt"}
FILES = 4  # Word files that are open at a time; the page sends one that was let go again
QUOTED = 120  # code points of a finding's words that the list shows
FIXES = 3
EVERY = 1.0  # seconds between two looks at whether the configuration or a rule changed
DEFAULT_REASON = "right as it stands"
_LONGEST_NAME = 100
_HALF = lazy("[\ud800-\udfff]")  # a character, which no file can hold
_ENDS = lazy(r"[\x00-\x1f\u2028\u2029]|-->|--|[*/]{2,}|\*/|[{}<>]")  # what could end a comment


class LostError(EdlintError):
    """A Word file that is not open here, or no longer."""


class Drafts:
    """Checks drafts by the configuration of the working folder. To be used by one thread at a time.

    A draft is its text as it stands on the page, its format, and for one from a Word file the name under which that is open here. All
    that takes a name raises LostError for one that is not known.
    """

    def __init__(self, options: Options) -> None:
        self._live = LiveSession(options)
        self.may_send = options.allow_remote
        self._refreshed = 0.0
        self._files: dict[str, Source] = {}  # that were used last at the end

    def _draft(self, text: str, format: str, file: str) -> tuple[str, str | Source]:
        """The path under which a draft is checked, and the draft."""
        path = PATHS.get(format, PATHS["plain"])
        return path, retyped(self._opened(file), text) if file and not _HALF.search(text) else text

    def _opened(self, file: str) -> Source:
        if file not in self._files:
            raise LostError("This Word file is not open.")
        self._files[file] = source = self._files.pop(file)
        return source

    def check(self, text: str, format: str, file: str = "", said: Sequence[Entry] | None = None) -> Data:
        """What there is to say of a text; offsets count UTF-16 units. With `said`, what was said of claims, also its ledger."""
        if time.monotonic() - self._refreshed > EVERY:
            self._live.refresh()
            self._refreshed = time.monotonic()
        path, draft = self._draft(text, format, file)
        result = self._live.lint(path, draft)
        if result.error or result.source is None:
            return {"error": result.error.removeprefix(f"{path}: "), "findings": [], "faults": [], "blocks": [], "title": "", "words": 0}
        at = _Units(text)
        document = read(result.source, format_for(path))
        title = next((" ".join(block.text.split()) for block in document.blocks if block.kind == "title"), "")
        found: Data = {
            "error": "",
            "title": title[:200],
            "words": document.words,
            "unit": result.source.unit,
            "blocks": [(at(block.whole.start), at(block.whole.end), block.kind) for block in document.blocks],
            "findings": [self._note(note, result.source, path, at) for note in notes(result.findings)],
            "faults": [fault.removeprefix(f"{path}: ") for fault in result.faults],
            "reading": self._live.waiting(path),
            "notices": [notice for notice in result.notices if notice.startswith(("not checked", UNREAD))],
        }
        if said is not None:
            found.update(Ledger(document, result.findings, said).data(at))
        return found

    def ledger(self, text: str, format: str, file: str, said: Sequence[Entry]) -> str:
        """The ledger of a text as a table for a spreadsheet."""
        path, draft = self._draft(text, format, file)
        result = self._passed(path, draft)
        assert result.source is not None
        return Ledger(read(result.source, format_for(path)), result.findings, said).csv

    def _note(self, note: Sequence[Finding], source: Source, path: str, at: _Units) -> Data:
        """Findings that say the same, mostly one: the places of all, and fixes for all."""
        finding = note[0]
        rule = self._live.linter_for(path).rule_named(finding.rule) or Rule(finding.rule, "")
        lines = source.lines
        fixes = []
        for number, fix in [(number, fix) for number, fix in enumerate(finding.fixes) if fix.safety != "display"][:FIXES]:
            edits = [(at(edit.span.start), at(edit.span.end), edit.text) for each in note for edit in each.fixes[number].edits]
            fixes.append({**remedy(fix)._asdict(), "edits": edits})
        places = [place for place in finding.related if not place.same]
        return {
            "id": finding.fingerprint,
            "rule": finding.rule,
            "pack": rule.pack,
            "kind": pack_title(rule.pack),
            "times": len(note),
            "level": finding.level.word,
            "title": title_of(finding, rule, source),
            "message": " ".join(finding.message.split()),
            "why": " ".join(rule.why.split()),
            "instead": " ".join(rule.instead.split()),
            "quote": clipped(source, finding.span, QUOTED) or finding.match[:QUOTED],
            "line": lines.position(finding.span.start).line,
            "spans": [(at(span.start), at(span.end)) for each in note for span in _marks(each, source)],
            "lines": [lines.position(span.start).line for each in note for span in each.places],
            "related": [
                {"message": place.message, "start": at(place.span.start), "line": lines.position(place.span.start).line} for place in places
            ],
            "fixes": fixes,
        }

    def read(self, data: bytes, name: str) -> Data:
        """The text of a file and how to read it; a Word file is open then. Raises SourceError, whose message says what is wrong with it."""
        kind = format_for(name)
        kind = kind if kind in PATHS else "plain"
        container = FORMATS[kind].container
        source = open_source(data, PATHS[kind] if container else name, format=kind)
        if not container:
            return {"text": source.text, "format": kind, "file": ""}
        file = source.digest
        self._files.pop(file, None)
        self._files[file] = source
        while len(self._files) > FILES:
            self._files.pop(next(iter(self._files)))
        return {"text": source.text, "format": kind, "file": file}

    def forget(self, file: str) -> None:
        """Let a Word file go."""
        self._files.pop(file, None)

    def keep(self, text: str, format: str, id: str, reason: str) -> list[tuple[int, int, str]]:
        """The edits that write a dismissal into a text, so that it holds wherever the text is checked next.

        Raises SourceError where there is no place for a note.
        """
        path = PATHS.get(format, PATHS["plain"])
        if format in FORMATS and FORMATS[format].container:
            raise SourceError("There is no place for a note in a Word file. Dismiss the finding: it gets no comment then.")
        linter = self._live.linter_for(path)
        result = linter.detail(self._live.lint(path, text))
        finding = next((finding for finding in result.findings if finding.fingerprint == id), None)
        edit = silence_here(result, finding, format, linter.lint) if finding else None
        if edit is None:
            raise SourceError("There is no place in the text for a note on this finding.")
        at = _Units(text)
        words = " ".join(_ENDS.sub(" ", reason).split()) or DEFAULT_REASON
        return [(at(edit.span.start), at(edit.span.end), edit.text.replace(REASON, words))]

    def word(self, text: str, file: str, dismissed: dict[str, str]) -> bytes:
        """A Word file with its text as it was edited, and a comment for each finding that was not dismissed.

        Raises SourceError for edits that the file cannot take over.
        """
        source = _written(self._opened(file), text)
        result = self._passed(source.path, source)
        linter = self._live.linter_for(source.path)
        left = [finding for note in notes(result.findings) if note[0].fingerprint not in dismissed for finding in note]
        rules = {finding.rule: rule for finding in left if (rule := linter.rule_named(finding.rule))}
        assert source.container is not None
        return source.container.annotated(list(comments(Report((result,), rules), left)))[0]

    def _passed(self, path: str, draft: str | Source) -> FileResult:
        """The result for a draft. Raises SourceError where there is none."""
        result = self._live.lint(path, draft)
        if result.error:
            raise SourceError(result.error.removeprefix(f"{path}: "))
        return result

    def report(self, text: str, format: str, name: str, dismissed: dict[str, str], file: str = "") -> str:
        """The HTML report on a text; `dismissed` maps fingerprints of findings to the reasons why they are right as they stand."""
        path, draft = self._draft(text, format, file)
        result = self._passed(path, draft)
        linter = self._live.linter_for(path)
        reasons = {id(each): dismissed.get(note[0].fingerprint) for note in notes(result.findings) for each in note}
        left = tuple(finding for finding in result.findings if reasons[id(finding)] is None)
        gone = tuple(Suppressed(each, reason) for each in result.findings if (reason := reasons[id(each)]) is not None)
        detailed = linter.detail(result._replace(findings=left, suppressed=(*result.suppressed, *gone)))
        rules = {f.rule: rule for f in detailed.known if (rule := linter.rule_named(f.rule))}
        shown = re.split(r"[/\\]", name)[-1][:_LONGEST_NAME] or path
        files, sent = split_sent([detailed._replace(path=shown)])
        return render(Report(files, rules, __version__, sent=sent, checked=time.time()), "html")

    def warm(self) -> None:
        """Load rules and engine, so that the first draft need not wait for them."""
        self.check("A title\n\nThe mayor of Port Ellis said on Monday that they was late.\n", "plain", said=())


def _written(source: Source, text: str) -> Source:
    """A Word file with another text. Raises SourceError for what it cannot take over, with the paragraph where that stands on the page."""
    made = edits(source.text, text)
    shift = 0
    for span, words in made:
        if source.container and not source.container.allows([(span, words)]):
            number = 1 + text.count("\n", 0, span.start + shift)
            why = f"The Word file cannot take over what was changed at paragraph {number}: it takes other words, and paragraphs that go."
            raise SourceError(f"{why} Undo that, or copy the text.")
        shift += len(words) - (span.end - span.start)
    return source.edited(made) if made else source


def _marks(finding: Finding, source: Source) -> list[Span]:
    """What is marked for a finding, place by place: of one letter the whole word it stands in."""
    everything = Span(0, len(source.text))
    return [Spot(span, 0, 0, 0, 0).drawn(source.text, everything) for span in finding.places]


class _Units:
    """From offsets in code points to offsets in UTF-16 units, in which a browser counts."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [n for n, char in enumerate(text) if char > "\uffff"]

    def __call__(self, offset: int) -> int:
        return offset + bisect_right(self._wide, offset - 1)
