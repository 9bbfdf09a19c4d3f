"""How right edlint is, printed: `python -m tests.accuracy SUBJECT [FILE]`. Needs labelled data, which is not in this repository."""
