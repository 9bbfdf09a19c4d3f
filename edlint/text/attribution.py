"""Who stands behind a sentence: the person, body or document that English prose names as the source of what it says.

Ranges are half-open, in 0-based code points of the sentence given, which has straight quotation marks and plain blanks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from edlint.text.lazy import lazy

Basis = Literal["person", "body", "document", "link", "own reporting", "vague", "nothing"]

LONGEST = 1000  # characters of a sentence that are read
_SAID = (
    "acknowledged|added|admitted|advised|agreed|alleged|announced|argued|asked|asserted|believes?|claimed|commented|complained"
    "|conceded|concluded|confirmed|contended|continued|countered|declared|declined|denied|described|disclosed|emphasi[sz]ed"
    "|estimated?|expects?|explained|found|hinted|insisted|joked|mentioned|noted|observed|pledged|(?:has |have |had )?pointed out"
    "|predicted|promised|recalled|recommended|replied|reported|responded|revealed|ruled|said|says|showed|shows|stated|stressed"
    "|suggested|suggests|testified|told|tweeted|urged|vowed|warned|wrote|writes|argues|notes|adds|explains|recommends?"
    "|condemned|decided|concludes|claims|states"
    "|reports|insists|warns|urges|asserts|suggest|show|finds|repeated|reiterated|indicates?|maintained|hailed|accused|criticized"
    "|criticised|called|calls|thinks|tells|posted|released|published|praised|blamed|quoted"
)
_OPENING = (
    "The|This|That|These|Those|It|He|She|They|We|You|I|In|On|At|But|And|If|When|While|As|After|Before|There|Here|What|Who|Why|How"
    "|Some|Many|Most|So|Yet|Then|Now|Today|Yesterday|Others|Few|People|Both|For|From|With|By|Of|To|Last|Earlier|Later|Since|During"
    "|Under|Not|No|Also|However|Even|Much|Second|First|Third|None|About|Over|Everybody|Everyone|Nobody|Patients|Women|Men|Children"
    "|Another|Other|Each|Every|All|Several|Only|Still|Perhaps|Maybe|Although|Though|Because|Once|Until|Where|Which|Whether|Based"
    "|Following|Regarding|Republican|Democratic|American|An|A|Or|Nor|Unless|Despite|According|Instead|Meanwhile|Overall|Just|Like"
    "|Such|My|Our|Your|His|Her|Its|Their|Between|Among"
)
_CAP = r"[A-Z][\w.&’'-]*"
_NAME = rf"(?<![\w-])(?!(?:{_OPENING})\b)(?:{_CAP}(?: (?:{_CAP}|of|the|for|and|de|van|von|al|bin)){{0,7}} {_CAP}|{_CAP})"
_BODIES = (
    "administration|agency|airline|army|association|authorit(?:y|ies)|bank|board|bureau|campaign|cent(?:er|re)|chamber|city"
    "|coalition|college|commission|committee|company|council|county|court|department|embassy|federation|firm|foundation|fund"
    "|government|group|hospital|institute|investigators|judges?|jury|maker|ministry|network|office|officers|organi[sz]ation|panel"
    "|parliament|party|police|prosecutors|regulators?|retailer|school|senate|service|society|team|think[ -]tank|tribunal|union"
    "|university|watchdog|carrier|researchers|scientists|lawmakers|developers"
)
_PEOPLE = (
    "attorney|author|aide|ambassador|boss|chairman|chairwoman|chief|coach|director|doctor|economist|editor|executive|founder"
    "|governor|head|judge|lawyer|leader|manager|mayor|minister|mother|father|officer|owner|president|professor|pastor|researcher"
    "|scientist|secretary|senator|spokesman|spokesperson|spokeswoman|teacher|witness|woman|man|official|analyst|congressman"
    "|candidate|king|pope|prince|general|star|adviser|advisor|architect|biologist|captain|clerk|consultant|deputy|driver|engineer"
    "|farmer|fisherman|harbour master|historian|keeper|neighbou?r|nurse|pilot|planner|priest|resident|sheriff|student|surgeon"
    "|surveyor|treasurer|warden|worker"
)
_DOCUMENTS = (
    "affidavit|analysis|article|audit|bill|blog post|book|census|complaint|data|documents?|emails?|figures|filing|findings"
    "|forecast|guidelines|index|indictment|inquiry|interview|investigation|lawsuit|letter|memo|minutes|paper|polls?|records?"
    "|release|report|research|review|ruling|speech|footage|work|statement|statistics|study|studies|survey|testimony|transcript"
    "|tweet|video|website|post"
)
_VAGUE = (
    "some|many|most|several|critics|experts|analysts|observers|opponents|supporters|sources?|insiders|officials|people"
    "|commentators|economists|others|detractors|advocates|activists|skeptics|sceptics|historians|pundits|few|everyone|locals"
    "|residents|users|scholars"
)
_OURS = lazy(r"\b(?:[Ww]e|[Oo]ur|I|[Mm]y)\b")  # a firm, an office or a writer tells of their own doings
_OWN = lazy(
    r"\b(?:told (?:this|the) (?:newspaper|reporter|paper|website|author)|(?:obtained|reviewed|seen|viewed|verified) by"
    r"|did not (?:immediately )?respond|declined to comment|did not return|could not be reached)\b",
    re.I,
)
_PRONOUN = lazy(
    r"(?:^|[,;:.\"'(] ?|\b(?:and|but|as|that|when|while) )(?P<who>he|she|they|it) "
    rf"(?:also |then |later |once |had |has |have |further )?(?:{_SAID})\b",
    re.I,
)


_APPOSITION = lazy(rf", (?P<who>{_NAME}),")


class Named(NamedTuple):
    """A source in a sentence: its sort, where its name stands, and whether it is only a pronoun for one that was named before."""

    basis: Basis
    start: int
    end: int
    pronoun: bool = False


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    own = "(?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Tt]wo|[Tt]hree)"
    bare = (
        "[Pp]olice|[Pp]rosecutors|[Rr]esearchers|[Ii]nvestigators|[Ss]cientists|[Aa]uthorities|[Ll]awmakers|[Dd]octors|[Dd]ata|[Rr]ecords"
        "|[Mm]inutes|[Ff]igures|[Tt]ranscripts"
    )
    role = (
        rf"{own} (?:[\w'-]+ ){{0,4}}?(?:{_PEOPLE}|{_BODIES}|{_DOCUMENTS})s?|(?:(?!(?:[IiOo]n|From|from|[Bb]y|[Tt]o|[Aa]s) )\w+ )?(?:{bare})"
    )
    doing = "(?:is|are|was|were|has been|have been) (?:also |now )?(?:calling|saying|warning|urging|asking)"
    by = "[Aa]ccording to|[Cc]iting|[Cc]ited by|as reported by|[Pp]er(?! ?cents?[ ,.;])|in the words of|as told to|quoting"
    plain = r"(?!se\b)[a-z][\w'-]*(?: [\w.'-]+){0,3}?(?=[,.;]|$)"
    who = rf"(?:{_NAME}|{role})"
    made = "carried out|collected|compiled|issued|kept|obtained|posted|published|released|seen|written"
    within = rf"(?P<of> (?:of|from|for|by) [^,.;:\"]{{1,60}}?)|,? (?:who|of|at|from|for|with|by|on|{made}) [^,.;:\"]{{1,60}}?"
    aside = rf"(?: \([^()]{{1,20}}\))?(?: and [^,.;:\"]{{1,40}}?|, [^.;:\"]{{1,160}}?,|(?:{within})(?:, [^.;:\"]{{1,100}}?,)?)?"
    when = "also|then|later|recently|repeatedly|previously|had|has|have|further|first|once|publicly|today|yesterday|always|long|now"
    adverb = rf"(?:,? (?:{when}|told reporters)){{0,2}}"
    return (
        re.compile(rf"\b(?:{by}) (?P<who>(?:the |a |an )?{who}|{plain})"),
        re.compile(rf"\b(?P<who>{who}){aside}{adverb} (?:{_SAID}|{doing})\b"),
        re.compile(rf"[,\"'] ?(?:{_SAID}) (?P<who>{who})"),
        re.compile(rf", (?P<who>{_NAME}),{adverb} (?:{_SAID})\b"),  # the engineer, Ana Ruiz, said
        re.compile(
            r"\b(?!on (?:its|his|her|their|the) website)"  # where something was put
            rf"(?:[Ii]n|[Oo]n|[Ff]rom|[Bb]y|[Ii]nto) (?P<who>(?:an? |the |its |his |her |their )(?:[\w'-]+ ){{0,4}}?(?:{_DOCUMENTS}))\b"
        ),
        re.compile(rf"\b(?P<who>{_NAME}) ?: ?\""),
        re.compile(
            rf"\b(?P<who>{_NAME})(?:'s)? (?:claim|plan|view|argument|promise|statement|remarks?|comments?|speech|decision|account|words)\b"
        ),
    )


def source_in(sentence: str, *, quoted: bool = False) -> Named | None:
    """The source that a sentence names; None where it names none. A group that nobody can name is a source of the sort `vague`.

    What stands in quotation marks names no source; with `quoted` the sentence begins inside of them.
    """
    text = _unquoted(sentence[:LONGEST], quoted)
    vague = re.search(
        rf"(?:^|\b)(?P<who>(?:{_VAGUE})(?: \w+){{0,2}}?) (?:have |has |had )?(?:{_SAID}|say|argue|believe|think|claim|fear|warn|agree)\b",
        text,
        re.I,
    )
    for number, pattern in enumerate(_patterns()):
        for found in pattern.finditer(text):
            start, end = found.span("who")
            if not _is_name(text, start, end):
                continue
            if number == 1 and found["of"]:
                end = found.end("of")  # a report by the mayor
            elif number == 1 and text[start + 1 : end].islower() and (named := _APPOSITION.match(text, end)):
                start, end = named.span("who")  # the mayor, Ana Ruiz, said
            if number == 1 and vague and vague.start("who") <= start < vague.end():
                continue
            return Named(_sort(text[start:end]), start, end)
    pronoun = _PRONOUN.search(text)
    if pronoun:
        return Named("person", *pronoun.span("who"), pronoun=True)
    if own := _OWN.search(text) or (None if '"' in text or "''" in text else _OURS.search(text)):
        return Named("own reporting", *own.span())
    return Named("vague", *vague.span("who")) if vague else None


_NO_NAME = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday"
    " Saturday Sunday Critics Experts Analysts Officials Sources One Two Three".split()
)


def _unquoted(text: str, quoted: bool) -> str:
    """The text with blanks for what stands in double quotation marks; the marks are kept."""
    parts = text.split('"')
    return '"'.join(" " * len(part) if (number % 2 == 1) is not quoted else part for number, part in enumerate(parts))


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether the words name somebody: more than a word that opens its sentence, and no day or month."""
    words = text[start:end].split()
    if text[start:end].endswith(("'s", "'")):
        return False
    if re.fullmatch(r"(?:North |South )?[A-Z]\w+(?:ian|ish|ese|ean|can)", text[start:end]):
        return False  # Russian sanctions
    return len(words) > 1 or words[0].rstrip(",") not in _NO_NAME


def _sort(name: str) -> Basis:
    low = name.lower()
    article = "(?:the|an?|its|his|her|their)"
    if re.search(rf"\b(?:{_DOCUMENTS})$|^{article} (?:\w+ ){{0,2}}?(?:{_DOCUMENTS}) (?:by|of|from|in)\b", low):
        return "document"
    if re.search(rf"\b(?:{_BODIES})\b|\b(?:inc|corp|ltd|plc|times|post|news|journal|reuters|bbc|cnn)\b", low) or name.isupper():
        return "body"
    return "person"
