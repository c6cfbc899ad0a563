"""Sheets to incidents."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import time
from pathlib import Path
from typing import Any, List, Tuple

import pytest

import sayso
from sayso import _native


@pytest.fixture(scope="module")
def incidents(batch: sayso.Batch) -> sayso.Incidents:
    return sayso.link(batch)


def test_the_same_as_the_command(
    incidents: sayso.Incidents, program: Path, root: Path
) -> None:
    printed = subprocess.run(
        [program, "incidents", "--format", "jsonl", root / "samples/three-incidents.jsonl"],
        check=True,
        capture_output=True,
    ).stdout.splitlines()
    assert list(incidents) == [sayso.Incident.from_dict(json.loads(line)) for line in printed]
    assert len(incidents) == 3


def test_the_order_of_sheets_does_not_matter(
    incidents: sayso.Incidents, batch: sayso.Batch
) -> None:
    again = sayso.link(reversed(list(batch)))
    assert [one.to_json() for one in again] == [one.to_json() for one in incidents]


def test_each_figure_leads_to_its_words(incidents: sayso.Incidents) -> None:
    sheets = {sheet.report.id: sheet for sheet in incidents.sheets}
    checked = 0
    for incident in incidents:
        for finding in incident.findings:
            for answer in finding.answers:
                assert incident.origin(answer.origin) is not None
                for evidence in answer.evidence:
                    text = sheets[evidence.report].report.text
                    assert text[slice(*evidence.span)] == evidence.quote
                    checked += 1
    assert checked > 20


def test_findings_are_found_by_their_question(incidents: sayso.Incidents) -> None:
    found = [killed for one in incidents if (killed := one.finding("killed"))]
    assert found and all(killed.question == "killed" for killed in found)
    assert incidents[0].finding("weather") is None
    assert repr(found[0]).startswith("<Finding killed · ")
    assert repr(incidents) == "<Incidents 3 incidents, 14 sheets>"


def test_a_sheet_that_does_not_fit_its_report_is_refused(batch: sayso.Batch) -> None:
    sheet = batch[0]
    report = dataclasses.replace(sheet.report, text="Something else.")
    with pytest.raises(sayso.SheetError) as caught:
        sayso.link([batch[1], dataclasses.replace(sheet, report=report)])
    assert "sheet 1" in str(caught.value)
    with pytest.raises(sayso.SheetError):
        sayso.link([dataclasses.replace(sheet, schema="sayso.sheet/99")])


def test_what_is_printed_is_what_the_command_prints(
    incidents: sayso.Incidents, program: Path, root: Path
) -> None:
    printed = subprocess.run(
        [program, "incidents", "--format", "jsonl", root / "samples/three-incidents.jsonl"],
        check=True,
        capture_output=True,
    ).stdout.decode("utf-8").splitlines()
    assert [incident.to_json() for incident in incidents] == printed
    assert [incident.to_dict() for incident in incidents] == [json.loads(p) for p in printed]


def test_what_is_no_sheet_is_named_by_its_place(batch: sayso.Batch) -> None:
    odd: List[Tuple[Any, str]] = [
        ([None], "sheets[0]"),
        ([batch[0], {"schema": "sayso.sheet/1"}], "sheets[1]"),
        ("no sheets", "sheets[0]"),
    ]
    for sheets, field in odd:
        with pytest.raises(sayso.SheetError) as caught:
            sayso.link(sheets)
        assert caught.value.field == field and caught.value.allowed
    with pytest.raises(sayso.ConfigError) as config:
        sayso.link(5)  # type: ignore[arg-type]  # that is the point
    assert config.value.field == "sheets"
    assert len(sayso.link(batch[0])) == len(sayso.link([batch[0]]))


def test_whoever_waits_may_stop_it(batch: sayso.Batch) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    sheets = []
    for number in range(4_000):
        sheet = batch[number % len(batch)]
        report = dataclasses.replace(sheet.report, id=f"r{number}")
        sheets.append(dataclasses.replace(sheet, report=report)._as_json())
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        _native.link_json(sheets, stop)
    assert time.monotonic() - start < 10


def test_nothing_links_to_nothing() -> None:
    assert len(sayso.link([])) == 0
