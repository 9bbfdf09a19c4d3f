"""Dask: python with_dask.py ARTICLES.parquet FINDINGS (columns id and text)."""

import sys

import dask.dataframe as dd
import pandas as pd

import edlint


def lint(part: pd.DataFrame) -> pd.DataFrame:
    return edlint.lint_batch(part["text"], part["id"]).to_arrow().to_pandas(types_mapper=pd.ArrowDtype)


if __name__ == "__main__":
    articles = dd.read_parquet(sys.argv[1], columns=["id", "text"])
    empty = edlint.lint_batch([]).to_arrow().to_pandas(types_mapper=pd.ArrowDtype)
    articles.map_partitions(lint, meta=empty).to_parquet(sys.argv[2])
