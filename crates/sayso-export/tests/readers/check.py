"""Reads one export of each format with a program that is not ours, and prints what it found as JSON.

usage: check.py FOLDER    the folder holds what `sayso_export::export` wrote, a folder a format
"""

import io
import json
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])


def pandas_csv():
    import pandas

    found = {}
    for path in sorted((FOLDER / "csv").glob("*.csv")):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf"), f"{path}: no byte order mark"
        frame = pandas.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
        found[path.stem] = {"rows": len(frame), "columns": list(frame.columns)}
        for column in frame.columns:
            for cell in frame[column].dropna():
                formula = isinstance(cell, str) and cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
                assert not formula, (path, column, cell)
    frame = pandas.read_csv(FOLDER / "csv" / "incidents.csv", encoding="utf-8-sig", parse_dates=["start"])
    assert str(frame["start"].dtype).startswith("datetime"), frame["start"].dtype
    # What nobody counts is empty, never 0, and the column beside it says why.
    unknown = frame[frame["killed_status"].isin(["unknown", "not-stated"])]
    assert len(unknown) > 0 and unknown["killed"].isna().all(), unknown
    return found


def parquet():
    import pyarrow.parquet

    found = {}
    for path in sorted((FOLDER / "parquet").glob("*.parquet")):
        table = pyarrow.parquet.read_table(path)
        table.validate(full=True)
        types = {field.name: str(field.type) for field in table.schema}
        found[path.stem] = {"rows": table.num_rows, "columns": table.column_names, "types": types}
    assert found["incidents"]["types"]["start"] == "date32[day]", found["incidents"]["types"]
    assert found["incidents"]["types"]["killed"] == "int64"
    assert found["answers"]["types"]["superseded"] == "bool"
    return found


def xlsx():
    import datetime

    import openpyxl

    book = openpyxl.load_workbook(FOLDER / "xlsx" / "incidents.xlsx")
    found = {}
    for sheet in book:
        rows = list(sheet.iter_rows(values_only=False))
        head = [cell.value for cell in rows[0]]
        found[sheet.title] = {"rows": len(rows) - 1, "columns": head}
        for row in rows[1:]:
            for cell in row:
                assert cell.data_type != "f", f"{sheet.title} {cell.coordinate} is a formula: {cell.value}"
    sheet = book["incidents"]
    head = [cell.value for cell in sheet[1]]
    starts = [row[head.index("start")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert any(isinstance(start, datetime.datetime) for start in starts), starts
    return found


def geojson():
    import geopandas

    frame = geopandas.read_file(FOLDER / "geojson" / "incidents.geojson")
    points = frame[~frame.geometry.isna()]
    assert (points.geometry.x - points["lon"]).abs().max() < 1e-6
    assert frame.crs.to_epsg() == 4326
    return {"incidents": {"rows": len(frame), "points": len(points)}}


def gpkg():
    import geopandas
    import pyogrio

    path = FOLDER / "gpkg" / "incidents.gpkg"
    found = {}
    for name, geometry in pyogrio.list_layers(path):
        frame = geopandas.read_file(path, layer=name) if geometry else pyogrio.read_dataframe(path, layer=name)
        found[name] = {"rows": len(frame), "columns": [c for c in frame.columns if c != "geometry"]}
        if geometry:
            assert geometry == "Point" and frame.crs.to_epsg() == 4326
            points = frame[~frame.geometry.isna()]
            found[name]["points"] = len(points)
            assert (points.geometry.y - points["lat"]).abs().max() < 1e-6
            assert str(frame["start"].dtype).startswith("datetime"), frame["start"].dtype
    return found


def hxl_tags():
    import hxl

    path = FOLDER / "hxl" / "incidents-hxl.csv"
    text = path.read_bytes().decode("utf-8-sig").encode()
    with hxl.data(hxl.make_input(io.BytesIO(text), hxl.InputOptions(allow_local=True))) as source:
        rows = len(list(source))
        tags = source.tags
    assert "#event" in tags and "#geo" in tags and "#affected" in tags, tags
    return {"incidents": {"rows": rows, "columns": tags}}


def styles():
    import pandas

    found = {}
    for name, day in (("acled", "event_date"), ("ged", "date_start")):
        path = FOLDER / name / f"incidents-{name}.csv"
        frame = pandas.read_csv(path, encoding="utf-8-sig", parse_dates=[day])
        found[name] = {"rows": len(frame), "columns": list(frame.columns)}
        assert str(frame[day].dtype).startswith("datetime"), (name, frame[day].dtype)
    return found


def plover():
    lines = (FOLDER / "plover" / "events-plover.jsonl").read_text().splitlines()
    events = [json.loads(line) for line in lines]
    for event in events:
        assert event["event"].isupper() and event["id"].startswith("e:"), event
        assert isinstance(event["source"], list) and isinstance(event["target"], list)
    return {"events": {"rows": len(events)}}


def followthemoney():
    from followthemoney import model

    lines = (FOLDER / "ftm" / "incidents.ftm.json").read_text().splitlines()
    proxies = {}
    for line in lines:
        data = json.loads(line)
        proxy = model.get_proxy(data, cleaned=False)
        lost = {
            name
            for name, values in data["properties"].items()
            if len(proxy.get(name)) < len(values)
        }
        assert not lost, f"{proxy.schema.name} {proxy.id}: {lost} of {data['properties']} do not fit"
        for name in proxy.schema.required:
            assert proxy.get(name), f"{proxy.schema.name} {proxy.id} has no {name}"
        proxies[proxy.id] = proxy
    for proxy in proxies.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in proxies, f"{proxy.id}.{prop.name} leads to nobody: {value}"
    events = [proxy for proxy in proxies.values() if proxy.schema.is_a("Event")]
    return {"incidents": {"rows": len(events)}, "entities": {"rows": len(proxies)}}


def annotations():
    from pyld import jsonld

    # The terms of the W3C's context that are used here, so that no network is needed.
    oa, as2 = "http://www.w3.org/ns/oa#", "https://www.w3.org/ns/activitystreams#"
    terms = {
        "id": "@id",
        "type": "@type",
        "Annotation": oa + "Annotation",
        "AnnotationPage": as2 + "OrderedCollectionPage",
        "SpecificResource": oa + "SpecificResource",
        "TextualBody": oa + "TextualBody",
        "TextQuoteSelector": oa + "TextQuoteSelector",
        "TextPositionSelector": oa + "TextPositionSelector",
        "Software": as2 + "Application",
        "motivation": {"@id": oa + "motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": oa + "hasPurpose", "@type": "@vocab"},
        "identifying": oa + "identifying",
        "describing": oa + "describing",
        "body": {"@id": oa + "hasBody", "@type": "@id"},
        "target": {"@id": oa + "hasTarget", "@type": "@id"},
        "source": {"@id": oa + "hasSource", "@type": "@id"},
        "selector": {"@id": oa + "hasSelector", "@type": "@id"},
        "exact": oa + "exact",
        "prefix": oa + "prefix",
        "suffix": oa + "suffix",
        "start": oa + "start",
        "end": oa + "end",
        "items": {"@id": as2 + "items", "@type": "@id", "@container": "@list"},
        "startIndex": as2 + "startIndex",
        "generator": {"@id": as2 + "generator", "@type": "@id"},
        "name": "http://xmlns.com/foaf/0.1/name",
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        "format": "http://purl.org/dc/elements/1.1/format",
        "language": "http://purl.org/dc/elements/1.1/language",
    }

    def load(url, _options=None):
        assert url == "http://www.w3.org/ns/anno.jsonld", url
        return {"document": {"@context": terms}, "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json"}

    document = json.loads((FOLDER / "annotations" / "statements.jsonld").read_text())
    expanded = jsonld.expand(document, {"documentLoader": load})
    items = expanded[0][as2 + "items"][0]["@list"]
    quads = jsonld.to_rdf(document, {"documentLoader": load})["@default"]
    predicates = {quad["predicate"]["value"] for quad in quads}
    assert oa + "exact" in predicates and "urn:sayso:terms:act" in predicates, predicates
    for item in items:
        assert item["@type"] == [oa + "Annotation"] and item[oa + "hasTarget"], item
    # Nothing was dropped in silence: every key means something.
    def dropped(node, path=""):
        if isinstance(node, dict):
            for key, value in node.items():
                if key not in terms and not key.startswith(("@", "sayso:")):
                    yield path + "/" + key
                yield from dropped(value, path + "/" + key)
        elif isinstance(node, list):
            for one in node:
                yield from dropped(one, path)

    context_free = {key: value for key, value in document.items() if key != "@context"}
    assert not list(dropped(context_free)), list(dropped(context_free))
    return {"statements": {"rows": len(items)}}


def main():
    readers = {
        "csv": pandas_csv,
        "parquet": parquet,
        "xlsx": xlsx,
        "geojson": geojson,
        "gpkg": gpkg,
        "hxl": hxl_tags,
        "styles": styles,
        "plover": plover,
        "ftm": followthemoney,
        "annotations": annotations,
    }
    json.dump({name: read() for name, read in readers.items()}, sys.stdout)


main()
