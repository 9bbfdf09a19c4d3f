"""Every git process starts here: told to run nothing that a repository names, and to reach nothing but what it may.

A repository is somebody else's, its configuration included.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from shutil import which
from typing import IO

# Settings that stand above a repository's own: no monitor of files, no hooks, and no repository that only looks like a folder.
_SETTINGS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "safe.bareRepository=explicit")
# Nothing is fetched from the remote of a partial clone (before git 2.45 only GIT_ALLOW_PROTOCOL keeps a remote's program from
# running), and no object is read in place of another.
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
# The user's own word on how git reaches a server. The others steer git: in a hook they name one repository, and another may be meant.
_KEPT = ("GIT_CONFIG_", "GIT_SSH", "GIT_SSL_", "GIT_HTTP_", "GIT_ASKPASS", "GIT_PROXY_")

Stream = int | IO[bytes]


def start(
    args: Sequence[str | bytes],
    *,
    stdin: Stream = subprocess.PIPE,
    stdout: Stream = subprocess.PIPE,
    stderr: Stream,
    protocol: str = "none",
) -> subprocess.Popen[bytes]:
    """Start git. It may use one `protocol` to reach another repository. Raises FileNotFoundError where there is no git."""
    program = which("git", path=os.pathsep.join(filter(os.path.isabs, os.get_exec_path())))
    if program is None or not os.path.isabs(program):  # noqa: PTH117 (on Windows also one that lies in the working folder is found)
        raise FileNotFoundError("there is no git to run")
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    command = [program, "--no-pager", *settings, *args]
    return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr, env=_environment(protocol))


def _environment(protocol: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return {**kept, **_ENVIRONMENT, "GIT_ALLOW_PROTOCOL": protocol}
