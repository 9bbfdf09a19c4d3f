"""After linting: what the baseline accepts, what a change left alone, and what fixes mend."""
