"""What hangs together by pairs."""

from typing import Optional, Tuple

import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from ._batches import arrow_schema

#: A thing, and the least of those that it hangs together with.
COMPONENTS = StructType([StructField("member", StringType()), StructField("of", StringType())])


def components(pairs: DataFrame, driver_pairs: int) -> DataFrame:
    """The components of ``pairs`` (columns ``a`` and ``b``); what has no pair is in none.

    Up to ``driver_pairs`` are joined by the driver, some 200 bytes each; more by the cluster.
    """
    pairs = pairs.select("a", "b").distinct().persist()
    if pairs.limit(driver_pairs + 1).count() <= driver_pairs:
        found = _on_driver(pairs)
        pairs.unpersist()
        return found
    return on_cluster(pairs)


def _on_driver(pairs: DataFrame) -> DataFrame:
    from sayso._native import archive_components

    table = pairs.toArrow()
    both = zip(table.column("a").to_pylist(), table.column("b").to_pylist())
    found = archive_components(list(both))
    rows = [{"member": member, "of": of} for member, of in found]
    table = pa.Table.from_pylist(rows, schema=arrow_schema(COMPONENTS))
    return pairs.sparkSession.createDataFrame(table, COMPONENTS)


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
