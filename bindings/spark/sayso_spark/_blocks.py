"""Blocks of reports that are compared with each other.

Reports meet by keys that they share (rare names, private people, bands of a text's signature) in
neighbouring stretches of time. A block has the reports of one stretch and, as overlap, those of the
next. One that has too many is cut by its keys, and where one key has too many, its reports are dealt
into chunks, of which every two are a block: a block has two chunks, of about ``limit`` reports each.

A report goes to each block that it is in with all that it is compared by: what is cut is cut by few
keys. One that no other report has brings no pair, and of keys that the same reports have one is
enough (`_meeting`). Which keys these are is found out by keys and hashes of ids alone.
"""

import math
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, Window
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
    the same for all; ``home`` and ``chunk`` of each; and ``keys``, by which reports meet there, or
    null where all of them count.
    """
    return blocks(rows, limit).groupBy(*PLACE).applyInArrow(compare, schema)


def blocks(rows: DataFrame, limit: int) -> DataFrame:
    """``rows``, once for each block that they are in."""
    rows = rows.where(F.size("keys") > 0)
    sizes = _counted(rows.groupBy("stretch").agg(F.count("*").alias("reports")), "stretch")
    if all(size + sizes.get(at + 1, 0) <= limit for at, size in sizes.items()):
        return _uncut(rows, sizes)
    return _cut(rows, sizes, limit)


def _uncut(rows: DataFrame, sizes: Dict[int, int]) -> DataFrame:
    """A block for each stretch."""
    spread = rows.withColumn("at", F.explode(F.array("stretch", F.col("stretch") - 1)))
    # A stretch before the first has overlap and nothing of its own.
    own = spread.where(F.col("at").isin(sorted(sizes))) if len(sizes) <= 100 else spread
    whole = {"cuts": 1, "part": 0, "chunk": 0, "low": 0, "high": 0}
    return own.select(
        *(name for name in own.columns if name not in ("keys", "stretch")),
        (F.col("at") == F.col("stretch")).alias("home"),
        *(F.lit(value).cast(_kind(name)).alias(name) for name, value in whole.items()),
        F.lit(None).cast("array<bigint>").alias("keys"),
    )


def _kind(name: str) -> str:
    return "bigint" if name in ("cuts", "part") else "int"


def _cut(rows: DataFrame, sizes: Dict[int, int], limit: int) -> DataFrame:
    """Blocks by parts of keys, and by chunks."""
    spark = rows.sparkSession
    met = _meeting(rows).persist(StorageLevel.DISK_ONLY)
    counted = met.groupBy("at").agg(
        F.count("*").alias("reports"), F.sum(F.size("keys")).alias("keys")
    )
    cuts = [
        (row["at"], 1 if row["reports"] <= limit else math.ceil(row["keys"] / limit))
        for row in counted.collect()
    ]
    parts = (
        met.join(F.broadcast(spark.createDataFrame(cuts, "at int, cuts bigint")), "at")
        .withColumn(
            "part",
            F.explode(F.expr("array_distinct(transform(keys, key -> pmod(key, cuts)))")),
        )
    )
    many = parts.groupBy("at", "part").count().where(F.col("count") > limit).collect()
    chunks = [(row["at"], row["part"], math.ceil(row["count"] / limit)) for row in many]
    dealt = spark.createDataFrame(chunks, "at int, part bigint, chunks int")
    places = (
        parts.join(F.broadcast(dealt), ["at", "part"], "left")
        .withColumn("chunks", F.coalesce("chunks", F.lit(1)))
        .withColumn("chunk", F.expr("cast(pmod(who, chunks) as int)"))
        .withColumn("other", F.explode(F.expr("sequence(0, chunks - 1)")))
        .withColumn("low", F.least("chunk", "other"))
        .withColumn("high", F.greatest("chunk", "other"))
        .drop("chunks", "other")
    )
    # Last, what they are compared by: until here nothing but numbers has been moved.
    return rows.drop("keys", "stretch").withColumn("who", _who()).join(places, "who").drop("who")


def _who() -> Any:
    """A report in 64 bits. Two that had the same would be in each other's blocks too, and nothing
    would be lost."""
    return F.xxhash64("report")


def _meeting(rows: DataFrame) -> DataFrame:
    """The keys by which reports meet: ``at``, ``who``, whether it is at ``home`` there, ``keys``.

    Left out are keys that no two reports of a block have, or none that is at home there; and of keys
    that exactly the same reports have all but the least. Whatever two reports have in common, a key
    for it is left: that of the same reports.
    """
    each = (
        rows.select(_who().alias("who"), "stretch", F.explode(F.array_distinct("keys")).alias("key"))
        .withColumn("at", F.explode(F.array("stretch", F.col("stretch") - 1)))
        .withColumn("home", F.col("at") == F.col("stretch"))
        .drop("stretch")
    )
    by_key = Window.partitionBy("at", "key")
    with_others = (
        each.withColumn("many", F.count("*").over(by_key))
        .withColumn("any_home", F.max("home").over(by_key))
        # Which reports these are, in two numbers.
        .withColumn("one", F.bit_xor("who").over(by_key))
        .withColumn("other", F.bit_xor(F.xxhash64("who", F.lit("other"))).over(by_key))
        .where("many > 1 and any_home")
    )
    by_set = Window.partitionBy("at", "many", "one", "other")
    kept = with_others.withColumn("least", F.min("key").over(by_set)).where("key = least")
    return kept.groupBy("at", "who", "home").agg(
        F.sort_array(F.collect_list("key")).alias("keys")
    )


def _counted(rows: DataFrame, key: str) -> Dict[int, int]:
    return {row[key]: row["reports"] for row in rows.collect()}


#: What the native half asks of a block: cuts, part, whether across chunks; home and chunk of each
#: report; and by which keys each meets others, or nothing where all of its own count.
BlockOf = Tuple[int, int, bool]
Places = List[Tuple[bool, int]]
Keys = Optional[List[List[int]]]


def block_of(table: pa.Table) -> Tuple[BlockOf, Places, Keys]:
    """A block as the native half takes it."""
    first = table.slice(0, 1).select(["cuts", "part", "low", "high", "keys"]).to_pylist()[0]
    across = first["low"] != first["high"]
    home, chunk = table.column("home").to_pylist(), table.column("chunk").to_pylist()
    keys: Iterable[Any] = [] if first["keys"] is None else table.column("keys").to_pylist()
    block = (first["cuts"], first["part"], across)
    return block, list(zip(home, chunk)), list(keys) or None
