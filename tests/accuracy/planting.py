"""Contradictions planted in published text: each kind changes what a draft says, or adds what contradicts it, by a seeded draw.

A kind is a function from a text and a source of chance to the planted text and the range of the plant, or None where the text offers no
place for it. Half of the kinds are aside: their plants are counted, and nobody reads what was missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Planted = tuple[str, int, int]  # the text, and where in it the plant is: 0-based, half-open
Kind = Callable[[str, Random], Planted | None]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG = "January|March|May|July|August|October|December"
_SHORT = "April|June|September|November"
_MONTH = f"{_LONG}|{_SHORT}|February"
_YEAR = r"(?:19|20)\d\d"
_DATED = re.compile(r"\A---\n.*?^date: *[\"']?(\d{4})-\d\d-\d\d", re.DOTALL | re.MULTILINE)
_GROWS = ("sales", "visits", "complaints", "entries", "members", "fires", "orders", "thefts")
_PEOPLE = ("voters", "residents", "pupils", "patients", "drivers", "nurses")


def _replaced(text: str, at: int, end: int, new: str) -> Planted:
    return text[:at] + new + text[end:], at, at + len(new)


def _swapped(text: str, found: re.Match[str], a: str = "a", b: str = "b") -> Planted:
    """The text with two groups of a match in each other's place."""
    (a0, a1), (b0, b1) = found.span(a), found.span(b)
    new = text[found.start() : a0] + text[b0:b1] + text[a1:b0] + text[a0:a1] + text[b1 : found.end()]
    return _replaced(text, *found.span(), new)


def _drawn(pattern: str, text: str, chance: Random, flags: int = 0) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text, flags))
    return chance.choice(found) if found else None


def _added(text: str, sentence: str, chance: Random, *, after: int = 0) -> Planted | None:
    """The text with a sentence as a new paragraph between two others, behind an offset."""
    head = _head(text)
    breaks = [found.start() for found in re.finditer(r"(?<=[.!?])\n\n(?=[A-Z\"“])", text) if found.start() > max(after, head)]
    if not breaks:
        return None
    at = chance.choice(breaks[:12])
    return text[:at] + "\n\n" + sentence + text[at:], at + 2, at + 2 + len(sentence)


def _head(text: str) -> int:
    end = text.find("\n---\n", 4) if text.startswith("---\n") else -1
    return end + 5 if end > 0 else 0


def _year(text: str) -> int:
    found = _DATED.match(text)
    return int(found[1]) if found else 0


def _number(chance: Random, low: int = 12, high: int = 90) -> int:
    return chance.randrange(low, high)


def weekday(text: str, chance: Random) -> Planted | None:
    """Another weekday before a date."""
    year = "" if _year(text) else rf",? {_YEAR}"
    found = _drawn(
        rf"\b(?P<day>{'|'.join(_DAYS)}),? (?:(?:{_MONTH}) \d{{1,2}}|\d{{1,2}} (?:{_MONTH}))\b{year}", text[_head(text) :], chance
    )
    if not found:
        return None
    other = chance.choice([day for day in _DAYS if day != found["day"]])
    at = _head(text) + found.start()
    planted, start, _ = _replaced(text, at, at + len(found["day"]), other)
    return planted, start, start + len(found[0])


def no_such_day(text: str, chance: Random) -> Planted | None:
    """The 31st of a month of 30 days, or the 30th of February."""
    found = _drawn(
        rf"\b(?:(?P<m>{_SHORT}|February) (?P<d>\d{{1,2}})\b(?!,? \d{{4}}:)|(?P<e>\d{{1,2}}) (?P<n>{_SHORT}|February)\b)", text, chance
    )
    if not found:
        return None
    side = "d" if found["d"] else "e"
    day = "30" if "February" in found[0] else "31"
    planted, start, _ = _replaced(text, *found.span(side), day)
    return planted, min(start, found.start()), found.end() + 1


def reversed_change(text: str, chance: Random) -> Planted | None:
    """The two ends of a rise or fall that the text tells, in each other's place; else a change that we tell."""
    verbs = "rose|risen|increased|grew|fell|fallen|dropped|declined|decreased|climbed|jumped|cut|reduced|increase|rise|fall|drop|decline"
    found = _drawn(
        rf"\b(?:{verbs})\b[^.;]{{0,60}}? from (?P<a>[$£€]?\d[\d,.]*\d|\d)\b[^.;]{{0,40}}? to (?P<b>[$£€]?\d[\d,.]*\d|\d)\b", text, chance
    )
    if found and found["a"] != found["b"]:
        return _swapped(text, found)
    low, high = _number(chance, 12, 40), _number(chance, 45, 95)
    thing = chance.choice(_GROWS)
    return _added(text, chance.choice((
        f"The number of {thing} rose from {high} in the spring to {low} in the autumn.",
        f"Since then {thing} have fallen from {low},000 to {high},000 a year.",
        f"At the same time {thing} increased to {low} a day, from {high} a year earlier.",
        f"In that year {thing} were down to {high} from {low}.",
        f"The share of {thing} made by phone grew from {high} per cent to {low} per cent.",
    )), chance)  # fmt: skip


def wrong_factor(text: str, chance: Random) -> Planted | None:
    """Something doubles, and does not."""
    low = _number(chance, 20, 30)
    thing = chance.choice(_GROWS)
    return _added(text, chance.choice((
        f"In two years {thing} doubled from {low} to {low * 4}.",
        f"The budget for {thing} more than doubled, from ${low} million to ${low + 9} million.",
        f"With the new rules {thing} were halved from {low * 3} to {low * 3 - 11}.",
        f"In that time {thing} tripled to {low + 8} from {low}.",
        f"The number of {thing} almost doubled in a year, from {low} to {low * 5}.",
    )), chance)  # fmt: skip


def wrong_percent(text: str, chance: Random) -> Planted | None:
    """A change in per cent that its figures do not make."""
    low = _number(chance, 40, 60)
    thing = chance.choice(_GROWS)
    return _added(text, chance.choice((
        f"In all {thing} rose 20 per cent, from {low} to {low * 2}.",
        f"Last month {thing} fell by 10% from {low * 2} to {low}.",
        f"The figures show that {thing} went from {low} to {low * 2 + 3}, an increase of 35 percent.",
        f"Over the decade {thing} increased by 60 percent, from {low} to {low + 8}.",
    )), chance)  # fmt: skip


def backwards(text: str, chance: Random) -> Planted | None:
    """A range from the greater figure to the lesser one."""
    found = _drawn(
        r"\bbetween (?:the ages of )?[$£€]?(?P<a>\d[\d,]*(?:\.\d+)?) (?:and|to) [$£€]?(?P<b>\d[\d,]*(?:\.\d+)?)\b(?! ?[ap]\.?m)",
        text,
        chance,
    )
    if found and found["a"] != found["b"]:
        return _swapped(text, found)
    low, high = _number(chance, 13, 40), _number(chance, 45, 95)
    return _added(text, chance.choice((
        f"The work is expected to take between {high} and {low} days.",
        f"Anybody aged {high} to {low} may take part.",
        f"Each of them costs between ${high} and ${low}.",
        f"Between {high} per cent and {low} per cent of the {chance.choice(_PEOPLE)} had heard of it.",
    )), chance)  # fmt: skip


def years_backwards(text: str, chance: Random) -> Planted | None:
    """Years in the wrong order."""
    found = _drawn(
        rf"\b(?:from|between) (?P<a>{_YEAR}) (?:to|and|until) (?P<b>{_YEAR})\b|\((?P<c>{_YEAR}) ?[-–] ?(?P<d>{_YEAR})\)", text, chance
    )
    if found:
        return _swapped(text, found, "a", "b") if found["a"] else _swapped(text, found, "c", "d")
    first = _number(chance, 1900, 1960)
    return _added(text, chance.choice((
        f"The building was a school from {first + 20} to {first}.",
        f"Between {first + 31} and {first} the firm had its seat here.",
        f"A street is named after Ida Jansen ({first + 40}–{first}), who gave the land.",
    )), chance)  # fmt: skip


def hours_backwards(text: str, chance: Random) -> Planted | None:
    """A door that closes before it opens."""
    opens, shuts = chance.randrange(8, 12), chance.randrange(5, 8)
    return _added(text, chance.choice((
        f"The exhibition is open from {opens}am to {shuts}am on weekdays.",
        f"Doors open at {opens}:30 p.m. and close at {shuts} p.m.",
        f"Visitors are welcome between {opens} a.m. and {shuts} a.m.",
        f"The desk opens daily at {opens}am and closes at {shuts}am.",
    )), chance)  # fmt: skip


def above_whole(text: str, chance: Random) -> Planted | None:
    """More than all of a group."""
    people, share = chance.choice(_PEOPLE), _number(chance, 102, 160)
    return _added(text, chance.choice((
        f"In the end {share} per cent of {people} were in favour.",
        f"It turned out that {share}% of the {people} had been told.",
        f"A letter went to {share} percent of all {people}.",
        f"Fully {share}% of our {people} use it every week.",
    )), chance)  # fmt: skip


def answers_above(text: str, chance: Random) -> Planted | None:
    """Answers of more than all who were asked."""
    yes, no = _number(chance, 52, 60), _number(chance, 50, 60)
    return _added(text, chance.choice((
        f"Of those asked, {yes} per cent were for the plan, {no} per cent against and 6 per cent undecided.",
        f"In the survey {yes}% said yes and {no}% said no.",
        f"Some {yes} percent agree, {no} percent disagree.",
        f"The result: {yes} per cent in favour, {no} per cent opposed.",
    )), chance)  # fmt: skip


def wrong_share(text: str, chance: Random) -> Planted | None:
    """A fraction beside a percentage that is another share; two counts beside a wrong percentage."""
    part = r"a third|a quarter|two-thirds|three-quarters|half|one in (?:three|four|five|ten)|\d+ out of \d+"
    pattern = rf"\b(?:{part})[^.()]{{0,20}} \((?P<p>\d+)(?:%| per ?cent)\)"
    found = _drawn(pattern, text, chance)
    if found and 10 < int(found["p"]) < 80:
        planted, _, _ = _replaced(text, *found.span("p"), str(int(found["p"]) + 16))
        return planted, found.start(), found.end()
    people = chance.choice(_PEOPLE)
    return _added(text, chance.choice((
        f"One in four {people} (35 per cent) had no answer.",
        f"A third of {people}, or 48%, had moved away.",
        f"By then 30 of the 40 {people}, or 60 per cent, had signed.",
        f"Two-thirds ({_number(chance, 40, 50)}%) of the {people} knew of it.",
        f"In total 12 out of 48 {people} (30%) stayed at home.",
    )), chance)  # fmt: skip


def wrong_sum(text: str, chance: Random) -> Planted | None:
    """Parts that do not make the whole."""
    a, b, c = _number(chance, 20, 30), _number(chance, 12, 19), chance.randrange(2, 9)
    total = a + b + c + chance.choice((-5, -4, 6, 7))
    return _added(text, chance.choice((
        f"Of the {total} members {a} were for the plan, {b} against and {c} undecided.",
        f"They counted {a} men and {b} women, {a + b + 3} in all.",
        f"There were {total} people on board: {a} men, {b} women and {c} children.",
        f"The hall lost {a} chairs and {b} tables, a total of {a + b - 4}.",
        f"Of the {a + b} seats {a} are taken, leaving {b + 5}.",
        f"The council voted by {a} votes to {b}, a majority of {a - b + 2}.",
    )), chance)  # fmt: skip


def headline(text: str, chance: Random) -> Planted | None:
    """A headline with another toll than the body."""
    toll = _number(chance, 12, 40)
    other = toll + chance.randrange(2, 9)
    above, below = chance.choice((
        (f"Ferry fire leaves {toll} dead", f"In the fire {other} people died, most of them in the lower deck."),
        (f"{toll} injured as bus leaves road", f"The driver braked too late, and {other} people were injured."),
        (f"Mill to close with loss of {toll}0 jobs", f"When the mill closes in spring, {other}0 jobs will go."),
        (f"Police arrest {toll} after march", f"In the evening {other} people were arrested at the bridge."),
        (f"Storm kills {toll} on the coast", f"In three days the storm killed {other} people."),
    ))  # fmt: skip
    added = _added(text, below, chance)
    if added is None:
        return None
    body = added[0][_head(added[0]) :]
    return f"{above}\n\n{body}" if not _head(text) else f"---\ntitle: {above}\n---\n\n{body}", 0, len(above) + 20


def scale(text: str, chance: Random) -> Planted | None:
    """A million that becomes a billion."""
    found = _drawn(r"\$(?P<n>\d{1,3}\.\d|[1-9]\d{1,2}) (?P<s>million|billion)\b", text, chance)
    if not found or not re.search(r"[1-9].*[1-9]", found["n"]):
        return None
    other = "billion" if found["s"] == "million" else "million"
    return _added(text, f"Where the ${found['n']} {other} will come from is not known.", chance, after=found.end())


def currency(text: str, chance: Random) -> Planted | None:
    """Dollars that become pounds."""
    found = _drawn(r"\$(?P<n>\d{1,3}\.\d (?:million|billion)|[1-9]\d{1,2} (?:million|billion)|\d{1,3},\d{3})\b", text, chance)
    if not found or not re.search(r"[1-9].*[1-9]", found["n"]):
        return None
    sign = chance.choice("£€")
    return _added(text, f"The {sign}{found['n']} is all there is.", chance, after=found.end())


def age(text: str, chance: Random) -> Planted | None:
    """A person of two ages."""
    found = _drawn(r"\b(?P<name>[A-Z][a-z]+ [A-Z][a-z]+), (?:aged )?(?P<age>[2-8]\d),", text, chance)
    name, years, at = (found["name"], int(found["age"]), found.end()) if found else ("Ida Jansen", _number(chance, 25, 70), 0)
    other = years + chance.choice((-9, -4, 3, 11))
    told = chance.choice(
        (f"{name}, {other}, could not be asked.", f"{name} ({other}) lives near by.", f"A letter came from {other}-year-old {name}.")
    )
    if found:
        return _added(text, told, chance, after=at)
    return _added(text, f"Among those who came was {name}, {years}, a baker from the next town. The {other}-year-old had walked.", chance)


def birth(text: str, chance: Random) -> Planted | None:
    """An age that the years do not allow."""
    born = _number(chance, 1900, 1940)
    age = chance.randrange(50, 60)
    wrong = age + chance.choice((-7, 9, 20))
    return _added(text, chance.choice((
        f"Born in {born}, the founder died in {born + age} at the age of {wrong}.",
        f"The painter, who was born in {born}, died in {born + age}, aged {wrong}.",
        f"She was born in {born} and died in {born + age} at {wrong}.",
    )), chance)  # fmt: skip


def years_later(text: str, chance: Random) -> Planted | None:
    """A span of years that its ends do not make."""
    first, span = _number(chance, 1920, 1970), chance.choice((10, 12, 20, 25))
    return _added(text, chance.choice((
        f"It was founded in {first} and closed only {span} years later, in {first + span + 6}.",
        f"In {first} the bridge was built; {span} years later, in {first + span - 4}, it fell.",
        f"A first attempt was made in {first}, and a second {span} years later, in {first + span + 9}.",
    )), chance)  # fmt: skip


def relative_year(text: str, chance: Random) -> Planted | None:
    """A year that is not last year, in a draft with a date; a number of years ago that it is not."""
    year = _year(text)
    found = (
        _drawn(r"(?<= )(?:last year|this year|(?P<n>\d+|two|three|five|ten) years ago)(?=[ ,.])", text[_head(text) :], chance)
        if year
        else None
    )
    if not found:
        return None
    wrong = year - chance.choice((4, 6)) if not found["n"] else year + 3
    if found["n"] and found["n"].isdigit():
        wrong = year - int(found["n"]) - 5
    at = _head(text) + found.end()
    planted, _, end = _replaced(text, at, at, f", in {wrong}")
    return planted, _head(text) + found.start(), end


def bracket(text: str, chance: Random) -> Planted | None:
    """A bracket that is no longer closed."""
    found = _drawn(r"(?<=[a-z] )\([a-z][a-z ,'-]{12,60}(?P<close>\))(?= [a-z])[^()\n\[\]]*(?=\n)", text, chance)
    if not found:
        return None
    planted, _, _ = _replaced(text, *found.span("close"), "")
    return planted, found.start(), found.start() + 1


def missing_note(text: str, chance: Random) -> Planted | None:
    """A mark whose note is gone; we add the mark where the draft has none."""
    found = _drawn(r"(?<=[a-z])[.](?=\n\n|\s[A-Z])", text[_head(text) :], chance)
    if not found or not text.startswith("---"):
        return None
    at = _head(text) + found.end()
    return _replaced(text, at, at, f"[^{chance.randrange(20, 40)}]")


def unused_note(text: str, chance: Random) -> Planted | None:
    """A note that no mark leads to."""
    if not text.startswith("---"):
        return None
    note = f"[^{chance.randrange(20, 40)}]"
    return f"{text.rstrip()}\n\n{note}: The first edition has other figures.\n", len(text.rstrip()) + 2, len(text.rstrip()) + 2 + len(note)


def wrong_count(text: str, chance: Random) -> Planted | None:
    """A list of one item more or less than announced."""
    nouns = "reasons|ways|things|steps|areas|principles|questions|types|tips|goals|parts|lessons"
    pattern = rf"\b(?P<n>two|three|four|five|six|seven) (?:[a-z-]+ ){{0,2}}(?:{nouns})\b[^\n:]{{0,120}}:\n\n(?=(?:[-*+]|1\.) )"
    found = _drawn(pattern, text, chance)
    words = ("two", "three", "four", "five", "six", "seven", "eight")
    if found:
        other = words[words.index(found["n"]) + chance.choice((-1, 1))]
        planted, start, end = _replaced(text, *found.span("n"), other)
        return planted, start, end
    if not text.startswith("---"):
        return _added(text, "There are two reasons. First, nobody asked. Second, it was late. Third, the money was spent.", chance)
    noun = chance.choice(("reasons", "options", "risks", "questions"))
    return _added(text, f"There are three {noun}:\n\n- the cost\n- the time it takes\n- the weather\n- the neighbours", chance)


def two_speakers(text: str, chance: Random) -> Planted | None:
    """One quotation, two speakers."""
    found = _drawn(r'(?<=\n)(?P<quote>["“][^"”\n]{20,200},["”] )(?:said (?P<a>[A-Z][a-z]+)|(?P<b>[A-Z][a-z]+) said)', text, chance)
    if not found:
        return None
    planted, start, _ = _replaced(
        text, found.start(), found.start(), chance.choice(("Ida Okafor said, ", "Okafor told them: ", "Mr Okafor added, "))
    )
    return planted, start, found.end() + 10


def honorific(text: str, chance: Random) -> Planted | None:
    """A Mr who becomes a Ms, or the other way round."""
    names = re.findall(r"\bMr\.? ([A-Z][a-z]{3,})\b", text)
    often = sorted({name for name in names if names.count(name) > 1})
    if not often:
        return None
    name = chance.choice(often)
    uses = list(re.finditer(rf"\bMr(?=\.? {name}\b)", text))
    return _replaced(text, *uses[-1].span(), "Ms")


def table(text: str, chance: Random) -> Planted | None:
    """A table that is not there."""
    number = chance.randrange(6, 15)
    return _added(text, chance.choice((
        f"Costs have gone up in all districts (see table {number}).",
        f"The trend has lasted for years, as figure {number} shows; see figure {number}.",
        f"The full list is in appendix {number}, and the sums are in table {number}.",
    )), chance)  # fmt: skip


def pronoun(text: str, chance: Random) -> Planted | None:
    """A man who becomes a woman, or the other way round."""
    found = _drawn(r"\b(?P<name>[A-Z][a-z]{3,}) said (?P<p>he|she)\b", text, chance)
    if not found:
        return None
    other = "she" if found["p"] == "he" else "he"
    return _added(text, f"{found['name']} said {other} would wait and see.", chance, after=found.end())


def twice(text: str, chance: Random) -> Planted | None:
    """A person introduced again."""
    role = chance.choice(("a lecturer in sea law at the college", "the head of the local bakers' guild", "the owner of the old rope works"))
    name = chance.choice(("Ida Okafor", "Bo Lindgren", "Ana Jansen"))
    first = _added(text, f"{name}, {role}, had asked for it.", chance)
    if first is None:
        return None
    breaks = [m.start() for m in re.finditer(r"(?<=[.!?])\n\n(?=[A-Z\"“])", first[0]) if m.start() > first[2]]
    if len(breaks) < 5:
        return None
    again = f"Nobody knows that better than {name}, {role}."
    at = breaks[4]
    return first[0][:at] + "\n\n" + again + first[0][at:], at + 2, at + 2 + len(again)


def days_backwards(text: str, chance: Random) -> Planted | None:
    """A fair that ends before it begins."""
    first, last = chance.randrange(17, 29), chance.randrange(2, 12)
    month = chance.choice(("May", "June", "October"))
    return _added(text, chance.choice((
        f"The fair lasts from {first} to {last} {month}.",
        f"Entries are taken between {month} {first} and {month} {last}.",
        f"From {month} {first} to {last} the road is closed.",
        f"The show runs from {first} {month} to {last} {month}.",
    )), chance)  # fmt: skip


KINDS: tuple[Kind, ...] = (
    weekday, no_such_day, reversed_change, wrong_factor, wrong_percent, backwards, years_backwards, hours_backwards, above_whole,
    answers_above, wrong_share, wrong_sum, headline, scale, currency, age, birth, years_later, relative_year, bracket, missing_note,
    unused_note, wrong_count, two_speakers, honorific, table, pronoun, twice, days_backwards,
)  # fmt: skip
ASIDE = frozenset(kind.__name__ for kind in KINDS[1::2])  # chosen before any check was run on a plant
