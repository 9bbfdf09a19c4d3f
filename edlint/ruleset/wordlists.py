"""Named word lists of a rule file: `lists:` names them, `{name}` in a pattern stands for any of their words, in `any:` for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from edlint.errors import RuleError, did_you_mean
from edlint.model.rule import Rule
from edlint.text.inflect import plural, verb_forms
from edlint.text.lazy import lazy

_NAME = lazy(r"[a-z][a-z_]*")
_PLACEHOLDER = lazy(r"(?<!\$)(?<!\\[pPN])\{([a-z][a-z_]*)\}")  # not ${group}, nor \p{letter}
_FORMS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "words": lambda word: (word,),
    "verbs": verb_forms,
    "plurals": lambda noun: (plural(noun),),
    "nouns": lambda noun: (noun, plural(noun)),
}
_MANY = 100  # words
_FIXED = ("message", "title", "why", "instead", "description", "link", "examples", "lists")  # keys that hold no patterns


def with_lists(rule: Rule, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a rule file with `{name}` replaced by the words of its `lists`; without `lists` nothing is touched.

    In a pattern `{name}` becomes a regular expression for any of the words; an entry of `any:`, which holds plain words, becomes the words.
    A list is a list of words, or a mapping of `words`, `verbs` (in all their forms), `plurals` and `nouns` (in both numbers).
    What comes back holds the lists as plain words. Raises RuleError for a list that is no such thing, and for a name that no list has.
    """
    if "lists" not in raw:
        return dict(raw)
    if not isinstance(raw["lists"], Mapping):
        raise RuleError("lists: a mapping of names to lists of words is wanted", rule.place("lists"))
    lists = {str(name): _list(rule, str(name), entry) for name, entry in raw["lists"].items()}
    return {key: value if key in _FIXED else _filled(rule, key, value, lists) for key, value in raw.items()} | {"lists": lists}


def _list(rule: Rule, name: str, entry: object) -> list[str]:
    if not _NAME.fullmatch(name):
        raise RuleError(f"lists: {name!r} is no name for a list", rule.place(f"lists.{name}"), "small letters and _")
    words = list(dict.fromkeys(_words(rule, f"lists.{name}", entry)))
    if not words:
        raise RuleError(f"lists: {name!r} holds no words", rule.place(f"lists.{name}"))
    return words


def _alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; many words by their first letters, which is searched for faster."""
    listed = sorted(words, key=lambda w: (-len(w), w))
    if len(listed) < _MANY or not all("a" <= word[0] <= "z" for word in listed):
        return f"(?:{'|'.join(map(re.escape, listed))})"
    rests: dict[str, list[str]] = {}
    for word in listed:
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    groups = (f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return f"(?:{'|'.join(groups)})"


def _words(rule: Rule, key: str, entry: object) -> Iterator[str]:
    for form, words in entry.items() if isinstance(entry, Mapping) else [("words", entry)]:
        if form not in _FORMS:
            raise RuleError(f"{key}: unknown kind of words {form!r}", rule.place(f"{key}.{form}"), did_you_mean(str(form), _FORMS))
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise RuleError(f"{key}: a list of words is wanted", rule.place(key), 'put quotation marks around words such as "no" and "on"')
        for word in words:
            yield from _FORMS[form](word.strip())


def _filled(rule: Rule, key: str, value: Any, lists: Mapping[str, list[str]]) -> Any:
    if isinstance(value, list) and key.endswith(".any"):
        return [word for n, part in enumerate(value) for word in _spliced(rule, f"{key}.{n}", part, lists)]
    if isinstance(value, list):
        return [_filled(rule, f"{key}.{n}", part, lists) for n, part in enumerate(value)]
    if isinstance(value, Mapping):
        return {name: _filled(rule, f"{key}.{name}", part, lists) for name, part in value.items()}
    if not isinstance(value, str):
        return value
    return _PLACEHOLDER.sub(lambda found: _alternatives(_named(rule, key, found[1], lists)), value)


def _spliced(rule: Rule, key: str, part: object, lists: Mapping[str, list[str]]) -> list[object]:
    """The words that an entry of `any:` stands for: those of a list, or itself."""
    found = _PLACEHOLDER.fullmatch(part) if isinstance(part, str) else None
    return list(_named(rule, key, found[1], lists)) if found else [part]


def _named(rule: Rule, key: str, name: str, lists: Mapping[str, list[str]]) -> list[str]:
    if name not in lists:
        raise RuleError(f"there is no list {name!r}", rule.place(key), did_you_mean(name, lists) or f"one of {', '.join(lists)}")
    return lists[name]
