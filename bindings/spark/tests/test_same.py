"""The same sheets and incidents as on one machine."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Iterable, Iterator, List

import pyarrow as pa
import pytest
from conftest import PROGRAMS, REPORTS, ROOT, by_id, run
from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import sayso_spark
from sayso._native import link_json


def sheets_of(frame: DataFrame) -> List[str]:
    return [row["sheet"] for row in frame.where("sheet is not null").select("sheet").collect()]


def incidents_of(frame: DataFrame) -> List[str]:
    rows = frame.where("incident is not null").select("incident").collect()
    return [row["incident"] for row in rows]


@pytest.fixture(scope="module")
def coded(spark: SparkSession, made_reports: Path) -> DataFrame:
    """The sheets of the made reports, by Spark; the first try of each task dies."""
    reports = sayso_spark.read_jsonl(spark, str(made_reports)).repartition(4)

    def die_once(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        context = TaskContext.get()
        assert context is not None
        for batch in batches:
            yield batch
            if context.attemptNumber() == 0 and context.partitionId() % 2 == 0:
                # As the kernel ends a worker that takes too much memory: no error, no answer.
                os._exit(1)

    dying = reports.mapInArrow(die_once, reports.schema)
    frame = sayso_spark.code_reports(dying).persist()
    assert frame.count() == REPORTS + 3
    return frame


@pytest.fixture(scope="module")
def on_one_machine(made_reports: Path) -> List[str]:
    command = [str(PROGRAMS / "sayso"), "code", "--format", "jsonl", str(made_reports)]
    # Bad lines are told of by the status.
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode in (0, 2), done.stderr.decode()
    return done.stdout.decode().splitlines()


def test_sheets_are_those_of_the_command(coded: DataFrame, on_one_machine: List[str]) -> None:
    assert len(on_one_machine) == REPORTS
    assert sorted(sheets_of(coded)) == sorted(on_one_machine)


def test_a_bad_report_is_a_row(coded: DataFrame) -> None:
    bad = coded.where("sheet is null").select("report", "error", "published_on").collect()
    errors = sorted(row["error"] for row in bad)
    assert len(errors) == 3, errors
    assert any("published" in error for error in errors)
    assert {row["published_on"] for row in bad} == {"unknown"}
    assert {row["report"] for row in bad} == {None, "no-text"}


def test_columns_say_what_the_sheet_says(coded: DataFrame) -> None:
    for row in coded.where("sheet is not null").limit(40).collect():
        sheet = json.loads(row["sheet"])
        assert row["report"] == sheet["report"]["id"]
        assert [event["id"] for event in row["events"]] == [e["id"] for e in sheet["events"]]
        lows = [toll["low"] for event in row["events"] for toll in event["tolls"]]
        assert lows == [toll["low"] for event in sheet["events"] for toll in event["tolls"]]
        speakers = [source["quote"] for s in sheet["statements"] for source in s["sources"]]
        assert [name for s in row["statements"] for name in s["speakers"]] == speakers


def test_incidents_of_reports_are_those_of_the_command(
    coded: DataFrame, made_reports: Path, on_one_machine: List[str]
) -> None:
    command = [str(PROGRAMS / "sayso"), "incidents", "--format", "jsonl", str(made_reports)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode in (0, 2), done.stderr.decode()
    expected = by_id(done.stdout.decode().splitlines())
    found = sayso_spark.link_incidents(coded, block_reports=60, driver_pairs=0)
    assert by_id(incidents_of(found)) == expected
    # Mixed from the same paragraphs: prints of one text, and incidents that others recall.
    assert any('"wire-copy"' in incident for incident in expected.values())


def test_incidents_of_twenty_thousand_sheets_are_those_of_one_machine(
    spark: SparkSession, made_sheets: Path
) -> None:
    with made_sheets.open(encoding="utf-8") as lines:
        expected = by_id(link_json([line.rstrip("\n") for line in lines]))
    sheets = spark.read.text(str(made_sheets)).withColumnRenamed("value", "sheet")

    def fail_once(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        context = TaskContext.get()
        assert context is not None
        for batch in batches:
            yield batch
            if context.attemptNumber() == 0 and context.partitionId() == 1:
                raise OSError("the first try fails")

    sheets = sheets.repartition(4).mapInArrow(fail_once, sheets.schema)
    found = sayso_spark.link_incidents(sheets, block_reports=6_000)
    assert by_id(incidents_of(found)) == expected
    several = [json.loads(i) for i in expected.values()]
    assert sum(len(incident["reports"]) > 1 for incident in several) > len(several) // 5


def test_a_file_of_any_kind_gives_the_sheets_of_the_command(
    spark: SparkSession, tmp_path: Path
) -> None:
    page = (ROOT / "samples" / "market-strike.html").read_bytes()
    (tmp_path / "in").mkdir()
    names = ["camp-cordon.txt", "three-incidents.jsonl", "attaque-pont.txt"]
    for name in names:
        (tmp_path / "in" / name).write_bytes((ROOT / "samples" / name).read_bytes())
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "WARC-Target-URI: https://orla.example/market\r\nWARC-Date: 2025-05-12T08:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    (tmp_path / "in" / "crawl.warc").write_bytes(head.encode() + http + b"\r\n\r\n")
    expected = run("sayso", "code", "--format", "jsonl", tmp_path / "in")
    reports = sayso_spark.read_files(spark, str(tmp_path / "in"))
    found = sayso_spark.code_reports(reports)
    assert sorted(sheets_of(found)) == sorted(expected)
    # The page says itself where it stands.
    assert any('"https://courier.example/2025/06/um-safsaf-market"' in s for s in expected)


def test_columns_of_parquet_are_reports(spark: SparkSession, tmp_path: Path) -> None:
    lines = run("sayso-bench", "reports", "--count", 12)
    rows: List[Any] = [json.loads(line) for line in lines]
    columns = ["id", "title", "text", "outlet", "published"]
    frame = spark.createDataFrame([tuple(row[name] for name in columns) for row in rows], columns)
    frame.withColumn("published", F.to_date("published")).write.parquet(str(tmp_path / "in"))
    coded = sayso_spark.code_reports(spark.read.parquet(str(tmp_path / "in")))
    sayso_spark.write_by_day(coded, str(tmp_path / "out"))
    days = {row["published"] or "unknown" for row in rows}
    folders = {path.name for path in (tmp_path / "out").glob("published_on=*")}
    assert folders == {f"published_on={day}" for day in days}
    assert "published_on=unknown" in folders
    again = sheets_of(spark.read.parquet(str(tmp_path / "out")))
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    expected = run("sayso", "code", "--format", "jsonl", tmp_path / "in.jsonl")
    assert sorted(again) == sorted(expected)


def test_what_is_no_report_is_told_before_anything_runs(spark: SparkSession) -> None:
    with pytest.raises(ValueError, match="no column `text`"):
        sayso_spark.code_reports(spark.createDataFrame([("a",)], ["body"]))
    with pytest.raises(ValueError, match="block_reports"):
        sayso_spark.link_incidents(spark.createDataFrame([("a",)], ["sheet"]), block_reports=0)
