"""`edlint lsp`: a language server for editors, a thin door on the same Linter. Needs the extra `[lsp]` (pygls).

stream → server → work (one thread, LiveSession) → diagnostics → editor
               ↘ hover, actions: what the last result says of a place
"""
