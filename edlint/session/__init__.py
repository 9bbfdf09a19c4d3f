"""Linting many drafts: cached results are reused, and the remaining drafts are shared among processes."""
