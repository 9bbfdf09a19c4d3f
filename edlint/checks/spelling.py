"""`spelling`: words that are in no Hunspell dictionary."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import ClassVar, Self

from edlint.checks import patterns
from edlint.checks.base import Check, Key, Match, Options, Scan, Term
from edlint.checks.dialect import translate
from edlint.checks.dictionary import lookup
from edlint.files.folders import is_file
from edlint.files.inputs import read_text
from edlint.model.rule import Rule
from edlint.regexes.programs import compiled
from edlint.text.lazy import lazy
from edlint.text.respell import american

_DEFAULT_FILTERS = (r"[A-Z][a-z]+[A-Z]+\w+", r"[A-Z]+$", r"[^a-zA-Z_']")
_NOT_SPACE = lazy(r"\S+")
_LEADING, _TRAILING = "$(\"['", ",)\"]!;.?:'"
_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_UNITS = "a|bit|bits|byte|bytes|cm|d|dpi|fps|g|gb|ghz|h|hz|in|kb|kbps|kg|khz|km|kw|lb|m|mb|mbps|mg|mhz|min|mi|ml|mm|ms|oz|px|rpm|s|tb|v|w"
_KINDS = {"ignore": "ignore", "dic": "dictionaries", "aff": "dictionaries"}  # key → folder in `config`
_FIGURES = lazy(rf"[-+]?[\d.,:/]+(?:{_UNITS}|st|nd|rd|th)?|0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9a-fA-F]{{7,}}", re.IGNORECASE)


@dataclass(frozen=True)
class Spelling(Check):
    """Each word that is in no dictionary, passes no filter and is not in the vocabulary is reported."""

    shared = True
    values = 1
    lenient = True
    one_language = True
    keys: ClassVar[Mapping[str, Key]] = {
        "dictionaries": Key("texts", (), "names of dictionaries: NAME.dic with NAME.aff"),
        "dicpath": Key("text", "", "the folder of the dictionaries; without it config/dictionaries of the style's folder"),
        "aff": Key("text", "", "one affix file, for use with `dic`"),
        "dic": Key("text", "", "one word file, for use with `aff`"),
        "append": Key("bool", False, "use the dictionaries besides the American English one, not instead of it"),
        "custom": Key("bool", False, "do not use the built-in filters"),
        "filters": Key("texts", (), "patterns; a word in which one is found is not checked"),
        "ignore": Key("texts", (), "files of words to accept, one to a line"),
        "exceptions": Key("texts", (), "accepted and without effect"),
        "threshold": Key("number", 0, "accepted and without effect"),
        "accepted": patterns.ACCEPTED,
    }
    rule: Rule
    dictionaries: tuple[tuple[str, str], ...]
    filters: tuple[str, ...]
    words: frozenset[str]
    accepted: str

    @classmethod
    def with_vocabulary(cls, rule: Rule, terms: Sequence[str]) -> Rule:
        """See Check.with_vocabulary."""
        return rule._replace(options={**rule.options, "accepted": (*rule.options.get("accepted", ()), *terms)})

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for a dictionary, word list or filter that cannot be used."""
        filters = (*options["filters"], *(() if options["custom"] else _DEFAULT_FILTERS))
        try:
            filters = tuple(map(translate, filters))
            listed = sorted(map(translate, options["accepted"]), key=len, reverse=True)
        except ValueError as fault:
            raise options.error("filters", f"a pattern does not compile: {fault}") from None
        named = [_dictionary(rule, options, name) for name in options["dictionaries"]]
        if options["dic"] and not (rule.compat and _missing(rule, "dic", "aff")):
            named.append((str(_file(rule, options, "dic")), str(_file(rule, options, "aff"))))
        if not named or options["append"]:
            named.insert(0, ("", ""))
        words = frozenset(w.strip() for f in options["ignore"] for w in _ignored(rule, options, f))
        return cls(rule, tuple(named), filters, words, rf"\b(?:{'|'.join(listed)})\b" if listed else "")

    @classmethod
    def notices(cls, rule: Rule) -> Sequence[str]:
        """See Check.notices. In a rule of another linter's a file may be missing, which house rules are refused for."""
        missing = _missing(rule, "dic", "aff", "ignore") if rule.compat else ()
        return [f"{rule.place(key)}: {key}: there is no file {name!r}: the rule runs without it" for key, name in missing]

    @classmethod
    def files(cls, rule: Rule) -> Iterable[Path]:
        """See Check.files. A name stands for the nearest file of its kind, so one that is put nearer counts as soon as it is there."""
        for key in _KINDS:
            names = rule.options.get(key, ())
            yield from (place for name in _listed(names) for place in _places(rule, key, name))
        dictionaries = (f"{name}{end}" for name in _listed(rule.options.get("dictionaries", ())) for end in (".dic", ".aff"))
        yield from (where / name for name in dictionaries for where in _shelves(rule, str(rule.options.get("dicpath", ""))))

    @property
    def terms(self) -> Sequence[Term]:
        """See Check.terms. Every word is read, so nothing is looked for."""
        return ()

    @cached_property
    def _right(self) -> Callable[[str], bool]:
        known = [lookup(dic, aff) for dic, aff in self.dictionaries]
        built_in = known[0] if not self.dictionaries[0][0] else None  # whose users write British English, too
        filters = [compiled(f) for f in self.filters]

        @lru_cache(maxsize=20_000)
        def right(word: str) -> bool:
            if any(f.search(word) for f in filters) or word in self.words or word.lower() in self.words:
                return True
            if not any(map(str.isalnum, word)) or _FIGURES.fullmatch(word):
                return True
            return any(look(word) or look(word.lower()) for look in known) or (
                built_in is not None and any(map(built_in, american(word.lower())))
            )

        return right

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        for unit in scan.units(self.rule.scope, patterns.unit_kind(self.rule.scope)):
            block = scan.document.blocks[unit.block]
            text = block.text[unit.start : unit.end]
            protected: list[tuple[int, int]] | None = None
            for start, end, word in _words(text):
                if not word or self._right(word):
                    continue
                if protected is None:
                    accepted = compiled(self.accepted, True).finditer(text) if self.accepted else ()
                    protected = [found.span() for found in accepted]
                if any(a < end and start < b and (" " not in text[a:b] or (a <= start and end <= b)) for a, b in protected):
                    continue
                yield Match(block.span(unit.start + start, unit.start + end), word, (word,))


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text without the marks around them, quotation marks straight."""
    for found in _NOT_SPACE.finditer(text):
        word = found[0].translate(_STRAIGHT)
        bare = word.lstrip(_LEADING)
        start = found.start() + len(word) - len(bare)
        bare = bare.rstrip(_TRAILING)
        yield start, start + len(bare), bare


def _folders(rule: Rule) -> list[Path]:
    """The folders around a rule file, nearest first."""
    return list(Path(rule.path).absolute().parents)


def _dictionary(rule: Rule, options: Options, name: str) -> tuple[str, str]:
    """The .dic and .aff files of a named dictionary. Raises RuleError."""
    for where in _shelves(rule, options["dicpath"]):
        if is_file(where / f"{name}.dic") and is_file(where / f"{name}.aff"):
            return str(where / f"{name}.dic"), str(where / f"{name}.aff")
    hint = "NAME.dic and NAME.aff in config/dictionaries, or set `dicpath`"
    raise options.error("dictionaries", f"there is no dictionary {name!r}", hint)


def _listed(names: object) -> list[str]:
    """The names in the value of a key, which a configuration may have given."""
    return [str(name) for name in (names if isinstance(names, list | tuple) else [names]) if name]


def _shelves(rule: Rule, given: str) -> Iterator[Path]:
    """The folders where dictionaries may lie, nearest first: `given` ones, seen from those around the rule, or the usual ones."""
    return (folder / given if given else folder / "config" / "dictionaries" for folder in _folders(rule))


def _file(rule: Rule, options: Options, key: str) -> Path:
    found = _found(rule, key, options[key])
    if found is None:
        raise options.error(key, f"there is no file {options[key]!r}")
    return found


def _found(rule: Rule, key: str, name: str) -> Path | None:
    """The file that a key names: around the rule, or in the folder for files of its kind."""
    return next(filter(is_file, _places(rule, key, name)), None) if name else None


def _places(rule: Rule, key: str, name: str) -> Iterator[Path]:
    return (place / name for folder in _folders(rule) for place in (folder / "config" / _KINDS[key], folder))


def _missing(rule: Rule, *keys: str) -> list[tuple[str, str]]:
    """The files that a rule names and that do not exist, each with its key. A pipe or a folder in place of a file is not missing."""
    given = ((key, rule.options.get(key, ())) for key in keys)
    named = ((key, name) for key, names in given for name in ((names,) if isinstance(names, str) else names))
    return [(key, name) for key, name in named if not any(map(os.path.lexists, _places(rule, key, name)))]


def _ignored(rule: Rule, options: Options, name: str) -> list[str]:
    """The words of one list. Raises RuleError."""
    found = _found(rule, "ignore", name)
    if found is not None:
        return _lines(options, found)
    if rule.compat and ("ignore", name) in _missing(rule, "ignore"):  # see Spelling.notices
        return []
    raise options.error("ignore", f"there is no word list {name!r}")


def _lines(options: Options, file: Path) -> list[str]:
    """The lines of a word list. Raises RuleError."""
    try:
        return read_text(file).splitlines()
    except OSError as fault:
        raise options.error("ignore", f"the word list {file} cannot be read: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise options.error("ignore", f"the word list {file} is not UTF-8") from None
