"""The real LanguageTool for tests: fetched once, started when needed."""
