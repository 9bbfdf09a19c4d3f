"""`python -m edlint`: the command line, for where the script is not on the path."""

from edlint.cli import main

if __name__ == "__main__":
    main()
