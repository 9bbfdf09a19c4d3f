"""Names of persons that differ in one letter: Nguyen and Nguyan, Karl Nilsen and Nilson."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from edlint.checks.base import Scan
from edlint.checks.initials import Group, Terms
from edlint.checks.names import Use, opens_sentence, tag_of, word_after, word_before
from edlint.text.lazy import lazy
from edlint.text.tagger import load

SHORTEST = 5  # letters of a name that is looked at
MANY = 4  # forms that are alike; of more, none is judged
_TITLES = frozenset(
    "ambassador archbishop bishop brother captain capt chancellor chief coach col colonel commissioner congressman"
    " congresswoman councillor councilman councilwoman dame detective dr father gen general gov governor inspector judge"
    " justice king lady lieutenant lord maj major mayor minister miss mr mrs ms mx officer pastor president prime prince"
    " princess prof professor queen rep representative rev reverend sec secretary sen senator sergeant sgt sheriff sir"
    " sister".split()
)
_NO_NAMES = frozenset(  # words with a capital, at the start of a sentence or anywhere, that can stand before a surname by itself
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september"
    " october november december about after again against all also although and are as asked at because before both but by"
    " can could did do does even finally for former from had has have here how however if in into is later like meanwhile"
    " nor not now of on once only or over said second should since so still that the then this though thus till to today"
    " unless unlike until was were what when where whereas whether which while who why with would yesterday yet".split()
)
_PLACE_BEFORE = frozenset(
    "across around at east fort in inside lake lower mount near new north outside port river saint san south st upper west".split()
)
_PLACE_AFTER = frozenset(
    "avenue bay beach bridge city college county creek district hall hill hospital island lake park river road school"
    " street town university valley".split()
)
_EXPLAINS = frozenset(("aka", "alias", "called", "instead", "not", "née", "or", "pronounced", "spelled", "spelt", "written"))
_SWAPS = ({"c", "k"}, {"s", "z"}, {"v", "w"})
_VOWELS = frozenset("aeiouyäöüéèå")
_SON = lazy(r"\Ama?c(?=[a-z]{3})")  # McDonald, MacDonald
_SON_OF = lazy(r"Ma?c[A-Z][a-z]+")


class _Person(NamedTuple):
    """What stands right beside the uses of one form: first names, titles, and names after it; `single`: some use stands by itself."""

    first: frozenset[str]
    titles: frozenset[str]
    after: frozenset[str]
    single: bool


def by_letter(scan: Scan, uses: Sequence[Use], terms: Terms) -> Iterable[Group]:
    """Pairs of forms that differ in one letter and stand for one person, as far as the words around them tell."""
    found: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        if len(use.form) >= SHORTEST and use.form.isalpha() and (use.form[1:].islower() or _SON_OF.fullmatch(use.form)):
            found[use.form].append(use)
    for a, b in sorted(_pairs(found)):
        few, many = sorted((found[a], found[b]), key=len)
        other = any(_is_place(scan, use) or _is_explained(scan, use) for use in few + many) or _is_word(scan, a) or _is_word(scan, b)
        persons = _person(scan, few), _person(scan, many)
        if not other and (_share_first(*persons) if _SON_OF.match(a) or _SON_OF.match(b) else _one_person(*persons)):
            yield f"{a} / {b}", sorted(few + many, key=lambda use: (use.block, use.start))


def _pairs(forms: Iterable[str]) -> set[tuple[str, str]]:
    """The pairs of forms that a slip of the pen could make of one another."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        for shape in _shapes(form.lower()):
            shapes[shape].append(form)
    groups = (group for group in shapes.values() if 1 < len(group) <= MANY)
    return {
        (min(a, b), max(a, b))
        for group in groups
        for n, a in enumerate(group)
        for b in group[n + 1 :]
        if a != b and _slip(a.lower(), b.lower())
    }


def _shapes(low: str) -> set[str]:
    """The form with one inner letter left open, with its letters but the first sorted, and without doubled letters: slips meet there."""
    single = re.sub(r"(.)\1", r"\1", low)
    return {f"{low[:n]}?{low[n + 1 :]}" for n in range(1, len(low) - 1)} | {low[0] + "".join(sorted(low[1:])), f"={_SON.sub('mc', single)}"}


def _slip(a: str, b: str) -> bool:
    """Whether one vowel, or one consonant of the same sound, stands for another, neighbours changed places, or one letter is doubled."""
    if len(a) != len(b):
        return abs(len(a) - len(b)) == 1
    differing = [(x, y, n) for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differing) == 1:
        x, y, _ = differing[0]
        return (x in _VOWELS and y in _VOWELS) or {x, y} in _SWAPS
    return len(differing) == 2 and differing[0][:2] == differing[1][1::-1] and differing[1][2] - differing[0][2] == 1


def _is_place(scan: Scan, use: Use) -> bool:
    """Whether the words beside a use make a place of it: in Hanson, Hanson Street, the Republic of Hanson, from Hanson, Kentucky."""
    text, before = scan.plain(use.block), word_before(scan, use).lower()
    if before in _PLACE_BEFORE or word_after(scan, use).lower() in _PLACE_AFTER:
        return True
    if before == "of" and re.search(r"[A-Z]\w+ of $", text[max(0, use.start - 30) : use.start]):
        return True
    return before in ("from", "of", "to") and re.match(r", [A-Z][\w.]+(?:[,.]|$)", text[use.end : use.end + 30]) is not None


def _person(scan: Scan, uses: Sequence[Use]) -> _Person:
    before = {name for use in uses for name in _names_before(scan, use)}
    after = {use: word for use in uses if (word := word_after(scan, use))[:1].isupper()}
    single = any(use not in after and _is_name(scan, use) for use in uses)
    return _Person(frozenset(before - _TITLES), frozenset(before & _TITLES), frozenset(after.values()), single)


def _is_name(scan: Scan, use: Use) -> bool:
    """Whether a use is more than an ordinary word at the start of a sentence."""
    if not opens_sentence(scan, use.start, use):
        return True
    lexicon, low = load().lexicon, use.form.lower()
    return low not in lexicon.kinds and low not in lexicon.family and tag_of(scan, use, use.start).startswith("NNP")


def _is_word(scan: Scan, form: str) -> bool:
    """Whether the draft has a form as an ordinary word, too."""
    word = re.compile(rf"\b{re.escape(form.lower())}\b")
    return any(word.search(scan.plain(number)) for number in range(len(scan.document.blocks)))


def _is_explained(scan: Scan, use: Use) -> bool:
    """Whether the draft says how a name sounds, or that it has another form."""
    return word_before(scan, use).lower() in _EXPLAINS


def _names_before(scan: Scan, use: Use) -> Iterator[str]:
    """The name or title right before a use, past an initial: Karl, Karl J., Mr."""
    text = scan.plain(use.block)
    found = re.search(r"([^\W\d_][\w’'-]+)\.? (?:(?:[A-Z]\.? ){0,2})$", text[max(0, use.start - 40) : use.start])
    if not found:
        return
    word = found[1].lower()
    if found[1][0].isupper() and word not in _NO_NAMES and (word in _TITLES or found[0][len(found[1])] != "."):
        yield word


def _share_first(few: _Person, many: _Person) -> bool:
    """Whether one first name stands before both forms. McDonald is also the name of a chain of restaurants."""
    return bool(few.first & many.first)


def _one_person(few: _Person, many: _Person) -> bool:
    """Whether two forms can only be meant for one person: the words beside them are the same, or one form is never introduced."""
    if few.first & many.first or few.after & many.after:
        return True
    if not (few.single and many.single) or (few.first and many.first):
        return False
    if few.titles and many.titles:
        return bool(few.titles & many.titles)
    return bool(few.first or many.first or few.titles or many.titles)
