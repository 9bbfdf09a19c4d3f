"""One table of a TOML file, with the lines its keys stand on."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edlint.errors import ConfigError, Place
from edlint.files.inputs import read_bytes


def load_toml(path: Path, table: tuple[str, ...]) -> tuple[Any, dict[str, int]]:
    """The value of a `table` by the parts of its name (none: the whole file), {} when it is missing, and the lines of its dotted keys.

    Lines count from 1, and are those of keys written at the start of a line.

    Raises ConfigError, with its Place, for a file that cannot be read or is not TOML.
    """
    import tomllib

    try:
        text = read_bytes(path).decode("utf-8")
        data: Any = tomllib.loads(text)
        nul = any("\0" in part for part in _texts(data))
    except RecursionError:
        raise ConfigError("is nested too deeply", Place(str(path))) from None
    except OSError as problem:
        raise ConfigError(f"cannot be read: {problem.strerror}", Place(str(path))) from None
    except UnicodeDecodeError:
        raise ConfigError("is not UTF-8", Place(str(path))) from None
    except ValueError:  # also for numbers of thousands of digits
        raise ConfigError("not valid TOML", Place(str(path), _faulty_line(text))) from None
    if nul:
        raise ConfigError("a NUL character is not allowed", Place(str(path)))
    for name in table:
        data = data.get(name, {}) if isinstance(data, dict) else {}
    return data, _lines(text, table)


def _faulty_line(text: str, seconds: float = 2) -> int | None:
    """The 1-based line of the first statement that is not TOML, found by leaving out lines at the end; None after so many `seconds`."""
    import tomllib

    lines = text.split("\n")
    end = time.monotonic() + seconds
    for count in range(len(lines) - 1, -1, -1):
        try:
            tomllib.loads("\n".join(lines[:count]))
        except (ValueError, RecursionError):
            if time.monotonic() > end:
                return None
        else:
            return count + 1
    return None


def _texts(value: object) -> Iterator[str]:
    """Every text in a value. Raises RecursionError for one that is nested too deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value:
            yield from _texts(item)
        yield from _texts(list(value.values())) if isinstance(value, dict) else ()


def _lines(text: str, table: tuple[str, ...]) -> dict[str, int]:
    lines: dict[str, int] = {}
    prefix = ""
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        if header:
            prefix = re.sub(r"[\"'\s]", "", header[1])
        elif key := re.match(r"""\s*(["']?)([\w.-]+)\1\s*=""", line):
            dotted = f"{prefix}.{key[2]}".removeprefix(".")
            if dotted.startswith(f"{'.'.join(table)}."):
                lines.setdefault(dotted.removeprefix(f"{'.'.join(table)}."), number)
    return lines
