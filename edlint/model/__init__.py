"""The nouns: frozen values that read and write nothing."""
