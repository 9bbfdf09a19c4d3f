"""Reading and writing files: which, how large, in what form, and never by halves."""
