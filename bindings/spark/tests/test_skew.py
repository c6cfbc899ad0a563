"""Blocks that most reports are in, bad sheets, and components that the driver is not asked for."""

import json
from pathlib import Path
from typing import Any, List

from conftest import by_id
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from test_same import incidents_of

import sayso_spark
from sayso._native import archive_components, link_json
from sayso_spark._blocks import PLACE, blocks
from sayso_spark._components import on_cluster


def skewed(made_sheets: Path) -> List[str]:
    """Some hundred stories, and one that is told five hundred times in three days."""
    with made_sheets.open(encoding="utf-8") as lines:
        sheets: List[Any] = [json.loads(next(lines)) for _ in range(300)]
    story = sheets[0]
    for number in range(500):
        again = {**story, "report": dict(story["report"])}
        again["report"]["id"] = f"again-{number:03}"
        again["report"]["published"] = f"2001-01-0{1 + number % 3}"
        again["report"]["text"] += f" It was told {number} times."
        sheets.append(again)
    return [json.dumps(sheet, ensure_ascii=False) for sheet in sheets]


def test_a_block_with_most_of_the_reports_is_cut(spark: SparkSession, made_sheets: Path) -> None:
    sheets = skewed(made_sheets)
    limit = 100
    frame = spark.createDataFrame([(sheet,) for sheet in sheets], ["sheet"]).repartition(3)
    # Twice the same sheet is once.
    found = sayso_spark.link_incidents(
        frame.union(frame.limit(40)), block_reports=limit, driver_pairs=0
    )
    assert by_id(incidents_of(found)) == by_id(link_json(sheets))

    rows = spark.createDataFrame(
        [(f"r{number}", 7 + number % 2, [1, 2 + number]) for number in range(900)],
        "report string, stretch int, keys array<bigint>",
    )
    sizes = blocks(rows, limit).groupBy(*PLACE).count().select(F.max("count")).collect()
    # Chunks are dealt by hash: some are a little larger than their share.
    assert sizes[0][0] <= 2.6 * limit


def test_a_bad_sheet_is_a_row(spark: SparkSession, made_sheets: Path) -> None:
    with made_sheets.open(encoding="utf-8") as lines:
        good = [next(lines).rstrip("\n") for _ in range(30)]
    outside = json.loads(good[0])
    outside["report"]["id"] = "outside"
    outside["events"][0]["anchor"]["span"] = [0, 10_000_000]
    bad = ["no JSON", "{}", json.dumps(outside)]
    frame = spark.createDataFrame([(sheet,) for sheet in good + bad + [None]], "sheet string")
    found = sayso_spark.link_incidents(frame).persist()
    assert by_id(incidents_of(found)) == by_id(link_json(good))
    errors = found.where("error is not null").select("error", "incident").collect()
    assert len(errors) == 3 and all(row["incident"] is None for row in errors)


def test_components_are_the_same_on_the_cluster(spark: SparkSession) -> None:
    chain = [(f"c{number:03}", f"c{number + 1:03}") for number in range(90)]
    star = [("hub", f"s{number:02}") for number in range(40)]
    ring = [("r1", "r2"), ("r2", "r3"), ("r3", "r1"), ("r1", "r1")]
    pairs = chain[::-1] + star + ring
    found = on_cluster(spark.createDataFrame(pairs, "a string, b string")).collect()
    assert sorted((row["member"], row["of"]) for row in found) == archive_components(pairs)
