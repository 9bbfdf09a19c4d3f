"""The build hook that puts the shipped rules, compiled, into a wheel, so that a first run neither reads nor compiles them.

It imports edlint from the tree that is being built. An editable install has none: there the rules are still being written.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface[Any]):
    """See https://hatch.pypa.io/latest/plugins/build-hook/custom/."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the rules into a file outside the tree, and have the wheel hold it."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from edlint.ruleset.packed import COMPILED, compile_shipped

        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / COMPILED
        file.write_bytes(compile_shipped())
        build_data["force_include"][str(file)] = f"edlint/rules/{COMPILED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove that file."""
        if hasattr(self, "folder"):
            self.folder.cleanup()
