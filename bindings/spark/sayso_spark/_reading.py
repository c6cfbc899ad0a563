"""Archives in: JSON lines, WARC and whatever else ``sayso code`` reads."""

import contextlib
import os
import shutil
import tempfile
from typing import Iterable, Iterator, Sequence, Union
from urllib.parse import unquote, urlparse

import pyarrow as pa
from pyarrow import fs
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from ._batches import SLICE, Row, arrow_schema, packed, slices

#: What reading gives and ``code_reports`` takes: a report as JSON, what its reader noted, the error
#: of one that cannot be read, and the file that it is from.
REPORTS = StructType(
    [
        StructField("report", StringType()),
        StructField("notes", StringType()),
        StructField("error", StringType()),
        StructField("source", StringType()),
    ]
)


def read_jsonl(spark: SparkSession, paths: Union[str, Sequence[str]]) -> DataFrame:
    """Reports of JSON lines, one a line; files may be compressed.

    The lines themselves are handed on, so that they mean what they mean to ``sayso code``.
    """
    lines = spark.read.text([paths] if isinstance(paths, str) else list(paths))
    return lines.where(F.trim("value") != "").select(
        F.col("value").alias("report"),
        F.lit(None).cast("string").alias("notes"),
        F.lit(None).cast("string").alias("error"),
        F.input_file_name().alias("source"),
    )


def read_files(spark: SparkSession, paths: Union[str, Sequence[str]]) -> DataFrame:
    """Reports of files that ``sayso code`` reads: WARC, web pages, feeds, Telegram exports, text.

    One task a file, read as a stream; a file that is not on the worker's own disk is copied there
    first, and removed. Folders are read with what lies below them.
    """
    files = (
        spark.read.format("binaryFile")
        .option("recursiveFileLookup", "true")
        .load([paths] if isinstance(paths, str) else list(paths))
        .select("path")
    )
    count = max(1, files.count())
    schema = arrow_schema(REPORTS)

    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in slices(batches, 1):
            yield from packed(_reports(batch.column("path")[0].as_py()), schema)

    # As many partitions as files, so that no worker reads all of them.
    return files.repartitionByRange(count, "path").mapInArrow(read, REPORTS)


def _reports(path: str) -> Iterator[Row]:
    from sayso._native import ArchiveFile

    with _local(path) as local:
        file = ArchiveFile(local)
        while taken := file.take(SLICE):
            for report, notes, error in taken:
                yield {"report": report, "notes": notes, "error": error, "source": path}


@contextlib.contextmanager
def _local(path: str) -> Iterator[str]:
    """A file of this machine with the content, and the name, of ``path``."""
    parts = urlparse(path)
    if parts.scheme in ("", "file"):
        yield unquote(parts.path)
        return
    filesystem, inside = fs.FileSystem.from_uri(path)
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        copy = os.path.join(folder, os.path.basename(inside))
        with filesystem.open_input_stream(inside, compression=None) as stream:
            with open(copy, "wb") as out:
                shutil.copyfileobj(stream, out)
        yield copy
