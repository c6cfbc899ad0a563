"""Reports as people have them: texts, dictionaries, rows of frames; on their way to the program."""

from __future__ import annotations

import datetime
import json
from typing import Any, Iterable, List, Mapping, Protocol, Tuple, Union, cast

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
    """The reports one by one; of a frame of pandas, polars or pyarrow its rows."""
    if isinstance(reports, (str, Mapping, Report)):
        return [reports]
    for name, arguments in (("to_dicts", ()), ("to_pylist", ()), ("to_dict", ("records",))):
        rows = getattr(reports, name, None)
        if callable(rows):
            return list(rows(*arguments))
    return list(cast(Iterable[AnyReport], reports))


def written(report: object) -> str:
    """A report as JSON. What cannot be one is written all the same: the program says what is wrong."""
    if isinstance(report, str):
        return json.dumps({"text": report})
    if isinstance(report, Report):
        report = report.to_dict()
    if not isinstance(report, Mapping):
        return json.dumps(repr(report)[:60])
    fields = {field: _plain(report[field]) for field in FIELDS if field in report}
    return json.dumps({field: value for field, value in fields.items() if value is not None})


def _plain(value: Any) -> Any:
    """A value of a field; what a frame holds for nothing is nothing."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if _is_missing(value):
        return None
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, float):
        return value
    # Nothing that a field can hold; it stands in the error.
    return [repr(value)[:60]]


def _is_missing(value: Any) -> bool:
    """NaN and NaT are not what they are; pandas' NA refuses to say."""
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"
