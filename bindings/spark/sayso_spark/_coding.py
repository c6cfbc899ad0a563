"""Reports to sheets."""

import json
from typing import Any, Dict, FrozenSet, Iterable, Iterator, List, Optional, Tuple

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    ByteType,
    CharType,
    DataType,
    DateType,
    DecimalType,
    DoubleType,
    IntegerType,
    LongType,
    NullType,
    ShortType,
    StringType,
    StructField,
    StructType,
    TimestampNTZType,
    TimestampType,
    VarcharType,
)

from ._batches import Row, arrow_schema, beginning, id_of, in_words, packed, slices
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
    else is known of a report: id, title, published, outlet, url, language. Text that is bytes is
    decoded as the bytes of a file are; an id may be a whole number. A report that cannot be coded is a
    row with an ``error`` and no sheet; a column of another kind is a ``ValueError`` before anything
    runs.
    """
    columns = arrow_schema(SHEETS)
    bytes_of = frozenset(
        field.name for field in reports.schema if isinstance(field.dataType, BinaryType)
    )

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in slices(batches):
            yield from packed(_coded(batch.to_pylist(), bytes_of), columns)

    return reports.select(*_input(reports)).mapInArrow(run, SHEETS)


_TEXTS = (StringType, VarcharType, CharType, BinaryType, NullType)
_WHOLE_NUMBERS = (ByteType, ShortType, IntegerType, LongType, DecimalType)


def _input(reports: DataFrame) -> List[Column]:
    """The columns that are read, as bytes: what Spark calls a string may hold bytes that are none."""
    kinds = {field.name: field.dataType for field in reports.schema}
    if "report" in kinds:
        wanted: Tuple[str, ...] = ("report", "notes", "error", "source")
    elif "text" in kinds:
        wanted = (*FIELDS, "source")
    else:
        raise ValueError(
            f"no column `text` or `report` among {', '.join(kinds) or 'none'}; "
            "give the columns of a report, or what read_jsonl and read_files give"
        )
    return [_read(name, kinds[name]).alias(name) for name in wanted if name in kinds]


def _read(name: str, kind: DataType) -> Column:
    column = F.col(name)
    allowed = "text"
    if name == "source":
        return column.cast("string")
    if isinstance(kind, _TEXTS):
        return column.cast("string") if name in ("notes", "error") else column.cast("binary")
    if name in ("id", "reply_to"):
        allowed = "text or whole numbers"
        if isinstance(kind, _WHOLE_NUMBERS):
            return column.cast("string").cast("binary")
    if name in ("published", "updated"):
        allowed = "text, days or moments"
        if isinstance(kind, (DateType, TimestampType, TimestampNTZType)):
            return _iso(column, kind).cast("binary")
    raise ValueError(f"column `{name}` is {kind.simpleString()}; give {allowed}")


def _iso(column: Column, kind: DataType) -> Column:
    """Days and moments as text. Spark's moments are those of the session; the day is the one that
    they show. (Python would not do: it knows no year after 9999.)"""
    if isinstance(kind, DateType):
        return F.date_format(column, "yyyy-MM-dd")
    zone = "xxx" if isinstance(kind, TimestampType) else ""
    whole = F.date_format(column, f"yyyy-MM-dd'T'HH:mm:ss{zone}")
    exact = F.date_format(column, f"yyyy-MM-dd'T'HH:mm:ss.SSSSSS{zone}")
    return F.when(F.date_format(column, "SSSSSS") == "000000", whole).otherwise(exact)


def _coded(rows: List[Row], bytes_of: FrozenSet[str] = frozenset()) -> Iterator[Row]:
    from sayso._native import archive_code

    given = [_given(row, bytes_of) for row in rows]
    known = [(at, one[0], one[1]) for at, one in enumerate(given) if one[0] is not None]
    coded = archive_code([(report, notes) for _, report, notes in known])
    outcomes: Dict[int, Tuple[Optional[str], Optional[str]]] = {
        at: outcome for (at, _, _), outcome in zip(known, coded)
    }
    for at, row in enumerate(rows):
        sheet, error = outcomes.get(at, (None, None))
        if sheet is not None:
            yield {**_columns(json.loads(sheet)), "sheet": sheet, "source": row.get("source")}
            continue
        report, _, wrong = given[at]
        yield {
            **_found_by(report, wrong or (in_words(error) if error else "no report")),
            "published_on": UNKNOWN,
            "source": row.get("source"),
        }


#: A report as bytes of JSON, what its reader noted, and in words what is wrong with it.
Given = Tuple[Optional[bytes], Optional[str], Optional[str]]


def _given(row: Row, bytes_of: FrozenSet[str]) -> Given:
    """What is coded of a row."""
    if "report" in row:
        return row["report"], row.get("notes"), row.get("error")
    from sayso._native import archive_decoded

    fields: Dict[str, str] = {}
    notes: Optional[str] = None
    wrong: Optional[str] = None
    for name in FIELDS:
        value = row.get(name)
        if value is None:
            continue
        try:
            if name in bytes_of:
                raise UnicodeError("as a file's bytes are decoded")
            fields[name] = value.decode("utf-8")
        except UnicodeError:
            text, noted, what = archive_decoded(value)
            if text is None:
                wrong = wrong or f"`{name}` is {what}, and no text"
            else:
                fields[name] = text
            notes = notes or (noted if name == "text" else None)
    report = json.dumps(fields, ensure_ascii=False).encode("utf-8")
    return (report, notes, None) if wrong is None else (None, None, _with_id(wrong, fields))


def _with_id(wrong: str, fields: Dict[str, str]) -> str:
    return f"report `{fields['id']}`: {wrong}" if "id" in fields else wrong


def _found_by(report: Optional[bytes], error: str) -> Row:
    """The id of a bad report, or how it begins: nobody finds a line of millions by anything else."""
    if report is None:
        return {"error": error}
    try:
        found = id_of(json.loads(report))
    except ValueError:
        found = None
    if found is not None:
        return {"report": found, "error": error}
    return {"error": f"{error}; it begins with {beginning(report)}"}


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


def _within(number: Optional[int]) -> Optional[int]:
    """A number of people as a column holds it; the sheet has what the report says."""
    return None if number is None else min(number, 2**63 - 1)


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
    toll = ("effect", "who", "bound", "by")
    return {
        **{name: event[name] for name in plain},
        "side_a": [side["quote"] for side in event["side_a"]],
        "side_b": [side["quote"] for side in event["side_b"]],
        "place": place.get("name"),
        **{name: place.get(name) for name in ("country", "admin1", "lat", "lon", "where_prec")},
        **{name: time.get(name) for name in ("start", "end", "date_prec")},
        "tolls": [
            {
                **{name: one[name] for name in toll},
                "low": _within(one["low"]),
                "high": _within(one["high"]),
            }
            for one in event["tolls"]
        ],
    }
