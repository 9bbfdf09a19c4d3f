"""LanguageTool: a server the user names, or a local one that edlint starts and shares between runs."""
