"""Fuzzing: `python -m tests.fuzz` throws random drafts, rules, configurations and command lines at edlint until its time is up."""
