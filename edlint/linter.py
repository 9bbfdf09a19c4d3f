"""The pipeline for one draft, and the object every door uses."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from edlint.config import Config
from edlint.document import Source
from edlint.errors import SourceError
from edlint.filters import deletions, directives, grouped, identity, overlap, quoted, runs, suppress
from edlint.finding import Level, Suppressed
from edlint.folders import cache_folder
from edlint.formats import format_for, read
from edlint.formats.foreign import mark
from edlint.grammar import Engines
from edlint.grammar.ask import Told, remarks
from edlint.locks import Locks
from edlint.reading import read_draft, too_large
from edlint.report.model import FileResult, Part
from edlint.rule import Rule
from edlint.ruleset.compile import Ruleset, compile_rules
from edlint.ruleset.configure import as_pattern, choose, configure, fitting, foreign_packs, place_in, with_vocabulary
from edlint.ruleset.names import Names, check_names, known_names, rule_named
from edlint.ruleset.packs import Library, load_library
from edlint.ruleset.places import pack_folders
from edlint.ruleset.running import Runner
from edlint.ruleset.vocabulary import listed_terms
from edlint.text.decode import decode

if TYPE_CHECKING:
    from edlint.vale.ruleset import ValeRules


class _Compiled(NamedTuple):
    """The rules for some drafts, and the two sets of those that run: by edlint's reading of a draft, and by Vale's."""

    rules: dict[str, Rule]
    ruleset: Ruleset
    vale: ValeRules | None


class Linter:
    """Lints drafts by one configuration. Holds rules, and an engine once it was needed, but nothing of the drafts.

    Raises ConfigError, RuleError or UsageError when the configuration, a rule, or a name in `select` or `ignore` is wrong.
    `rule_filter` is an expression over a rule's fields (see edlint.vale.rulefilter): the rules for which it is false are off.
    Not to be shared between threads, because engines are not.
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
        self.config = config or Config()
        self._keep = _rule_filter(rule_filter, self.config) if rule_filter else None
        self._engines = engines or Engines()
        self._select, self._ignore = tuple(select), tuple(ignore)
        self._rulesets: dict[tuple[tuple[int, ...], ...], _Compiled] = {}
        self.locks = Locks(self.config, tuple(Linter(above, engines=self._engines) for above in self.config.above if above.locked))
        self.locks.check(self.names)
        self._notices = [*self.config.notices, *self._library.notices, *self._foreign()]  # said once, with the first draft
        check_names(self._select, self.names, "--select")
        check_names(self._ignore, self.names, "--ignore")

    def _foreign(self) -> list[str]:
        """What to say of packs written for another language than the drafts'."""
        grammar = self.config.grammar
        packs = foreign_packs(self.all_rules, grammar.engine, grammar.language)
        return [f"off, because drafts are in {grammar.language!r} and these packs are not for it: {', '.join(packs)}"] if packs else []

    @cached_property
    def _library(self) -> Library:
        return load_library(pack_folders(self.config.packs, self.config.place("extends")), cache_folder())

    @cached_property
    def names(self) -> Names:
        """Every pack and rule name there is under this configuration."""
        return known_names({**self.locks.rules(), **self.all_rules})

    @cached_property
    def all_rules(self) -> Mapping[str, Rule]:
        """Every rule there is under this configuration as its file has it: signals and the rules about directives included."""
        builtin: Mapping[str, Rule] = {}
        if self.config.made_packs:
            from edlint.vale.builtin import vale_rules

            builtin = vale_rules(self.config, self._vocabulary)
        return {**self._library.rules, **builtin, **suppress.RULES}

    def rule_named(self, name: str) -> Rule | None:
        """The rule whose findings bear a name, which may be that of an engine's rule; None when there is none."""
        return rule_named(name, {**self.locks.rules(), **self.all_rules})

    def rules_for(self, path: str) -> Mapping[str, Rule]:
        """The rules as they hold for a draft; one that is off has the level None."""
        return self._compiled(path)[0]

    def _compiled(self, path: str) -> _Compiled:
        draft = Path(path)
        key = tuple(config.overrides_for(draft) for config in (self.config, *self.config.above))
        found = self._rulesets.get(key)
        if found is None:
            rules = self._configured(draft, self._select, self._ignore)
            if self._keep is not None:
                rules = {k: r if self._keep(r) else r._replace(level=None) for k, r in rules.items()}
            least = Level.SUGGESTION if self._keep else self.config.vale.min_level
            rules = {k: r._replace(level=None) if r.compat and r.level and r.level < least else r for k, r in rules.items()}
            rules = self.locks.hold(rules, self._configured(draft) if self.config.locked else {}, path)
            found = self._rulesets[key] = _Compiled(rules, *self._compile(rules))
        return found

    def _compile(self, rules: Mapping[str, Rule]) -> tuple[Ruleset, ValeRules | None]:
        """The rules ready to run: those that read drafts as edlint does, and those written for Vale."""
        compat = {name: rule for name, rule in rules.items() if rule.compat and rule.level is not None}
        own = compile_rules({name: rule for name, rule in rules.items() if name not in compat}, self._library.gates)
        if not compat:
            return own, None
        from edlint.vale.ruleset import ValeRules

        return own, ValeRules(compat, self._library.gates)

    def _configured(self, draft: Path, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> dict[str, Rule]:
        """The rules for a draft as the configuration has them, of which some may be chosen."""
        settings = self.config.for_file(draft)
        if not self.config.strict:
            settings = {name: setting for name, setting in settings.items() if name in self.names}
        rules = choose(configure(self.all_rules, settings, partial(place_in, self.config, draft)), select, ignore)
        return fitting(with_vocabulary(rules, self._vocabulary), self.config.grammar.engine, self.config.grammar.language)

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        place = self.config.place("vocabulary")
        own = map(as_pattern, listed_terms(self.config.vocabulary, place))  # words as they stand; those of Vale's are patterns
        return tuple(dict.fromkeys((*own, *listed_terms(self.config.vale.words("accept.txt"), place))))

    def take_notices(self) -> tuple[str, ...]:
        """What there is to say of the rules as such. The first draft that is linted says it, unless it was taken before."""
        notices, self._notices = tuple(self._notices), []
        return notices

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
            decoded = decode(data, path, encoding or self.config.encoding)
        except SourceError as fault:
            return FileResult(path, error=str(fault))
        return self.lint(Source(path, decoded.text, decoded.encoding, decoded.bom), format=format)

    def lint_text(self, text: str, path: str = "draft.txt", *, format: str = "") -> FileResult:
        """Lint a text as if it were the file `path`, whose suffix tells the format unless one is given.

        A text with half a character in it (a lone surrogate), which no file can hold, gives a FileResult with `error` set.
        """
        try:
            text.encode()
        except UnicodeEncodeError as fault:
            return FileResult(path, error=f"{path}: half a character (U+{ord(text[fault.start]):04X}) stands at offset {fault.start}")
        return self.lint(Source(path, text), format=format)

    def detail(self, file: FileResult, *, format: str = "") -> FileResult:
        """The result of a draft with its parts and its sourced claims, for reports that show the draft itself."""
        if file.source is None:
            return file
        from edlint.ruleset.sources import sourced

        document = read(file.source, format_for(self.config.format_path(file.path), format))
        parts = tuple(Part(block.kind, block.level, block.whole) for block in document.blocks)
        return file._replace(parts=parts, sourced=tuple(sourced(self._compiled(file.path).ruleset, document)))

    def lint(self, source: Source, *, format: str = "") -> FileResult:
        """Lint a decoded draft. A grammar engine that fails or is not there is among the result's `faults`."""
        collecting = gc.isenabled()
        gc.disable()  # what a draft gives rise to are many small objects that live to its end: looking for garbage among them costs a fifth
        try:
            return self._lint(source, format)
        finally:
            if collecting:
                gc.enable()

    def _lint(self, source: Source, format: str) -> FileResult:
        """The pipeline: parse, run the rules, apply the filters, sort."""
        rules, ruleset, vale = self._compiled(source.path)
        name = format_for(self.config.format_path(source.path), format)
        reading = self.config.vale.reading_for(Path(source.path), self.config.root)
        layered, slow = vale.read(source, name, reading) if vale else (None, ())
        document = layered if layered and not ruleset.checks else read(source, name)
        told, self._notices = Told(self._notices, []), []
        document, foreign = mark(document, self.config.grammar.language)
        told.notices.extend([foreign] if foreign else [])
        runner = Runner(document)
        outcome = ruleset.run(document, lambda d, asked: remarks(d, asked, self.locks.grammar().grammar, self._engines, told), runner)
        if vale and layered:
            outcome = outcome.joined(vale.run(layered, runner))
        apart = {rule.name for rule in rules.values() if rule.compat}
        joined = runs.apply(document, outcome.findings, rules)
        deleting = directives.apply(document, deletions.apply(document, joined, outcome.findings, rules))
        offered = quoted.apply(document, deleting)
        findings = overlap.apply(offered, apart)
        silenced = suppress.apply(document, findings, self.names, not (self._select or self._ignore or self._keep), self.locks.terms)
        about = (f._replace(level=v) for f in silenced.directives if (v := suppress.FORCED.get(f.rule, rules[f.rule].level)))
        seen: Counter[tuple[str, str, str]] = Counter()
        kept = sorted((*grouped.apply(silenced.kept), *about), key=lambda f: (f.span, f.rule))
        found = identity.apply(document, kept, seen)  # first, so that what is silenced changes no fingerprint
        named = identity.apply(document, (s.finding for s in silenced.suppressed), seen)
        return FileResult(
            path=source.path,
            source=source,
            findings=found,
            suppressed=tuple(Suppressed(f, s.reason) for f, s in zip(named, silenced.suppressed, strict=True)),
            held_back=outcome.held_back,
            notices=tuple(told.notices),
            faults=(*slow, *outcome.faults, *told.faults),
            fail_on=self.config.fail_on,
        )


def _rule_filter(given: str, config: Config) -> Callable[[Rule], bool]:
    from edlint.vale.rulefilter import rule_filter

    return rule_filter(given, config.vale.styles)
