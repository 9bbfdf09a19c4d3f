"""How sure it is that a repeat is a slip, told by where its copies stand. Layout that an author wrote (headings, lists, steps, tables of
contents) repeats on purpose; pasted plain text has no layout to go by."""

from __future__ import annotations

import re

from edlint.model.document import Block, Document
from edlint.text.lazy import lazy

LONG = 12  # words of a sentence that nobody writes twice by chance

_STOPPED = lazy(r"[.!?…][\"'”’»)\]]*\s*\Z")
_ADDRESSED = lazy(r"\b(?:you|your|yours|we|us|our|ours|please)\b", re.IGNORECASE)
_CODE = lazy(r"[{}\\|<>=]|\w/\w|://|:\w+:|\b\w+_\w+")
_AGENCY = r"(?:Getty Images|Reuters|AP|AFP|PA|EPA)"
_CREDIT = lazy(  # who took the picture, behind the sentence about it
    r"[.!?…|(–—] ?(?:Photo(?:graph)?|Picture|Image|Illustration|Credit|PHOTO|CREDIT)s?"
    r"(?: credit)?(?:: ?| by | courtesy (?:of )?)(?:the )?[A-Z][^.!?:]{1,60}[.)\]]?\Z"
    rf"|\((?:[A-Z][\w.&’' -]{{1,40}}/[A-Z][^()/]{{1,40}}|{_AGENCY} Photo/[^()/]{{1,40}})\)\Z|(?: ?/ ?| via ){_AGENCY}\)?\Z"
)
_AUTHORED = frozenset({"title", "heading", "list", "table"})


def is_sure(texts: tuple[str, str], blocks: tuple[Block, Block], words: int, *, beside: bool) -> bool:
    """Whether an exact repeat can only be a slip.

    It is, where the copies stand side by side, where both are captions (by their markup, or because they end with who took the
    picture), and where a long sentence comes again in running prose.
    `texts` are the two copies, `blocks` hold them, `words` is their length, `beside` says that nothing stands between them.
    """
    kinds = {block.kind for block in blocks}
    if "title" in kinds or any(map(_is_code, texts)):
        return False
    if beside or kinds == {"caption"} or (is_credited(texts) and not any(map(_is_linked, blocks))):
        return True
    prose = kinds == {"paragraph"} and all(map(_STOPPED.search, texts))
    return prose and words >= LONG and not any(map(_is_linked, blocks)) and not any(map(_ADDRESSED.search, texts))


def is_authored(document: Document, texts: tuple[str, str], blocks: tuple[Block, Block], words: int, *, beside: bool) -> bool:
    """Whether the form of a draft says that a repeat is meant: headings, titles, lists, code, links, steps.

    Not for plain text, whose headings are guessed from layout. The parameters are those of `is_sure`.
    """
    kinds = {block.kind for block in blocks}
    if any(map(_is_code, texts)) or kinds & {"title", "heading", "table"} or (kinds & _AUTHORED and not beside):
        return True
    if beside or kinds == {"caption"}:
        return False
    layout = "quote" in kinds or any(_is_tagged(document, block) or _is_linked(block) for block in blocks)
    return layout or (not is_credited(texts) and (words < LONG or any(map(_ADDRESSED.search, texts))))


def is_credited(texts: tuple[str, str]) -> bool:
    """Whether passages are captions by their words: they end with the name of who took the picture."""
    return all(_CREDIT.search(text.strip()) for text in texts)


def _is_code(text: str) -> bool:
    """Whether a passage is a template's tag, a path or a line of code rather than prose: two signs that prose does not have."""
    return len(_CODE.findall(text)) > 1


def _is_tagged(document: Document, block: Block) -> bool:
    """Whether a block of Markdown stands in a tag of its own, as a pull quote that the author set does."""
    source, start = document.source, block.whole.start
    line = source.lines.position(start).line
    return document.format == "markdown" and source.text[source.lines.line_span(line).start : start].lstrip().startswith("<")


def _is_linked(block: Block) -> bool:
    """Whether half of a block is link text, as a button or an entry of a list of works is."""
    return 2 * sum(mark.end - mark.start for mark in block.marks if mark.kind == "link") > len(block.text)
