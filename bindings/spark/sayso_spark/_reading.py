"""Archives in: JSON lines, WARC and whatever else ``sayso code`` reads."""

import contextlib
import os
import re
import shutil
import tempfile
import time
from typing import Any, Iterable, Iterator, Sequence, Tuple, Union

import pyarrow as pa
from pyarrow import fs
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType, StringType, StructField, StructType

from ._batches import SLICE, Row, arrow_schema, packed, slices

#: What reading gives and ``code_reports`` takes: the bytes of a report as JSON, what its reader noted,
#: in words what is wrong with one that cannot be read, and the file that it is from.
REPORTS = StructType(
    [
        StructField("report", BinaryType()),
        StructField("notes", StringType()),
        StructField("error", StringType()),
        StructField("source", StringType()),
    ]
)

#: Files of other places up to this size come through Spark, which can read wherever it can list.
THROUGH_SPARK = 512 << 20

#: How often a worker asks for a file, and how many seconds it waits in between.
TRIES = (0, 1, 5)

#: A path of the worker's own disk.
_LOCAL = r"^(file:)?/"

#: Schemes that pyarrow knows by another name.
_SCHEMES = {"s3a": "s3", "s3n": "s3", "gcs": "gs"}
_AZURE = ("wasb", "wasbs", "abfs", "abfss")


def read_jsonl(spark: SparkSession, paths: Union[str, Sequence[str]]) -> DataFrame:
    """Reports of JSON lines, one a line; files may be compressed.

    The bytes of the lines are handed on, so that they mean what they mean to ``sayso code``, in
    whatever encoding they are.
    """
    reader = spark.read.option("lineSep", "\n")
    lines = reader.text([paths] if isinstance(paths, str) else list(paths))
    return lines.where(F.col("value").rlike(r"\S")).select(
        F.col("value").cast("binary").alias("report"),
        F.lit(None).cast("string").alias("notes"),
        F.lit(None).cast("string").alias("error"),
        F.input_file_name().alias("source"),
    )


def read_files(
    spark: SparkSession, paths: Union[str, Sequence[str]], *, through_spark: int = THROUGH_SPARK
) -> DataFrame:
    """Reports of files that ``sayso code`` reads: WARC, web pages, feeds, Telegram exports, text.

    One task a file, read as a stream; folders are read with what lies below them. A file of another
    place than the worker's own disk is kept there while it is read: Spark hands it over, as it reads
    it from wherever it has listed it, which takes some three times its size in memory; one of more
    than ``through_spark`` bytes the worker fetches itself, by pyarrow. A file that cannot be fetched
    is a row with an ``error``.
    """
    if not 0 <= through_spark < 2**31:
        raise ValueError("`through_spark` is too large; give bytes below 2 GiB")
    schema = arrow_schema(REPORTS)
    files = (
        spark.read.format("binaryFile")
        .option("recursiveFileLookup", "true")
        .load([paths] if isinstance(paths, str) else list(paths))
    )
    local = F.col("path").rlike(_LOCAL)
    handed = ~local & (F.col("length") <= through_spark)
    fetched = files.where(~handed).select("path")
    counts = files.agg(F.count_if(~handed).alias("fetched"), F.count_if(handed).alias("handed"))
    count = counts.collect()[0]

    def fetch(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in slices(batches, 1):
            yield from packed(_reports(batch.column("path")[0].as_py()), schema)

    def take(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in slices(batches, 1):
            path, content = batch.column("path")[0].as_py(), batch.column("content")[0]
            yield from packed(_reports(path, content.as_buffer()), schema)

    # As many partitions as files, so that no worker reads all of them.
    parts = fetched.repartitionByRange(max(1, count["fetched"]), "path")
    found = parts.mapInArrow(fetch, REPORTS)
    if not count["handed"]:
        return found
    # Spark reads no file that is larger than this asks for.
    within = files.where(F.col("length") <= through_spark).where(handed)
    return found.unionByName(within.select("path", "content").mapInArrow(take, REPORTS))


def _reports(path: str, content: Any = None) -> Iterator[Row]:
    from sayso._native import ArchiveFile

    try:
        with _kept(path, content) as local:
            file = ArchiveFile(local)
            while taken := file.take(SLICE):
                for report, notes, error in taken:
                    yield {
                        "report": None if report is None else report.encode("utf-8"),
                        "notes": notes,
                        # The file is called what it is called where it came from.
                        "error": None if error is None else error.replace(local, path),
                        "source": path,
                    }
    except (OSError, ValueError, NotImplementedError, pa.ArrowException) as error:
        yield {"error": f"{path} cannot be read: {error}", "source": path}


@contextlib.contextmanager
def _kept(path: str, content: Any) -> Iterator[str]:
    """A file of this machine with the content, and the name, of ``path``."""
    if content is None and re.match(_LOCAL, path):
        # A path of Spark's is written as it is: no `?`, `#` or `%` in it means anything.
        yield re.sub(r"^file:(?=/)", "", path)
        return
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        copy = os.path.join(folder, path.rstrip("/").rsplit("/", 1)[-1])
        with open(copy, "wb") as out:
            if content is None:
                _fetched(path, out)
            else:
                out.write(content)
        yield copy


def _fetched(path: str, out: Any) -> None:
    """Copies a file of another place; asks again where the way there fails."""
    for wait in TRIES:
        time.sleep(wait)
        try:
            filesystem, inside = _filesystem(path)
            with filesystem.open_input_stream(inside, compression=None) as stream:
                out.seek(0)
                out.truncate()
                shutil.copyfileobj(stream, out, 1 << 20)
            return
        except FileNotFoundError:
            raise
        except OSError:
            if wait == TRIES[-1]:
                raise


def _filesystem(path: str) -> Tuple[Any, str]:
    """What pyarrow reads a path with, and the path in it."""
    scheme, authority, inside = _parts(path)
    if scheme == "dbfs":
        # Databricks mounts it.
        return fs.LocalFileSystem(), f"/dbfs/{inside}"
    if scheme in _AZURE:
        container, _, account = authority.partition("@")
        azure = fs.AzureFileSystem(account_name=account.partition(".")[0])
        return azure, f"{container}/{inside}"
    filesystem, root = fs.FileSystem.from_uri(f"{_SCHEMES.get(scheme, scheme)}://{authority}/")
    return filesystem, f"{root.rstrip('/')}/{inside}"


def _parts(path: str) -> Tuple[str, str, str]:
    """Scheme, authority, and the rest as it is written: no character of it means anything."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/]*))?/*(.*)\Z", path, re.DOTALL)
    if not found:
        raise ValueError("no scheme such as s3a:// or hdfs://")
    scheme, authority, inside = found.groups()
    return scheme.lower(), authority or "", inside
