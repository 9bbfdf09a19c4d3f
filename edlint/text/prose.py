"""What prose is made of: sentences, words, quotations. Every range is half-open, in 0-based code points of the text given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

Range = tuple[int, int]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Names follow these: the stop never ends a sentence.
_TITLES = _listed(
    "Mr Mrs Ms Mx Messrs Dr Drs Prof Rev Hon Fr Sen Sens Rep Reps Gov Govs Gen Adm Lt Col Cpl Sgt Maj Capt Cmdr Brig Pvt Pfc Supt Insp Det"
    " Pres Sec Amb Atty Mme Mlle Mgr Mt Ft vs v viz cf eg ie e.g i.e esp incl approx ca"
)
# A stop after these ends a sentence only when a typical first word follows.
_SHORT = _listed(
    "Inc Ltd Co Corp Cos Bros Jr Sr Esq St Ste Ave Blvd Rd Hwy Sq Bldg Dept Univ Assn Bd Ctr Est Jan Feb Mar Apr Jun Jul Aug Sep"
    " Sept Oct Nov Dec Tue Tues Thu Thur Thurs Fri Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss"
    " Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo al ed eds"
)
# A number follows these.
_COUNTED = _listed("No Nos no nos vol Vol vols p pp fig Fig figs Figs Art Ch Sec Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec c")
_FIRST_WORDS = _listed(
    "The A An This That These Those He She It They We You I In On At But And Or So If When While After Before As For His Her Its Their Our"
    " My Your There Here What Who Why How Where Which Whether Since Then Yet However Meanwhile Many Some Most Several Few One Two Three"
    " According Although Though By From With Without Under During Despite Now Not Also Instead Last Earlier Later Still Even Both All"
    " Another Other Others Such Because Until Unlike Among Over Once Only Just To Is Are Was Were Did Do Does Has Have Had Can Could Would"
    " Should Will Nor Like Each Every Between Through Perhaps Maybe Today Critics Officials Police People More Much Nearly"
)
_AFTER_HOUR = _listed(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November"
    " December Jan Feb Mar Apr Aug Sept Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET"
    " Eastern Central Mountain Pacific Greenwich"
)
_SAID = "said|says|asked|asks|told|wrote|writes|tweeted|added|replied|shouted|cried|joked|wondered|recalled"

_CLOSERS = "\"'”“’»)\\]\u200b\u2060\ufeff"
_OPENERS = "\"'“‘«„([{*_—–"
_QUOTES = "\"'“‘«„"
_HOURS = frozenset(("a.m", "p.m", "A.M", "P.M"))
# A stop with all that belongs to it, the space after it and the next word; or a blank line. Every run is consumed by its
# match and every look ahead is bounded, so that the search stays linear.
_STOP = re.compile(
    rf"[.!?…。！？\n](?:(?<=\n)[^\S\n]*+\n\s*+|(?<=[。！？])[。！？…\"'”’»)\]」』]*+\s*+"
    rf"|(?<=[.!?…])((?:[.!?…]|[ \xa0][.!?…](?=[\s.!?…{_CLOSERS}]|\Z))*+[{_CLOSERS}]*+(?:\[\w{{1,3}}\])*+)"
    r"(\s*+)(?=(?:[—–-]{1,3}\s)?([^\w\s]{0,9})(\w{0,20})))"
)
_SPEAKER = rf"(?:[A-Z][\w.’'-]*\s){{1,5}}(?:{_SAID})\b|(?:{_SAID})\s"


def sentences(text: str) -> list[Range]:
    """The sentences of `text`, in order, trimmed of white space; together they hold every character that is not white space.

    A line feed is white space; two line feeds with nothing but white space between end a sentence, stop or no stop.
    """
    found: list[Range] = []
    start = len(text) - len(text.lstrip())
    for stop in _STOP.finditer(text):
        space = stop[2]
        if space is None:
            end = _trimmed(text, stop.end())
        elif space and (space.count("\n") > 1 or _ends(text, start, stop)):
            end = stop.start(2)
        else:
            continue
        if end > start:
            found.append((start, end))
        start = stop.end()
    end = _trimmed(text, len(text))
    if end > start:
        found.append((start, end))
    return found


def _trimmed(text: str, end: int) -> int:
    """`end` moved left over white space."""
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop followed by white space ends the sentence that began at `start`."""
    tail, _, marks, word = stop.groups()
    if word[:1].islower() and not word[1:2].isupper():
        return False
    at = stop.start()
    if text[at] != ".":
        quoted = not tail.isspace() and tail != "" and tail[-1] in "\"'”“’»"
        return not (quoted and re.compile(_SPEAKER).match(text, stop.end()))
    if "." in tail:
        return True
    last = (text[max(start, at - 20) : at].split() or [""])[-1].lstrip(_OPENERS)
    if last[-1:] in ")]”":
        return True
    if at - start == len(last) and (last.isdecimal() or len(last) == 1 or re.fullmatch("[ivxIVX]+", last)):
        return False
    if "-" in last:
        last = last.rpartition("-")[2]
    if last in _TITLES or (last in _COUNTED and word[:1].isdecimal()):
        return False
    if last in _HOURS:
        return word not in _AFTER_HOUR
    if "." in last or last in _SHORT or (len(last) == 1 and last.isupper()):
        opens = any(mark in _QUOTES for mark in marks)
        return opens or (word in _FIRST_WORDS and not (len(word) == 1 and text.startswith(".", stop.end(4))))
    return True


# Blocks of combining marks, and of the Indic and Thai scripts, whose vowel signs are not letters to `re`.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e"
_MARKS += "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f\xad\u200c\u200d"
_WORD = re.compile(
    rf"[^\W_][\w{_MARKS}]*"
    rf"(?:(?:['’ʼ‐‑-]|(?<=\d),(?=\d{{3}}(?!\d))|(?<=[a-z0-9])\.(?=[a-z0-9])|\.(?=[A-Z]\.)|(?<=\b[A-Z])\.(?=[A-Z]\b)|(?<=\.[A-Z])\.-)[^\W_][\w{_MARKS}]*)*"
    r"(?:(?<=\.[A-Za-z])\.)?"
)


def words(text: str) -> list[Range]:
    """The words of `text` as an editor counts them: don't, O’Neill, ISIS-K, 1,996, 3.5, U.S. and example.com are one each."""
    return [found.span() for found in _WORD.finditer(text)]


_QUOTE = re.compile(r"""["“”„«»‘‚’'](?:(?<!['’])|(?<!\w.)|(?!\w))""")  # not the apostrophe inside a word
_ELISION = re.compile(r"['‘’](?:\d0s\b|n['’](?!\w)|(?:tis|twas|twere|til|till|em|cause|bout|round|cos|nuff|neath|ere|scuse)\b)", re.I)
# Why a closing mark may be none: a plural's apostrophe (the writers’ room) or an inch mark (5'10" tall), if a better one follows.
_PLURAL = r"(?<=[sSzx\d].)\s\w(?:[^‘“”\"'’]|(?<=\w)['’](?=\w)){0,80}(?:(?<=[^\ss])['’](?!\w)|(?<=s)['’](?!\w|\s\w))"
_INCHES = r'(?<=\d.)\s\w[^"“”]{0,200}(?<=\S)"(?!\w)'
_FAMILY = {**dict.fromkeys('"“”„', "double"), **dict.fromkeys("'‘’‚", "single"), **dict.fromkeys("«»", "angle")}


class _Opener(NamedTuple):
    """An opening mark: where it stands, and the mark."""

    at: int
    mark: str


class _Scan:
    """The quotation marks of one block: what opens, which pairs close, what stays open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.openers: list[_Opener] = []
        self.pairs: list[Range] = []
        self.open: list[_Opener] = []
        self._depth = {"double": 0, "single": 0, "angle": 0}
        resume = 0
        for found in _QUOTE.finditer(text):
            at, mark = found.start(), found[0]
            if at < resume:
                continue
            if self._closes(at, mark):
                self._close(at, _FAMILY[mark])
            elif elision := _ELISION.match(text, at):
                resume = elision.end()
            elif self._opens(at, mark):
                opener = _Opener(at, mark)
                self.openers.append(opener)
                self.open.append(opener)
                self._depth[_FAMILY[mark]] += 1

    def _closes(self, at: int, mark: str) -> bool:
        family = _FAMILY[mark]
        if not self._depth[family] or mark in "„‚«":
            return False
        if mark in "”»":
            return True
        before, after = self.text[at - 1], self.text[at + 1 : at + 2]
        if before.isspace() or before in "([{":
            return False
        if family == "single":
            # Double marks are surer than single ones: an apostrophe never closes what stands outside them.
            return not after.isalnum() and _FAMILY[self.open[-1].mark] == "single" and not re.compile(_PLURAL).match(self.text, at + 1)
        if after.isalnum():
            return mark == '"' and not self._opens(at, mark)
        return not (mark == '"' and re.compile(_INCHES).match(self.text, at + 1))

    def _opens(self, at: int, mark: str) -> bool:
        """Whether the mark can open: followed by something, and not leaning on the end of a word."""
        if mark in "“„«":
            return True
        before, after = self.text[at - 1 : at] if at else "", self.text[at + 1 : at + 2]
        return mark not in "»’" and not (after.isspace() or after == "") and (before.isspace() or before in "([{—–-/“„«‘‚\"'")

    def _close(self, at: int, family: str) -> None:
        """Pair the mark at `at` with the last opener of its family; openers inside that never closed were none."""
        while True:
            opener = self.open.pop()
            inner = _FAMILY[opener.mark]
            self._depth[inner] -= 1
            if inner == family:
                self.pairs.append((opener.at, at + 1))
                return

    @property
    def first(self) -> _Opener | None:
        """The opening mark this block begins with, if it does."""
        lead = len(self.text) - len(self.text.lstrip())
        return self.openers[0] if self.openers and self.openers[0].at == lead else None


def quotations(texts: Sequence[str]) -> list[list[Range]]:
    """For each block text of a document, in order, the ranges that stand inside quotation marks, marks included.

    Nested quotations are part of the outermost. A block that leaves a quotation open is quoted to its end when the next
    block begins with an opening mark again. Otherwise an unclosed “, „ or « reaches the next opening mark of its kind or
    the end of its block, an unclosed ‘ does so only where it begins the block, and a stray straight mark quotes nothing.
    """
    scans = [_Scan(text) for text in texts]
    found: list[list[Range]] = []
    reopened = ""
    for scan in reversed(scans):
        found.append(_merged(scan.pairs + _unclosed(scan, reopened)))
        if scan.text and not scan.text.isspace():
            reopened = _FAMILY[scan.first.mark] if scan.first else ""
    return found[::-1]


def _unclosed(scan: _Scan, reopened: str) -> list[Range]:
    """What the openers without a close quote; `reopened` is the family of the mark that begins the next block."""
    found: list[Range] = []
    left, first, ends = set(scan.open), scan.first, dict[str, int]()
    for opener in reversed(scan.openers):
        family = _FAMILY[opener.mark]
        end = ends.get(family, len(scan.text))
        ends[family] = opener.at
        continued = reopened == family and end == len(scan.text)
        if opener in left and (continued or opener.mark in "“„«" or (opener == first and opener.mark == "‘")):
            found.append((opener.at, _trimmed(scan.text, end)))
    return found


def _merged(ranges: list[Range]) -> list[Range]:
    """The union of ranges, in order."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
