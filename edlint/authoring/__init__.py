"""What people who write rules use: examples run and tried on drafts, schemas, tables of words."""
