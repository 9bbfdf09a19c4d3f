"""What some tests need beside edlint, real programs and the texts of others: where it is missing they are skipped, unless it is required.

`EDLINT_REQUIRE` lists the components that must be there, separated by commas: a test that needs one of them fails where it is missing.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

COMPONENTS = {
    "actionlint": "actionlint, a Go program",
    "archive": "the extra `archive`, with Daft",
    "chromium": "Chromium",
    "daft": "Daft",
    "dask": "Dask",
    "fish": "the shell fish",
    "hooks": "pre-commit installs edlint with what it needs from the package index",
    "languagetool": "the real LanguageTool, from Maven Central",
    "llamacpp": "llama-server of llama.cpp",
    "libreoffice": "LibreOffice without a window",
    "pandoc": "pandoc",
    "polars": "Polars",
    "powershell": "PowerShell",
    "poppler": "pdftotext and pdftoppm of poppler-utils",
    "neovim": "Neovim",
    "ray": "Ray Data",
    "reviewdog": "reviewdog, a Go program",
    "sarif": "Microsoft's SARIF validator, from npm",
    "spark": "Spark, with Java",
    "vscode": "the extension for Visual Studio Code, built with packages from npm",
    "zizmor": "zizmor, of the extra `dev`",
    "zsh": "the shell zsh",
    "shared": "texts of others, which are not in this repository but in ../shared",
}
SHARED = Path(__file__).resolve().parents[3] / "shared"


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


def shared(path: str) -> Path:
    """A file or folder below ../shared; see `missing`."""
    if not (SHARED / path).exists():
        missing("shared", f"no {path}")
    return SHARED / path


def library(component: str, name: str) -> None:
    """Skip the tests of a module without a library that they need."""
    from importlib.util import find_spec

    if not find_spec(name):
        if required(component):
            missing(component, f"{name} is not installed")
        pytest.skip(f"{component} is missing: {name} is not installed", allow_module_level=True)
