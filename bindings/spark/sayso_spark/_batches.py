"""Rows that pass through Python: small batches out, and groups of rows that come sorted."""

import json
from typing import Any, Callable, Dict, Iterable, Iterator, List, Sequence, Tuple

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StructType

Row = Dict[str, Any]

#: Rows that are worked on at once: memory of a worker grows with them, and not with its batches.
SLICE = 64

#: Characters and bytes that a batch holds before it is sent on: a sheet may be as large as its report.
LARGE = 32 << 20


def arrow_schema(schema: StructType) -> pa.Schema:
    """The Arrow schema of a schema of Spark."""
    return to_arrow_schema(schema)


def slices(batches: Iterable[pa.RecordBatch], rows: int = SLICE) -> Iterator[pa.RecordBatch]:
    """The rows of batches, few at a time."""
    for batch in batches:
        for start in range(0, batch.num_rows, rows):
            yield batch.slice(start, rows)


def packed(rows: Iterable[Row], schema: pa.Schema, most: int = SLICE) -> Iterator[pa.RecordBatch]:
    """Rows as batches of ``most`` rows, fewer where they are large."""
    waiting: List[Row] = []
    size = 0
    for row in rows:
        waiting.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, (str, bytes)))
        if len(waiting) >= most or size >= LARGE:
            yield pa.RecordBatch.from_pylist(waiting, schema=schema)
            waiting, size = [], 0
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema=schema)


def groups(batches: Iterable[pa.RecordBatch], key: str) -> Iterator[Tuple[Any, List[Row]]]:
    """The rows of each value of ``key``; rows of one value come one after another."""
    current: List[Row] = []
    for batch in slices(batches):
        for row in batch.to_pylist():
            if current and current[0][key] != row[key]:
                yield current[0][key], current
                current = []
            current.append(row)
    if current:
        yield current[0][key], current


def by_group(
    frame: DataFrame,
    key: str,
    work: Callable[[Any, List[Row]], Iterable[Row]],
    schema: StructType,
) -> DataFrame:
    """Calls ``work`` on the rows of each value of ``key``.

    As ``groupBy(key).applyInArrow`` does, without a call across languages for each group: most
    groups are of one row.
    """
    columns = arrow_schema(schema)

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        made = (row for value, rows in groups(batches, key) for row in work(value, rows))
        return packed(made, columns)

    return frame.repartition(key).sortWithinPartitions(key).mapInArrow(run, schema)


def columns_of(batch: "pa.RecordBatch | pa.Table", names: Sequence[str]) -> List[List[Any]]:
    """Columns of a batch as lists."""
    return [batch.column(name).to_pylist() for name in names]


def in_words(error: str) -> str:
    """What an error of the coder says."""
    return str(json.loads(error).get("message") or error)


def beginning(content: bytes) -> str:
    """The first characters of something, on one line: what it can be found by."""
    text = " ".join(content[:400].decode("utf-8", "replace").split())
    return f"“{text[:80]}{'…' if len(text) > 80 or len(content) > 400 else ''}”"


def id_of(value: Any) -> "str | None":
    """The ``id`` of a JSON object, where it has one.

    JSON may write half of a character, which no text and no column can hold: such an id is none.
    """
    found = value.get("id") if isinstance(value, dict) else None
    if not isinstance(found, str):
        return None
    try:
        found.encode("utf-8")
    except UnicodeEncodeError:
        return None
    return found
