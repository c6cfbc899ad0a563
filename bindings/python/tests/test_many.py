"""Many reports at once."""

from __future__ import annotations

import io
import json
import subprocess
import threading
import time
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any, Dict, List

import pandas
import polars
import pyarrow
import pytest

import sayso
from sayso import _native

Reports = List[Dict[str, Any]]


def test_sheets_come_in_the_order_of_the_reports(reports: Reports, batch: sayso.Batch) -> None:
    assert not batch.errors
    assert [sheet.report.id for sheet in batch] == [report["id"] for report in reports]
    one_thread = sayso.code_many(reports, jobs=1)
    assert [a.to_json() for a in one_thread] == [b.to_json() for b in batch]
    alone = sayso.code_many(reports[3:4])
    assert alone[0] == batch[3]


def test_a_bad_report_stops_nothing() -> None:
    odd: List[Any] = (
        [
            "The army said the road was open.",
            {"text": "Rebels denied it.", "published": "one day"},
            {"title": "no text"},
            7,
            {"text": "Nobody was hurt, police said.", "outlet": "Desk"},
        ]
    )
    batch = sayso.code_many(odd)
    assert [sheet.report.outlet for sheet in batch] == [None, "Desk"]
    told = [(failed.index, failed.error.field) for failed in batch.errors]
    assert told == [(1, "published"), (2, "text"), (3, "report")]
    assert all(isinstance(failed.error, sayso.ReportError) for failed in batch.errors)
    assert batch.errors[1].report == {"title": "no text"}
    assert repr(batch) == "<Batch 2 sheets, 3 errors>"
    assert "3 errors" in batch._repr_html_()


def test_the_same_as_the_command(program: Path, root: Path) -> None:
    path = root / "samples/archive.jsonl"
    printed = subprocess.run(
        [program, "code", "--format", "jsonl", path], check=True, capture_output=True
    ).stdout.splitlines()
    lines = path.read_text(encoding="utf-8").splitlines()
    batch = sayso.code_many(json.loads(line) for line in lines)
    wanted = [sayso.Sheet.from_dict(json.loads(line)) for line in printed]
    assert list(batch) == wanted and len(wanted) == 7


def test_rows_of_frames_are_reports(reports: Reports, batch: sayso.Batch) -> None:
    few = [dict(report) for report in reports[:3]]
    few[1]["outlet"] = None
    wanted = sayso.code_many(few)
    frame = pandas.DataFrame(few)
    frame["published"] = pandas.to_datetime(frame["published"], format="ISO8601", utc=True)
    frame["seen"] = float("nan")
    from_pandas = sayso.code_many(frame)
    assert [s.statements for s in from_pandas] == [s.statements for s in wanted]
    assert [s.report.outlet for s in from_pandas] == [s.report.outlet for s in wanted]
    assert list(sayso.code_many(polars.DataFrame(few))) == list(wanted)
    assert list(sayso.code_many(pyarrow.Table.from_pylist(few))) == list(wanted)
    assert [s.report for s in sayso.code_many(s.report for s in wanted)] == [
        s.report for s in wanted
    ]


def test_a_column_of_a_frame_is_a_list_of_texts(reports: Reports) -> None:
    texts = [report["text"] for report in reports[:3]]
    wanted = list(sayso.code_many(texts))
    frame = {"text": texts, "seen": [1, 2, 3]}
    columns: List[Any] = [
        pandas.DataFrame(frame)["text"],
        polars.DataFrame(frame)["text"],
        pyarrow.table(frame).column("text"),
        pyarrow.array(texts),
        polars.DataFrame(frame).lazy(),
        pandas.DataFrame(frame).to_dict("records"),
        pandas.Series(pandas.DataFrame(frame).to_dict("records")),
    ]
    for column in columns:
        assert list(sayso.code_many(column)) == wanted, type(column)
    missing = sayso.code_many(pandas.Series(["Police said so.", None, float("nan")]))
    assert len(missing) == 1 and [failed.index for failed in missing.errors] == [1, 2]
    with pytest.raises(sayso.ConfigError) as caught:
        sayso.code_many(5)  # type: ignore[arg-type]  # that is the point
    assert caught.value.field == "reports"


def test_other_threads_go_on(reports: Reports) -> None:
    ticks: List[float] = []
    done = threading.Event()

    def count() -> None:
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.002)

    thread = threading.Thread(target=count)
    thread.start()
    start = time.monotonic()
    # A single call into the program, without the steps that a bar asks for.
    _native.code_json([json.dumps(report) for report in reports * 3])
    end = time.monotonic()
    done.set()
    thread.join()
    between = [tick for tick in ticks if start < tick < end]
    assert len(between) > 3, f"{len(between)} ticks in {end - start:.2f} s"


def test_a_bar_when_it_is_asked_for(reports: Reports) -> None:
    shown = io.StringIO()
    with redirect_stderr(shown):
        sayso.code_many(reports, progress=True)
    assert "14/14" in shown.getvalue()
    silent = io.StringIO()
    with redirect_stderr(silent):
        sayso.code_many(reports[:1])
    assert silent.getvalue() == ""


def test_whoever_waits_may_stop_it(reports: Reports) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    many = [json.dumps(report) for report in reports] * 200
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        _native.code_json(many, None, stop)
    assert time.monotonic() - start < 20


def test_a_batch_is_a_sequence(batch: sayso.Batch) -> None:
    assert batch[-1] is list(batch)[-1]
    assert isinstance(batch[:2], sayso.Batch) and len(batch[:2]) == 2
    assert sayso.code_many([]).errors == ()
