"""One report."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import json
import subprocess
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Mapping, Tuple

import pytest

import sayso
from sayso import _native
from sayso._input import FIELDS

HALVES = [
    # pytest writes values into names, as far as they can be written.
    pytest.param("\ud83d", id="first half"),
    pytest.param("\udd4a", id="second half"),
    # What Python makes of a byte that is no text, in arguments, variables and names of files.
    pytest.param(b"\xe9".decode("utf-8", "surrogateescape"), id="byte"),
]

TEXT = (
    "Gunmen killed three traders near Menaka on Monday, the governor said. "
    "A spokesman for the movement denied that its men had been there."
)


def test_what_is_known_about_a_report_is_kept() -> None:
    sheet = sayso.code(
        TEXT,
        published=datetime.date(2025, 11, 4),
        title="Traders killed",
        outlet="Sahel Bulletin",
        url="https://example.org/1",
        id="r1",
        language="en",
        author="Night desk",
        updated=datetime.datetime(2025, 11, 4, 9, 30, tzinfo=datetime.timezone.utc),
        forwarded_from="Menaka Now",
        reply_to="r0",
    )
    assert sheet.report == sayso.Report(
        id="r1",
        text=TEXT,
        language="en",
        author="Night desk",
        forwarded_from="Menaka Now",
        outlet="Sahel Bulletin",
        published="2025-11-04",
        reply_to="r0",
        title="Traders killed",
        updated="2025-11-04T09:30:00+00:00",
        url="https://example.org/1",
    )
    assert sheet.made_by == sayso.made_by()
    assert sheet.made_by.sayso == sayso.__version__


def test_who_says_it_what_happened_and_how_many() -> None:
    sheet = sayso.code(TEXT, published="2025-11-04")
    acts = [(statement.act, sheet.speaker(statement)) for statement in sheet.statements]
    assert ("report", "the governor") in acts
    assert any(act == "deny" for act, _ in acts)
    killing = next(event for event in sheet.events if event.tolls)
    (toll,) = killing.tolls
    assert (toll.effect, toll.low, toll.high) == ("killed", 3, 3)
    assert killing.time is not None and killing.time.start == "2025-11-03"
    assert sheet.find(killing.id) is killing
    assert sheet.find("e:none") is None


def test_every_quote_is_the_text_at_its_span(batch: sayso.Batch) -> None:
    text = "🕊 À Ségou, l’armée… The army said rebels had shelled Harim. “We did not”, they said."
    checked = 0
    for sheet in [*batch, sayso.code(text, language="en")]:
        checked += _quotes(sheet.to_dict(), sheet.report.text)
    assert checked > 300


def _quotes(value: Any, text: str) -> int:
    if isinstance(value, list):
        return sum(_quotes(one, text) for one in value)
    if not isinstance(value, dict):
        return 0
    count = sum(_quotes(one, text) for one in value.values())
    if value.get("span") and "quote" in value:
        start, end = value["span"]
        assert text[start:end] == value["quote"]
        count += 1
    return count


def test_a_sheet_goes_to_json_and_back(batch: sayso.Batch) -> None:
    for sheet in batch:
        again = sayso.Sheet.from_dict(sheet.to_dict())
        assert again == sheet
        assert again.to_json() == sheet.to_json()


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"published": "soon"}, "published", '"soon"'),
        ({"published": "2025-02-30"}, "published", '"2025-02-30"'),
        ({"updated": "later"}, "updated", '"later"'),
        ({"title": 7}, "title", "7"),
        ({"id": ["r1"]}, "id", None),
    ],
)
def test_an_error_names_the_field(given: Dict[str, Any], field: str, value: str) -> None:
    with pytest.raises(sayso.ReportError) as caught:
        sayso.code("The army said so.", **given)
    error = caught.value
    assert error.field == field
    assert value is None or error.value == value
    assert error.allowed and error.allowed in str(error)
    assert isinstance(error, sayso.SaysoError)


def test_what_is_no_text_is_an_error_of_its_own() -> None:
    for odd in (None, 7, b"bytes", ["a"], "\ud800 lone"):
        with pytest.raises(sayso.ReportError):
            sayso.code(odd)  # type: ignore[arg-type]  # that is the point


class Renamed(str):
    """A string of a library's own, which is written as something else."""

    def __str__(self) -> str:
        return "Gaz\ud800ette"


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("field", FIELDS)
def test_half_of_a_character_is_an_error_of_its_field(field: str, half: str) -> None:
    for value in (half, f"before {half}", f"{half} after"):
        report: Dict[str, Any] = {"text": "The army said so.", field: value}
        with pytest.raises(sayso.ReportError) as caught:
            sayso.code(**report)
        told = caught.value
        assert (told.field, told.allowed) == (field, "text that can be written as UTF-8")
        assert f"at {value.index(half)}" in str(told.value)
        # Whoever prints or logs it meets no second error.
        assert str(told).encode("utf-8") and repr(told).encode("utf-8")
        (failed,) = sayso.code_many([report]).errors
        assert failed.error.field == field and repr(failed).encode("utf-8")


def test_two_halves_beside_each_other_are_no_character_and_a_whole_one_is() -> None:
    with pytest.raises(sayso.ReportError):
        sayso.code("The dove \ud83d\udd4a flew.")
    assert sayso.code("The dove 🕊 flew.", title="🕊").report.title == "🕊"
    with pytest.raises(sayso.ReportError) as caught:
        sayso.code("The army said so.", outlet=Renamed("Gazette"))
    assert caught.value.field == "outlet"


def test_a_sheet_that_holds_half_of_a_character_names_the_field(batch: sayso.Batch) -> None:
    good = batch[0]
    odd = dataclasses.replace(good, report=dataclasses.replace(good.report, title="A \udc00 b"))
    actor = dataclasses.replace(good.actors[0], aliases=("x", "\ud800"))
    other = dataclasses.replace(good, actors=(actor, *good.actors[1:]))
    for sheet, field in ((odd, "report.title"), (other, "actors[0].aliases[1]")):
        asked: List[Callable[[], object]] = [
            lambda: sayso.link([batch[1], sheet]),
            lambda: sayso.Batch([batch[1], sheet]).to_arrow(),
        ]
        for ask in asked:
            with pytest.raises(sayso.SheetError) as caught:
                ask()
            assert caught.value.field == field and "sheet 1: " in str(caught.value)
            assert str(caught.value).encode("utf-8")
        # Whoever made it may look at it.
        assert sheet.to_dict() != good.to_dict() and json.loads(sheet.to_json()) == sheet.to_dict()
        assert repr(sheet).encode("utf-8") and sheet._repr_html_().encode("utf-8")
    whole = dataclasses.replace(good, report=dataclasses.replace(good.report, title="A 🕊 b"))
    assert len(sayso.link([whole])) == len(sayso.link([good]))


def test_threads_from_one() -> None:
    odd: List[Any] = [0, -1, -(10**30), True, 1.5, "2"]
    for jobs in odd:
        for work in (
            lambda jobs: sayso.code("The army said so.", jobs=jobs),
            lambda jobs: sayso.code_many(["The army said so."], jobs=jobs),
        ):
            with pytest.raises(sayso.ConfigError) as caught:
                work(jobs)
            assert caught.value.field == "jobs" and caught.value.allowed
    assert sayso.code("The army said so.", jobs=10**30).report.text


def test_the_program_itself_refuses_such_threads() -> None:
    with pytest.raises(sayso.ConfigError) as caught:
        _native.code_json(['{"text": "x"}'], -1)
    assert (caught.value.field, caught.value.value) == ("jobs", "-1")


class Stubborn:
    """What does not say what it is."""

    def __repr__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("id", 10**5000, "bits"),
        ("id", decimal.Decimal("sNaN"), "sNaN"),
        ("title", float("inf"), "inf"),
        ("outlet", "Gaz\ud800ette", "half of a character"),
        ("text", "\ud83d alone", "half of a character"),
        ("author", Stubborn(), "an object of Stubborn"),
        ("url", b"bytes", "bytes"),
    ],
    # pytest writes values into names, as far as they can be written.
    ids=["large", "decimal", "infinite", "half", "half-text", "stubborn", "bytes"],
)
def test_an_odd_value_is_an_error_of_its_field_and_stops_nothing(
    field: str, value: Any, words: str
) -> None:
    report = {"text": "The army said so.", field: value}
    batch = sayso.code_many(["Calm returned.", report, "Police agreed."])
    assert len(batch) == 2
    (failed,) = batch.errors
    assert failed.index == 1 and isinstance(failed.error, sayso.ReportError)
    assert failed.error.field == field and failed.error.allowed
    assert words in (failed.error.value or ""), failed.error
    assert failed.error.field in str(failed.error)


class Locked(Mapping[str, Any]):
    """A mapping that gives nothing away."""

    def __getitem__(self, key: str) -> Any:
        raise OSError("locked")

    def __iter__(self) -> Iterator[str]:
        return iter(["text"])

    def __len__(self) -> int:
        return 1


def test_an_object_that_fails_when_it_is_asked_stops_nothing() -> None:
    batch = sayso.code_many([Locked(), "Police agreed."])
    assert len(batch) == 1
    assert batch.errors[0].error.field == "report"


def test_what_is_printed_is_what_the_command_prints(program: Path, root: Path) -> None:
    for name in ("three-incidents.jsonl", "archive.jsonl"):
        path = root / "samples" / name
        printed = subprocess.run(
            [program, "code", "--format", "jsonl", path], check=True, capture_output=True
        ).stdout.decode("utf-8").splitlines()
        reports = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        batch = sayso.code_many(reports)
        assert [sheet.to_json() for sheet in batch] == printed
        assert [sheet.to_dict() for sheet in batch] == [json.loads(line) for line in printed]


def test_what_can_be_read_from_dictionaries_says_what_is_wrong(batch: sayso.Batch) -> None:
    good = batch[0].to_dict()
    event = next(i for i, sheet in enumerate(batch) if sheet.events)
    odd: List[Tuple[Any, str, str]] = [
        ({}, "schema", "missing"),
        ("x", "Sheet", "'x'"),
        (None, "Sheet", "None"),
        ({**good, "statements": None}, "statements", "None"),
        ({**good, "statements": ["a"]}, "Statement", "'a'"),
        ({**good, "statements": [{}]}, "id", "missing"),
        ({**good, "report": 7}, "Report", "7"),
    ]
    with_event = batch[event].to_dict()
    with_event["events"][0]["anchor"]["span"] = [0]
    odd.append((with_event, "span", "[0]"))
    for data, field, value in odd:
        with pytest.raises(sayso.SheetError) as caught:
            sayso.Sheet.from_dict(data)
        assert (caught.value.field, caught.value.value) == (field, value), data
        assert caught.value.allowed
    with pytest.raises(sayso.SheetError):
        sayso.Incident.from_dict({"id": "i:1"})


def test_any_text_gives_a_sheet() -> None:
    for text in ("", " ", "\0", "a" * 50_000, "(" * 5_000, "\u202e.detaluger", "مرحبا", "He said. " * 2_000):
        assert sayso.code(text).report.text == text


def test_no_report_in_another_language_is_passed_over_in_silence() -> None:
    sheet = sayso.code("L’armée a annoncé mardi que le pont de Goma était coupé.", language="fr")
    assert [note.code for note in sheet.notes if note.code == "language-not-read"]


def test_a_line_for_whoever_looks() -> None:
    sheet = sayso.code(TEXT, published="2025-11-04", title="Traders killed")
    assert repr(sheet).startswith("<Sheet Traders killed · 2025-11-04 · ")
    told = [repr(one) for one in sheet.statements]
    assert any("the governor · “Gunmen killed three traders" in line for line in told)
    everything = [*sheet.events, *sheet.actors, *sheet.places, *sheet.times, *sheet.notes]
    for one in everything:
        assert repr(one).startswith(f"<{type(one).__name__} ")
    hidden = sayso.code("A \u202ename", title="\x1b[31m\u202ered").report
    assert "\u202e" not in repr(hidden) and "\x1b" not in repr(hidden)
    assert "⟦U+202E⟧" in repr(hidden)
