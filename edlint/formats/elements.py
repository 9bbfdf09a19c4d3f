"""What HTML elements mean to a reader of prose, and the attributes that change it."""

from __future__ import annotations

import re

from edlint.model.document import Block, Kind, MarkKind
from edlint.text.lazy import lazy

CAPTION = lazy(r"""class\s*=\s*(?:"[^"]*?|'[^']*?|[^\s>"']*?)(?<!no-)(?<!has-)(?<!with-)caption(?![a-z])""", re.IGNORECASE)
RAW = frozenset(["script", "style", "noscript", "iframe", "textarea", "xmp", "noembed"])
NESTED = frozenset(["template", "svg", "math", "video", "audio", "object", "canvas"])
UNSEEN = lazy(r"""style\s*=\s*(?:"[^"]*?|'[^']*?)display\s*:\s*none""", re.IGNORECASE)
TITLE = lazy(r"""class\s*=\s*(?:["'](?:[^"']*\s)?)?(?:mso)?(sub)?title(?![\w-])""", re.IGNORECASE)
UNBOLD = lazy(r"font-weight:\s*normal")  # on the `<b>` that Google Docs puts around all that is copied
_BACK = lazy(r"#_?(?:ftnt_?ref|ftnref|ednref|fnref|cite_ref)", re.IGNORECASE)
MARKS: dict[str, MarkKind] = {
    "a": "link", "em": "emphasis", "i": "emphasis", "strong": "strong", "b": "strong", "q": "quote", "cite": "cite",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code", "var": "code",
}  # fmt: skip
KINDS: dict[str, tuple[Kind, int, str]] = {
    "title": ("title", 1, ""), **{f"h{n}": ("heading", n, "") for n in range(1, 7)},
    "figcaption": ("caption", 0, ""), "caption": ("caption", 0, ""), "blockquote": ("quote", 0, "quote"), "pre": ("code", 0, ""),
    "li": ("list", 0, "list"), "dt": ("list", 0, "list"), "dd": ("list", 0, "list"), "td": ("table", 0, ""), "th": ("table", 0, "header"),
}  # fmt: skip
INSIDE = {"ul": "list", "ol": "list", "menu": "list", "dl": "list", "table": "table"} | {
    name: name for name in ("figure", "nav", "aside", "footer", "form")
}
# The parts of a whole page that its template fills, a header only outside the article.
TEMPLATE = frozenset(["aside", "footer", "form", "header", "nav"])
LANGUAGE = lazy(r"""(?<![\w-])(?:xml:)?lang\s*=\s*["']?([A-Za-z]{2,3}(?:-\w+)*)""")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
PAGE = lazy(r"<(?:html|body)[\s>]", re.IGNORECASE)
BLOCKS = {
    "address", "article", "body", "button", "center", "details", "dialog", "dir", "div", "fieldset", "head", "header", "hgroup", "hr",
    "label", "legend", "main", "optgroup", "option", "p", "section", "select", "summary", "tbody", "tfoot", "thead", "tr",
} | KINDS.keys() | INSIDE.keys()  # fmt: skip
P = frozenset(["p"])
_CELLS = P | {"td", "th"}
CLOSES: dict[str, frozenset[str]] = {
    "li": P | {"li"}, "dt": P | {"dt", "dd"}, "dd": P | {"dt", "dd"}, "td": _CELLS, "th": _CELLS, "tr": _CELLS | {"tr"},
    "thead": _CELLS | {"tr"}, "tbody": _CELLS | {"tr", "thead", "tbody"}, "tfoot": _CELLS | {"tr", "thead", "tbody"},
    "option": frozenset(["option"]), "optgroup": frozenset(["option", "optgroup"]),
    "body": frozenset(["title", "head", "p"]),
}  # fmt: skip


def as_note(block: Block) -> Block:
    """The block, within `note` if it begins with a link back to where a note is referred to, as word processors write notes."""
    first = block.marks[0] if block.marks else None
    if first and first.kind == "link" and first.start == 0 and "note" not in block.within and _BACK.match(first.target):
        return block._replace(within=(*block.within, "note"))
    return block
