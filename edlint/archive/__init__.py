"""Many articles at once: one function over a batch of texts, and what an archive's desk builds on it."""
