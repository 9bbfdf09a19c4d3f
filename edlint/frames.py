"""What passes between this process and those that help it: frames of plain values, each behind its length in four bytes."""

from __future__ import annotations

import marshal
from typing import IO, Any


def send(stream: IO[bytes], value: Any) -> None:
    """Write a value that marshal knows. Raises OSError when nobody reads any more."""
    data = marshal.dumps(value)
    stream.write(len(data).to_bytes(4) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next value, or None when the other side has gone."""
    head = stream.read(4)
    data = stream.read(int.from_bytes(head)) if len(head) == 4 else b""
    return marshal.loads(data) if data and len(data) == int.from_bytes(head) else None
