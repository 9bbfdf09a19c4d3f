"""What reports for programs are made of: entries with their regions, paths as other tools know them, JSON that every reader takes."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TextIO

from edlint.model.finding import Finding, Level
from edlint.model.report import FileResult, Report, ReportOptions
from edlint.model.source import Source
from edlint.text.lazy import lazy
from edlint.text.span import Span

FAULT = "edlint"  # stands for the rule where something could not be checked
PLACES = 8  # places of one finding that are named where they are part of a sentence
_SECTION = lazy("section_(?=start:|end:)")  # how GitLab marks the parts of a log
_LONE = lazy("[\ud800-\udfff]")


class Region(NamedTuple):
    """A place to show: 1-based lines, 1-based columns in code points; the end is the first column that is not part of it."""

    line: int
    column: int
    end_line: int
    end_column: int


class Entry(NamedTuple):
    """One thing to report: a finding at its region, or (`finding` and `region` are None) a failure to check the file."""

    path: str
    level: Level
    rule: str
    message: str
    finding: Finding | None = None
    region: Region | None = None


def also_at(finding: Finding, source: Source, most: int = PLACES) -> str:
    """The other places of a finding that speaks for several: "also at 40:99, 40:118 and 9 more"; "" where there are none."""
    spans = [related.span for related in finding.related if related.same]
    if not spans:
        return ""
    shown = spans if len(spans) <= most else spans[: most - 1]
    named = ", ".join("{}:{}".format(*source.lines.position(span.start)) for span in shown)
    return f"also at {named}" + (f" and {len(spans) - len(shown)} more" if len(shown) < len(spans) else "")


def full_message(finding: Finding, source: Source | None) -> str:
    """The message of a finding, with the other places it speaks for."""
    places = also_at(finding, source) if source else ""
    return f"{finding.message} {places[0].upper()}{places[1:]}." if places else finding.message


def region(span: Span, source: Source) -> Region:
    """The region of a span."""
    return Region(*source.lines.position(span.start), *source.lines.position(span.end))


def failures(file: FileResult) -> tuple[str, ...]:
    """Why the file could not be checked, or not in full; none is a good sign."""
    return (file.error, *file.faults) if file.error else file.faults


def shown(file: FileResult, options: ReportOptions) -> list[Finding]:
    """The findings of a file that the options let through."""
    return [finding for finding in file.findings if finding.level is Level.ERROR or not options.quiet]


def entries_of(file: FileResult, options: ReportOptions) -> Iterator[Entry]:
    """The entries of one file: what could not be checked, then the findings in their order."""
    path = portable(file.path)
    for failure in failures(file):
        yield Entry(path, Level.ERROR, FAULT, failure)
    for finding in shown(file, options):
        place = region(finding.span, file.source) if file.source else None
        yield Entry(path, finding.level, finding.rule, full_message(finding, file.source), finding, place)


def entries(report: Report, options: ReportOptions) -> Iterator[Entry]:
    """The entries of all files."""
    for file in report.files:
        yield from entries_of(file, options)


def portable(path: str) -> str:
    """The path relative to the working directory where it lies below that, with forward slashes and no "." or ".." to spare."""
    if os.path.isabs(path):  # noqa: PTH117 (no Path for each finding)
        path = path.removeprefix(os.getcwd() + os.sep)  # noqa: PTH109
    path = path.replace(os.sep, "/")
    return posixpath.normpath(path) if {"", ".", ".."} & set(path.split("/")) else path


def escape_surrogates(data: object) -> object:
    """The same data with each lone surrogate, which readers of JSON refuse, written out as its escape."""
    if isinstance(data, str):
        return data if data.isascii() else _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", data)
    if isinstance(data, dict):
        return {key: escape_surrogates(value) for key, value in data.items()}
    return [escape_surrogates(value) for value in data] if isinstance(data, list | tuple) else data


def to_json(data: object, indent: int | None = 2) -> str:
    """The data as JSON in ASCII, which means the same in every encoding of the output, ending with a line feed.

    What CI services that read the log would obey is written with an escape.
    """
    import json  # not needed for the reports that people read

    text = json.dumps(escape_surrogates(data), indent=indent).replace("##", "#\\u0023")
    return _SECTION.sub(r"section\\u005f", text) + "\n"


def stream_json(data: object, out: TextIO, margin: str = "\n") -> None:
    """Write what `dumped` gives, piece by piece: an iterator in `data` is written as a list whose items are made one at a time.

    Iterators may stand in dicts and in other iterators; `margin` is the line feed and indentation in front of each further line.
    """
    if isinstance(data, Iterator):
        _stream_items("[]", (("", item) for item in data), out, margin)
    elif isinstance(data, dict) and any(isinstance(value, Iterator | dict) for value in data.values()):
        _stream_items("{}", ((f"{to_json(key, None)[:-1]}: ", value) for key, value in data.items()), out, margin)
    else:
        out.write(to_json(data)[:-1].replace("\n", margin))


def _stream_items(brackets: str, parts: Iterable[tuple[str, object]], out: TextIO, margin: str) -> None:
    inner, opening = margin + "  ", brackets[0]
    for head, value in parts:
        out.write(f"{opening}{inner}{head}")
        stream_json(value, out, inner)
        opening = ","
    out.write(f"{margin}{brackets[1]}" if opening == "," else brackets)
