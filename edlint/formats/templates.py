"""Template syntax in drafts: Liquid, Jinja, Hugo, EJS, JSX, MkDocs, kramdown, Pandoc, Docusaurus. It is markup, never prose.

A reader gets the text with all that hidden, character by character, so that every offset stays what it was: VALUE stands for an
expression that prints something unknown, GONE for what prints nothing. A line of nothing else becomes a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from edlint.model.document import Comment
from edlint.text.lazy import lazy
from edlint.text.span import Span

Flavour = Literal["md", "mdx", "html"]
VALUE, GONE = "\ufdd0", "\ufdd1"  # code points that no text may hold
BOX = "+   "  # the marker of a list's item, for a box
UNUSED_BOX = lazy(rf"\+   (?={GONE})")  # one that the parser took for no marker, inside HTML or code
SIGNS = lazy(
    r"\{[{%#/:.\w -]|<%|^[ \t>]*:::|^[ \t]*::\w|^[ \t]*(?:!!!|\?\?\?|===[+!]? )|8<-|:\w[\w+-]*:|^(?:im|ex)port |^<<<|^\[+_?toc", re.M | re.I
)

_ITEM = r"""(?:[.#][\w:-]++|[\w:@-]++=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s"'{}]++)|-(?=[ \t}])|toc(?=[ \t}]))[ \t]*+"""
_TOKEN = lazy(
    r"""
    ^[ \t>]*+(?:(?:[-*+]|\d{1,3}[.)])[ \t]++)?(?P<fence>`{3,}|~{3,})[^\n]*+(?:\n(?![ \t>]*+(?P=fence))[^\n]*+)*+\n?+[^\n]*+
    |(?P<code>``[^`\n]++(?:`[^`\n]++)*+``|`[^`\n]++`)
    |(?P<comment>\{\#(?!\w)(?:(?!\{\#|\#\}).)*+\#\}|\{/\*(?:(?!\{/\*|\*/).)*+\*/\}
        |\{\{[-<%]?\s*+/\*(?:(?!/\*|\*/).)*+\*/\s*+[->%]?\}\}|<%\#(?:(?!<%|%>).)*+%>)
    |(?P<tag>\{%(?:(?!\{%|%\}|\n[ \t]*+\n).)*+%\}|\{\{[<%](?:(?!\{\{|\}\}|\n[ \t]*+\n).)*+\}\}|<%(?![=\#])(?:(?!<%|%>).)*+%>)
    |(?P<value>\{\{\{?(?:(?!\{\{|\}\}|\n[ \t]*+\n).)*+\}\}\}?|<%=(?:(?!<%|%>).)*+%>)
    |(?P<attributes>\{:?[ \t]*+(?:"""
    + _ITEM
    + r""")++\}|\{:[:/][^{}\n]*+\})
    |^(?P<box>[ \t]*+(?:(?:!!!|\?\?\?\+?)[ \t]++[\w-]++(?:[ \t]++[\w-]++){0,3}+(?:[ \t]++"[^"\n]*+")?|===[+!]?[ \t]++"[^"\n]*+"))[ \t]*+$
    |^[ \t>]*+(?P<line>:{3,}(?:[ \t]*+[\w{][^\n]*+)?|::[\w-]++(?:\[[^\]\n]*+\](?:\{[^}\n]*+\})?|\{[^}\n]*+\})|;?-+8<-+[^\n]*+
        |<<<[ \t]*+[@./~][^\n]*+|(?i:\[toc\]|\[\[_?toc_?\]\]))[ \t]*+$
    |^(?P<module>import[ \t]++(?:["']|\{|[^\n"';.]*?\bfrom[ \t]*+["'])|export[ \t]++(?:const|let|default|function|async|class|\{|\*))
    |(?P<brace>\{)
    |(?<![\w:/])(?P<icon>:(?:[a-z][a-z0-9_+-]*+(?<=[a-z0-9])|[+-]1):)(?![\w:/])
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_NAME = lazy(r"(?:\{%|\{\{[<%]|<%)[-+]?\s*+(/?\s*+[\w-]+)")
# What these enclose is no prose.
_CODE = frozenset("highlight codeblock code code-block javascript script schema stylesheet style mermaid katex math comment".split())
_CONTROL = lazy(
    r"/|end|(?:if|elsif|elseif|elif|else|unless|for|case|when|assign|set|capture|block|raw|with|macro|include|import|extends|layout)$"
)
_CLOSING = lazy(r"\{\{[<%]\s*/\s*([\w-]+)")
_SIGNS = (VALUE, GONE)
_SHOWN = lazy(r"[^\r\n]")
_ALONE = lazy(rf"^[ \t]*[{VALUE}{GONE}][{VALUE}{GONE} \t]*$", re.MULTILINE)
_BLANK_LINE = lazy(r"\n[ \t\r]*(?:\n|\Z)")
_SNIPPET = lazy(r"^[ \t]*;?-+8<-+[ \t]*$", re.MULTILINE)


_KRAMDOWN_END = lazy(r"\{:/(?:comment)?\}")
_INSIDE_BOX = lazy(r"(?:[ \t\r]*\n){1,3}([ \t]*)\S")
_BRACE = lazy(r"^[ \t>]*(`{3,}|~{3,})[^\n]*(?:\n(?![ \t>]*\1)[^\n]*)*|`[^`\n]+`|\\[{}]|[{}]", re.MULTILINE)


class _Hidden(NamedTuple):
    """A stretch to hide, and with what: VALUE or GONE for each character of a line, or another text of the same length."""

    start: int
    end: int
    sign: str


def hide(text: str, flavour: Flavour, start: int = 0) -> tuple[str, list[Comment]]:
    """The text, same length, with template syntax from `start` on hidden, and the template comments, which may hold directives."""
    if not SIGNS.search(text, start) and not (flavour == "mdx" and "{" in text):
        return text, []
    search = _Search(text, flavour)
    pieces, at = [], 0
    for begin, end, sign in search.run(start):
        pieces += [text[at:begin], _SHOWN.sub(sign, text[begin:end]) if sign in _SIGNS else sign]
        at = end
    if not pieces:
        return text, []
    return _ALONE.sub(_as_comment, "".join((*pieces, text[at:]))), search.comments


class _Search:
    """Finds what to hide in a text, in one pass. `comments` are those found so far."""

    def __init__(self, text: str, flavour: Flavour) -> None:
        self.comments: list[Comment] = []
        self._text, self._flavour = text, flavour
        self._braces = _braces(text) if flavour == "mdx" else {}
        self._endless: set[str] = set()
        self._paired: frozenset[str] | None = None  # the names of shortcodes that are closed somewhere

    def run(self, start: int) -> Iterator[_Hidden]:
        """What to hide from `start` on, in order."""
        at = start
        while found := _TOKEN.search(self._text, at):
            at = found.end()
            if hidden := self._hidden(found.lastgroup or "", found):
                at = max(at, hidden.end)
                yield hidden

    def _hidden(self, kind: str, found: re.Match[str]) -> _Hidden | None:
        start, end = found.span(kind)
        if kind == "comment":
            self._comment(found[0].strip("{}<>%#/*- \t\r\n"), start, end)
            return _Hidden(start, end, GONE)
        if kind == "tag":
            return self._tag(found[0], start, end)
        if kind == "value":
            return _Hidden(start, end, VALUE)
        if kind == "brace":
            close = 0 if self._text[start - 1 : start] == "\\" else self._braces.get(start, 0)
            return _Hidden(start, close, VALUE) if close else None
        if kind == "module":
            blank = _BLANK_LINE.search(self._text, start)
            return _Hidden(start, blank.start() if blank else len(self._text), GONE)
        if kind == "box" and self._flavour != "html":
            return self._box(found)
        if kind == "attributes" and found[0] == "{::comment}":
            return self._enclosed("comment", start, end, _KRAMDOWN_END) or _Hidden(start, end, GONE)
        if kind == "line" and _SNIPPET.fullmatch(found["line"]) and (last := _SNIPPET.search(self._text, end)):
            return _Hidden(start, last.end(), GONE)
        return _Hidden(*self._spaced(start, end), GONE) if kind in ("attributes", "line", "icon") else None

    def _tag(self, tag: str, start: int, end: int) -> _Hidden:
        """A tag that controls what is printed, or a shortcode, which may print something where it stands inside a line."""
        named = _NAME.match(tag)
        name = named[1] if named else ""
        shortcode = tag.startswith("{{")
        close = rf"\{{\{{[<%]\s*/\s*{name}\b[^}}]*\}}\}}" if shortcode else rf"\{{%[-+]?\s*end{name}\b[^%]*%\}}"
        if name in _CODE and (hidden := self._enclosed(name, start, end, re.compile(close))):
            return hidden
        if shortcode and self._paired is None:
            self._paired = frozenset(_CLOSING.findall(self._text))
        prints = not (_CONTROL.match(name) or tag.startswith("<%") or (shortcode and name in (self._paired or ())))
        return _Hidden(start, end, VALUE if prints else GONE)

    def _enclosed(self, name: str, start: int, end: int, close: re.Pattern[str]) -> _Hidden | None:
        """All from an opening tag to the closing one; None when it is never closed."""
        closing = None if close.pattern in self._endless else close.search(self._text, end)
        if closing is None:
            self._endless.add(close.pattern)
            return None
        if name == "comment":
            self._comment(self._text[end : closing.start()], start, closing.end())
        return _Hidden(start, closing.end(), GONE)

    def _box(self, found: re.Match[str]) -> _Hidden | None:
        """The first line of an admonition, a folded box or a tab, whose indented content is prose: read as an item of a list is."""
        start, end = found.span("box")
        line = found["box"]
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        inside = _INSIDE_BOX.match(self._text, found.end())
        if inside and len(inside[1].expandtabs(4)) - len(indent.expandtabs(4)) >= 4 and len(line) > len(indent) + 4:
            return _Hidden(start, end, indent + BOX + GONE * (len(line) - len(indent) - len(BOX)))
        certain = '"' in line or line.lstrip().startswith("!!!")
        return _Hidden(start, end, GONE) if certain else None

    def _spaced(self, start: int, end: int) -> tuple[int, int]:
        """The range, with the blanks before it where a blank or the end of the line follows."""
        if self._text[end : end + 1] in ("", " ", "\t", "\r", "\n"):
            while start and self._text[start - 1] in " \t":
                start -= 1
        return start, end

    def _comment(self, inner: str, start: int, end: int) -> None:
        self.comments.append(Comment(inner.strip(), Span(start, end)))


def _braces(text: str) -> dict[int, int]:
    """Where each brace outside code is closed: from the offset of the opening one to the offset after the closing one."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            stack.append(found.start())
        elif found[0] == "}" and stack:
            pairs[stack.pop()] = found.end()
    return pairs


def _as_comment(found: re.Match[str]) -> str:
    """A line of hidden syntax as a comment, or as blanks where there is no room for one."""
    line = found[0]
    indent = len(line) - len(line.lstrip(" \t"))
    room = len(line) - indent - len("<!---->")
    return line[:indent] + f"<!--{' ' * room}-->" if room >= 0 else " " * len(line)
