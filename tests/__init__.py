"""The tests. A package, so that no other `tests` on the path hides `python -m tests.accuracy`."""
