"""Sheets to incidents.

The steps are those of ``sayso_link::archive``; docs/ARCHIVE.md argues why together they give the
incidents that ``sayso incidents`` gives on one machine.
"""

import hashlib
import json
from typing import Any, Iterable, Iterator, List

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    DoubleType,
    IntegerType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from ._batches import (
    Row,
    arrow_schema,
    beginning,
    by_group,
    columns_of,
    id_of,
    in_words,
    packed,
    slices,
)
from ._blocks import block_of, in_blocks
from ._coding import published_on
from ._components import components
from ._writing import UNKNOWN


def _struct(**fields: Any) -> StructType:
    return StructType([StructField(name, kind) for name, kind in fields.items()])


_TEXT, _WHOLE, _NUMBER, _KEYS = StringType(), IntegerType(), DoubleType(), ArrayType(LongType())

#: A row of ``link_incidents``.
INCIDENTS = _struct(
    id=_TEXT,
    title=_TEXT,
    acled=_TEXT,
    place=_TEXT,
    country=_TEXT,
    admin1=_TEXT,
    lat=_NUMBER,
    lon=_NUMBER,
    start=_TEXT,
    end=_TEXT,
    published_on=_TEXT,
    reports=ArrayType(_TEXT),
    background=ArrayType(_TEXT),
    origins=_WHOLE,
    incident=_TEXT,
    error=_TEXT,
)
_EXTRACTS = _struct(
    report=_TEXT,
    day=_WHOLE,
    names_stretch=_WHOLE,
    people_stretch=_WHOLE,
    prints_stretch=_WHOLE,
    names=_KEYS,
    people=_KEYS,
    prints=_KEYS,
    digest=_TEXT,
    signature=_TEXT,
    kept=_TEXT,
    sheet=_TEXT,
    whose=_TEXT,
    error=_TEXT,
)
_LINKS = _struct(a=_TEXT, a_day=_WHOLE, b=_TEXT, b_day=_WHOLE, score=_WHOLE)
_PAIRS = _struct(a=_TEXT, b=_TEXT)
_GROUPED = _struct(report=_TEXT, first_day=_WHOLE, first=_TEXT, likest=_TEXT, score=_WHOLE)
_WORDS = _struct(of=_TEXT, own=_TEXT)
_SPOTS = _struct(
    first=_TEXT,
    report=_TEXT,
    event=_WHOLE,
    acled=_TEXT,
    days=ArrayType(_WHOLE),
    lat=_NUMBER,
    lon=_NUMBER,
)
_RECALLS = _struct(incident=_TEXT, report=_TEXT, event=_WHOLE)

#: Parts of a degree of latitude by which spots are brought together: a tenth is 11 km, further than
#: a spot reaches.
_BANDS = 10


def link_incidents(
    sheets: DataFrame,
    *,
    sheet: str = "sheet",
    block_reports: int = 20_000,
    driver_pairs: int = 1_000_000,
) -> DataFrame:
    """The incidents that sheets tell of, each as ``sayso incidents --format jsonl`` prints it, with
    its columns; their order means nothing.

    ``sheets`` has sheets as JSON in the column ``sheet``; rows without one, as of reports that could
    not be coded, are passed over. Of several sheets of one report, which one machine takes in their
    order, the first in the order of their characters counts here. A sheet that cannot be read is a
    row with an ``error``, and with the id of its report in ``reports`` where it has one.

    A block of reports that are compared has two chunks of ``block_reports`` at most, dealt by hash.
    Up to ``driver_pairs`` pairs are joined by the driver. What both take is in docs/ARCHIVE.md.
    """
    for name, value in (("block_reports", block_reports), ("driver_pairs", driver_pairs + 1)):
        if value < 1:
            raise ValueError(f"`{name}` is too small; give a positive number")
    kinds = {field.name: field.dataType for field in sheets.schema}
    if sheet not in kinds:
        raise ValueError(f"no column `{sheet}` among {', '.join(kinds) or 'none'}; give `sheet`")
    if not isinstance(kinds[sheet], (StringType, BinaryType)):
        kind = kinds[sheet].simpleString()
        raise ValueError(f"column `{sheet}` is {kind}; give sheets as JSON")
    given = sheets.where(F.col(sheet).isNotNull()).select(F.col(sheet).cast("binary").alias("sheet"))
    extracts = _extracts(given)
    whole = extracts.where("error is null")
    # Sheets are read again for the last step alone.
    good = whole.drop("sheet").persist(StorageLevel.DISK_ONLY)
    links = _links(good, block_reports).persist(StorageLevel.DISK_ONLY)
    incident_of = _grouped(good, links, driver_pairs).persist(StorageLevel.DISK_ONLY)
    texts = _texts(good, block_reports, driver_pairs)
    recalls = _recalls(good.select("report", "kept").join(incident_of, "report"))
    told = (
        whole.select("report", "sheet")
        .join(incident_of, "report")
        .join(texts, "report", "left")
    )
    made = by_group(_parts(told, recalls), "incident", _incident, INCIDENTS)
    return made.unionByName(_errors(extracts))


def _extracts(sheets: DataFrame) -> DataFrame:
    """What each sheet is compared by; one row a report, and one for each bad sheet."""
    columns = arrow_schema(_EXTRACTS)

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in slices(batches):
            yield from packed(_extracted(batch.column("sheet").to_pylist()), columns)

    found = sheets.mapInArrow(run, _EXTRACTS)
    # Bad sheets have no report here: none of them stands in the way of a good one.
    once = Window.partitionBy(F.coalesce("report", F.sha2("sheet", 256))).orderBy("sheet")
    first = found.withColumn("nth", F.row_number().over(once)).where("nth = 1").drop("nth")
    return first.persist(StorageLevel.DISK_ONLY)


def _extracted(given: List[bytes]) -> Iterator[Row]:
    from sayso._native import archive_extracts

    sheets: List[str] = []
    for content in given:
        try:
            sheets.append(content.decode("utf-8"))
        except UnicodeDecodeError as odd:
            shown = content.decode("utf-8", "replace")
            yield {"sheet": shown, **_found_by(content, f"the sheet is no sheet: {odd}")}
    for sheet, (extract, error) in zip(sheets, archive_extracts(sheets)):
        if extract is None:
            yield {"sheet": sheet, **_found_by(sheet.encode("utf-8"), in_words(error or "{}"))}
            continue
        (report, day), stretches, keys, (digest, signature, kept) = extract
        yield {
            "report": report,
            "day": day,
            "names_stretch": stretches[0],
            "people_stretch": stretches[1],
            "prints_stretch": stretches[2],
            "names": keys[0],
            "people": keys[1],
            "prints": keys[2],
            "digest": digest,
            "signature": signature,
            "kept": kept,
            "sheet": sheet,
        }


def _found_by(sheet: bytes, error: str) -> Row:
    """The report of a bad sheet, or how it begins, and its hash: what it can be found by."""
    try:
        read = json.loads(sheet)
    except ValueError:
        read = None
    whose = id_of(read.get("report")) if isinstance(read, dict) else None
    if whose is not None:
        return {"whose": whose, "error": f"report `{whose}`: {error}"}
    digest = hashlib.sha256(sheet).hexdigest()
    return {"error": f"{error}; it begins with {beginning(sheet)} (SHA-256 {digest})"}


def _links(good: DataFrame, limit: int) -> DataFrame:
    """The links that stand: of each report the best, each link once, the lower id first."""
    from sayso._native import archive_limits

    _, best = archive_limits()
    found = _found(good, "names", limit).union(_found(good, "people", limit)).distinct()
    there = ("b", "b_day", "a", "a_day", "score")
    both = found.union(found.select(*there))
    ranked = Window.partitionBy("a").orderBy(F.col("score").desc(), "b")
    kept = both.withColumn("nth", F.row_number().over(ranked)).where(F.col("nth") <= best)
    forth = kept.where("a < b").select("a", "a_day", "b", "b_day", "score")
    back = kept.where("a > b").select(*there)
    return forth.union(back.toDF("a", "a_day", "b", "b_day", "score")).distinct()


def _found(good: DataFrame, family: str, limit: int) -> DataFrame:
    """Links between reports that share names, or people."""
    columns = arrow_schema(_LINKS)

    def compare(table: pa.Table) -> pa.Table:
        from sayso._native import archive_links

        block, places, keys = block_of(table)
        digests = table.column("digest").to_pylist()
        links = archive_links(family, block, places, digests, keys)
        return _table(links, columns)

    rows = _keyed(good, family, "digest")
    return in_blocks(rows, limit, compare, _LINKS)


def _keyed(good: DataFrame, family: str, *columns: str) -> DataFrame:
    stretch = F.col(f"{family}_stretch").alias("stretch")
    return good.select("report", stretch, F.col(family).alias("keys"), *columns)


def _table(rows: Iterable[Any], schema: pa.Schema) -> pa.Table:
    """Tuples as a table."""
    return pa.Table.from_pylist([dict(zip(schema.names, row)) for row in rows], schema=schema)


def _grouped(good: DataFrame, links: DataFrame, driver_pairs: int) -> DataFrame:
    """The incident of each report, by its first report, and the report it is most like there."""
    from sayso._native import archive_limits

    threshold, _ = archive_limits()
    found = components(links.where(F.col("score") > threshold), driver_pairs)
    ends: List[DataFrame] = [
        found.select(F.col("member").alias(end), F.col("of").alias(f"{end}_of")) for end in "ab"
    ]
    inside = links.join(ends[0], "a").join(ends[1], "b").where("a_of = b_of").drop("b_of")
    grouped = by_group(inside, "a_of", _group, _GROUPED)
    alone = F.col("first").isNull()
    return good.select("report", "day").join(grouped, "report", "left").select(
        "report",
        F.when(alone, F.col("day")).otherwise(F.col("first_day")).alias("first_day"),
        F.coalesce("first", "report").alias("first"),
        "likest",
        "score",
    )


def _group(_: str, links: List[Row]) -> Iterator[Row]:
    from sayso._native import archive_groups

    names = ("a", "a_day", "b", "b_day", "score")
    for row in archive_groups([tuple(link[name] for name in names) for link in links]):
        yield dict(zip(_GROUPED.names, row))


def _texts(good: DataFrame, limit: int, driver_pairs: int) -> DataFrame:
    """For each report that is a print of a text that others print too: whose words these are, and
    what the text is called by."""
    columns = arrow_schema(_PAIRS)

    def compare(table: pa.Table) -> pa.Table:
        from sayso._native import archive_prints

        block, places, _ = block_of(table)
        reports, days, signatures = columns_of(table, ("report", "day", "signature"))
        pairs = archive_prints(block, places, days, signatures)
        return _table(((reports[a], reports[b]) for a, b in pairs), columns)

    rows = _keyed(good, "prints", "day", "signature")
    found = components(in_blocks(rows, limit, compare, _PAIRS), driver_pairs)
    prints = found.withColumnRenamed("member", "report")
    kept = prints.join(good.select("report", "kept"), "report")
    return prints.join(by_group(kept, "of", _own_words, _WORDS), "of")


def _own_words(of: str, prints: List[Row]) -> Iterator[Row]:
    from sayso._native import archive_own_words

    yield {"of": of, "own": archive_own_words([row["kept"] for row in prints])}


def _recalls(reports: DataFrame) -> DataFrame:
    """Which report recalls which incident, and by which of its events: those of one type meet by day
    and latitude, with their neighbours as overlap."""
    seen = by_group(reports, "first", _outlook, _SPOTS).persist(StorageLevel.DISK_ONLY)
    band = F.floor(F.col("lat") * _BANDS)
    incidents = (
        seen.where("report is null")
        .withColumn("day", F.explode("days"))
        .withColumn("band", F.explode(F.array(band - 1, band, band + 1)))
        .select(
            F.col("first").alias("incident"),
            "acled",
            "day",
            "band",
            F.col("lat").alias("here_lat"),
            F.col("lon").alias("here_lon"),
        )
    )
    events = (
        seen.where("report is not null")
        .withColumn("day", F.explode("days"))
        .withColumn("band", band)
        .select("first", "report", "event", "acled", "day", "band", "lat", "lon")
    )
    met = (
        incidents.join(events, ["acled", "day", "band"])
        .where("incident != first")
        .select("incident", "report", "event", "here_lat", "here_lon", "lat", "lon")
        .distinct()
    )
    return met.mapInArrow(_near, _RECALLS).groupBy("incident", "report").agg(
        F.sort_array(F.collect_set("event")).alias("events")
    )


def _near(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    from sayso._native import archive_recalls

    for batch in batches:
        spots = columns_of(batch, ("here_lat", "here_lon", "lat", "lon"))
        near = pa.array(archive_recalls(list(zip(*spots))), pa.bool_())
        yield batch.select(_RECALLS.names).filter(near)


def _outlook(first: str, reports: List[Row]) -> Iterator[Row]:
    from sayso._native import archive_outlook

    spot, recalls = archive_outlook([row["kept"] for row in reports])
    if spot is not None:
        yield _spot(first, None, None, spot)
    for report, event, at in recalls:
        yield _spot(first, report, event, at)


def _spot(first: str, report: Any, event: Any, spot: Any) -> Row:
    acled, days, lat, lon = spot
    return {
        "first": first,
        "report": report,
        "event": event,
        "acled": acled,
        "days": days,
        "lat": lat,
        "lon": lon,
    }


def _parts(told: DataFrame, recalls: DataFrame) -> DataFrame:
    """The reports of each incident: those that are about it, and those that recall it."""
    common = ["report", "sheet", "of", "own", "likest", "score", "first", "first_day"]
    none = F.lit(None).cast(ArrayType(_WHOLE)).alias("events")
    main = told.select(F.col("first").alias("incident"), *common, none)
    background = recalls.join(told, "report").select("incident", *common, "events")
    return main.unionByName(background)


def _incident(_: str, rows: List[Row]) -> Iterator[Row]:
    from sayso._native import archive_incident

    parts = []
    for row in rows:
        recalls = row["events"] is not None
        parts.append(
            (
                row["sheet"],
                None if row["own"] is None else (row["own"], row["of"]),
                None if row["likest"] is None else (row["likest"], row["score"]),
                (row["first_day"], row["first"]) if recalls else None,
                row["events"] or [],
            )
        )
    found = archive_incident(parts)
    yield {**_columns(json.loads(found)), "incident": found}


def _columns(incident: Row) -> Row:
    place = incident["place"] or {}
    main = [report for report in incident["reports"] if report["role"] == "main"]
    dates = sorted(report["published"] for report in main if report["published"])
    return {
        **{name: incident[name] for name in ("id", "title", "acled", "start", "end")},
        "place": place.get("name"),
        **{name: place.get(name) for name in ("country", "admin1", "lat", "lon")},
        "published_on": published_on(dates[0] if dates else None),
        "reports": [report["id"] for report in main],
        "background": [r["id"] for r in incident["reports"] if r["role"] != "main"],
        "origins": len(incident["origins"]),
    }


def _errors(extracts: DataFrame) -> DataFrame:
    """A row for each sheet that cannot be read."""
    columns = arrow_schema(INCIDENTS)

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in slices(batches):
            rows = (
                {
                    "error": row["error"],
                    "reports": [] if row["whose"] is None else [row["whose"]],
                    "published_on": UNKNOWN,
                }
                for row in batch.to_pylist()
            )
            yield from packed(rows, columns)

    bad = extracts.where("error is not null").select("error", "whose")
    return bad.mapInArrow(run, INCIDENTS)
