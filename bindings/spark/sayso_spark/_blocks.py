"""Blocks of reports that are compared with each other.

Reports meet by keys that they share (rare names, private people, bands of a text's signature) in
neighbouring stretches of time. A block has the reports of one stretch and, as overlap, those of the
next. One that has too many is cut by its keys, and where one key has too many, its reports are dealt
into chunks, of which every two are a block: no block has more than twice ``limit`` reports.
"""

import math
from typing import Callable, Dict, List, Tuple

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

#: What a block is told by.
PLACE = ["at", "part", "low", "high"]


def in_blocks(
    rows: DataFrame,
    limit: int,
    compare: Callable[[pa.Table], pa.Table],
    schema: StructType,
) -> DataFrame:
    """Calls ``compare`` on every block of ``rows``, which have ``report``, ``stretch`` and ``keys``.

    It finds in the block, beside the rows' other columns: ``cuts``, ``part``, ``low`` and ``high``,
    the same for all; ``home`` and ``chunk`` of each.
    """
    rows = rows.where(F.size("keys") > 0)
    return blocks(rows, limit).groupBy(*PLACE).applyInArrow(compare, schema)


def blocks(rows: DataFrame, limit: int) -> DataFrame:
    """``rows``, once for each block that they are in."""
    spark = rows.sparkSession
    cuts = spark.createDataFrame(_cuts(rows, limit), "at int, cuts bigint")
    spread = (
        rows.withColumn("at", F.explode(F.array("stretch", F.col("stretch") - 1)))
        .join(F.broadcast(cuts), "at")
        .withColumn(
            "part",
            F.explode(F.expr("array_distinct(transform(keys, key -> pmod(key, cuts)))")),
        )
        .withColumn("home", F.col("at") == F.col("stretch"))
        .drop("keys", "stretch")
    )
    many = spread.groupBy("at", "part").count().where(F.col("count") > limit).collect()
    chunks = [(row["at"], row["part"], math.ceil(row["count"] / limit)) for row in many]
    dealt = spark.createDataFrame(chunks, "at int, part bigint, chunks int")
    return (
        spread.join(F.broadcast(dealt), ["at", "part"], "left")
        .withColumn("chunks", F.coalesce("chunks", F.lit(1)))
        .withColumn("chunk", F.expr("cast(pmod(xxhash64(report), chunks) as int)"))
        .withColumn("other", F.explode(F.expr("sequence(0, chunks - 1)")))
        .withColumn("low", F.least("chunk", "other"))
        .withColumn("high", F.greatest("chunk", "other"))
        .drop("chunks", "other")
    )


def _cuts(rows: DataFrame, limit: int) -> List[Tuple[int, int]]:
    """Into how many parts the keys of each stretch, and of the next, are cut."""
    counted = rows.groupBy("stretch").agg(
        F.count("*").alias("reports"), F.sum(F.size("keys")).alias("keys")
    )
    sizes: Dict[int, Tuple[int, int]] = {
        row["stretch"]: (row["reports"], row["keys"]) for row in counted.collect()
    }
    cuts = []
    for stretch, (reports, keys) in sorted(sizes.items()):
        more, more_keys = sizes.get(stretch + 1, (0, 0))
        parts = 1 if reports + more <= limit else math.ceil((keys + more_keys) / limit)
        cuts.append((stretch, parts))
    return cuts


def block_of(table: pa.Table) -> Tuple[Tuple[int, int, bool], List[Tuple[bool, int]]]:
    """What the native half asks of a block: cuts, part, whether across chunks; home and chunk of
    each report."""
    first = table.slice(0, 1).to_pylist()[0]
    across = first["low"] != first["high"]
    home, chunk = table.column("home").to_pylist(), table.column("chunk").to_pylist()
    return (first["cuts"], first["part"], across), list(zip(home, chunk))
