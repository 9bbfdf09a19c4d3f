"""The rules in force under one configuration, and those of them that run on a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from edlint.checks import kind_of
from edlint.config.locks import Locks
from edlint.errors import RuleError
from edlint.files.folders import cache_folder
from edlint.filters.directives import RULES as DIRECTIVE_RULES
from edlint.formats import format_for, read_all
from edlint.formats.foreign import mark_foreign
from edlint.model.config import Config
from edlint.model.document import Document
from edlint.model.finding import Level
from edlint.model.rule import Rule
from edlint.model.source import Source
from edlint.ruleset.compile import Outcome, Remarks, Ruleset, compile_rules
from edlint.ruleset.configure import as_pattern, choose, configure, fits, fitting, foreign_packs, of_engine, place_in, with_vocabulary
from edlint.ruleset.names import Names, check_names, known_names, rule_named
from edlint.ruleset.packs import Library, load_library
from edlint.ruleset.places import pack_folders, vocabularies
from edlint.ruleset.running import Runner
from edlint.ruleset.vocabulary import listed_terms

if TYPE_CHECKING:
    from edlint.vale.ruleset import ValeRules


class Parsed(NamedTuple):
    """A draft as our rules read it, and as those written for Vale do (None without any), with notices and faults of reading it."""

    document: Document
    layered: Document | None
    notices: tuple[str, ...]
    faults: tuple[str, ...]


class Compiled(NamedTuple):
    """The rules for some drafts, and the two sets of those that run: by edlint's reading of a draft, and by Vale's."""

    rules: Mapping[str, Rule]
    ruleset: Ruleset
    vale: ValeRules | None

    def parse(self, source: Source, config: Config, format: str = "") -> Sequence[Parsed]:
        """The drafts in a source as these rules read them, mostly one. A reading as Vale's that takes too long is a fault."""
        name = format_for(config.format_path(source.path), format)
        reading = config.vale.reading_for(Path(source.path), config.root)
        layered, slow = self.vale.read(source, name, reading) if self.vale else (None, ())
        drafts = [layered] if layered and not self.ruleset.checks else read_all(source, name, config.fields)
        marked = [mark_foreign(document, config.grammar_for(Path(source.path)).language) for document in drafts]
        return [Parsed(document, layered, (foreign,) if foreign else (), slow) for document, foreign in marked]

    def run(self, draft: Parsed, remarks: Remarks) -> Outcome:
        """Everything the rules find in a draft, within one budget."""
        runner = Runner(len(draft.document.source.text))
        found = self.ruleset.run(draft.document, remarks, runner)
        return found.joined(self.vale.run(draft.layered, runner)) if self.vale and draft.layered else found


class Rulebook:
    """The rules in force under one configuration.

    Raises ConfigError, RuleError or UsageError when the configuration, a rule, or a name in `select` or `ignore` is wrong.
    `rule_filter` is an expression over a rule's fields (see edlint.vale.rulefilter): the rules for which it is false are off.
    """

    def __init__(
        self, config: Config | None = None, *, select: Sequence[str] = (), ignore: Sequence[str] = (), rule_filter: str = ""
    ) -> None:
        self.config = config or Config()
        self.select, self.ignore = tuple(select), tuple(ignore)
        self._keep = _rule_filter(rule_filter, self.config) if rule_filter else None
        self._rulesets: dict[tuple[tuple[int, ...], ...], Compiled] = {}
        self.locks = Locks(self.config, tuple(Rulebook(above) for above in self.config.above if above.locked))
        self.locks.check(self.names)
        check_names(self.select, self.names, "--select")
        check_names(self.ignore, self.names, "--ignore")

    @property
    def chosen(self) -> bool:
        """Whether only some of the rules were asked for."""
        return bool(self.select or self.ignore or self._keep)

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """Notices about the configuration and the rules, whichever drafts are linted."""
        grammar = self.config.grammar
        packs = ", ".join(foreign_packs(self.all_rules, grammar.engine, grammar.language))
        off = [f"off, because drafts are in {grammar.language!r} and these packs are not for it: {packs}"] if packs else []
        written = [notice for rule in self.all_rules.values() if rule.compat for notice in kind_of(rule).notices(rule)]
        return (*self.config.notices, *self._library.notices, *written, *off)

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
            from edlint.vale.ruleset import vale_rules

            builtin = vale_rules(self.config, self._vocabulary)
        trial = {rule.name: rule for rule in self.config.trial if len(self.config.trial) > 1 or self._fitting(rule)}
        return {**self._library.rules, **builtin, **DIRECTIVE_RULES, **trial}

    def _fitting(self, rule: Rule) -> Rule:
        """A rule on trial. Raises RuleError if it is not meant for these drafts."""
        grammar = self.config.grammar
        if fits(rule, grammar.engine, grammar.language):
            return rule
        place = rule.place("language" if of_engine(rule, grammar.engine) else "engine")
        hint = f"drafts are in {grammar.language!r}, and the grammar engine is {grammar.engine!r}"
        raise RuleError("not for the drafts here, as `grammar:` describes them", place, hint)

    def rule_named(self, name: str) -> Rule | None:
        """The rule whose findings bear a name, which may be that of an engine's rule; None when there is none."""
        return rule_named(name, {**self.locks.rules(), **self.all_rules})

    def rules_for(self, path: str) -> Mapping[str, Rule]:
        """The rules as they hold for a draft; one that is off has the level None."""
        return self.compiled(path).rules

    def compiled(self, path: str) -> Compiled:
        """The rules for a draft, ready to run."""
        draft = Path(path)
        key = tuple(config.overrides_for(draft) for config in (self.config, *self.config.above))
        found = self._rulesets.get(key)
        if found is None:
            rules = self._configured(draft, self.select, self.ignore)
            if self._keep is not None:
                rules = {k: r if self._keep(r) else r._replace(level=None) for k, r in rules.items()}
            least = Level.SUGGESTION if self._keep else self.config.vale.min_level
            rules = {k: r._replace(level=None) if r.compat and r.level and r.level < least else r for k, r in rules.items()}
            rules = self.locks.hold(rules, self._configured(draft) if self.config.locked else {}, path)
            found = self._rulesets[key] = Compiled(rules, *self._compile(rules))
        return found

    def _compile(self, rules: Mapping[str, Rule]) -> tuple[Ruleset, ValeRules | None]:
        """The rules ready to run: those that read drafts as edlint does, and those written for Vale."""
        compat = {name: rule for name, rule in rules.items() if rule.compat and rule.level is not None}
        own = compile_rules({name: rule for name, rule in rules.items() if name not in compat})
        if not compat:
            return own, None
        from edlint.vale.ruleset import ValeRules

        return own, ValeRules(compat)

    def _configured(self, draft: Path, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> dict[str, Rule]:
        """The rules for a draft as the configuration has them, of which some may be chosen."""
        settings = self.config.for_file(draft)
        if not self.config.strict:
            settings = {name: setting for name, setting in settings.items() if name in self.names}
        rules = choose(configure(self.all_rules, settings, partial(place_in, self.config, draft)), select, ignore)
        if day := self.config.date:
            dated = (rule for rule in rules.values() if "date" in kind_of(rule).keys)
            rules |= {rule.name: rule._replace(options={**rule.options, "date": day}) for rule in dated}
        grammar = self.config.grammar_for(draft)
        return fitting(with_vocabulary(rules, self._vocabulary), grammar.engine, grammar.language)

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        place = self.config.place("vocabulary")
        files = (*self.config.vocabulary, *vocabularies(pack_folders(self.config.packs, self.config.place("extends"))))
        own = map(as_pattern, listed_terms(files, place))  # words as they stand; those of Vale's are patterns
        return tuple(dict.fromkeys((*own, *listed_terms(self.config.vale.words("accept.txt"), place))))


def _rule_filter(given: str, config: Config) -> Callable[[Rule], bool]:
    from edlint.vale.rulefilter import rule_filter

    return rule_filter(given, config.vale.styles)
