"""Vale's own cases and published styles, run through edlint: `python -m tests.conformance` prints how many alerts agree."""
