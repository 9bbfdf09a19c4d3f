"""Sentences of running prose that come again later in a draft, in time linear in its length."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from edlint.checks.certainty import is_sure
from edlint.checks.layout import is_instruction
from edlint.checks.passages import words
from edlint.model.document import Document

Sentence = tuple[int, tuple[int, int]]  # the number of a block, and where in its text a sentence starts and ends


def sentences_again(document: Document, chosen: Collection[int], fewest: int) -> Iterator[tuple[Sentence, Sentence]]:
    """Pairs of sentences of `fewest` words and more that say the same twice in the paragraphs numbered `chosen`, and not side by side.

    Both stand among other sentences: what is a whole paragraph is left to the rules for passages. What stands three times is a formula.
    """
    found: dict[int, list[Sentence]] = {}
    for number, block in enumerate(document.blocks):
        places = document.sentences(number) if number in chosen and block.kind == "paragraph" else ()
        if len(places) > 1:
            for place in places:
                folded = words(block.text[slice(*place)])
                if len(folded) >= fewest:
                    found.setdefault(hash(tuple(folded)), []).append((number, place))
    for pair in found.values():
        if len(pair) == 2 and not _are_beside(document, *pair) and _is_slip(document, *pair):
            yield pair[0], pair[1]


def _are_beside(document: Document, first: Sentence, copy: Sentence) -> bool:
    """Whether nothing but space stands between two sentences of one paragraph."""
    between = document.blocks[first[0]].text[first[1][1] : copy[1][0]]
    return first[0] == copy[0] and not between.strip()


def _is_slip(document: Document, first: Sentence, copy: Sentence) -> bool:
    """Whether form and wording make it a slip: no code, no links, no address of the reader, no sections built alike."""
    blocks = document.blocks[first[0]], document.blocks[copy[0]]
    texts = blocks[0].text[slice(*first[1])], blocks[1].text[slice(*copy[1])]
    folded = words(texts[0])
    if folded != words(texts[1]) or any(mark.kind == "code" for block in blocks for mark in block.marks):
        return False
    if any(map(is_instruction, blocks)) or (first[0] != copy[0] and _opens_section(document, first) and _opens_section(document, copy)):
        return False
    return is_sure(texts, blocks, len(folded), beside=False)


def _opens_section(document: Document, sentence: Sentence) -> bool:
    """Whether the paragraph of a sentence stands right below a heading."""
    return sentence[0] > 0 and document.blocks[sentence[0] - 1].kind == "heading"
