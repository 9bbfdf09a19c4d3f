"""The pages and snapshots that are made from the code: `python -m tests.docs` writes them, tests/test_docs.py compares them."""

from pathlib import Path

NOTE = "*This page is generated from the code by `make docs`: edit the code, not the page.*"
ROOT = Path(__file__).resolve().parents[2]
