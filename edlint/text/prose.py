"""What prose is made of: sentences and words. Every range is half-open, in 0-based code points of the text given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edlint.text.lazy import lazy
from edlint.text.ranges import Range


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
_STOP = lazy(
    rf"[.!?…。！？\n](?:(?<=\n)[^\S\n]*+\n\s*+|(?<=[。！？])[。！？…\"'”’»)\]」』]*+\s*+"
    rf"|(?<=[.!?…])((?:[.!?…]|[ \xa0][.!?…](?=[\s.!?…{_CLOSERS}]|\Z))*+[{_CLOSERS}]*+(?:\[\w{{1,3}}\])*+)"
    r"(\s*+)(?=(?:[—–-]{1,3}\s)?([^\w\s]{0,9})(\w{0,20})))"
)
_SPEAKER = rf"(?:[A-Z][\w.’'-]*\s){{1,5}}(?:{_SAID})\b|(?:{_SAID})\s"


def sentences(text: str) -> list[Range]:
    """The sentences of `text`, in order, trimmed of white space; together they hold every character that is not white space.

    A line feed is white space; two line feeds with nothing but white space between end a sentence, stop or no stop.
    """
    return list(each_sentence(text))


def each_sentence(text: str) -> Iterator[Range]:
    """What `sentences` gives, one after the other."""
    start = len(text) - len(text.lstrip())
    for stop in _STOP.finditer(text):
        space = stop[2]
        if space is None:
            end = trimmed(text, stop.end())
        elif space and (space.count("\n") > 1 or _ends(text, start, stop)):
            end = stop.start(2)
        else:
            continue
        if end > start:
            yield start, end
        start = stop.end()
    end = trimmed(text, len(text))
    if end > start:
        yield start, end


def trimmed(text: str, end: int) -> int:
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
_WORD = lazy(
    rf"[^\W_][\w{_MARKS}]*"
    rf"(?:(?:['’ʼ‐‑-]|(?<=\d),(?=\d{{3}}(?!\d))|(?<=[a-z0-9])\.(?=[a-z0-9])|\.(?=[A-Z]\.)|(?<=\b[A-Z])\.(?=[A-Z]\b)|(?<=\.[A-Z])\.-)[^\W_][\w{_MARKS}]*)*"
    r"(?:(?<=\.[A-Za-z])\.)?"
)


def words(text: str) -> list[Range]:
    """The words of `text` as an editor counts them: don't, O’Neill, ISIS-K, 1,996, 3.5, U.S. and example.com are one each."""
    return [found.span() for found in _WORD.finditer(text)]


def word_texts(text: str) -> list[str]:
    """The words of `text` themselves."""
    return _WORD.findall(text)
