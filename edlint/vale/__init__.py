"""What exists for the sake of Vale: its configuration, its reading of drafts, its built-in style, its rule filters, and conversion."""
