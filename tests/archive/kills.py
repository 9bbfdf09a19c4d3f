"""Kill an audit again and again, as a power failure would, and see that what it comes to is what it comes to undisturbed.

python -m tests.archive.kills 20
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lib")]

from articles import command, documents, findings, house, rows_of, run, write_lines  # noqa: E402

BATCH = 64  # documents that an engine hands on at a time


def killed(folder: Path, kills: int) -> tuple[int, Path, Path]:
    """Audit an archive of enough articles, killed so many times. Gives how often it was, and the folders of both audits."""
    config, source = house(folder), write_lines(folder / "archive.jsonl", rows_of(BATCH * (kills + 3)))
    whole, broken = folder / "whole", folder / "broken"
    options = ["--config", config, "--part", 1, "--jobs", 2]
    run("audit", source, "-o", whole, *options)
    done = 0
    for _ in range(kills):
        before = len(list((broken / "parts").glob("*"))) if broken.exists() else 0
        process = subprocess.Popen(command("audit", source, "-o", broken, *options), stdout=subprocess.DEVNULL, process_group=0)
        while process.poll() is None and (not broken.exists() or len(list((broken / "parts").glob("*.findings.parquet"))) * 2 <= before):
            time.sleep(0.002)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            done += 1
        process.wait()
    (broken / "parts" / "99999999.findings.parquet").write_bytes(b"half a file")
    run("audit", source, "-o", broken, *options)
    return done, whole, broken


def main() -> None:
    """See above."""
    wanted = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        done, whole, broken = killed(Path(folder), wanted)
        same = findings(whole) == findings(broken) and documents(whole) == documents(broken)
        print(f"killed {done} times of {wanted}: {len(documents(broken)):,} documents, {'the same' if same else 'NOT the same'} rows")
    sys.exit(not same)


if __name__ == "__main__":
    main()
