"""Reports to sheets."""

import datetime
import json
from typing import Any, Dict, Iterable, Iterator, List, Optional, Tuple

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    DoubleType,
    IntegerType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from ._batches import SLICE, Row, arrow_schema, in_words, packed, slices
from ._writing import UNKNOWN

#: Fields of a report; a column of each name is read, where there is one.
FIELDS = (
    "id",
    "title",
    "text",
    "published",
    "outlet",
    "url",
    "language",
    "author",
    "updated",
    "forwarded_from",
    "reply_to",
)


def _struct(**fields: Any) -> StructType:
    return StructType([StructField(name, kind) for name, kind in fields.items()])


_TEXT, _WHOLE, _NUMBER = StringType(), IntegerType(), DoubleType()

#: A statement of a report; its speakers are named as the report names them.
STATEMENT = _struct(
    id=_TEXT,
    act=_TEXT,
    polarity=_TEXT,
    certainty=_TEXT,
    speakers=ArrayType(_TEXT),
    content=_TEXT,
    events=ArrayType(_TEXT),
    confidence=_NUMBER,
)
#: An event of a report. Numbers of people that nobody states are absent, and never 0.
EVENT = _struct(
    id=_TEXT,
    acled=_TEXT,
    plover=_TEXT,
    cameo=_TEXT,
    side_a=ArrayType(_TEXT),
    side_b=ArrayType(_TEXT),
    place=_TEXT,
    country=_TEXT,
    admin1=_TEXT,
    lat=_NUMBER,
    lon=_NUMBER,
    where_prec=_WHOLE,
    start=_TEXT,
    end=_TEXT,
    date_prec=_WHOLE,
    tolls=ArrayType(
        _struct(effect=_TEXT, who=_TEXT, low=LongType(), high=LongType(), bound=_TEXT, by=_TEXT)
    ),
    toll_status=_TEXT,
    status=_TEXT,
    confidence=_NUMBER,
)
#: A row of ``code_reports``.
SHEETS = _struct(
    report=_TEXT,
    published=_TEXT,
    published_on=_TEXT,
    outlet=_TEXT,
    title=_TEXT,
    url=_TEXT,
    language=_TEXT,
    statements=ArrayType(STATEMENT),
    events=ArrayType(EVENT),
    sheet=_TEXT,
    error=_TEXT,
    source=_TEXT,
)


def code_reports(reports: DataFrame) -> DataFrame:
    """The sheet of each report, as ``sayso code --format jsonl`` prints it, with its columns.

    ``reports`` are those of ``read_jsonl`` or ``read_files``, or have a column ``text`` and whatever
    else is known of a report: id, title, published, outlet, url, language. A report that cannot be
    coded is a row with an ``error`` and no sheet.
    """
    columns = arrow_schema(SHEETS)

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in slices(batches):
            yield from packed(_coded(batch.to_pylist()), columns)

    return reports.select(*_input(reports)).mapInArrow(run, SHEETS)


def _input(reports: DataFrame) -> List[Any]:
    names = reports.columns
    if "report" in names:
        wanted: Tuple[str, ...] = ("report", "notes", "error", "source")
    elif "text" in names:
        wanted = (*FIELDS, "source")
    else:
        raise ValueError(
            f"no column `text` or `report` among {', '.join(names) or 'none'}; "
            "give the columns of a report, or what read_jsonl and read_files give"
        )
    return [F.col(name) for name in wanted if name in names]


def _coded(rows: List[Row]) -> Iterator[Row]:
    from sayso._native import archive_code

    given = [row["report"] if "report" in row else _json(row) for row in rows]
    known = [at for at, report in enumerate(given) if report is not None]
    coded = archive_code([(given[at], rows[at].get("notes")) for at in known])
    outcomes: Dict[int, Tuple[Optional[str], Optional[str]]] = dict(zip(known, coded))
    for at, row in enumerate(rows):
        sheet, error = outcomes.get(at, (None, None))
        if sheet is not None:
            yield {**_columns(json.loads(sheet)), "sheet": sheet, "source": row.get("source")}
            continue
        error = error or row.get("error")
        yield {
            "report": _id(given[at]),
            "published_on": UNKNOWN,
            "error": in_words(error) if error else "no report",
            "source": row.get("source"),
        }


def _json(row: Row) -> str:
    return json.dumps({name: _plain(row.get(name)) for name in FIELDS}, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        # Spark's moments are those of the session; the day is the one that they show.
        return value.isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else value


def _id(report: Optional[str]) -> Optional[str]:
    try:
        found = json.loads(report or "{}").get("id")
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None


def published_on(published: Optional[str]) -> str:
    """The day that something was published on, for a folder of that name."""
    return published[:10] if published else UNKNOWN


def _columns(sheet: Row) -> Row:
    report = sheet["report"]
    return {
        "report": report["id"],
        "published": report["published"],
        "published_on": published_on(report["published"]),
        "outlet": report["outlet"],
        "title": report["title"],
        "url": report["url"],
        "language": report["language"],
        "statements": [_statement(statement) for statement in sheet["statements"]],
        "events": [_event(event) for event in sheet["events"]],
    }


def _statement(statement: Row) -> Row:
    plain = ("id", "act", "polarity", "certainty", "events", "confidence")
    return {
        **{name: statement[name] for name in plain},
        "speakers": [source["quote"] for source in statement["sources"]],
        "content": " … ".join(part["quote"] for part in statement["content"]),
    }


def _event(event: Row) -> Row:
    place, time = event["place"] or {}, event["time"] or {}
    plain = ("id", "acled", "plover", "cameo", "toll_status", "status", "confidence")
    toll = ("effect", "who", "low", "high", "bound", "by")
    return {
        **{name: event[name] for name in plain},
        "side_a": [side["quote"] for side in event["side_a"]],
        "side_b": [side["quote"] for side in event["side_b"]],
        "place": place.get("name"),
        **{name: place.get(name) for name in ("country", "admin1", "lat", "lon", "where_prec")},
        **{name: time.get(name) for name in ("start", "end", "date_prec")},
        "tolls": [{name: one[name] for name in toll} for one in event["tolls"]],
    }
