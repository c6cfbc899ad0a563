"""Archives out: Parquet, a folder a day."""

from pyspark.sql import DataFrame

#: The folder of what has no date of publication.
UNKNOWN = "unknown"


def write_by_day(frame: DataFrame, path: str, *, mode: str = "errorifexists") -> None:
    """Writes sheets or incidents as Parquet, in folders by day of publication.

    ``published_on=2025-05-11``; what has no date, bad reports among it, is in
    ``published_on=unknown``. The rows of a day are brought together first, so that a day is few files
    and not one of each task.
    """
    days = frame.repartition("published_on")
    days.write.mode(mode).partitionBy("published_on").parquet(path)
