"""A ledger: added to, and read."""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
import os
import subprocess
import time
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

import pytest

import sayso

Reports = List[Dict[str, Any]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, reports: Reports) -> sayso.Ledger:
    ledger = sayso.Ledger(tmp_path_factory.mktemp("ledger") / "desk.db")
    assert ledger.add(reports) == sayso.Added(new=14)
    return ledger


def test_what_is_there_is_known(kept: sayso.Ledger, reports: Reports) -> None:
    before = kept.head()
    assert kept.add(reports[:2]) == sayso.Added(known=2)
    assert kept.head() == before
    assert len(kept.reports()) == 14
    assert kept.reports()[0].id == reports[0]["id"]


def test_incidents_are_those_of_the_sheets(kept: sayso.Ledger, batch: sayso.Batch) -> None:
    found = kept.incidents()
    assert not found.left_out
    assert len(found.sheets) == 14
    of_sheets = {one.id: {r.id for r in one.reports} for one in sayso.link(batch)}
    of_ledger = {one.id: {r.id for r in one.reports} for one in found}
    assert sorted(map(sorted, of_ledger.values())) == sorted(map(sorted, of_sheets.values()))
    assert len(found.to_pandas()["incidents"]) == 3


def test_a_view_knows_what_was_known(kept: sayso.Ledger) -> None:
    days = sorted((report.published or "")[:10] for report in kept.reports())
    early = kept.view(published_by=datetime.date.fromisoformat(days[0]))
    assert 0 < len(early.reports()) < 14
    assert len(early.incidents()) < 3
    yesterday = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
    assert kept.view(as_of=yesterday).reports() == []
    with pytest.raises(sayso.ConfigError) as caught:
        kept.view(as_of="yesterday").reports()
    assert caught.value.field == "as_of" and caught.value.value == '"yesterday"'


def test_words_are_found(kept: sayso.Ledger) -> None:
    hits = kept.search("hospital killed")
    assert hits
    for hit in hits:
        text = kept.report(hit.report).sheet.report.text
        assert {text[slice(*span)].lower() for span in hit.spans} <= {"hospital", "killed"}
    assert kept.search("no-such-word-anywhere") == []
    with pytest.raises(sayso.LedgerError) as caught:
        kept.search("…")
    assert caught.value.allowed


def test_a_report_with_its_sheet(kept: sayso.Ledger, batch: sayso.Batch) -> None:
    report = kept.report(batch[0].report.id)
    assert report.sheet == batch[0]
    assert len(report.versions) == 1 and not report.reviews and report.withdrawal is None
    with pytest.raises(sayso.LedgerError) as caught:
        kept.report("nobody")
    assert (caught.value.field, caught.value.value) == ("id", "nobody")


def test_another_content_needs_a_word(tmp_path: Path) -> None:
    ledger = sayso.Ledger(tmp_path / "desk.db")
    first = {"id": "r1", "text": "Two people were hurt, police said."}
    other = {"id": "r1", "text": "Three people were hurt, police said."}
    assert ledger.add(first).new == 1
    added = ledger.add([other, {"id": "r2", "text": "Calm returned."}, {"title": "no text"}])
    assert added.new == 1
    told = [(failed.index, type(failed.error), failed.error.value) for failed in added.errors]
    assert told == [(0, sayso.LedgerError, "r1"), (2, sayso.ReportError, "missing")]
    assert added.errors[0].report == other
    time.sleep(0.01)
    assert ledger.add(other, corrections=True).corrected == 1
    assert len(ledger.report("r1").versions) == 2


def test_sheets_come_with_their_reports(tmp_path: Path, batch: sayso.Batch) -> None:
    ledger = sayso.Ledger(tmp_path / "desk.db")
    assert ledger.add(batch).new == 14
    assert ledger.add(batch[0]).known == 1
    mixed: List[Any] = [batch[1], {"id": "new", "text": "Calm returned."}]
    assert ledger.add(mixed) == sayso.Added(new=1, known=1)
    assert ledger.report(batch[2].report.id).sheet == batch[2]


def test_what_is_kept_stays_when_it_is_stopped(tmp_path: Path, reports: Reports) -> None:
    ledger = sayso.Ledger(tmp_path / "desk.db")

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    many = [json.dumps({**one, "id": f"{one['id']}-{n}"}) for n in range(40) for one in reports]
    with pytest.raises(KeyboardInterrupt):
        ledger._native.add(many, None, False, stop)
    kept = [report.id for report in ledger.reports()]
    assert 0 < len(kept) < len(many)
    assert set(kept) == {json.loads(one)["id"] for one in many[: len(kept)]}


def test_sheets_that_are_added_can_be_watched_and_stopped(
    tmp_path: Path, batch: sayso.Batch
) -> None:
    ledger = sayso.Ledger(tmp_path / "desk.db")
    shown = io.StringIO()
    with redirect_stderr(shown):
        assert ledger.add(batch, progress=True).new == 14
    assert "14/14" in shown.getvalue()

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    sheets = []
    for number in range(600):
        sheet = batch[number % len(batch)]
        report = dataclasses.replace(sheet.report, id=f"more-{number}")
        sheets.append(dataclasses.replace(sheet, report=report).to_json())
    with pytest.raises(KeyboardInterrupt):
        ledger._native.add_sheets(sheets, False, stop)
    kept = [report.id for report in ledger.reports()][14:]
    assert 0 < len(kept) < len(sheets)
    assert kept == [f"more-{number}" for number in range(len(kept))]
    ledger.add(map(sayso.Sheet.from_dict, map(json.loads, sheets)))
    with pytest.raises(KeyboardInterrupt):
        ledger._native.incidents(None, None, stop)


def test_an_argument_of_another_kind_is_named(kept: sayso.Ledger) -> None:
    odd: List[Tuple[str, Callable[[], object]]] = [
        ("as_of", lambda: kept.view(as_of=5)),  # type: ignore[arg-type]  # that is the point
        ("published_by", lambda: kept.view(published_by=["x"])),  # type: ignore[arg-type]
        ("id", lambda: kept.report(7)),  # type: ignore[arg-type]
        ("words", lambda: kept.search(None)),  # type: ignore[arg-type]
        ("words", lambda: kept.search("\ud800")),
        ("place", lambda: sayso.Ledger(5)),  # type: ignore[arg-type]
        ("jobs", lambda: kept.add([], jobs=-3)),
        ("reports", lambda: kept.add(5)),  # type: ignore[arg-type]
    ]
    for field, call in odd:
        with pytest.raises(sayso.ConfigError) as caught:
            call()
        assert caught.value.field == field and caught.value.allowed
    secret: Any = ["half of a secret"]
    with pytest.raises(sayso.ConfigError) as caught:
        sayso.Ledger("no-such.db", make=False, passphrase=secret)
    assert caught.value.field == "passphrase" and "secret" not in str(caught.value)


def test_half_of_a_character_is_an_error_of_what_holds_it(
    tmp_path: Path, batch: sayso.Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, half = tmp_path / "half.db", "a secret \udce9"
    monkeypatch.delenv("SAYSO_PASSPHRASE", raising=False)
    odd: List[Tuple[str, Callable[[], object]]] = [
        ("place", lambda: sayso.Ledger(f"{place}\ud800")),
        ("keys", lambda: sayso.Ledger(place, keys=tmp_path / "\udce9")),
        ("passphrase", lambda: sayso.Ledger(place, passphrase=half)),
    ]
    for field, call in odd:
        with pytest.raises(sayso.ConfigError) as caught:
            call()
        assert caught.value.field == field and caught.value.allowed
        assert "secret" not in str(caught.value) and str(caught.value).encode("utf-8")
    # As the system hands over a byte that is no text.
    monkeypatch.setitem(os.environ, "SAYSO_PASSPHRASE", half)
    with pytest.raises(sayso.ConfigError) as caught:
        sayso.Ledger(place)
    assert caught.value.field == "SAYSO_PASSPHRASE" and "secret" not in str(caught.value)
    assert not place.exists()
    monkeypatch.delenv("SAYSO_PASSPHRASE")
    ledger = sayso.Ledger(place)
    for field, call in (
        ("id", lambda: ledger.report(half)),
        ("as_of", lambda: ledger.view(as_of=half)),
        ("published_by", lambda: ledger.view(published_by=half)),
    ):
        with pytest.raises(sayso.ConfigError) as caught:
            call()
        assert caught.value.field == field
    report = dataclasses.replace(batch[0].report, title="\ud800")
    mixed: List[Any] = [
        dataclasses.replace(batch[0], report=report),
        batch[1],
        {"text": "Calm returned.", "outlet": "\udfff"},
        "Police agreed.",
    ]
    added = ledger.add(mixed)
    assert added.new == 2
    assert [(failed.index, failed.error.field) for failed in added.errors] == [
        (0, "report.title"),
        (2, "outlet"),
    ]
    assert added.errors[0].report is mixed[0]


def test_the_command_reads_it_too(kept: sayso.Ledger, program: Path) -> None:
    place = repr(kept).split()[1]
    for command, wanted in (("head", kept.head()[1]), ("verify", "")):
        printed = subprocess.run(
            [program, command, "--ledger", place], check=True, capture_output=True, text=True
        )
        assert wanted in printed.stdout


def test_an_encrypted_ledger_needs_its_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAYSO_PASSPHRASE", raising=False)
    place, words = tmp_path / "desk.db", "seven grey herons at the weir"
    assert sayso.Ledger(place, passphrase=words).add("Calm returned to Harim.").new == 1
    for wrong in (None, "seven grey herons at the mill"):
        with pytest.raises(sayso.LedgerError):
            sayso.Ledger(place, make=False, passphrase=wrong)
    assert len(sayso.Ledger(place, passphrase=words).reports()) == 1
    monkeypatch.setenv("SAYSO_PASSPHRASE", words)
    assert len(sayso.Ledger(place).search("calm")) == 1


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(sayso.LedgerError) as caught:
        sayso.Ledger(tmp_path / "none.db", make=False)
    assert caught.value.field == "place"
    (tmp_path / "text.db").write_text("this is no database, whatever its name says" * 100)
    with pytest.raises(sayso.LedgerError):
        sayso.Ledger(tmp_path / "text.db")


def test_no_password_is_shown() -> None:
    with pytest.raises(sayso.LedgerError) as caught:
        sayso.Ledger("postgres://desk:secret@127.0.0.1:1/none", make=False)
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(caught.value.__dict__)
