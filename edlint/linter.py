"""The pipeline for one draft, and the object every door uses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from edlint.config import Config, GrammarConfig
from edlint.document import Document, Source
from edlint.errors import ConfigError, SourceError
from edlint.filters import overlap, runs, suppress
from edlint.formats import format_for, read
from edlint.grammar import Engines
from edlint.grammar.base import Remark
from edlint.report.model import FileResult
from edlint.rule import Rule
from edlint.ruleset.compile import Ruleset, compile_rules
from edlint.ruleset.configure import check_names, choose, configure, known_names, names_of, with_vocabulary
from edlint.ruleset.packs import Library, cache_folder, load_library, pack_folders
from edlint.text.decode import decode

GRAMMAR_LIMIT = 1_000_000  # code points; an engine that reads some 30 KB a second is not asked about longer drafts
_UNREAD = ("code", "alt")  # kinds of block no engine is asked about


class Linter:
    """Lints drafts by one configuration. Holds rules, and an engine once it was needed, but nothing of the drafts.

    Raises ConfigError, RuleError or UsageError when the configuration, a rule, or a name in `select` or `ignore` is wrong.
    Not to be shared between threads, because engines are not.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        engines: Engines | None = None,
    ) -> None:
        self.config = config or Config()
        self._engines = engines or Engines()
        self._select, self._ignore = tuple(select), tuple(ignore)
        self._rulesets: dict[tuple[int, ...], tuple[dict[str, Rule], Ruleset]] = {}
        check_names(self._select, self.names, "--select")
        check_names(self._ignore, self.names, "--ignore")

    @cached_property
    def _library(self) -> Library:
        return load_library(pack_folders(self.config.extends, self.config.place("extends")), cache_folder())

    @cached_property
    def names(self) -> frozenset[str]:
        """Every pack and rule name there is under this configuration."""
        return known_names(self.all_rules)

    @cached_property
    def all_rules(self) -> Mapping[str, Rule]:
        """Every rule there is under this configuration as its file has it: signals and the rules about directives included."""
        return {**self._library.rules, **suppress.RULES}

    @cached_property
    def rules_by_name(self) -> Mapping[str, Rule]:
        """Every rule there is by each name its findings can bear."""
        return {name: rule for rule in self.all_rules.values() for name in names_of(rule)}

    def rules_for(self, path: str) -> Mapping[str, Rule]:
        """The rules as they hold for a draft; one that is off has the level None."""
        return self._compiled(path)[0]

    def _compiled(self, path: str) -> tuple[dict[str, Rule], Ruleset]:
        draft = Path(path)
        key = self.config.overrides_for(draft)
        found = self._rulesets.get(key)
        if found is None:
            rules = configure(self.all_rules, self.config.for_file(draft), self.config.place)
            rules = with_vocabulary(choose(rules, self._select, self._ignore), self._vocabulary)
            if self.config.grammar.engine == "none":
                rules = {k: replace(r, level=None) if r.extends == "grammar" else r for k, r in rules.items()}
            found = self._rulesets[key] = rules, compile_rules(rules, self._library.gates)
        return found

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        terms: list[str] = []
        for path in self.config.vocabulary:
            try:
                lines = path.read_text(encoding="utf-8-sig").splitlines()
            except (OSError, UnicodeDecodeError) as fault:
                raise ConfigError(f"vocabulary {path} cannot be read: {fault}", self.config.place("vocabulary")) from None
            terms.extend(line.strip() for line in lines if line.strip() and not line.startswith("#"))
        return tuple(dict.fromkeys(terms))

    def lint_file(self, path: str | Path, *, format: str = "", encoding: str = "") -> FileResult:
        """Lint one file. An unreadable one gives a FileResult with `error` set."""
        shown = str(path)
        try:
            data = Path(path).read_bytes()
        except OSError as fault:
            return FileResult(shown, error=f"{shown}: cannot be read: {fault.strerror}")
        return self.lint_bytes(data, shown, format=format, encoding=encoding)

    def lint_bytes(self, data: bytes, path: str, *, format: str = "", encoding: str = "") -> FileResult:
        """Lint the bytes of a draft shown as `path`; the configured encoding is used unless one is given."""
        try:
            decoded = decode(data, path, encoding or self.config.encoding)
        except SourceError as fault:
            return FileResult(path, error=str(fault))
        return self.lint(Source(path, decoded.text, decoded.encoding, decoded.bom), format=format)

    def lint_text(self, text: str, path: str = "draft.txt", *, format: str = "") -> FileResult:
        """Lint a text as if it were the file `path`, whose suffix tells the format unless one is given."""
        return self.lint(Source(path, text), format=format)

    def lint(self, source: Source, *, format: str = "") -> FileResult:
        """The pipeline: parse, run the rules, apply the filters, sort. Raises EngineError when a wanted engine cannot be had."""
        rules, ruleset = self._compiled(source.path)
        document = read(source, format_for(source.path, format))
        notices: list[str] = []
        outcome = ruleset.run(document, lambda d, names: remarks(d, names, self.config.grammar, self._engines, notices))
        findings = overlap.apply(runs.apply(document, outcome.findings, rules))
        silenced = suppress.apply(document, findings, self.names, report_unused=not self._select and not self._ignore)
        about = (replace(f, level=level) for f in silenced.directives if (level := rules[f.rule].level) is not None)
        return FileResult(
            path=source.path,
            source=source,
            findings=tuple(sorted((*silenced.kept, *about), key=lambda f: (f.span, f.rule))),
            suppressed=silenced.suppressed,
            held_back=outcome.held_back,
            notices=tuple(notices),
            faults=outcome.faults,
            fail_on=self.config.fail_on,
        )


def remarks(
    document: Document, names: frozenset[str], grammar: GrammarConfig, engines: Engines, notices: list[str]
) -> dict[str, list[tuple[int, Remark]]]:
    """The engine's remarks on a document by engine rule, each with the number of the block it falls in.

    A draft too long for the engine adds a notice instead. Raises EngineError when the engine cannot be had.
    """
    numbers = [n for n, block in enumerate(document.blocks) if block.kind not in _UNREAD]
    text, starts = _joined(document, numbers)
    found: dict[str, list[tuple[int, Remark]]] = {}
    if not text.strip() or not names:
        return found
    if len(text) > GRAMMAR_LIMIT:
        notices.append(f"grammar was not checked: the draft is longer than {GRAMMAR_LIMIT:,} characters")
        return found
    for remark in engines.get(grammar.engine, grammar.language).check(text, names):
        at = bisect_right(starts, remark.start) - 1
        number = numbers[at]
        start, end = remark.start - starts[at], remark.end - starts[at]
        if end <= len(document.blocks[number].text):
            found.setdefault(remark.rule, []).append((number, remark._replace(start=start, end=end)))
    return found


def _joined(document: Document, numbers: Sequence[int]) -> tuple[str, list[int]]:
    """The text of some blocks, parted by blank lines, and where each block starts in it."""
    starts, at = [], 0
    for number in numbers:
        starts.append(at)
        at += len(document.blocks[number].text) + 2
    return "\n\n".join(document.blocks[n].text for n in numbers), starts
