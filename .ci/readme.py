"""The build hook that gives the package index the README, with links and pictures that lead to the repository from wherever it is shown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(\]\()(?![a-z]+:|#)([^)\s]+\))")
_PICTURE = re.compile(r'((?:src|srcset)=")(?![a-z]+:)([^"]+")')


class Readme(MetadataHookInterface):
    """See https://hatch.pypa.io/latest/plugins/metadata-hook/custom/."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the readme."""
        text = absolute((Path(self.root) / "README.md").read_text("utf-8"))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def absolute(text: str) -> str:
    """A page of the repository's root with every relative link and picture made absolute."""
    text = _LINK.sub(r"\1https://github.com/edlint/edlint/blob/main/\2", text)
    return _PICTURE.sub(r"\1https://raw.githubusercontent.com/edlint/edlint/main/\2", text)
