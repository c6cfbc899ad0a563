"""What archives hold beside good reports: odd columns, odd bytes, odd names, places and days."""

import json
from pathlib import Path
from typing import Any, Dict, List

import pytest
from conftest import ROOT, run
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from test_same import incidents_of, sheets_of

import sayso_spark
from sayso_spark._batches import arrow_schema, packed
from sayso_spark._coding import SHEETS, _coded
from sayso_spark._linking import _EXTRACTS, _extracted
from sayso_spark._reading import _filesystem, _parts, _reports

TEXT = "Gunmen killed three traders near Menaka on Monday, the governor said."


def reports_of(frame: DataFrame) -> List[Any]:
    return [json.loads(sheet)["report"] for sheet in sheets_of(frame)]


def test_bytes_and_numbers_are_read_as_what_they_are(spark: SparkSession) -> None:
    french = "« Le marché a été fermé », a-t-on appris à Béléna mardi."
    frame = spark.createDataFrame(
        [
            (1, TEXT.encode(), "2025-11-04 08:30:00", b"Gazette"),
            (2**40, french.encode("cp1252"), "2025-11-05 09:00:00.25", None),
            (3, TEXT.encode("utf-16"), None, "Café".encode("cp1252")),
            (4, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, None),
            (None, b"\0\1\2\3" * 9, None, None),
        ],
        "id bigint, text binary, published string, outlet binary",
    )
    frame = frame.withColumn("published", F.expr("cast(published as timestamp)"))
    frame = frame.withColumn("updated", F.expr("date'9999-12-31' + 10"))
    coded = sayso_spark.code_reports(frame.where("published is not null").drop("updated"))
    found = {report["id"]: report for report in reports_of(coded)}
    assert set(found) == {"1", str(2**40)}
    assert found["1"]["published"] == "2025-11-04T08:30:00+00:00"
    assert found[str(2**40)]["published"] == "2025-11-05T09:00:00.250000+00:00"
    assert found["1"]["text"] == TEXT and found["1"]["outlet"] == "Gazette"
    assert found[str(2**40)]["text"] == french
    rest = sayso_spark.code_reports(frame.where("published is null").drop("updated")).persist()
    assert [report["text"] for report in reports_of(rest)] == [TEXT]
    told = sorted(row["error"] for row in rest.where("sheet is null").collect())
    assert len(told) == 2
    assert told[1] == "report `4`: `text` is a PNG image, and no text"
    # A year that Python does not know is the coder's to refuse.
    late = sayso_spark.code_reports(frame.where("id = 1")).collect()[0]
    assert "`updated` is" in late["error"] and late["report"] == "1"
    cents = frame.where("id = 1").drop("updated").withColumn("id", F.expr("cast(7 as decimal(20))"))
    assert reports_of(sayso_spark.code_reports(cents))[0]["id"] == "7"


def test_one_row_stops_no_other() -> None:
    rows: List[Dict[str, Any]] = [
        {"text": TEXT.encode(), "id": b"a"},
        {"text": b"caf\xe9 and nothing else was said by anybody", "id": b"b"},
        {"text": None, "id": b"c"},
    ]
    found = list(_coded(rows))
    assert ["sheet" in row for row in found] == [True, True, False]
    assert "café" in json.loads(found[1]["sheet"])["report"]["text"]
    assert found[2]["report"] == "c" and "`text` is missing" in found[2]["error"]


def test_half_of_a_character_is_no_id_and_stops_nothing() -> None:
    odd = [rb'{"id": "\ud83d", "text": "So it was said."}', rb'{"id": "\udd4a", "text": 7}']
    rows = list(_coded([{"report": report} for report in (*odd, b'{"id": "c", "text": 7}')]))
    assert [row.get("report") for row in rows] == [None, None, "c"]
    assert all("it begins with" in row["error"] for row in rows[:2])
    # A row that no column can hold would end its task, and with it all others.
    (batch,) = packed(rows, arrow_schema(SHEETS))
    assert batch.num_rows == 3
    sheets = [rb'{"report": {"id": "\udd4a"}}', rb'{"report": {"id": "c"}}']
    found = list(_extracted(sheets))
    assert [row.get("whose") for row in found] == [None, "c"]
    (batch,) = packed(found, arrow_schema(_EXTRACTS))
    assert batch.num_rows == 2


def test_lines_mean_what_they_mean_to_the_command(spark: SparkSession, tmp_path: Path) -> None:
    lines = [
        b"\xef\xbb\xbf" + json.dumps({"id": "mark", "text": TEXT}).encode(),
        json.dumps({"id": "old", "text": "Le café a été fermé, dit-il."}, ensure_ascii=False).encode("cp1252"),
        b'{"id": "torn", "text": "Caf\xc3\xa9s and m\xc3\xa1s caf\xc3\xa9s \xe2\x80\x94 na\xc3\xafve \xff, they said."}',
        b"  ",
        b'{"id": "bell", "text": "a \r b"}',
        json.dumps({"id": "last", "text": TEXT}).encode() + b"\r",
    ]
    path = tmp_path / "a b#c.jsonl"
    path.write_bytes(b"\n".join(lines))
    coded = sayso_spark.code_reports(sayso_spark.read_jsonl(spark, str(path))).persist()
    (tmp_path / "good.jsonl").write_bytes(b"\n".join(lines[:4] + lines[5:]))
    expected = run("sayso", "code", "--format", "jsonl", tmp_path / "good.jsonl")
    assert sorted(sheets_of(coded)) == sorted(expected) and len(expected) == 4
    assert any('"replaced-bytes"' in sheet for sheet in expected)
    (bad,) = coded.where("sheet is null").collect()
    assert "no JSON object" in bad["error"] and '“{"id": "bell"' in bad["error"]


def test_names_of_files_are_what_they_are(spark: SparkSession, tmp_path: Path) -> None:
    page = (ROOT / "samples" / "market-strike.html").read_text(encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["a?b.html", "a#b.html", "a%20b.html", "a b.html", "a.html", "é+&=;,@~.html"]
    for number, name in enumerate(names):
        (folder / name).write_text(page.replace("Um Safsaf", f"Um Safsaf{number}"), "utf-8")
    expected = run("sayso", "code", "--format", "jsonl", folder)
    for place in (folder, f"viewfs://elsewhere{folder}"):
        coded = sayso_spark.code_reports(sayso_spark.read_files(spark, str(place))).persist()
        assert sorted(sheets_of(coded)) == sorted(expected), place
        for row in coded.select("source", "sheet").collect():
            number = names.index(row["source"].rsplit("/", 1)[-1])
            assert f"Um Safsaf{number}" in row["sheet"]
    assert len(expected) == len(set(expected)) == len(names)


def test_a_file_that_cannot_be_fetched_is_a_row(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text("not JSON", encoding="utf-8")
    # Larger than Spark is to hand over, where only Java can read.
    found = sayso_spark.read_files(spark, f"viewfs://elsewhere{tmp_path}", through_spark=10)
    rows = sayso_spark.code_reports(found).collect()
    assert len(rows) == 2 and all(row["sheet"] is None for row in rows)
    errors = {row["source"].rsplit("/", 1)[-1]: row["error"] for row in rows}
    assert "a b.txt cannot be read: " in errors["a b.txt"]
    assert errors["c.jsonl"].startswith(f"viewfs://elsewhere{tmp_path}/c.jsonl, line 1: "), errors
    for path in ("file:/no/such#file.html", "mock://there/a b.warc", "odd://x/y", "no path"):
        (row,) = _reports(path)
        assert path.removeprefix("file:") in row["error"] and row["source"] == path


def test_places_have_the_names_that_clusters_give_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _parts("s3a://bucket/a b/x?y#z%20.warc.gz") == ("s3a", "bucket", "a b/x?y#z%20.warc.gz")
    assert _parts("hdfs://node:8020/news/1.warc") == ("hdfs", "node:8020", "news/1.warc")
    assert _parts("hdfs:/news/1.warc") == ("hdfs", "", "news/1.warc")
    asked: List[Any] = []

    class Files:
        """What pyarrow is asked for."""

        @staticmethod
        def LocalFileSystem() -> str:
            return "disk"

        @staticmethod
        def AzureFileSystem(account_name: str) -> str:
            return account_name

        class FileSystem:
            @staticmethod
            def from_uri(uri: str) -> Any:
                asked.append(uri)
                return "there", uri.split("://")[1]

    monkeypatch.setattr("sayso_spark._reading.fs", Files)
    assert _filesystem("s3a://bucket/a b?.warc") == ("there", "bucket/a b?.warc")
    assert asked == ["s3://bucket/"]
    wasbs = "wasbs://crawl@desk.blob.core.windows.net/2025/a b.warc"
    assert _filesystem(wasbs) == ("desk", "crawl/2025/a b.warc")
    assert _filesystem("dbfs:/mnt/a b.warc") == ("disk", "/dbfs/mnt/a b.warc")


def test_days_of_many_and_of_few_rows(
    spark: SparkSession, tmp_path: Path, made_sheets: Path
) -> None:
    with made_sheets.open(encoding="utf-8") as lines:
        sheets = [next(lines).rstrip("\n") for _ in range(120)]
    frame = spark.createDataFrame([(sheet,) for sheet in sheets], ["sheet"]).repartition(3)
    linked = sayso_spark.link_incidents(frame).persist()
    path = tmp_path / "incidents"
    sayso_spark.write_by_day(linked, str(path), rows=5)
    again = spark.read.parquet(str(path))
    assert sorted(incidents_of(again)) == sorted(incidents_of(linked))
    rows = {r["published_on"]: r["count"] for r in linked.groupBy("published_on").count().collect()}
    assert max(rows.values()) > 5 and "unknown" in rows
    for day, count in rows.items():
        files = list((path / f"published_on={day}").glob("*.parquet"))
        # Few rows to a file, and few files to a day.
        assert count / 5 <= len(files) <= count / 5 + 2, (day, count, len(files))
    with pytest.raises(ValueError, match="rows"):
        sayso_spark.write_by_day(linked, str(path), rows=0)
