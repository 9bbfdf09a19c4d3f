"""What pages say to somebody who has never seen a command line: titles, verdicts, fixes, in the same words on every page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from edlint.model.finding import Finding, Fix, Level
from edlint.model.report import FileResult
from edlint.model.rule import TITLE, Rule
from edlint.model.source import Source
from edlint.report.summary import count

SIGNS = {Level.ERROR: "\u25a0", Level.WARNING: "\u25b2", Level.SUGGESTION: "\u25cb"}
GOOD = "\u2713"
PACKS = {
    "Boilerplate": "Page furniture",
    "Captions": "Repeats",
    "Claims": "Sources",
    "Chicago": "Chicago style",
    "Names": "Names and spelling",
    "Paste": "Paste damage",
    "Directive": "Silencing",
}
NOT_PROOF = "That does not make it true: edlint sees that a source is named, not whether it is right."
LOOK_FIRST = "look it over first"


class Verdict(NamedTuple):
    """Whether a draft can go out: the `words`, a `sign` before them, and `tone`: "error", "warning", "suggestion" or "good"."""

    words: str
    sign: str
    tone: str


def verdict_on(file: FileResult) -> Verdict:
    """What an editor is told of a draft first."""
    if file.error:
        return Verdict("Could not be checked. This is not a pass.", SIGNS[Level.ERROR], "error")
    failing = {id(finding) for finding in file.failing}
    stopping = [finding for finding in file.findings if finding.level is Level.ERROR or id(finding) in failing]
    if stopping:
        return Verdict(f"Not ready: {levels(stopping)} to mend", SIGNS[Level.ERROR], "error")
    warnings = sum(1 for finding in file.findings if finding.level is Level.WARNING)
    if warnings:
        words = f"Nothing stands in the way. {count(warnings, 'warning')} {'wants' if warnings == 1 else 'want'} a decision."
        return Verdict(words, SIGNS[Level.WARNING], "warning")
    if file.findings:
        return Verdict(f"Ready. {count(len(file.findings), 'suggestion')}, if there is time.", SIGNS[Level.SUGGESTION], "suggestion")
    if file.faults:
        return Verdict("Nothing found; not everything was checked", SIGNS[Level.WARNING], "warning")
    return Verdict("Nothing found", GOOD, "good")


def levels(findings: Iterable[Finding]) -> str:
    """How many findings of each level there are, the worst first: "2 errors and 1 warning"."""
    found = [finding.level for finding in findings]
    parts = [count(found.count(level), level.word) for level in sorted(set(found), reverse=True)]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def title_of(finding: Finding, rule: Rule | None, source: Source | None) -> str:
    """A few words for a list: a replacement that is short says it all ("USA → US"), else the rule's title."""
    edits = finding.fixes[0].edits if len(finding.fixes) == 1 else ()
    if source and len(edits) == 1 and edits[0].span == finding.span:
        before, after = source.text[slice(*finding.span)], edits[0].text
        title = f"{before} → {after}"
        if len(title) <= TITLE and title.isprintable() and all(words and words == words.strip() for words in (before, after)):
            return title
    return (rule or Rule(finding.rule, "")).plain_title


def pack_title(pack: str) -> str:
    """What a pack is called in a list of kinds of findings."""
    return PACKS.get(pack, pack)


class Remedy(NamedTuple):
    """A fix in words: what is done ("Replace by", "Delete these lines"), the words put in, if any, and whether to look first."""

    deed: str
    text: str
    look: bool


def remedy(fix: Fix) -> Remedy:
    """What a fix does, for a button or a note."""
    texts = {edit.text for edit in fix.edits}
    text = texts.pop() if len(texts) == 1 else ""
    look = fix.safety != "safe"
    if text.strip() and text.isprintable():
        return Remedy("Replace by", text, look)
    return Remedy(fix.title[:1].upper() + fix.title[1:], "", look)
