"""`variants`: one name, two ways to write it in one draft, found without a list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple, Self
from weakref import WeakKeyDictionary

from edlint.checks.base import Key, Match, Options, Scan, Term
from edlint.finding import Edit, Fix, Related
from edlint.rule import Rule
from edlint.text.span import Span

# Words that begin with a capital (or a letter outside ASCII, which is looked at again) or hold a hyphen.
_NAME = re.compile(r"(?<![\w.@/#-])(?=[A-Z]|[^\x00-\x7f]|\w+-)(?:(?:[A-Z]\.){2,}|[^\W\d_][\w’']*(?:-[^\W_][\w’']*)*)(?![\w@/]|\.\w)")
_POSSESSIVE = re.compile(r"['’]s?$")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")
# What follows a name that stands for itself, not for a quality of the noun after it.
_AFTER = re.compile(
    r"(?:['’]s)?(?:[.,;:!?)]|\s+(?:and|are|as|at|but|by|can|could|did|do|does|for|from|had|has|have|if|in|is|may|might|of|on|or|should|that|to|was"
    r"|were|when|which|while|who|will|with|would)\b|\s*$)"
)
# What stands before a name without an article when no noun before it can have one.
_BEFORE = re.compile(
    r"(?:^|[^\w\s]\s*|\b(?:about|after|against|all|and|are|as|at|because|before|between|but|by|for|from|had|has|if|in|into|is|join|leaving|of|on|or"
    r"|over|said|says|than|that|to|under|until|was|were|when|where|which|while|who|with|without)\s)$",
    re.IGNORECASE,
)
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
# The article is another word's: the X and Y campaigns, the X of old, the board and X.
_SHARED = re.compile(r"\s+(?:and|of|or)\b")
_CARRIED = re.compile(r"\bthe\s+(?:[\w’'-]+\s+){1,3}(?:and|or)\s+$", re.IGNORECASE)


class Use(NamedTuple):
    """One use of a name: how it is written, and where it stands in which block."""

    form: str
    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Variants:
    """Of the ways in which a name is written, every use of the rarer one is reported."""

    keys: ClassVar[Mapping[str, Key]] = {
        "kind": Key("text", "marks", "what differs: marks (hyphen, stops), letters (one), the (the article)", ("marks", "letters", "the")),
        "least": Key("int", 1, "how often the usual form must stand in the draft"),
        "share": Key("number", 0.5, "of all uses, the share that the usual form must exceed or reach"),
        "prefer": Key("mapping", {}, "form: the form to use, whichever is the more frequent"),
        "same": Key("mapping", {}, "initials: other initials that stand for the same name (for marks)"),
        "exceptions": Key("texts", (), "forms that are never reported"),
    }
    rule: Rule
    kind: str
    least: int
    share: float
    prefer: Mapping[str, str]
    same: Mapping[str, str]
    exceptions: frozenset[str]

    @classmethod
    def build(cls, rule: Rule, options: Options) -> Self:
        """Raises RuleError for a share that is none."""
        if not 0 <= options["share"] <= 1:
            raise options.error("share", "a number from 0 to 1 is wanted")
        prefer = {str(form): str(better) for form, better in options["prefer"].items()}
        same = {_letters(str(form)): _letters(str(other)) for form, other in options["same"].items()}
        return cls(rule, options["kind"], options["least"], options["share"], prefer, same, frozenset(options["exceptions"]))

    @property
    def terms(self) -> Sequence[Term]:
        """None: names are found by their looks."""
        return ()

    def find(self, scan: Scan) -> Iterator[Match]:
        """See Check.find."""
        uses = _all_uses(scan, self.rule.scope)
        matches = (m for group in GROUPS[self.kind](scan, uses, self.same) for m in self._judge(scan, group))
        yield from sorted(matches, key=lambda match: match.span)

    def _judge(self, scan: Scan, group: Sequence[Use]) -> Iterator[Match]:
        """The uses in a group that are not written as most are."""
        counts = Counter(use.form for use in group)
        usual = max(counts, key=lambda form: (counts[form], form))
        usual = next((self.prefer[form] for form in counts if form in self.prefer), usual)
        often = counts[usual]
        if len(counts) < 2 or (usual not in self.prefer.values() and (often < self.least or often < self.share * len(group))):
            return
        first = next((use for use in group if use.form == usual), None)
        related = (Related(_span(scan, first), f"first written so ({often} of {len(group)} times)"),) if first else ()
        for use in group:
            if use.form != usual and use.form not in self.exceptions:
                span = _span(scan, use)
                seen = scan.document.blocks[use.block].text[use.start : use.end]
                fix = Fix(f"replace by {usual!r}", (Edit(span, usual),))
                yield Match(span, seen, (usual, use.form, str(often), str(len(group))), related, (fix,))


_FOUND: WeakKeyDictionary[Scan, dict[tuple[str, ...], Sequence[Use]]] = WeakKeyDictionary()


def _span(scan: Scan, use: Use) -> Span:
    return scan.document.blocks[use.block].span(use.start, use.end)


def _all_uses(scan: Scan, scope: tuple[str, ...]) -> Sequence[Use]:
    """The names in the blocks of a scope, looked for once for all rules of this type."""
    known = _FOUND.setdefault(scan, {})
    if scope not in known:
        blocks = sorted({unit.block for unit in scan.units(scope, "block")})
        known[scope] = [use for block in blocks for use in _uses(scan, block)]
    return known[scope]


def _uses(scan: Scan, block: int) -> Iterator[Use]:
    """The words of a block that begin with a capital, without a possessive ending, neighbours not joined."""
    text = scan.document.blocks[block].text
    for found in _NAME.finditer(text):
        form = found[0]
        if "'" in form or "’" in form:
            form = _POSSESSIVE.sub("", form)
        if form[:1].isupper() or "-" in form:
            yield Use(form, block, found.start(), found.start() + len(form))


def _by_key(uses: Iterable[tuple[str, Use]]) -> Iterable[list[Use]]:
    groups: dict[str, list[Use]] = defaultdict(list)
    for key, use in uses:
        groups[key].append(use)
    return (group for group in groups.values() if len(group) > 1)


def _marks(scan: Scan, uses: Sequence[Use], same: Mapping[str, str]) -> Iterable[list[Use]]:
    """Al-Qaeda, Al Qaeda; U.S., US. Only names of which some use has a hyphen or stops are looked at, and those that are told apart."""
    hyphened = {_letters(form) for form in {use.form for use in uses if "-" in use.form} if _hyphened(form)}
    initials = {form: _letters(form) for form in {use.form for use in uses} if form.isupper() or _DOTTED.fullmatch(form)}
    shared = {same[letters] for letters in initials.values() if letters in same}
    dotted = {letters for form, letters in initials.items() if "." in form} | shared
    keyed: list[tuple[str, Use]] = []
    for use, after in zip(uses, [*uses[1:], None], strict=False) if hyphened or dotted else ():
        key = _letters(use.form)
        if _hyphened(use.form) or (key in hyphened and use.form.isalpha() and not use.form.isupper()):
            keyed.append((key, use))
        if use.form in initials:
            name = same.get(key, key)
            if name in dotted and not (name in shared and _beside_name(scan, use)):
                keyed.append((f".{name}", use))
        if hyphened and after and after.block == use.block and after.start == use.end + 1:
            pair = _letters(use.form + after.form)
            gap = scan.plain(use.block)[use.end : after.start] if pair in hyphened else ""
            if gap == " " and "-" not in use.form + after.form and not any(u.isupper() and len(u) > 1 for u in (use.form, after.form)):
                keyed.append((pair, Use(f"{use.form} {after.form}", use.block, use.start, after.end)))
    return _by_key(keyed)


def _beside_name(scan: Scan, use: Use) -> bool:
    """Whether a word with a capital stands right before or after a use, which may make it part of another name: Team USA, USA Today."""
    text = scan.plain(use.block)
    before = text[: use.start].rstrip().rpartition(" ")[2] if use.start else ""
    return text[use.end + 1 : use.end + 2].isupper() or (before[:1].isupper() and before != "The")


def _hyphened(form: str) -> bool:
    """Whether each part of a hyphenated form looks like part of a name."""
    if "-" not in form:
        return False
    parts = form.split("-")
    return len(parts) == 2 and all(part[:1].isupper() and part[1:].islower() for part in parts)


@lru_cache(maxsize=4096)
def _letters(form: str) -> str:
    return re.sub(r"[\W_]", "", form).lower()


def _similar(scan: Scan, uses: Sequence[Use], same: Mapping[str, str]) -> Iterable[list[Use]]:
    """Nguyen, Nguyan: long names that begin and end alike and differ in one inner letter, the rarer written once, beside the same words."""
    forms = Counter(use.form for use in uses if len(use.form) > 5)
    alike: dict[tuple[int, str], list[str]] = defaultdict(list)
    for form in forms:
        if form.isalpha() and form[1:].islower():
            alike[len(form), form[0].lower()].append(form)
    shapes: dict[str, list[str]] = defaultdict(list)
    for name in (name for group in alike.values() if len(group) > 1 for name in group):
        for shape in _shapes(name):
            shapes[shape].append(name)
    pairs = {tuple(sorted(pair)) for group in shapes.values() if len(group) == 2 for pair in [group] if _vowels_differ(*pair)}
    if not pairs:
        return
    beside = defaultdict(set)
    for before, use in zip([None, *uses], uses, strict=False):
        if before and before.block == use.block and 0 < use.start - before.end < 3:
            beside[use.form].add(before.form)
            beside[before.form].add(use.form)
    for a, b in sorted(pairs):
        if min(forms[a], forms[b]) == 1 and beside[a] & beside[b]:
            yield [use for use in uses if use.form in (a, b)]


def _shapes(form: str) -> set[str]:
    """The form with one inner letter left open, so that forms that differ there meet; and with all letters but the first sorted."""
    low = form.lower()
    return {f"{low[:n]}?{low[n + 1 :]}" for n in range(1, len(low) - 1)} | {low[0] + "".join(sorted(low[1:]))}


def _vowels_differ(a: str, b: str) -> bool:
    """Whether one vowel stands for another, or two letters have changed places."""
    differing = [(x, y) for x, y in zip(a.lower(), b.lower(), strict=True) if x != y]
    return all(x in "aeiouy" and y in "aeiouy" for x, y in differing) if len(differing) == 1 else len(differing) == 2


def _articles(scan: Scan, uses: Sequence[Use], same: Mapping[str, str]) -> Iterable[list[Use]]:
    """The ISIS-K, ISIS-K: names that stand for themselves, with the article and without."""
    counts = Counter(use.form for use in uses)
    often = {form for form, count in counts.items() if count >= 4 and (_spelled_in_capitals(form) or (len(form) > 4 and count >= 10))}
    keyed: list[tuple[str, Use]] = []
    for use in uses if often else ():
        if use.form not in often:
            continue
        text = scan.plain(use.block)
        before = text[max(0, use.start - 60) : use.start]
        article = _THE.search(before)
        if not _AFTER.match(text, use.end) or (_SHARED.match(text, use.end) if article else _CARRIED.search(before)):
            continue
        start = use.start - len(article[0]) if article else use.start
        if article or (_BEFORE.search(before[-12:]) and not before.rstrip().endswith(("(", ", or"))):
            keyed.append((use.form, Use(f"the {use.form}" if article else use.form, use.block, start, use.end)))
    return (group for group in _by_key(keyed) if len(group) >= (4 if _spelled_in_capitals(group[0].form) else 10))


def _spelled_in_capitals(form: str) -> bool:
    return re.search("[A-Z]{2}", form) is not None


Grouping = Callable[[Scan, Sequence[Use], Mapping[str, str]], Iterable[list[Use]]]  # uses, initials that stand for others → groups
GROUPS: Mapping[str, Grouping] = {"marks": _marks, "letters": _similar, "the": _articles}
