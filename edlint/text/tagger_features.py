"""What a tagger sees of words: their spelling, their kind in a lexicon, their neighbours. Features are short texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from edlint.text.lazy import lazy


class Look(NamedTuple):
    """What the features see of a word: its lower case, shape, ambiguity class, possible tags, and the features it has by itself."""

    low: str
    shape: str
    kind: str
    choice: tuple[str, ...]
    own: tuple[str, ...]


def _edge(mark: str, shape: str = "") -> Look:
    return Look(mark, shape or mark, mark, (), ())


_STRAIGHT = str.maketrans("‘’‛“”", "'''\"\"", "") | {ord("…"): "..."}
_YEAR = lazy(r"(?:1\d|20)\d\d'?s?")
_NUMBER = lazy(r"[-+.,:/$#]*\d[\d.,:/-]*")
_DIGIT = lazy(r"\d")
_ENDINGS = ("ing", "ed", "ly", "s", "ion", "er", "al", "y", "e")


def lower(word: str) -> str:
    """A word in lower case with straight quotes; a year, figure or address by its kind alone."""
    low = word.translate(_STRAIGHT).lower()
    if not low.isascii():
        low = low.encode("utf-8", "replace").decode()  # half a pair of surrogates has no place in a feature
    if _DIGIT.search(low):
        if _YEAR.fullmatch(low):
            return "!year"
        if number := _NUMBER.match(low):
            return "!num" + low[number.end() : number.end() + 3]
    return "!addr" if "@" in low[1:-1] or "://" in low or low.startswith("www.") else low


def _shape(word: str) -> str:
    if word.islower():
        shape = "x"
    elif word.isupper():
        shape = "XX" if word[1:] else "X"
    elif word[:1].isupper():
        shape = "Xx" if word[1:].islower() else "XxX"
    else:
        shape = "xX" if word.isalpha() else "."
    return shape + "-" * ("-" in word[1:-1]) + "." * ("." in word[:-1]) + "0" * bool(_DIGIT.search(word))


def _manner(words: Sequence[str]) -> str:
    """How a sentence is set: T for mostly capitalised words, as in a title, U for capitals only, else x."""
    lettered = [word for word in words if word[:1].isalpha()]
    if len(lettered) > 1 and all(map(str.isupper, lettered)):
        return "U"
    return "T" if len(lettered) > 2 and sum(word[:1].isupper() for word in lettered) > 0.6 * len(lettered) else "x"


class Lexicon:
    """What is known of words before their context.

    `kinds` holds the tags that a frequent word may have ("NN/VB"), `family` the commonest tag of every word seen a few
    times. A key is a word in lower case, with ^ before it for a capital inside a sentence.
    """

    def __init__(self, tags: Sequence[str], kinds: Mapping[str, str], family: Mapping[str, str]) -> None:
        self.tags, self.kinds, self.family = tuple(tags), kinds, family
        self._seen: dict[tuple[str, bool], Look] = {}

    @staticmethod
    def key(word: str, first: bool) -> str:
        """The key of a word, which may be the first of its sentence."""
        return "^" * (word[:1].isupper() and not first) + lower(word)

    def looks(self, words: Sequence[str]) -> list[Look]:
        """The looks of a sentence, with two edges at either end."""
        if len(self._seen) > 50_000:
            self._seen.clear()
        inner = [self._seen.get((word, at == 0)) or self._look(word, at == 0) for at, word in enumerate(words)]
        return [_edge("<<", _manner(words)), _edge("<"), *inner, _edge(">"), _edge(">>")]

    def _look(self, word: str, first: bool) -> Look:
        low, shape, key = lower(word), _shape(word), self.key(word, first)
        known = self.kinds.get(key)
        kind, choice = known or _guess(key, low), self.tags
        if known:
            capital = self.kinds.get("^" + key, "NNP") if first and word[:1].isupper() else known
            choice = tuple(dict.fromkeys((*known.split("/"), *capital.split("/"))))
        own = ["w" + low, "o" + kind]
        if word[:1].isupper():
            own.append("W" + low)
        if key not in self.kinds:
            own += self._endings(low, shape + "1" * first)
            if word[:1].isupper():
                small = self.kinds.get(low) or self.family.get(low, "?")
                own.append(f"I{small}{shape}{first:d}")
        look = self._seen[word, first] = Look(low, shape, kind, choice, tuple(own))
        return look

    def _endings(self, low: str, shape: str) -> list[str]:
        """The features of a rare word: its ends, and the tags of its relatives (waive: waived, waives, waiving)."""
        ends = [f"{size}{low[-size:]}" for size in (1, 2, 3, 4)] + [f"{size + 4}{low[:size]}" for size in (1, 2, 3)]
        ends.append("S" + low[-3:] + shape)
        ends += ["G" + how + self.family[other] for how, other in _relatives(low) if other in self.family]
        return ends


def _guess(key: str, low: str) -> str:
    """The class of a word that is not in the lexicon."""
    if key[0] == "^":
        return "?N" + "s" * low.endswith("s")
    if low[0] == "!":
        return low[:5]
    ending = next((e for e in _ENDINGS if low.endswith(e)), "" if low[-1].isalpha() else ".")
    return "?" + ending


def _relatives(low: str) -> list[tuple[str, str]]:
    """Words that may be forms of the same word, each with a mark for how they are related."""
    stem = low.removesuffix("e")
    found = [("-s", low[:-1]), ("-es", low[:-2])] if low.endswith("s") else []
    if low.endswith("ed"):
        found += [("-ed", low[:-2]), ("-d", low[:-1])]
    elif low.endswith("ing"):
        found += [("-g", low[:-3]), ("-g", low[:-3] + "e")]
    elif low.endswith("ly"):
        found += [("-ly", low[:-2])]
    else:
        found += [("+s", low + "s"), ("+ed", stem + "ed"), ("+g", stem + "ing"), ("+ly", low + "ly")]
    if low.startswith(("un", "re", "in")):
        found.append(("u", low[2:]))
    return [*found, ("-", low.rpartition("-")[2])] if "-" in low else found


def context(looks: Sequence[Look], at: int) -> list[str]:
    """The features of word number `at` that do not depend on tags."""
    manner = looks[0].shape
    (low2, *_), (low1, shape1, kind1, *_), here, (next1, nextshape, nextkind, *_), (next2, _, nextkind2, *_) = looks[at : at + 5]
    low, shape, kind = here.low, here.shape, here.kind
    first = "1" if at == 0 else ""
    found = [
        *here.own, "a" + low1, "b" + low2, "c" + next1, "d" + next2,
        f"e{low1} {low}", f"f{low} {next1}", f"g{low1} {next1}",
        "k" + nextkind, "l" + nextkind2, f"m{nextkind} {nextkind2}", f"n{low} {nextkind}",
        f"r{kind} {nextkind}", f"D{kind1} {kind} {nextkind}",
        f"h{shape}{first}{manner}", f"B{shape1} {shape}{first}", f"E{shape} {nextshape}{first}", f"F{shape1} {shape} {nextshape}",
    ]  # fmt: skip
    if kind[0] in "?!":
        found += ["i" + low1[-3:], "j" + next1[-3:], f"P{low[-2:]} {nextkind}", f"Q{low[-2:]} {kind1}"]
    if low in ("'", '"'):
        found.append(f"H{low}{sum(look.low == low for look in looks[2 : at + 2]) % 2}")
    return found


def history(looks: Sequence[Look], at: int, last: str, before: str) -> list[str]:
    """The features of word number `at` that depend on the tags of the two words before it, `last` and `before`."""
    (low, _, kind, *_), (next1, _, nextkind, *_) = looks[at + 2 : at + 4]
    return [
        "t" + last, f"u{last} {before}", f"v{last} {low}", f"x{last} {next1}", f"y{last} {nextkind}",
        "q" + before, f"z{before} {last} {kind}", f"s{last} {kind} {nextkind}", f"A{before} {low}",
    ]  # fmt: skip
