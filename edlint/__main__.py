"""`python -m edlint`: the command line, for where the script is not on the path.

Python searches the working folder first then, and drafts come from anywhere: a `click.py` beside them must not be imported.
"""

import os
import sys

if __name__ == "__main__":
    here = os.getcwd()  # noqa: PTH109
    if sys.path[:1] == [here] and not os.path.abspath(__file__).startswith(os.path.join(here, "edlint", "")):  # noqa: PTH100, PTH118
        del sys.path[0]
    from edlint.cli import main

    main()
