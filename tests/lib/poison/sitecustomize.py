"""In every Python whose path begins with this folder, archives are checked by the worker on which some documents are poison."""

from edlint import subprocesses

_start = subprocesses.start
subprocesses.start = lambda module, environment=None: _start(module.replace("edlint.archive.worker", "poisonedworker"), environment)
