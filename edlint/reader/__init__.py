"""A second reader: a language model of the user's own, behind a chat endpoint, examined before its word counts.

`guideline` and `question` say what it is asked and what its answer means, `client` asks, `reader` remembers, keeps to the budgets and
gives up in time, `weigh` makes its word count beside that of the rules, and `exam` finds out whether it is good enough.
"""
