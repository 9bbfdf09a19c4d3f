"""Detecting passages in another language by their commonest small words. It is meant for whole passages, not for single words."""

from __future__ import annotations

from edlint.text.lazy import lazy

NAMES = {
    "en": "English", "es": "Spanish", "fr": "French", "de": "German", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "sv": "Swedish", "da": "Danish or Norwegian", "pl": "Polish",
}  # fmt: skip
# Small words that hold sentences together.
_WORDS = {
    "en": "the of and to that it for with this are be by from have not or his they we you had which were their there will would"
    " been has if but what when who can more about its than into our your she he",
    "es": "el los las una unos del y que en es por con para como más pero su sus al lo se son está están fue ha han muy también"
    " este esta estos estas cuando donde desde hasta entre sobre sin nuestro nuestra nuestros sobre todos porque ser",
    "fr": "les des une du et est dans que qui pour pas sur plus au aux avec ce cette ces sont ont nous vous ils elle elles mais"
    " ou où été être par comme tout leur leurs sans même aussi très fait deux notre votre cela qu’il c’est d’une d’un qu'il"
    " c'est d'une d'un",
    "de": "der das und ist nicht mit für auf dem den des ein eine einer einem einen sich auch als wird sind werden hat haben bei"
    " nach oder wie aus wenn nur noch über zum zur durch dass kann wir ihr sie ich unsere diese dieser dieses mehr vom",
    "it": "il gli che di è per con una sono nel nella della delle dei degli del alla alle dal dalla più anche non come ma si lo"
    " questo questa questi hanno essere stato loro perché ogni tutti nostro",
    "pt": "os uma que não com para mais como mas foi ao ele das dos tem à seu sua ou ser quando muito há nos já está eu também só"
    " pelo pela até isso ela entre era depois sem mesmo aos seus são pelos nossa nosso",
    "nl": "het een van en dat niet zijn met voor op aan ook door bij uit naar maar worden wordt deze dit zich hebben heeft werd"
    " kan meer nog geen dan over onze jouw waar",
    "sv": "och att det som på är av för med den till inte har ett om ska från vi kan eller när alla mycket så var",
    "da": "og det som på er af for med den til ikke har et om skal fra vi kan eller når alle meget så var blev at av",
    "pl": "i w na z się nie do to że jest jak za od po są przez dla oraz ale tym tego które który może być został jego już",
}  # fmt: skip
_LISTS = {tag: frozenset(words.split()) for tag, words in _WORDS.items()}
_SHARED = _LISTS["en"] | frozenset(
    "om de la en se on an as in is was war die den der som et over van i to for at do no me al par son var dan".split()
)
# Small words that are no proof by themselves.
_WEAK = {"es": "de la un en", "fr": "de la le un une en", "it": "la un di i a", "pt": "de o um a e", "de": "in im am", "nl": "de in"}
_OWN = {tag: words if tag == "en" else words - _SHARED for tag, words in _LISTS.items()}
_WORD = lazy(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LATIN = lazy(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SAMPLE = 1500  # code points of a passage that are looked at
_LEAST = 8  # words


def tongue(text: str, home: str) -> str:
    """The tag of the language that a passage plainly is in, where that is another than `home` (a tag such as "en"); else "".

    A passage of eight words and more is told by three different small words of a language that make up a fifth of it, where
    hardly any are `home`'s, or a quarter together with small words of several languages, where none is `home`'s; one in another
    script by its letters. In doubt it is in `home`. "und" is a language that is not known here.
    """
    if home not in _OWN:
        return ""
    sample = text[:_SAMPLE]
    if home == "en" and (sample.count(" the ") + sample.count(" and ") + sample.count(" of ")) * 150 >= len(sample):
        return ""  # no need to look at every word
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _LEAST:
        return ""
    at_home = sum(word in _OWN[home] for word in words)
    if at_home * 20 > len(words):
        return ""
    latin = len(_LATIN.findall(sample))
    letters = sum(map(str.isalpha, sample))
    if latin * 5 < letters:
        return "und"
    best, most = "", 0
    for tag, own in _OWN.items():
        hits = [word for word in words if word in own]
        if tag == home or len(hits) <= most or len(set(hits)) < 3:
            continue
        if len(hits) * 5 >= len(words) or (not at_home and (len(hits) + _weak(words, tag)) * 4 >= len(words)):
            best, most = tag, len(hits)
    return best


def _weak(words: list[str], tag: str) -> int:
    """How many of the words are small words of a language that are no proof by themselves."""
    weak = _WEAK.get(tag, "").split()
    return sum(word in weak for word in words)


def may_be(text: str, tag: str, home: str) -> bool:
    """Whether nothing speaks against a short passage being in the language of a tag rather than in `home`."""
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) >= 2 * _LEAST or any(word in _OWN.get(home, ()) for word in words):
        return False
    small = _LISTS.get(tag, frozenset()) | frozenset(_WEAK.get(tag, "").split())
    hits = sum(word in small for word in words)
    return hits > 0 and hits * 5 >= len(words)


def is_plainly(text: str, tag: str) -> bool:
    """Whether a passage plainly is in the language of a tag, whatever the draft says of it."""
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    own = _OWN.get(tag, frozenset())
    return len(words) >= _LEAST and sum(word in own for word in words) * 4 >= len(words)
