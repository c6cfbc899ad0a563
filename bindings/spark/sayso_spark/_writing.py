"""Archives out: Parquet, a folder a day."""

from pyspark.sql import DataFrame

#: The folder of what has no date of publication.
UNKNOWN = "unknown"

#: Rows of a file, at most: some 200 MB of sheets.
ROWS = 50_000


def write_by_day(
    frame: DataFrame, path: str, *, mode: str = "errorifexists", rows: int = ROWS
) -> None:
    """Writes sheets or incidents as Parquet, in folders by day of publication.

    ``published_on=2025-05-11``; what has no date, bad reports among it, is in
    ``published_on=unknown``. The rows of a day are brought together first, so that a day is few files
    and not one of each task; a day of many is several tasks (Spark's adaptive execution splits it
    into parts of ``spark.sql.adaptive.advisoryPartitionSizeInBytes``), and a file has ``rows`` rows
    at most.
    """
    if rows < 1:
        raise ValueError("`rows` is too small; give a positive number")
    days = frame.hint("rebalance", "published_on")
    written = days.write.mode(mode).option("maxRecordsPerFile", rows)
    written.partitionBy("published_on").parquet(path)
