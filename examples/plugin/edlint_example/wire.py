"""The format `wire`: agency copy. The line after `HED:` is the title, every other line a paragraph; a line with a key is none."""

from __future__ import annotations

import re

from edlint.model.document import Block, Document
from edlint.model.source import Source
from edlint.text.sourcemap import SourceMap

_LINE = re.compile(r"[^\r\n]+")
_KEY = re.compile(r"([A-Z]{2,5}):[ \t]*")


def read(source: Source) -> Document:
    """Parse one draft."""
    blocks = []
    for line in _LINE.finditer(source.text):
        key = _KEY.match(line[0])
        text = line[0][key.end() :] if key else line[0]
        if text.strip() and (key is None or key[1] == "HED"):
            start = line.end() - len(text)
            blocks.append(Block("title" if key else "paragraph", text, SourceMap.verbatim(start), level=1 if key else 0))
    return Document(source, "wire", tuple(blocks))
