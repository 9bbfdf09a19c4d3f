"""What is thrown: pieces that matter to some part of edlint, put together at random."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Random = random.Random

WORDS = (
    "the mayor", "The bridge", "critics say", "40 percent", "\u00a312 million", "according to", "she said", "Shocking",
    "You Won't Believe",
    "should of", "an university", "Read more", "What's your reaction?", "+1", "0", "Share this", "ISIS-K", "(Reuters)",
    "Photo: A. Ruiz",
    "Firstly,", "Thirdly,", "e.g.", "Mr. Li", "2021-05-03", "the only way", "http://example.org/a?b=c", "naïve", "Łódź", "日本語の文。",
    "مرحبا",
)  # fmt: skip
MARKS = (
    "\n", "\n\n", "\r\n", "\r", "\t", " ", "  ", "\u00a0", "\u200b", "\u2028", "\x0c", "\x85", "\x1b[31m", "\u202e", "\ufeff", "\u00ad",
    "\U0001f600", "e\u0301", "\ud800", "\"", "'", "“", "”", "‘", "’", "«", "»", ".", "!", "?", "…", "—", ",", ":", ";", "(", ")",
    "[", "]",
)  # fmt: skip
MARKUP = (
    "# ", "## ", "> ", "- ", "1. ", "* ", "    ", "```\n", "~~~", "`", "**", "_", "![", "](", "[^1]", "[^1]: ",
    "| a | b |\n|---|---|\n", "---\n", "+++\n",
    "---\ntitle: x\n---\n", "&amp;", "&#0;", "&#x110000;", "&lt", "<p>", "</p>", "<h1>", "<figcaption>", "<img alt='",
    "<blockquote>", "<script>", "</script>",
    "<style>", "<!--", "-->", "<![CDATA[", "<div hidden>", "<table><tr><td>", "<nav>", "</", "<", ">", "{{", "}}", "{% raw %}",
    "$$", "<br/>", "\\",
)  # fmt: skip
DIRECTIVES = (
    "<!-- edlint-disable -->", "<!-- edlint-enable -->", "<!-- edlint-disable-next-line Captions: because -->",
    "\n# edlint-disable-line Nope\n",
    "\n[edlint-disable-file Claims]\n", "<!-- edlint-disable Captions,,Claims.: -->", "<!-- vale off -->",
    "<!-- vale Pack.Rule = NO -->", "edlint-",
    '<!-- vale Pack.Rule["a","b"] = NO -->', "<!-- vale style = A, B -->", "<!-- edlint-dissable -->",
)  # fmt: skip
PATTERNS = (
    "a", "(a+)+b", "(?i)x", "\\b(?:one|two) \\w+", "[", "(", "*", "(?P<n>a)(?P=n)", "\\1", "^", "$", "(?<=a)b", "(?<=a*)b", ".*",
    "\\p{Lu}", "a{0}", "a{3,1}", "",
    "(?!)", "\\d+(?:,\\d{3})*", "café", "\u00df", "[^\\s]", "%s", "(?x) a # b", "\\Z", "a|b|", "$title", "$AP",
)  # fmt: skip
VALUES: tuple[object, ...] = (
    None, True, False, 0, 1, -1, 2.5, 10**9, "", "a", "error", "warning", "off", "$title", "%s and %s", "text", "sentence",
    "~heading & list", [], ["a"], [1, None],
    {}, {"a": "b"}, {"a": ["b"]}, [{"any": ["x"], "weight": 1}], {"name": "replace", "params": ["x"]}, "skip", "\ud800", "x" * 5000,
)  # fmt: skip


def text(rng: Random, most: int = 40, extra: Sequence[str] = ()) -> str:
    """A draft of words, marks, markup and directives; some of its pieces stand twice."""
    pool = (*WORDS, *WORDS, *MARKS, *MARKUP, *DIRECTIVES, *extra)
    pieces = [rng.choice(pool) for _ in range(rng.randint(0, most))]
    if pieces and rng.random() < 0.5:
        pieces += rng.choices(pieces, k=rng.randint(1, len(pieces)))
    glue = rng.choice(("", " ", "\n"))
    return glue.join(pieces)


def rule(rng: Random, keys: Sequence[str]) -> dict[str, object]:
    """The data of a rule file: keys that exist or do not, with values that fit or do not."""
    found: dict[str, object] = {"message": rng.choice(("m", "'%s'", "%[1]s", "%"))}
    for key in rng.sample(keys, k=min(len(keys), rng.randint(0, 6))):
        found[key] = value(rng)
    for key in ("tokens", "raw", "exceptions", "swap", "cues"):
        if rng.random() < 0.4:
            found[key] = _terms(rng, key)
    return found


def value(rng: Random) -> object:
    """Anything that YAML can say."""
    return rng.choice(VALUES) if rng.random() < 0.7 else [rng.choice(PATTERNS) for _ in range(rng.randint(0, 3))]


def _terms(rng: Random, key: str) -> object:
    patterns = [rng.choice((*PATTERNS, *WORDS)) for _ in range(rng.randint(1, 4))]
    if key == "swap":
        return {pattern: rng.choice(("b", "$1", "a|b", "", None)) for pattern in patterns}
    if key == "cues":
        kinds: tuple[Callable[[str], dict[str, object]], ...] = (
            lambda p: {"any": [p], "weight": rng.choice((1, -0.5, 0.3, "x"))},
            lambda p: {"pattern": p, "at": rng.choice(("here", "before", "nowhere"))},
            lambda p: {"feature": rng.choice(("words", "quoted_share", "question", p)), "at_least": rng.choice((0, 1, "x"))},
            lambda p: {"signal": rng.choice(("Claims.Attributed", p))},
        )
        return [rng.choice(kinds)(pattern) for pattern in patterns]
    return patterns


def mangled(rng: Random, source: str) -> str:
    """A text with some of it cut out, doubled or replaced."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(source))
        end = min(len(source), at + rng.randint(0, 12))
        piece = rng.choice(
            ("", source[at:end] * 2, rng.choice(MARKS), rng.choice(MARKUP), "\t", ": ", "- ", "&x", "*x", "!!python/object:os.system")
        )
        source = source[:at] + piece + source[end:]
    return source
