"""Tables for pyarrow, pandas and polars."""

from __future__ import annotations

import sys

import pandas
import polars
import pyarrow
import pytest

import sayso

TABLES = ["reports", "statements", "events", "tolls", "actors", "places", "times"]


def test_seven_tables_with_a_row_for_each_thing(batch: sayso.Batch) -> None:
    tables = batch.to_arrow()
    assert list(tables) == TABLES
    assert tables["reports"].column("id").to_pylist() == [s.report.id for s in batch]
    for name in ("statements", "events", "actors", "places", "times"):
        wanted = sum(len(getattr(sheet, name)) for sheet in batch)
        assert tables[name].num_rows == wanted, name
    wanted = sum(len(event.tolls) for sheet in batch for event in sheet.events)
    assert tables["tolls"].num_rows == wanted
    assert tables["reports"].schema.field("published").type == pyarrow.date32()
    assert tables["tolls"].schema.field("low").type == pyarrow.int64()
    for table in tables.values():
        for field in table.schema:
            assert field.metadata[b"description"], field.name


def test_ids_join_the_tables(batch: sayso.Batch) -> None:
    frames = batch.to_pandas()
    reports = set(frames["reports"]["id"])
    for name in TABLES[1:]:
        assert set(frames[name]["report"]) <= reports, name
    assert set(frames["tolls"]["event"]) <= set(frames["events"]["id"])


def test_unknown_is_not_zero() -> None:
    sheet = sayso.code("Dozens of people fled Harim, the army said.")
    tolls = sheet.to_pandas()["tolls"]
    assert len(tolls) == 1
    assert tolls["high"].isna().all() and str(tolls["high"].dtype) == "Int64"
    quiet = sayso.code("The ministers met in the capital.").to_pandas()
    assert list(quiet) == TABLES
    assert len(quiet["tolls"]) == 0 and str(quiet["tolls"]["low"].dtype) == "Int64"
    assert quiet["reports"]["published"].isna().all()


def test_days_are_days(batch: sayso.Batch) -> None:
    published = batch.to_polars()["reports"]["published"]
    assert published.dtype == polars.Date
    assert str(published[0]) == (batch[0].report.published or "")[:10]
    old = sayso.code("Police said so.", published="1901-02-03").to_arrow()["reports"]
    assert str(old.column("published")[0]) == "1901-02-03"


def test_all_three_say_the_same(batch: sayso.Batch) -> None:
    arrow, pandas_frames, polars_frames = (
        batch.to_arrow(),
        batch.to_pandas(),
        batch.to_polars(),
    )
    for name in TABLES:
        assert isinstance(pandas_frames[name], pandas.DataFrame)
        rows = arrow[name].to_pylist()
        assert polars_frames[name].to_dicts() == rows
        assert len(pandas_frames[name]) == len(rows)
        assert list(pandas_frames[name].columns) == arrow[name].column_names


def test_incidents_add_their_own(batch: sayso.Batch) -> None:
    tables = sayso.link(batch).to_pandas()
    assert {"incidents", "findings", "answers", "origins", "links", *TABLES} == set(tables)
    assert len(tables["incidents"]) == 3
    assert set(tables["reports"]["incident"]) == set(tables["incidents"]["id"])
    assert len(tables["reports"]) == len(batch)


def test_of_two_sheets_of_one_report_the_first_counts() -> None:
    once = sayso.code("The army said so.", id="r1", outlet="First")
    again = sayso.code("The army said so.", id="r1", outlet="Second")
    reports = sayso.Batch([once, again]).to_arrow()["reports"]
    assert reports.column("outlet").to_pylist() == ["First"]


def test_whoever_lacks_a_library_is_told_what_to_install(
    batch: sayso.Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(sayso.ConfigError) as caught:
        batch.to_polars()
    assert caught.value.field == "polars"
    assert "pip install 'sayso[polars]'" in str(caught.value)
