"""Polars: python with_polars.py ARTICLES.parquet FINDINGS.parquet (columns id and text)."""

import sys

import polars as pl

import edlint


def lint(part: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(edlint.lint_batch(part["text"], part["id"]).to_arrow())


if __name__ == "__main__":
    schema = lint(pl.DataFrame({"id": [], "text": []})).schema
    pl.scan_parquet(sys.argv[1]).select("id", "text").map_batches(lint, schema=schema, streamable=True).sink_parquet(sys.argv[2])
