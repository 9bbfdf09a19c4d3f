"""Configuration: where it is found, what its keys mean, which rules it locks."""
