"""The pages and snapshots that are made from the code: `python -m tests.docs` writes them, tests/test_docs.py compares them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
