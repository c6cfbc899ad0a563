"""Blocks that most reports are in, bad sheets, and components that the driver is not asked for."""

import json
from pathlib import Path
from typing import Any, List

import pyarrow as pa
import pytest
from conftest import by_id, dying_once, executor_dies
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from test_same import incidents_of

import sayso_spark
from sayso._native import link_json
from sayso_spark import _linking
from sayso_spark._blocks import PLACE, blocks
from sayso_spark._components import joined, on_cluster


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


def test_a_block_with_most_of_the_reports_is_cut(
    spark: SparkSession, made_sheets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = skewed(made_sheets)
    limit = 100
    frame = spark.createDataFrame([(sheet,) for sheet in sheets], ["sheet"]).repartition(3)
    # Where incidents are made of reports that hang together, one of the two machines is lost.
    mark = tmp_path / "machine"
    monkeypatch.setattr(_linking, "_group", dying_once(_linking._group, mark, executor_dies))
    # Twice the same sheet is once.
    found = sayso_spark.link_incidents(
        frame.union(frame.limit(40)), block_reports=limit, driver_pairs=0
    )
    assert by_id(incidents_of(found)) == by_id(link_json(sheets))
    assert mark.exists()


def test_no_block_is_much_larger_than_two_chunks(spark: SparkSession) -> None:
    limit = 100
    # A key of all, one of each alone, one of each half, and one that the same have.
    rows = spark.createDataFrame(
        [
            (f"r{number}", 7 + number % 2, [1, -1, 10 + number, 2 + number % 2])
            for number in range(900)
        ],
        "report string, stretch int, keys array<bigint>",
    )
    found = blocks(rows, limit).persist()
    sizes = found.groupBy(*PLACE).count().select(F.max("count")).collect()
    # Chunks are dealt by hash: some are a little larger than their share.
    assert sizes[0][0] <= 2.6 * limit
    # Of keys that the same reports have there one is left, and nothing of what nobody shares.
    keys = {key for row in found.select("keys").distinct().collect() for key in row["keys"]}
    assert keys == {-1, 2}
    # Every two of them meet wherever one is at home.
    pairs = found.alias("a").join(found.alias("b"), PLACE).where("a.report < b.report")
    pairs = pairs.where("a.home or b.home").select("a.report", "b.report").distinct()
    assert pairs.count() == 900 * 899 // 2
    few = blocks(rows, 1_000).persist()
    assert few.select("at", "part").distinct().count() == 2 and few.count() == 900 + 450


def test_a_bad_sheet_is_a_row(spark: SparkSession, made_sheets: Path) -> None:
    with made_sheets.open(encoding="utf-8") as lines:
        good = [next(lines).rstrip("\n") for _ in range(30)]
    outside = json.loads(good[0])
    outside["report"]["id"] = "outside"
    outside["events"][0]["anchor"]["span"] = [0, 10_000_000]
    # One of the same report as a good one, and bytes that are no text.
    again = json.dumps({**json.loads(good[1]), "statements": 7})
    bad = ["no JSON", "{}", json.dumps(outside), again]
    rows = [(None if sheet is None else sheet.encode(),) for sheet in good + bad + [None]]
    rows.append((good[2].encode()[:-2] + b"\xff}",))
    frame = spark.createDataFrame(rows, "sheet binary")
    found = sayso_spark.link_incidents(frame).persist()
    assert by_id(incidents_of(found)) == by_id(link_json(good))
    errors = found.where("error is not null").select("error", "incident", "reports").collect()
    assert len(errors) == 5 and all(row["incident"] is None for row in errors)
    told = sorted(row["error"] for row in errors)
    of = {row["reports"][0] if row["reports"] else None for row in errors}
    assert of == {None, "outside", json.loads(good[1])["report"]["id"]}
    assert any("“no JSON” (SHA-256 " in error for error in told), told
    assert any("report `outside`: the sheet: e:made-" in error for error in told), told
    assert any("utf-8" in error for error in told), told


def test_components_are_the_same_on_the_cluster(spark: SparkSession) -> None:
    chain = [(f"c{number:03}", f"c{number + 1:03}") for number in range(90)]
    star = [("hub", f"s{number:02}") for number in range(40)]
    ring = [("r1", "r2"), ("r2", "r3"), ("r3", "r1"), ("r1", "r1")]
    pairs = chain[::-1] + star + ring
    frame = spark.createDataFrame(pairs, "a string, b string")
    least = {name: f"c{0:03}" for pair in chain for name in pair}
    least.update({name: "hub" for pair in star for name in pair})
    least.update({name: "r1" for pair in ring for name in pair})
    assert {row["member"]: row["of"] for row in on_cluster(frame).collect()} == least
    by_driver = joined(frame.toArrow()).to_pydict()
    assert dict(zip(by_driver["member"], by_driver["of"])) == least
    assert joined(frame.where("a = b and a != 'r1'").toArrow()).num_rows == 0
    # In the order of their characters, whatever the language.
    odd = pa.table({"a": ["é", "z", "\U0001f54a"], "b": ["z", "\uffee", "é"]})
    assert set(joined(odd).column("of").to_pylist()) == {"z"}
