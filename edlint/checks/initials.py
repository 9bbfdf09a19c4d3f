"""Names that are written with marks and without: Al-Qaeda and Al Qaeda, U.S. and US and USA; and names with an article and without."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from edlint.checks.base import Scan
from edlint.checks.names import Use, opens_sentence, sentence_of, word_after, word_before
from edlint.text.lazy import lazy

_DOTTED = lazy(r"(?:[A-Z]\.){2,}")
# What follows a name that stands for itself, not for a quality of the noun after it.
_AFTER = lazy(
    r"(?:['’]s)?(?:[.,;:!?)]|\s+(?:and|are|as|at|but|by|can|could|did|do|does|for|from|had|has|have|if|in|is|may|might|of|on|or|should|that|to|was"
    r"|were|when|which|while|who|will|with|would)\b|\s*$)"
)
# What stands before a name without an article when no noun before it can have one.
_BEFORE = lazy(
    r"(?:^|[^\w\s]\s*|\b(?:about|after|against|all|and|are|as|at|because|before|between|but|by|for|from|had|has|if|in|into|is|join|leaving|of|on|or"
    r"|over|said|says|than|that|to|under|until|was|were|when|where|which|while|who|with|without)\s)$",
    re.IGNORECASE,
)
_THE = lazy(r"\bthe\s+$", re.IGNORECASE)
# The article is another word's: the X and Y campaigns, the X of old, the board and X.
_SHARED = lazy(r"(?:,? and|,? or|, [A-Z]\w*,?|\s+of)\b")
_CARRIED = lazy(r"\bthe\s+(?:[\w’'-]+,?\s+){1,3}(?:and|or)\s+$", re.IGNORECASE)

_DETERMINERS = frozenset(
    ("a", "an", "another", "any", "every", "her", "his", "its", "my", "no", "our", "that", "their", "this", "which", "your")
)
_TOWN = lazy(r"[A-Z]\w+, $")
_LISTED = lazy(r"(?:[(\[]|, or|[A-Z]{2}\w*,)\s*$")  # in brackets, or after another name in a list


class Terms(NamedTuple):
    """What a rule says of names: initials that are `same` as others, words that name `parts` of the thing with that name (US Army),
    and verbs of what only people and bodies do (`acts`)."""

    same: Mapping[str, str]
    parts: Collection[str]
    acts: Collection[str]


Group = tuple[str, list[Use]]  # what the uses have in common, and the uses


def gather(uses: Iterable[tuple[str, Use]]) -> Iterator[Group]:
    """The uses by their keys, where there are several."""
    groups: dict[str, list[Use]] = defaultdict(list)
    for key, use in uses:
        groups[key].append(use)
    return ((key, group) for key, group in groups.items() if len(group) > 1)


def by_marks(scan: Scan, uses: Sequence[Use], terms: Terms) -> Iterable[Group]:
    """Al-Qaeda, Al Qaeda; U.S., US. Only names of which some use has a hyphen or stops are looked at, and those that are the same."""
    hyphened = {letters(form) for form in {use.form for use in uses if "-" in use.form} if _hyphened(form)}
    initials = {form: letters(form) for form in {use.form for use in uses} if form.isupper() or _DOTTED.fullmatch(form)}
    shared = {terms.same[name] for name in initials.values() if name in terms.same}
    dotted = {name for form, name in initials.items() if "." in form} | shared
    keyed: list[tuple[str, Use]] = []
    for use, after in zip(uses, [*uses[1:], None], strict=False) if hyphened or dotted else ():
        key = letters(use.form)
        if _hyphened(use.form) or (key in hyphened and use.form.isalpha() and not use.form.isupper()):
            keyed.append((key, use))
        name = terms.same.get(key, key)
        if use.form in initials and name in dotted and not _is_part(scan, use, terms, address=key in terms.same):
            keyed.append((f"{name} (initials)", use))
        if hyphened and after and after.block == use.block and after.start == use.end + 1:
            pair = letters(use.form + after.form)
            gap = scan.plain(use.block)[use.end : after.start] if pair in hyphened else ""
            if gap == " " and "-" not in use.form + after.form and not any(u.isupper() and len(u) > 1 for u in (use.form, after.form)):
                keyed.append((pair, Use(f"{use.form} {after.form}", use.block, use.start, after.end)))
    return gather(keyed)


def _is_part(scan: Scan, use: Use, terms: Terms, *, address: bool) -> bool:
    """Whether the words beside a use make it part of another name (Team USA, US Airways), of a price or, with `address`, of a place
    (Atlanta, USA)."""
    before, after = word_before(scan, use), word_after(scan, use)
    if before[:1].isdigit() or after[:1].isdigit() or after.startswith("$"):
        return True
    if address and _TOWN.search(scan.plain(use.block)[max(0, use.start - 30) : use.start]):
        return True
    if after[:1].isupper() and after not in terms.parts and not after.isupper():
        return True
    return before[:1].isupper() and before not in terms.parts and not opens_sentence(scan, use.start - len(before) - 1, use)


def _hyphened(form: str) -> bool:
    """Whether each part of a hyphenated form looks like part of a name."""
    if "-" not in form:
        return False
    parts = form.split("-")
    return len(parts) == 2 and all(part[:1].isupper() and part[1:].islower() for part in parts)


@lru_cache(maxsize=4096)
def letters(form: str) -> str:
    """The letters of a form, in lower case."""
    return re.sub(r"[\W_]", "", form).lower()


def by_article(scan: Scan, uses: Sequence[Use], terms: Terms) -> Iterable[Group]:
    """The ISIS-K, ISIS-K: names of bodies that act by themselves, with the article and without."""
    counts = Counter(use.form for use in uses)
    often = {form for form, count in counts.items() if count >= 4 and re.search("[A-Z]{2}", form)}
    bodies = {use.form for use in uses if use.form in often and _acts(scan, use, terms.acts)} if often else set()
    keyed: list[tuple[str, Use]] = []
    for use in uses if bodies else ():
        if use.form in bodies and (found := _with_article(scan, use, terms.acts)):
            keyed.append((use.form, found))
    return ((key, group) for key, group in gather(keyed) if len(group) >= 4)


def _acts(scan: Scan, use: Use, acts: Collection[str]) -> bool:
    """Whether a name is the subject of a verb that says what people do."""
    _, end = sentence_of(scan, use)
    for word in re.findall(r"[\w’']+|[^\w\s]", scan.plain(use.block)[use.end : min(end, use.end + 60)])[:4]:
        if word in acts:
            return True
        if word not in ("has", "have", "had", "will", "also", "then", "is", "are", "later", "first") and not word.endswith("ly"):
            return False
    return False


def _with_article(scan: Scan, use: Use, acts: Collection[str]) -> Use | None:
    """The use with its article, or as it is where it could have one; None where the words around it decide."""
    text = scan.plain(use.block)
    before = text[max(0, use.start - 60) : use.start]
    article = _THE.search(before)
    alone = _AFTER.match(text, use.end) or _acts(scan, use, acts)
    if not alone or (_SHARED.match(text, use.end) if article else _CARRIED.search(before)):
        return None
    if article:
        return Use(f"the {use.form}", use.block, use.start - len(article[0]), use.end)
    return use if _BEFORE.search(before[-12:]) and not _LISTED.search(before) else None


def takes_article(scan: Scan, use: Use) -> bool:
    """Whether a use has the article before it."""
    return _THE.search(scan.plain(use.block)[max(0, use.start - 8) : use.start]) is not None


def could_take_article(scan: Scan, use: Use) -> bool:
    """Whether a use without an article stands for itself, where no other word has the article's place."""
    before = word_before(scan, use)
    return bool(_AFTER.match(scan.plain(use.block), use.end)) and before.lower() not in _DETERMINERS and not before[:1].isupper()
