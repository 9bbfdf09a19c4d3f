"""Daft: python with_daft.py ARTICLES.parquet FINDINGS (columns id and text). `edlint archive audit` does more."""

import sys

import daft
import pyarrow as pa

import edlint

ROWS = pa.list_(pa.struct(edlint.lint_batch([]).to_arrow().schema))


@daft.func.batch(return_dtype=daft.DataType.from_arrow_type(ROWS), batch_size=500)
def lint(ids: daft.Series, texts: daft.Series) -> daft.Series:
    found = edlint.lint_batch(texts.to_pylist(), ids.to_pylist()).to_arrow().to_pylist()
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in ids.to_pylist()}
    for row in found:
        rows[row["doc_id"]].append(row)
    return daft.Series.from_arrow(pa.array(list(rows.values()), ROWS))


if __name__ == "__main__":
    articles = daft.read_parquet(sys.argv[1])
    found = articles.select(lint(articles["id"], articles["text"]).alias("row")).explode("row").where(daft.col("row").not_null())
    found.select(*(found["row"].get(name).alias(name) for name in edlint.lint_batch([]))).write_parquet(sys.argv[2])
