"""What hangs together by pairs."""

from typing import Optional, Tuple

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from ._batches import arrow_schema

#: A thing, and the least of those that it hangs together with.
COMPONENTS = StructType([StructField("member", StringType()), StructField("of", StringType())])


def components(pairs: DataFrame, driver_pairs: int) -> DataFrame:
    """The components of ``pairs`` (columns ``a`` and ``b``); what has no pair is in none.

    Up to ``driver_pairs`` are joined by the driver (docs/ARCHIVE.md says what one takes); more by the
    cluster.
    """
    pairs = pairs.select("a", "b").distinct().persist()
    if pairs.limit(driver_pairs + 1).count() <= driver_pairs:
        found = joined(pairs.toArrow())
        pairs.unpersist()
        return pairs.sparkSession.createDataFrame(found, COMPONENTS)
    return on_cluster(pairs)


def joined(pairs: pa.Table) -> pa.Table:
    """The components of pairs in one table; ids stay in Arrow's columns, and are told by numbers."""
    from sayso._native import archive_components

    ends = [pairs.column(end).combine_chunks() for end in "ab"]
    things = pc.unique(pa.chunked_array(ends, pa.string()))
    # In the order of their characters: the least of them is that with the lowest number.
    things = things.take(pc.array_sort_indices(things))
    here, there = (_bytes(pc.index_in(end, value_set=things)) for end in ends)
    least = archive_components(len(things), here, there)
    of = pa.Array.from_buffers(pa.int32(), len(things), [None, pa.py_buffer(least)])
    return pa.Table.from_arrays([things, things.take(of)], schema=arrow_schema(COMPONENTS))


def _bytes(numbers: "pa.Array | pa.ChunkedArray") -> bytes:
    """Numbers of 32 bits as they lie in memory, from the first on."""
    if isinstance(numbers, pa.ChunkedArray):
        numbers = numbers.combine_chunks()
    start = 4 * numbers.offset
    held: bytes = numbers.buffers()[1].to_pybytes() if len(numbers) else b""
    return held[start : start + 4 * len(numbers)]


def on_cluster(pairs: DataFrame) -> DataFrame:
    """The same in rounds over the pairs, of which there are about as many as the logarithm of the
    longest chain: large stars and small stars by turns, until every pair is a thing and its least
    (Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii 2014)."""
    edges = _kept(
        pairs.select(F.greatest("a", "b").alias("u"), F.least("a", "b").alias("v"))
        .where("u != v")
        .distinct()
    )
    before: Optional[Tuple[int, int]] = None
    while True:
        edges = _kept(_small_star(_large_star(edges)))
        row = edges.agg(
            F.count("*").alias("count"),
            F.sum(F.expr("cast(xxhash64(u, v) as decimal(38, 0))")).alias("sum"),
        ).collect()[0]
        now = (int(row["count"]), int(row["sum"] or 0))
        if now == before:
            break
        before = now
    least = edges.select(F.col("v").alias("member"), F.col("v").alias("of"))
    return edges.select(F.col("u").alias("member"), F.col("v").alias("of")).union(least).distinct()


def _kept(edges: DataFrame) -> DataFrame:
    """``edges``, computed: each round starts from them, and not from the first pairs."""
    context = edges.sparkSession.sparkContext
    return edges.checkpoint() if context.getCheckpointDir() else edges.localCheckpoint()


def _large_star(edges: DataFrame) -> DataFrame:
    """Ties the greater neighbours of each thing to the least of its neighbourhood."""
    both = edges.union(edges.select(F.col("v").alias("u"), F.col("u").alias("v")))
    least = F.least(F.min("v").over(Window.partitionBy("u")), "u")
    return (
        both.withColumn("least", least)
        .where("v > u")
        .select(F.col("v").alias("u"), F.col("least").alias("v"))
    )


def _small_star(edges: DataFrame) -> DataFrame:
    """Ties the lesser neighbours of each thing, and itself, to the least of them."""
    with_least = edges.withColumn("least", F.min("v").over(Window.partitionBy("u")))
    lesser = with_least.where("v != least").select(
        F.col("v").alias("u"), F.col("least").alias("v")
    )
    own = with_least.select("u", F.col("least").alias("v"))
    return lesser.union(own).distinct()
