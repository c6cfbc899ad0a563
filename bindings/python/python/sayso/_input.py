"""Reports as people have them: texts, dictionaries, rows of frames; on their way to the program."""

from __future__ import annotations

import datetime
import json
from typing import Any, Dict, Iterable, List, Mapping, Optional, Protocol, Tuple, Union, cast

from sayso._show import HALF, LARGEST, WHOLE, half_of, named
from sayso.errors import ConfigError, ReportError, SaysoError
from sayso.types import Report

AnyReport = Union[str, Mapping[str, Any], Report]
"""A bare text; a dictionary with ``text`` and what else is known; or the report of a sheet."""


class Frame(Protocol):
    """A frame of pandas, polars or pyarrow, whose rows are reports."""

    @property
    def shape(self) -> Tuple[int, ...]: ...


Reports = Union[Iterable[AnyReport], Frame]
"""Reports one by one, or a frame with a column ``text`` and what else is known."""

FIELDS = (
    "text",
    "published",
    "title",
    "outlet",
    "url",
    "id",
    "language",
    "author",
    "updated",
    "forwarded_from",
    "reply_to",
)


def listed(reports: Reports) -> List[Any]:
    """The reports one by one; of a frame of pandas, polars or pyarrow its rows, of a column its
    values."""
    if isinstance(reports, (str, Mapping, Report)):
        return [reports]
    # Only what has columns has rows; a column of a frame is a list of texts.
    lazy = getattr(reports, "collect", None)
    frame = lazy() if callable(lazy) else reports
    if hasattr(frame, "columns") or hasattr(frame, "column_names"):
        for name, arguments in (("to_dicts", ()), ("to_pylist", ()), ("to_dict", ("records",))):
            rows = getattr(frame, name, None)
            if callable(rows):
                return list(rows(*arguments))
    values = getattr(reports, "to_pylist", None)
    if callable(values):
        return list(values())
    try:
        return list(cast(Iterable[AnyReport], reports))
    except TypeError as error:
        raise argument("reports", reports, "a list of reports, or a frame") from error


def written(report: object) -> str:
    """A report as JSON. What cannot be one is written all the same: the program says what is wrong.

    ``ReportError`` where even that cannot be done.
    """
    try:
        return _written(report)
    except ReportError:
        raise
    except Exception as error:
        # Whatever an object does when it is asked what it holds.
        raise _unfit("report", named(report), "a text, or an object of fields") from error


def _written(report: object) -> str:
    if isinstance(report, str):
        report = {"text": report}
    if isinstance(report, Report):
        report = {field: getattr(report, field) for field in FIELDS}
    if not isinstance(report, Mapping):
        return json.dumps(named(report))
    fields = {field: _plain(field, report[field]) for field in FIELDS if field in report}
    return json.dumps({field: value for field, value in fields.items() if value is not None})


def prepared(reports: List[Any]) -> Tuple[List[int], List[str], Dict[int, SaysoError]]:
    """The reports that can be written down: which ones, and as JSON; and what is wrong with the
    others."""
    places, lines = [], []
    wrong: Dict[int, SaysoError] = {}
    for place, report in enumerate(reports):
        try:
            lines.append(written(report))
            places.append(place)
        except ReportError as error:
            wrong[place] = error
    return places, lines, wrong


def threads(jobs: Optional[int]) -> Optional[int]:
    """How many threads are asked for; the program says how many there may be."""
    allowed = "a number of threads from 1, or leave it out"
    if jobs is None:
        return None
    if isinstance(jobs, bool) or not isinstance(jobs, int) or jobs < 1:
        raise argument("jobs", jobs, allowed)
    return min(jobs, LARGEST - 1)


def string(name: str, value: object, allowed: str) -> str:
    """An argument that is a text."""
    if not isinstance(value, str):
        raise argument(name, value, allowed)
    if HALF.search(value):
        raise argument(name, value, f"{allowed}, without halves of a character")
    return value


def argument(name: str, value: object, allowed: str) -> ConfigError:
    """What is wrong with an argument."""
    shown = named(value)
    message = f"`{name}` is {shown}; give {allowed}"
    return ConfigError(message, field=name, value=shown, allowed=allowed)


def _unfit(field: str, shown: str, allowed: str) -> ReportError:
    message = f"`{field}` is {shown}; give {allowed}"
    return ReportError(message, field=field, value=shown, allowed=allowed)


def _plain(field: str, value: Any) -> Any:
    """A value of a field; what a frame holds for nothing is nothing."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        # A string of a library's own is written as what it is.
        text = str(value)
        half = half_of(text)
        if half is not None:
            raise _unfit(field, half, WHOLE)
        return text
    if isinstance(value, int) and -LARGEST <= value < LARGEST:
        return int(value)
    if _is_missing(value):
        return None
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, float) and abs(value) != float("inf"):
        return float(value)
    # Nothing that a field can hold; it stands in the error.
    return [named(value)]


def _is_missing(value: Any) -> bool:
    """NaN and NaT are not what they are; pandas' NA refuses to say."""
    try:
        return bool(value != value)
    except Exception:
        return type(value).__name__ == "NAType"
