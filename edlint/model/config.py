"""The noun Config: what one configuration file asks for. Reading it from YAML or TOML is the work of edlint.config.file."""

from __future__ import annotations

import copyreg
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from edlint.errors import Place
from edlint.files.globs import matches
from edlint.model.finding import Level
from edlint.model.rule import Rule
from edlint.vale.settings import BUILTIN, Vale

if TYPE_CHECKING:
    from edlint.model.server import ReaderConfig

OVERRIDABLE = ("engine", "language")  # what drafts in some folders may have another of: which server is asked is not theirs to say
FIELD_KINDS = ("title", "heading", "paragraph", "quote", "list", "caption", "alt", "front-matter", "off")
_READING = ("encoding", "fields", "vale.formats")  # keys that say how a draft is read


def _read_only(values: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(values)


copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))  # so that a Config can go to other processes


class RuleSetting(NamedTuple):
    """What the configuration says of a rule or a pack.

    `level` is None where nothing is said; "on" keeps the level in the rule's file. `options` replace keys of that file.
    """

    level: Level | Literal["on", "off"] | None = None
    options: Mapping[str, object] = MappingProxyType({})

    def over(self, below: RuleSetting) -> RuleSetting:
        """This setting, completed by the one below it."""
        return RuleSetting(below.level if self.level is None else self.level, {**below.options, **self.options})


Rules = Mapping[str, RuleSetting]


def merge_rules(below: Rules, above: Rules) -> dict[str, RuleSetting]:
    """Both mappings in one, `above` winning: a pack's level set above also overrides the levels of its rules set below."""
    merged = dict(below)
    for name, setting in above.items():
        if "." not in name and setting.level is not None:
            for rule in [r for r in merged if r.startswith(f"{name}.")]:
                merged[rule] = RuleSetting(None, merged[rule].options)
        merged[name] = setting.over(merged.get(name, RuleSetting()))
    return merged


def setting_for(rule: str, rules: Rules) -> RuleSetting:
    """What `rules` say of the rule `Pack.Problem`: its own setting over its pack's."""
    pack = rules.get(rule.partition(".")[0], RuleSetting())
    return rules[rule].over(pack) if rule in rules else pack


class GrammarConfig(NamedTuple):
    """Which grammar engine to ask, and the language the drafts are written in ("auto": LanguageTool finds out).

    `server` is the address of a LanguageTool server ("": a local one that edlint starts); one that is not on this machine
    may only be asked with `allow_remote`, which is the user's own word and stands in no file.
    A request may take `timeout` seconds, and more the longer its text is.
    `on_failure` says whether a draft the engine could not check is an error or goes on with a notice.
    """

    engine: str = "harper"
    language: str = "en-US"
    server: str = ""
    allow_remote: bool = False
    timeout: float = 30.0
    on_failure: Literal["error", "warn"] = "error"

    @property
    def host(self) -> str:
        """The host of `server`, or "". Raises ValueError when `server` is no address."""
        from edlint.model.server import host_of

        return host_of(self.server)

    @property
    def remote(self) -> bool:
        """Whether `server` is another machine. Raises ValueError when it is no address."""
        from edlint.model.server import is_remote

        return is_remote(self.server)


class Override(NamedTuple):
    """Settings for the drafts whose path matches one of the globs `files`.

    `grammar` has the fields of GrammarConfig (of OVERRIDABLE) that are otherwise there.
    """

    files: tuple[str, ...]
    rules: Rules
    grammar: Mapping[str, str] = MappingProxyType({})

    def grammar_over(self, below: GrammarConfig) -> GrammarConfig:
        """The grammar configuration of these drafts, where the others have the one `below`."""
        return below._replace(engine=self.grammar.get("engine", below.engine), language=self.grammar.get("language", below.language))


@dataclass(frozen=True)
class Config:
    """One configuration, complete with defaults.

    `extends` holds packs to load: a str is the name of a pack ("default" is the shipped selection), a Path a folder of
    rules or of packs. `vocabulary` holds absolute paths; `baseline` is one, of a file that need not exist. `include` says
    which files of a folder are drafts (none: those with known suffixes). Globs are relative to `root`, the folder of the
    file. `path` is None for the built-in defaults. Unless it is `strict`, names of rules that do not exist are passed
    over. `origins` says where each dotted key was set; what is not in it is a default. `notices` name settings without effect.
    A draft of more than `max_size` megabytes is an error. `fields` says what further fields of front matter hold: their names
    (see edlint.model.document.field_name), each with a kind of block or "off". `trial` are rules that take the place of any others
    of their names. `date` is the day, as 2026-11-29, of drafts that do not say theirs.
    `locked` names rules and packs that nothing else can silence: no directive, no baseline, no configuration nearer to a draft,
    no choice of rules. `require_reason` makes a directive without a reason an error. Both hold for every draft below the file:
    `above` are the configurations further up that say so. `check_claims` names the kinds of claims that must not be open when a
    draft passes the gate, `may_override` the levels, packs and rules whose findings somebody may let pass there.
    """

    extends: tuple[str | Path, ...] = ("default",)
    rules: Rules = field(default_factory=dict)
    grammar: GrammarConfig = GrammarConfig()
    reader: ReaderConfig | None = None
    vocabulary: tuple[Path, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    overrides: tuple[Override, ...] = ()
    fail_on: Level | None = Level.ERROR
    max_warnings: int | None = None
    baseline: Path | None = None
    locked: tuple[str, ...] = ()
    require_reason: bool = False
    check_claims: tuple[str, ...] = ()
    may_override: tuple[str, ...] = ()
    encoding: str = "utf-8"
    max_size: float = 25
    fields: Mapping[str, str] = field(default_factory=dict)
    vale: Vale = Vale()
    trial: tuple[Rule, ...] = ()
    date: str = ""
    strict: bool = True
    path: Path | None = None
    root: Path = field(default_factory=Path.cwd)
    notices: tuple[str, ...] = ()
    origins: Mapping[str, Place] = field(default_factory=dict)
    above: tuple[Config, ...] = ()

    def overrides_for(self, draft: Path) -> tuple[int, ...]:
        """The indices of the overrides that apply to a draft: drafts with equal answers have equal rules."""
        return tuple(i for i, override in enumerate(self.overrides) if matches(override.files, draft, self.root))

    def for_file(self, draft: Path) -> Rules:
        """The settings that hold for a draft: `rules`, then each matching override, later ones winning."""
        rules = self.rules
        for index in self.overrides_for(draft):
            rules = merge_rules(rules, self.overrides[index].rules)
        return rules

    def grammar_for(self, draft: Path) -> GrammarConfig:
        """The grammar engine and language for a draft: `grammar`, then each matching override, later ones winning."""
        grammar = self.grammar
        for index in self.overrides_for(draft):
            grammar = self.overrides[index].grammar_over(grammar)
        return grammar

    @property
    def grammars(self) -> tuple[GrammarConfig, ...]:
        """Every grammar configuration that some draft may get."""
        found = {self.grammar: None}
        for override in self.overrides:
            found |= dict.fromkeys(map(override.grammar_over, found)) if override.grammar else {}
        return tuple(found)

    @property
    def packs(self) -> tuple[str | Path, ...]:
        """The entries of `extends` that lie in files."""
        return tuple(entry for entry in self.extends if entry != BUILTIN)

    @property
    def made_packs(self) -> frozenset[str]:
        """The names in `extends` of packs that are made of the configuration itself."""
        return frozenset({BUILTIN}.intersection(self.extends))

    def word_files(self) -> Iterator[Path]:
        """The files of words that the configuration names, dictionaries and their kin included."""
        yield from self.vocabulary
        yield from self.vale.word_files()

    def read_like(self, other: Config) -> Config:
        """This configuration, with drafts read as `other` says: their encoding, and what a suffix means."""
        origins = {key: place for key, place in self.origins.items() if not key.startswith(_READING)}
        origins |= {key: place for key, place in other.origins.items() if key.startswith(_READING)}
        return replace(
            self, encoding=other.encoding, fields=other.fields, vale=replace(self.vale, formats=other.vale.formats), origins=origins
        )

    def without_places(self) -> Config:
        """This configuration as it would be written anywhere else: without paths and all that lies under them."""
        trial = tuple(rule._replace(path="", lines={}) for rule in self.trial)
        plain = replace(self, extends=(), vocabulary=(), baseline=None, path=None, root=Path(), notices=(), origins={}, above=())
        return replace(plain, vale=Vale(formats=self.vale.formats), trial=trial)

    def at_every_level(self) -> Config:
        """This configuration without a least level below which rules do not run."""
        return replace(self, vale=replace(self.vale, min_level=Level.SUGGESTION))

    @property
    def formats(self) -> Mapping[str, str]:
        """The suffixes that have the meaning of another, without their dots."""
        return self.vale.formats

    def format_path(self, path: str) -> str:
        """The path whose suffix tells the format: one suffix may be given the meaning of another."""
        stem, dot, suffix = path.rpartition(".")
        return f"{stem}.{self.formats[suffix]}" if dot and suffix in self.formats else path

    def excludes(self, draft: Path) -> bool:
        """Whether `exclude` names this draft."""
        return matches(self.exclude, draft, self.root)

    def place(self, key: str) -> Place | None:
        """Where a dotted key was set, or the nearest key around it; None for a default."""
        while key and key not in self.origins:
            key = key.rpartition(".")[0]
        return self.origins.get(key)
