"""Real programs that some tests run beside edlint: where one is missing its tests are skipped, unless it is required.

`EDLINT_REQUIRE` lists the components that must be there, separated by commas: a test that needs one of them fails where it is missing.
"""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

COMPONENTS = {
    "chromium": "Chromium",
    "hooks": "pre-commit installs edlint with what it needs from the package index",
    "languagetool": "the real LanguageTool, from Maven Central",
    "libreoffice": "LibreOffice without a window",
    "pandoc": "pandoc",
    "poppler": "pdftotext and pdftoppm of poppler-utils",
    "reviewdog": "reviewdog, a Go program",
    "sarif": "Microsoft's SARIF validator, from npm",
}


def required(component: str) -> bool:
    """Whether `component` must be there. Raises ValueError when EDLINT_REQUIRE names one that does not exist."""
    wanted = {name.strip() for name in os.environ.get("EDLINT_REQUIRE", "").split(",")} - {""}
    if unknown := wanted - set(COMPONENTS):
        raise ValueError(f"EDLINT_REQUIRE: unknown {', '.join(sorted(unknown))}; known: {', '.join(COMPONENTS)}")
    return component in wanted


def missing(component: str, reason: str) -> NoReturn:
    """Skip the test because `component` is missing, or fail it where the component is required."""
    said = f"{COMPONENTS[component]}: {reason}"
    if required(component):
        pytest.fail(f"required here, but missing: {said}", pytrace=False)
    pytest.skip(said)


def program(component: str, *names: str) -> str:
    """The full path of the first of the programs `names` (default: the component's own name) that is installed; else see `missing`."""
    for name in names or (component,):
        found = shutil.which(name)
        if found:
            return found
    missing(component, "not installed")
