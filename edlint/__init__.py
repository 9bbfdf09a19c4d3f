"""edlint: the linter that stands between a draft and publication."""

__version__ = "0.1.0"
