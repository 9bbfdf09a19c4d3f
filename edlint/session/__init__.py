"""Linting many drafts: what is known already is looked up, what is not is shared among processes."""
