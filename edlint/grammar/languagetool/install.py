"""LanguageTool on this machine: found, or fetched and verified by language-tool-python, and remembered."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from edlint.errors import EngineError
from edlint.files.folders import cache_place, write_private
from edlint.model.config import GrammarConfig
from edlint.text.lazy import lazy

_VERSION = lazy(r"(?:languagetool-(?:server|core)|LanguageTool)-(\d[\w.-]*?)(?:\.jar)?\Z")
HOW = "run `edlint languagetool install` (or `install --jars FOLDER`); Java 17 or newer must be there"


class Install(NamedTuple):
    """LanguageTool's jars: their folder (absolute) and their version."""

    folder: Path
    version: str

    @property
    def classpath(self) -> str:
        """The class path that suits a release's folder as well as a folder of jars."""
        return os.pathsep.join([str(self.folder / "*"), str(self.folder), str(self.folder / "libs" / "*")])


def find() -> Install:
    """The LanguageTool to use: the one installed by edlint, or any language-tool-python knows. Raises EngineError."""
    record = _record()
    try:
        data = json.loads(record.read_bytes()) if record else None
        if data and has_server(Path(data["folder"])):
            return Install(Path(data["folder"]), data["version"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    folder = _known_folder()
    if folder is None or not has_server(folder):
        raise EngineError("LanguageTool is not installed", hint=HOW)
    return use(folder)


def use(folder: Path) -> Install:
    """Take LanguageTool from a folder of jars from now on. Raises EngineError when its server is not there."""
    folder = folder.absolute()
    if not has_server(folder):
        raise EngineError(f"{folder} holds no LanguageTool server", hint="a folder with languagetool-server….jar and the jars it needs")
    install = Install(folder, version_of(folder))
    record = _record()
    if record:
        write_private(record, json.dumps({"folder": str(folder), "version": install.version}).encode())
    return install


def fetch(version: str = "") -> Install:
    """Download a version (default: the one language-tool-python is made for), check its sum, and use it. Raises EngineError.

    Shows its progress on standard error.
    """
    check_java()
    from language_tool_python import download_lt
    from language_tool_python.exceptions import LanguageToolError

    try:
        wanted = download_lt.LocalLanguageTool.from_version_name(version or download_lt.LTP_DOWNLOAD_VERSION)
        if wanted not in wanted.get_installed_versions():
            wanted.download()
        return use(wanted.get_directory_path())
    except (LanguageToolError, OSError, ValueError) as fault:
        hint = "or fetch the jars in another way and run `edlint languagetool install --jars FOLDER`"
        raise EngineError(f"LanguageTool cannot be fetched: {fault}", hint=hint) from None


def check_java() -> None:
    """Raise EngineError unless there is a Java that runs today's LanguageTool."""
    from subprocess import CalledProcessError

    from language_tool_python.download_lt import confirm_java_compatibility

    try:
        confirm_java_compatibility()
    except ModuleNotFoundError:
        raise EngineError("LanguageTool needs Java, which is not installed", hint="install Java 17 or newer") from None
    except (SystemError, SystemExit, OSError, CalledProcessError) as fault:
        raise EngineError(f"LanguageTool needs Java 17 or newer: {fault}") from None


def has_server(folder: Path) -> bool:
    """Whether LanguageTool's server is in a folder."""
    return any(folder.glob("languagetool-server*.jar"))


def version_of(folder: Path) -> str:
    """The version told by the names of the jars or of their folder, or "unknown"."""
    names = [*sorted(path.name for path in folder.glob("languagetool-*.jar")), folder.name]
    return next((found[1] for name in names if (found := _VERSION.search(name))), "unknown")


def _record() -> Path | None:
    """The file that records which LanguageTool to use."""
    cache = cache_place()
    return cache / "languagetool.json" if cache else None


def _known_folder() -> Path | None:
    """The folder language-tool-python would use, without fetching anything."""
    given = os.environ.get("LTP_JAR_DIR_PATH")
    if given:
        return Path(given)
    from language_tool_python.download_lt import LocalLanguageTool

    latest = LocalLanguageTool.get_latest_installed_version()
    return latest.get_directory_path() if latest else None


def version(config: GrammarConfig) -> str | None:
    """The version of LanguageTool that will answer; None where it is not installed, or a server of which nobody says when it is renewed."""
    if config.server:
        return None
    try:
        return find().version
    except EngineError:
        return None
