"""The same sheets and incidents as on one machine."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List

import pyarrow as pa
import pytest
from conftest import PROGRAMS, REPORTS, ROOT, SHEETS, by_id, dying_once, run, worker_dies
from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import sayso_spark
from sayso._native import archive_extracts, link_json
from sayso_spark import _blocks, _linking


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
    # What is coded is coded once: all tests ask it several times.
    frame = sayso_spark.code_reports(dying).localCheckpoint()
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
    # Nobody finds one line of millions by its being wrong.
    assert any("“not JSON”" in error for error in errors), errors
    assert not any("line 1" in error for error in errors), errors
    sources = coded.where("sheet is null").select("source").distinct().collect()
    assert [row["source"].rsplit("/", 1)[-1] for row in sources] == ["reports.jsonl"]


def test_columns_say_what_the_sheet_says(coded: DataFrame) -> None:
    for row in coded.where("sheet is not null").limit(40).collect():
        sheet = json.loads(row["sheet"])
        assert row["report"] == sheet["report"]["id"]
        assert [event["id"] for event in row["events"]] == [e["id"] for e in sheet["events"]]
        lows = [toll["low"] for event in row["events"] for toll in event["tolls"]]
        assert lows == [toll["low"] for event in sheet["events"] for toll in event["tolls"]]
        speakers = [source["quote"] for s in sheet["statements"] for source in s["sources"]]
        assert [name for s in row["statements"] for name in s["speakers"]] == speakers


def test_incidents_of_reports_are_those_of_one_machine(
    coded: DataFrame, on_one_machine: List[str]
) -> None:
    # What the command has coded is not coded again: bindings/python/tests/test_link.py holds these
    # incidents to those of the command.
    expected = by_id(link_json(on_one_machine))
    found = sayso_spark.link_incidents(coded, block_reports=60)
    assert by_id(incidents_of(found)) == expected
    # Mixed from the same paragraphs: prints of one text, and incidents that others recall.
    assert any('"wire-copy"' in incident for incident in expected.values())


def test_incidents_of_twenty_thousand_sheets_are_those_of_one_machine(
    spark: SparkSession, made_sheets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made_sheets.open(encoding="utf-8") as lines:
        expected = by_id(link_json([line.rstrip("\n") for line in lines]))
    cut: List[int] = []
    mark = tmp_path / "worker-of-a-block"

    def cutting(rows: DataFrame, sizes: Dict[int, int], limit: int) -> DataFrame:
        cut.append(max(sizes.values()))
        return in_parts(rows, sizes, limit)

    def dying_blocks(rows: DataFrame, limit: int, compare: Any, schema: Any) -> DataFrame:
        dying = dying_once(compare, mark, worker_dies)
        # Spark counts the arguments of what it is given.
        return in_blocks(rows, limit, lambda table: dying(table), schema)

    in_parts, in_blocks = _blocks._cut, _linking.in_blocks
    monkeypatch.setattr(_blocks, "_cut", cutting)
    monkeypatch.setattr(_linking, "in_blocks", dying_blocks)
    sheets = spark.read.text(str(made_sheets)).withColumnRenamed("value", "sheet")

    def fail_once(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        context = TaskContext.get()
        assert context is not None
        for batch in batches:
            yield batch
            if context.attemptNumber() == 0 and context.partitionId() == 1:
                raise OSError("the first try fails")

    sheets = sheets.repartition(4).mapInArrow(fail_once, sheets.schema)
    found = sayso_spark.link_incidents(sheets, block_reports=SHEETS // 20)
    assert by_id(incidents_of(found)) == expected
    # Names, people and prints, each in blocks that were cut, of which one worker died.
    assert len(cut) == 3 and min(cut) > SHEETS // 20 and mark.exists()
    several = [json.loads(i) for i in expected.values()]
    assert sum(len(incident["reports"]) > 1 for incident in several) > len(several) // 5
    roles = [{report["role"] for report in incident["reports"]} for incident in several]
    assert sum("background" in role for role in roles) > len(several) // 50
    assert any('"wire-copy"' in incident for incident in expected.values())


def test_in_what_is_made_people_meet_and_some_are_undated(made_sheets: Path) -> None:
    with made_sheets.open(encoding="utf-8") as lines:
        extracts = [extract for extract, _ in archive_extracts([next(lines) for _ in range(200)])]
    people = Counter(key for extract in extracts if extract for key in extract[2][1])
    assert len(people) > 50 and people.most_common(1)[0][1] > 1
    assert sum(extract is not None and extract[0][1] is None for extract in extracts) > 5


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
    sheets = spark.createDataFrame([("a", 1)], ["sheet", "number"])
    with pytest.raises(ValueError, match="block_reports"):
        sayso_spark.link_incidents(sheets, block_reports=0)
    with pytest.raises(ValueError, match="no column `json`"):
        sayso_spark.link_incidents(sheets, sheet="json")
    with pytest.raises(ValueError, match="column `number` is bigint"):
        sayso_spark.link_incidents(sheets, sheet="number")
    odd = {
        "text": "array('a')",
        "id": "cast(1.5 as double)",
        "published": "interval '1' day",
        "title": "7",
        "language": "named_struct('a', 1)",
    }
    for name, kind in odd.items():
        frame = spark.sql("select 'a' as text") if name != "text" else spark.sql("select 1 as one")
        with pytest.raises(ValueError, match=f"column `{name}` is .*; give text"):
            sayso_spark.code_reports(frame.withColumn(name, F.expr(kind)))
