"""Ray Data: python with_ray.py ARTICLES.parquet FINDINGS (columns id and text)."""

import sys

import pyarrow as pa
import ray

import edlint


def lint(batch: pa.Table) -> pa.Table:
    return edlint.lint_batch(batch["text"].to_pylist(), batch["id"].to_pylist()).to_arrow()


if __name__ == "__main__":
    articles = ray.data.read_parquet(sys.argv[1], columns=["id", "text"])
    articles.map_batches(lint, batch_format="pyarrow", batch_size=500).write_parquet(sys.argv[2])
