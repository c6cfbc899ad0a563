#!/usr/bin/env python3
"""Unfolds reports.jsonl into the folder that the scorer of sheets reads: docs/<id>.json and annot/<id>.json.

    unfold.py FOLDER          check the reports, then write them below FOLDER
    unfold.py --check         check them only, and print what they hold

A check fails on the first fault: a span that is not an exact substring of its text, an index of no statement, a value
that the annotation guide does not know, a toll that does not go with its toll_status, a date that is none.
Python 3.11, standard library only.
"""
from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

Json = dict[str, Any]

REPORTS = Path(__file__).with_name("reports.jsonl")
ACTS = {"report", "confirm", "deny", "accuse", "condemn", "threaten", "claim-responsibility", "demand", "pledge",
        "doubt", "estimate", "silence"}
TYPES = {"Government regains territory", "Non-state actor overtakes territory", "Armed clash",
         "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
         "Violent demonstration", "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb",
         "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade", "Sexual violence", "Attack",
         "Abduction/forced disappearance", "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
         "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
         "Other"}
STATUSES = {"asserted", "denied", "disputed", "alleged", "planned"}
TOLL_STATUSES = {"counted", "none", "unknown", "not-stated"}
EFFECTS = {"killed", "injured", "missing", "abducted", "detained", "displaced"}
WHO = {"people", "civilians", "children", "women", "soldiers", "police", "fighters", "other"}
BOUNDS = {"exact", "at-least", "at-most", "about", "vague"}
LEVELS = {"site", "neighbourhood", "settlement", "district", "province", "country"}


def spans(report: Json) -> Iterator[str]:
    """Every string of an annotation that must stand in the text as it is."""
    for statement in report["statements"]:
        yield from statement["content"]
        yield from statement["source"]
        yield from (statement[key] for key in ("cue", "medium", "to") if statement.get(key))
    for event in report["events"]:
        yield event["anchor"]
        yield from event["side_a"]
        yield from event["side_b"]
        yield from (toll["span"] for toll in event["tolls"])
        if event["place"]:
            yield event["place"]["span"]
        if event["time_span"]:
            yield event["time_span"]


def faults(report: Json) -> Iterator[str]:
    """What is wrong with one report."""
    text, count = report["text"], len(report["statements"])
    for span in spans(report):
        if not span or span not in text:
            yield f"not in the text: {span!r}"
    for statement in report["statements"]:
        if statement["act"] not in ACTS or statement["polarity"] not in {"affirmed", "negated"}:
            yield f"act or polarity: {statement}"
    for event in report["events"]:
        if event["type"] not in TYPES or event["status"] not in STATUSES or event["toll_status"] not in TOLL_STATUSES:
            yield f"type, status or toll_status: {event}"
        if (event["toll_status"] == "counted") != bool(event["tolls"]):
            yield f"tolls do not go with the toll_status: {event}"
        if event["place"] and event["place"]["level"] not in LEVELS:
            yield f"level: {event['place']}"
        for toll in event["tolls"]:
            if toll["effect"] not in EFFECTS or toll["who"] not in WHO or toll["bound"] not in BOUNDS:
                yield f"toll: {toll}"
        indexes = [*event["statements"], *(toll["by"] for toll in event["tolls"] if toll["by"] is not None)]
        if any(not 0 <= index < count for index in indexes):
            yield f"no such statement: {event}"
    for day in [report["published"], *(e[key] for e in report["events"] for key in ("start", "end") if e[key])]:
        date.fromisoformat(day)


def read() -> list[Json]:
    """The reports, checked."""
    reports = [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines()]
    for report in reports:
        for fault in faults(report):
            raise SystemExit(f"{report['id']}: {fault}")
    if len({report["id"] for report in reports}) < len(reports):
        raise SystemExit("two reports have the same id")
    return reports


def write(folder: Path, name: str, value: Json) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="where docs/ and annot/ are written")
    parser.add_argument("--check", action="store_true", help="write nothing")
    args = parser.parse_args()
    if args.check == bool(args.folder):
        parser.error("name a folder, or --check")
    reports = read()
    if args.folder:
        for report in reports:
            name = f"{report['id']}.json"
            write(args.folder / "docs", name,
                  {"id": report["id"], "published": report["published"], "text": report["text"]})
            write(args.folder / "annot", name, {key: report[key] for key in ("id", "statements", "events")})
        return
    events = [event for report in reports for event in report["events"]]
    print(f"{len(reports)} reports, {sum(len(r['statements']) for r in reports)} statements, {len(events)} events")
    for key in ("status", "toll_status", "type"):
        print(f"{key}: " + ", ".join(f"{value} {n}" for value, n in Counter(e[key] for e in events).most_common()))
    print("region: " + ", ".join(f"{value} {n}" for value, n in Counter(r["region"] for r in reports).most_common()))


if __name__ == "__main__":
    main()
