"""Matching: where the words of all rules stand in one document.

The ideas, in the order of the modules:

- *plain* and *folded* text (text): a document's text with straight quotes and plain blanks, and that in lower case, each of the
  same length as the text itself, so that an offset holds for all of them
- *visible* document (visible): a document without the characters that nobody sees
- *scope* (scope): which blocks a rule looks at
- *unit* (units): what a rule judges at a time: a block, a line or a sentence
- *term* (prefilter): a phrase or a regex that a rule looks for
- *literal* (strings): folded text that an automaton can find, here and there at the edge of a word
- *prefilter* (prefilter): the literals of which one must occur wherever a term does, and whether they begin the match
- *occurrences* (occurrences): where the literals of all rules stand in one document, found in one pass
- *hit* (scan): where a term stands in a unit
- *scan* (scan): one document with its units, occurrences and hits; what a check is given

Prefilters spare work and change no result: a Scan without them finds the same.
"""
