"""What many tests share: rules written inline, documents made of a few blocks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from edlint.files.yamlfile import load_yaml
from edlint.filters import RULE_FILTERS, apply_filters
from edlint.findings import make_findings
from edlint.formats import read
from edlint.grammar.base import Question, Remark
from edlint.model.document import Block, Document, Kind
from edlint.model.finding import Finding
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.ruleset.compile import Ruleset, compile_rules
from edlint.ruleset.load import make_rule
from edlint.ruleset.packs import load_library
from edlint.ruleset.places import pack_folders
from edlint.text.sourcemap import SourceMap


def cache_with_rules(folder: Path) -> Path:
    """A cache folder for a test of its own in which the shipped rules are read already: to read them takes seconds."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in shipped_rules_read():
        shutil.copy(file, folder)
    return folder


@cache
def shipped_rules_read() -> tuple[Path, ...]:
    """What edlint remembers of the shipped rules once it has read them: done once in a run, and put into the run's own cache as well."""
    place = Path(os.environ["XDG_CACHE_HOME"])  # see conftest.py
    for packs in (["default"], ["Grammar"]):
        load_library(pack_folders(packs), place / "rules")
    if not (place / "edlint").exists():
        shutil.copytree(place / "rules", place / "edlint")
    return tuple((place / "rules").iterdir())


def rule(yaml: str, name: str = "Test.Rule") -> Rule:
    """A rule from YAML text."""
    from edlint.errors import RuleError

    data, lines = load_yaml(yaml, f"{name}.yml", RuleError)
    return make_rule(name, data, lines, f"{name}.yml")


def ruleset(*rules: Rule, prefiltered: bool = True) -> Ruleset:
    """Rules ready to run."""
    return compile_rules({r.name: r for r in rules}, prefiltered=prefiltered)


def blocks(*texts: str | tuple[Kind, str]) -> Document:
    """A document of blocks given as text (a paragraph) or (kind, text), two line feeds apart."""
    made, at = [], 0
    pairs: list[tuple[Kind, str]] = [t if isinstance(t, tuple) else ("paragraph", t) for t in texts]
    for kind, text in pairs:
        made.append(Block(kind, text, SourceMap.verbatim(at), level={"title": 1, "heading": 2}.get(kind, 0)))
        at += len(text) + 2
    return Document(Source("test.txt", "\n\n".join(text for _, text in pairs)), "plain", tuple(made))


def plain(text: str) -> Document:
    """A plain-text draft."""
    return read(Source("test.txt", text), "plain")


def findings(document: Document | str, *rules: Rule | str) -> list[Finding]:
    """What rules (or their YAML) find in a document (or plain text)."""
    made = [r if isinstance(r, Rule) else rule(r, f"Test.Rule{n}") for n, r in enumerate(rules)]
    return told(ruleset(*made), plain(document) if isinstance(document, str) else document)


def told(rules: Ruleset, document: Document) -> list[Finding]:
    """What rules find in a document, each by itself."""
    matches = apply_filters(RULE_FILTERS, document, rules.run(document, no_remarks).matches).matches
    return list(make_findings(document, matches)[0])


def found(document: Document | str, *rules: Rule | str) -> list[str]:
    """The source text at each finding's span."""
    text = document if isinstance(document, str) else document.source.text
    return [text[f.span.start : f.span.end] for f in findings(document, *rules)]


def no_remarks(document: Document, asked: Question) -> Sequence[tuple[int, Remark]]:
    """A grammar engine that has nothing to say."""
    return ()


def names(found: Iterable[Finding]) -> list[str]:
    """The rules of findings."""
    return [f.rule for f in found]
