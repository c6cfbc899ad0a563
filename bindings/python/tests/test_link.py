"""Sheets to incidents."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from pathlib import Path

import pytest

import sayso


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


def test_nothing_links_to_nothing() -> None:
    assert len(sayso.link([])) == 0
