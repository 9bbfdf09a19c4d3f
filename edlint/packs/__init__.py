"""Packs that travel: their addresses, fetching them within limits, and the lock file that says which bytes are meant."""
