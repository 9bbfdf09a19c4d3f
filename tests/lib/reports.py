"""Reports for tests: made by hand, and made at random with text that breaks what does not escape it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from edlint.model.finding import Edit, Finding, Fix, Level, Related, Suppressed
from edlint.model.report import FileResult, Report, Stale
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.text.span import Span

RULE = Rule("Claims.Unsourced", "score", "No source: '%s'", why="Readers\ncannot check it.", instead="Name the source.")
NASTY = (
    "\x00", "\x1b[31m", "\r", "\n", "\t", "\x85", "\u2028", "\u202e", "\ud800", "\udfff", "\ufffe", "😀", "é", '"', "'", "<", ">", "&amp;",
    "]]>", "-->", "%", "%0A", ":", "::", ",", "|", "`", "*", "[a](1)",
    "{0}", "\\", "$x$", "@who", "#1", "##[error]", "##vso[task.x]", "::error::x", "http://a.b", "www.a.b", "/", "../", " ",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(NASTY) | st.characters(), max_size=8).map("".join)


def finding(text: str, word: str, level: Level = Level.ERROR, rule: str = "Claims.Unsourced", **more: object) -> Finding:
    """A finding at the first place where a word stands in a text."""
    start = text.index(word)
    made = Finding(rule, level, f"No source: '{word}'", Span(start, start + len(word)), match=word, fingerprint="f00d")
    return replace(made, **more)  # type: ignore[arg-type]


def report(text: str, *findings: Finding, path: str = "a.txt", **more: object) -> Report:
    """A report on one draft with findings of one rule."""
    file = FileResult(path, Source(path, text), findings)._replace(**more)  # type: ignore[arg-type]
    return Report((file,), {"Claims.Unsourced": RULE}, "1.0")


@st.composite
def _findings(draw: st.DrawFn, length: int) -> Finding:
    def span() -> Span:
        return Span(*sorted((draw(st.integers(0, length)), draw(st.integers(0, length)))))

    fixes = (Fix(draw(TEXTS), (Edit(span(), draw(TEXTS)),), "safe"),) if draw(st.booleans()) else ()
    related = (Related(span(), draw(TEXTS)),) if draw(st.booleans()) else ()
    rule = draw(st.sampled_from(("Claims.Unsourced", "Grammar.Other")))
    texts = draw(st.tuples(TEXTS, TEXTS, TEXTS))
    return Finding(
        rule,
        draw(st.sampled_from(Level)),
        texts[0],
        span(),
        texts[1],
        related,
        fixes,
        (texts[2],),
        draw(st.sampled_from(("", "f0"))),
    )


@st.composite
def _files(draw: st.DrawFn) -> FileResult:
    path = draw(TEXTS.filter(lambda text: "\0" not in text)) or "a"
    if draw(st.integers(0, 5)) == 0:
        return FileResult(path, error=draw(TEXTS) or "unreadable")
    text = draw(TEXTS)
    some = st.lists(_findings(len(text)), max_size=3).map(tuple)
    silenced = tuple(Suppressed(found, draw(TEXTS)) for found in draw(some))
    notes = st.lists(TEXTS, max_size=1).map(tuple)
    return FileResult(
        path,
        Source(path, text),
        draw(some),
        silenced,
        draw(some),
        notices=draw(notes),
        faults=draw(notes),
        accepted=draw(some),
    )


@st.composite
def random_reports(draw: st.DrawFn) -> Report:
    """Any report: files with and without faults, texts and paths that hold controls, lone surrogates and every format's own marks."""
    files = tuple(draw(st.lists(_files(), max_size=3)))
    rule = RULE._replace(why=draw(TEXTS), instead=draw(TEXTS), link=draw(TEXTS))
    stale = (Stale(draw(TEXTS), "A.b", draw(TEXTS)),) if draw(st.booleans()) else ()
    return Report(files, {"Claims.Unsourced": rule}, "1.0", 0.5, draw(TEXTS), stale, draw(st.sampled_from((None, 0))))
