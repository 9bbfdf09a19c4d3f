"""A page on this computer for people without a terminal: `edlint serve`."""
