"""Regular expressions that somebody wrote: read, checked, compiled and searched within limits."""
