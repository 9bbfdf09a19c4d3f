"""Spark: python with_spark.py ARTICLES.parquet FINDINGS (columns id and text)."""

import sys
from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import SparkSession

import edlint


def lint(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from edlint.lint_batch(batch["text"].to_pylist(), batch["id"].to_pylist()).to_arrow().to_batches()


if __name__ == "__main__":
    spark = SparkSession.builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "500").getOrCreate()
    names = {"string": "string", "int32": "int", "int64": "bigint"}
    schema = ", ".join(f"{field.name} {names[str(field.type)]}" for field in edlint.lint_batch([]).to_arrow().schema)
    spark.read.parquet(sys.argv[1]).select("id", "text").mapInArrow(lint, schema).write.parquet(sys.argv[2])
