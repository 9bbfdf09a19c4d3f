"""What a draft's layout says of a repeat: tabs, boxes and components that hold alternatives, text set apart as a pull quote, steps,
and passages of the same wording under labels of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edlint.checks.passages import Passage, words
from edlint.model.document import Block, Document
from edlint.text.lazy import lazy
from edlint.text.span import Span

LABEL_WORDS = 6  # of the longest label

_REACH = 2000  # characters between two copies in which markup is looked for
_NEAR = 200  # characters before and after a copy in which the markup of its own is looked for
_PICTURE = lazy(r"(?:\{%-?\s*(?:include\s+)?|\{\{[<%]\s*|</?)(?:fig|figure|image|img|picture|photo|gallery)\w*", re.IGNORECASE)
# A tab or box of MkDocs or Docusaurus, a definition, a tag of a template, a component, a tab of HTML.
_PARTED = lazy(
    r"""^[ \t]*(?:===[+!]?[ \t]|:::|:(?:[ \t]|\Z))|\{%|\{\{[<%]|</?[A-Z]|<\w[^<>]*["' ]tab(?:[-_ "']|pan)|<(?:dt|dd|details)\b""",
    re.MULTILINE,
)
_SET = r"(?:pull|quote|callout|standfirst|teaser|excerpt|summary|takeaway)"
_SET_BEFORE = lazy(
    rf"""(?:class(?:Name)?\s*=\s*["']?[^"'<>]*{_SET}[^<>]*>(?:\s*<\w[^<>]*>)*|\{{[{{%][<%]?\s*\w*{_SET}[^{{}}]*\}})[\s"'“‘]*\Z""",
    re.IGNORECASE,
)
_SET_AFTER = lazy(rf"""[\s"'”’.]*(?:</\w+>\s*)*\{{:?[^{{}}\n]*{_SET}""", re.IGNORECASE)
_STOPPED = lazy(r"[.!?…][\"'”’»)\]]*\s*\Z")


def is_set_apart(text: str, first: Span, copy: Span) -> bool:
    """Whether the markup of a draft, whose source is `text`, parts two passages or sets one of them as a pull quote or summary."""
    between = _PICTURE.sub("", text[first.end : copy.start]) if copy.start - first.end <= _REACH else ""
    return _PARTED.search(between) is not None or any(_is_set(text, *span) for span in (first, copy))


def _is_set(text: str, start: int, end: int) -> bool:
    return bool(_SET_BEFORE.search(text[max(0, start - _NEAR) : start]) or _SET_AFTER.match(text, end, end + _NEAR))


def is_instruction(block: Block) -> bool:
    """Whether a block names buttons or commands, in bold or as code: its steps recur wherever they are needed."""
    return sum(mark.kind in ("strong", "code") for mark in block.marks) > 1


def codes(document: Document, block: Block) -> list[str]:
    """What stands in the inline code of a block; its text shows it as asterisks, so that any two pieces of code look alike."""
    return [document.source.text[slice(*block.span(mark.start, mark.end))] for mark in block.marks if mark.kind == "code"]


def are_labelled(document: Document, passages: Sequence[Passage], first: int, copy: int) -> bool:
    """Whether two passages stand under headings or short labels of different wording, as answers and instructions do."""
    if not first or copy - first < 2:
        return False
    labels = [passages[first - 1], passages[copy - 1]]
    return all(_is_label(document, label) for label in labels) and words(labels[0].text) != words(labels[1].text)


def _is_label(document: Document, passage: Passage) -> bool:
    if document.format != "plain" and document.blocks[passage.block].kind == "heading":
        return True
    return passage.text[:1].isalnum() and len(passage.text.split()) <= LABEL_WORDS and not _STOPPED.search(passage.text.rstrip("?"))
