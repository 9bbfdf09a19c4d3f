"""Where the program starts, as `edlint` and as `python -m edlint`.

With `-m`, Python searches the working folder first, and drafts come from anywhere: a `click.py` beside them must not be imported.
Until signals are answered nothing is imported that takes time: a Ctrl-C while the rest is ends the program as it does later, without
a traceback.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line on the arguments of this process, and exit with its status."""
    import signal

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # nohup, and shells with jobs in the background
            signal.signal(number, _leave)
    from edlint.cli import main as command_line

    command_line()


def _leave(number: int, frame: object) -> None:
    """End at once: nothing has been started or written yet."""
    if number == 2:  # SIGINT everywhere
        os.write(2, b"edlint: interrupted\n")
    os._exit(128 + number)


if __name__ == "__main__":
    here = os.getcwd()  # noqa: PTH109
    if sys.path[:1] == [here] and not os.path.abspath(__file__).startswith(os.path.join(here, "edlint", "")):  # noqa: PTH100, PTH118
        del sys.path[0]
    main()
