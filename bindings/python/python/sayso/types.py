"""What sayso finds, as typed objects: sheets of reports, and incidents of sheets.

Written by ``bindings/python/tools/make_types.py`` from the program's own description of its JSON.
Every span is ``[start, end)`` in characters of ``Sheet.report.text``, as Python slices it, and every
quote is exactly that slice. What nobody states is ``None`` or empty, and never 0.
"""

# Long because it is written by a program, one class for each object of the schema.

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Tuple

from sayso._record import MISFIT, Record, Span, misfit, optional, reasons, span
from sayso._sheet import IncidentMethods, SheetMethods

__all__ = [
    "Span",
    "Actor",
    "Answer",
    "Edge",
    "Event",
    "Evidence",
    "Finding",
    "Incident",
    "IncidentDecision",
    "IncidentPlace",
    "IncidentReport",
    "MadeBy",
    "Note",
    "Origin",
    "Passage",
    "Place",
    "PlaceMention",
    "Quoted",
    "Reason",
    "Report",
    "Sheet",
    "Side",
    "Source",
    "Statement",
    "Time",
    "TimeMention",
    "Toll",
]


@dataclass(frozen=True, repr=False)
class MadeBy(Record):
    """What made a sheet."""

    sayso: str
    """Version of the program."""
    model: str
    """Version of the model."""
    lexicon: str
    """Version of the lexicon."""
    gazetteer: str
    """Version of the gazetteer."""
    registry: str = ""
    """Version of the registry of actors."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "MadeBy":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                sayso=data["sayso"],
                model=data["model"],
                lexicon=data["lexicon"],
                gazetteer=data["gazetteer"],
                registry=data.get("registry", ""),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Report(Record):
    """The report that a sheet is of."""

    id: str
    """Its id: given, or the SHA-256 of the text."""
    text: str
    """The text that every span indexes."""
    language: str
    """ISO 639-1."""
    author: Optional[str] = None
    """Who wrote it, as the input states it; may be a private person."""
    forwarded_from: Optional[str] = None
    """The channel, group or person whose message it passes on."""
    outlet: Optional[str] = None
    """Who published it."""
    published: Optional[str] = None
    """When, as it was given."""
    reply_to: Optional[str] = None
    """Id of the report that it answers."""
    title: Optional[str] = None
    """Its headline; no part of the text."""
    updated: Optional[str] = None
    """When the outlet last changed it, as it was given."""
    url: Optional[str] = None
    """Where."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Report":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                id=data["id"],
                text=data["text"],
                language=data["language"],
                author=data.get("author"),
                forwarded_from=data.get("forwarded_from"),
                outlet=data.get("outlet"),
                published=data.get("published"),
                reply_to=data.get("reply_to"),
                title=data.get("title"),
                updated=data.get("updated"),
                url=data.get("url"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Reason(Record):
    """What a field rests on."""

    rule: str
    """Name of the rule."""
    span: Optional[Span] = None
    """The words, `[start, end)`; `None` where the field is inferred."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Reason":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                rule=data["rule"],
                span=optional(span, data.get("span")),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Quoted(Record):
    """Words of the text."""

    span: Span
    """`[start, end)` in code points."""
    quote: str
    """The text there."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Quoted":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                span=span(data["span"]),
                quote=data["quote"],
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Source(Record):
    """A speaker, or who passes on what was said."""

    span: Span
    """`[start, end)` in code points."""
    quote: str
    """The local words."""
    kind: str
    """`SourceKind` as printed."""
    actor: Optional[str] = None
    """Id of the actor it resolves to."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Source":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                span=span(data["span"]),
                quote=data["quote"],
                kind=data["kind"],
                actor=data.get("actor"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Edge(Record):
    """Why a span of a statement starts and ends where it does."""

    part: str
    """The field."""
    span: Span
    """The span whose edges these are."""
    starts: Reason
    """Why it starts there."""
    ends: Reason
    """Why it ends there."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Edge":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                part=data["part"],
                span=span(data["span"]),
                starts=Reason.from_dict(data["starts"]),
                ends=Reason.from_dict(data["ends"]),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Statement(Record):
    """One statement."""

    id: str
    """`s:…`, stable."""
    act: str
    """`Act` as printed."""
    polarity: str
    """`affirmed` or `negated`."""
    certainty: str
    """`certain`, `probable` or `possible`."""
    sources: Tuple[Source, ...]
    """The speaker nearest the content first."""
    content: Tuple[Quoted, ...]
    """What is said."""
    events: Tuple[str, ...]
    """Ids of the events it tells of."""
    confidence: float
    """0 to 1, two decimals."""
    why: Mapping[str, Reason]
    """Field to reason."""
    cameo: Optional[str] = None
    """CAMEO root of it."""
    cue: Optional[Quoted] = None
    """The words that report."""
    edges: Tuple[Edge, ...] = ()
    """Why each span ends where it does."""
    medium: Optional[Quoted] = None
    """Through what."""
    plover: Optional[str] = None
    """PLOVER event of what is said."""
    plover_mode: Optional[str] = None
    """PLOVER mode of it."""
    to: Optional[Quoted] = None
    """Who is told."""
    within: Optional[str] = None
    """Id of the statement it is nested in."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Statement":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                id=data["id"],
                act=data["act"],
                polarity=data["polarity"],
                certainty=data["certainty"],
                sources=tuple(Source.from_dict(one) for one in data["sources"]),
                content=tuple(Quoted.from_dict(one) for one in data["content"]),
                events=tuple(one for one in data["events"]),
                confidence=data["confidence"],
                why=reasons(Reason.from_dict, data["why"]),
                cameo=data.get("cameo"),
                cue=optional(Quoted.from_dict, data.get("cue")),
                edges=tuple(Edge.from_dict(one) for one in data.get("edges", ())),
                medium=optional(Quoted.from_dict, data.get("medium")),
                plover=data.get("plover"),
                plover_mode=data.get("plover_mode"),
                to=optional(Quoted.from_dict, data.get("to")),
                within=data.get("within"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Side(Record):
    """One who acts or is acted upon."""

    span: Span
    """`[start, end)` in code points."""
    quote: str
    """The local words."""
    actor: Optional[str] = None
    """Id of the actor it resolves to."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Side":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                span=span(data["span"]),
                quote=data["quote"],
                actor=data.get("actor"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Place(Record):
    """Where an event happened."""

    span: Span
    """`[start, end)` in code points."""
    quote: str
    """The local words."""
    name: str
    """Usual English name."""
    level: str
    """`Level` as printed."""
    where_prec: int
    """UCDP, 1 to 7."""
    admin1: Optional[str] = None
    """First-order division."""
    admin2: Optional[str] = None
    """Second-order division."""
    country: Optional[str] = None
    """ISO 3166-1 alpha-3."""
    geonames: Optional[int] = None
    """GeoNames id."""
    lat: Optional[float] = None
    """Degrees north."""
    lon: Optional[float] = None
    """Degrees east."""
    pcode: Optional[str] = None
    """P-code of the division."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Place":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                span=span(data["span"]),
                quote=data["quote"],
                name=data["name"],
                level=data["level"],
                where_prec=data["where_prec"],
                admin1=data.get("admin1"),
                admin2=data.get("admin2"),
                country=data.get("country"),
                geonames=data.get("geonames"),
                lat=data.get("lat"),
                lon=data.get("lon"),
                pcode=data.get("pcode"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Time(Record):
    """When an event happened."""

    date_prec: int
    """UCDP, 1 to 5."""
    end: Optional[str] = None
    """Last day."""
    quote: Optional[str] = None
    """Its words."""
    span: Optional[Span] = None
    """The expression; `None` where only the publication bounds it."""
    start: Optional[str] = None
    """First day, ISO 8601."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Time":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                date_prec=data["date_prec"],
                end=data.get("end"),
                quote=data.get("quote"),
                span=optional(span, data.get("span")),
                start=data.get("start"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Toll(Record):
    """People counted."""

    span: Span
    """`[start, end)` in code points."""
    quote: str
    """The words."""
    effect: str
    """`Effect` as printed."""
    who: str
    """`Who` as printed."""
    low: int
    """At least so many."""
    bound: str
    """`Bound` as printed."""
    by: Optional[str] = None
    """Id of the statement that counts."""
    high: Optional[int] = None
    """At most so many, where the text says."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Toll":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                span=span(data["span"]),
                quote=data["quote"],
                effect=data["effect"],
                who=data["who"],
                low=data["low"],
                bound=data["bound"],
                by=data.get("by"),
                high=data.get("high"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Event(Record):
    """One event."""

    id: str
    """`e:…`, stable."""
    anchor: Quoted
    """The words that tell of it."""
    plover: str
    """PLOVER event."""
    cameo: str
    """CAMEO code."""
    side_a: Tuple[Side, ...]
    """Who did it; either side of a clash."""
    side_b: Tuple[Side, ...]
    """To whom."""
    weapons: Tuple[Quoted, ...]
    """With what."""
    tolls: Tuple[Toll, ...]
    """How many."""
    toll_status: str
    """`TollStatus` as printed."""
    status: str
    """`Status` as printed."""
    aggregate: bool
    """A sum over many incidents, not one."""
    statements: Tuple[str, ...]
    """Ids of the statements that tell of it."""
    confidence: float
    """0 to 1, two decimals."""
    why: Mapping[str, Reason]
    """Field to reason."""
    acled: Optional[str] = None
    """One of the 25 sub-event types."""
    place: Optional[Place] = None
    """Where."""
    plover_mode: Optional[str] = None
    """PLOVER mode."""
    time: Optional[Time] = None
    """When."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Event":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                id=data["id"],
                anchor=Quoted.from_dict(data["anchor"]),
                plover=data["plover"],
                cameo=data["cameo"],
                side_a=tuple(Side.from_dict(one) for one in data["side_a"]),
                side_b=tuple(Side.from_dict(one) for one in data["side_b"]),
                weapons=tuple(Quoted.from_dict(one) for one in data["weapons"]),
                tolls=tuple(Toll.from_dict(one) for one in data["tolls"]),
                toll_status=data["toll_status"],
                status=data["status"],
                aggregate=data["aggregate"],
                statements=tuple(one for one in data["statements"]),
                confidence=data["confidence"],
                why=reasons(Reason.from_dict, data["why"]),
                acled=data.get("acled"),
                place=optional(Place.from_dict, data.get("place")),
                plover_mode=data.get("plover_mode"),
                time=optional(Time.from_dict, data.get("time")),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Actor(Record):
    """Who is who."""

    id: str
    """`a:…`, stable."""
    name: str
    """The fullest name."""
    aliases: Tuple[str, ...]
    """Other names in the text."""
    kind: str
    """`ActorKind` as printed."""
    mentions: Tuple[Span, ...]
    """Where it is named, `[start, end)`."""
    country: Optional[str] = None
    """ISO 3166-1 alpha-3."""
    member_of: Optional[str] = None
    """Id of the actor it belongs to."""
    names: Tuple[str, ...] = ()
    """Proper names of a person, without titles: what a public export must not show of somebody
    who is protected."""
    protect: Optional[str] = None
    """Why it is kept out of exports."""
    registry: Optional[str] = None
    """Id of its entry in the registry of actors."""
    role: Optional[str] = None
    """Office or capacity."""
    sector: Optional[str] = None
    """PLOVER sector of that entry."""
    why: Mapping[str, Reason] = field(default_factory=dict)
    """Rule and words behind fields."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Actor":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                id=data["id"],
                name=data["name"],
                aliases=tuple(one for one in data["aliases"]),
                kind=data["kind"],
                mentions=tuple(span(one) for one in data["mentions"]),
                country=data.get("country"),
                member_of=data.get("member_of"),
                names=tuple(one for one in data.get("names", ())),
                protect=data.get("protect"),
                registry=data.get("registry"),
                role=data.get("role"),
                sector=data.get("sector"),
                why=reasons(Reason.from_dict, data.get("why", {})),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class PlaceMention(Record):
    """One toponym of the text."""

    span: Span
    """`[start, end)` in code points."""
    quote: str
    """The local words."""
    name: str
    """Usual English name."""
    level: str
    """`Level` as printed."""
    admin1: Optional[str] = None
    """First-order division."""
    admin2: Optional[str] = None
    """Second-order division."""
    country: Optional[str] = None
    """ISO 3166-1 alpha-3."""
    geonames: Optional[int] = None
    """GeoNames id."""
    lat: Optional[float] = None
    """Degrees north."""
    lon: Optional[float] = None
    """Degrees east."""
    pcode: Optional[str] = None
    """P-code of the division."""
    rule: str = ""
    """The rule that resolved it."""
    where_prec: Optional[int] = None
    """UCDP, 1 to 7; `null` in sheets of versions that did not print it."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "PlaceMention":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                span=span(data["span"]),
                quote=data["quote"],
                name=data["name"],
                level=data["level"],
                admin1=data.get("admin1"),
                admin2=data.get("admin2"),
                country=data.get("country"),
                geonames=data.get("geonames"),
                lat=data.get("lat"),
                lon=data.get("lon"),
                pcode=data.get("pcode"),
                rule=data.get("rule", ""),
                where_prec=data.get("where_prec"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class TimeMention(Record):
    """One time expression of the text."""

    span: Span
    """`[start, end)` in code points."""
    quote: str
    """The words."""
    type: str
    """TIMEX3 type."""
    value: str
    """TIMEX3 value."""
    end: Optional[str] = None
    """Last day."""
    rule: str = ""
    """The rule that read it."""
    start: Optional[str] = None
    """First day it covers, ISO 8601."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "TimeMention":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                span=span(data["span"]),
                quote=data["quote"],
                type=data["type"],
                value=data["value"],
                end=data.get("end"),
                rule=data.get("rule", ""),
                start=data.get("start"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Note(Record):
    """What a reader should know."""

    code: str
    """`sayso_text::NoteCode` as printed."""
    message: str
    """In words."""
    span: Optional[Span] = None
    """Where, `[start, end)`."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Note":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                code=data["code"],
                message=data["message"],
                span=optional(span, data.get("span")),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Sheet(SheetMethods, Record):
    """One sheet as printed; see SCHEMA.md for every field."""

    schema: str
    """Its schema."""
    made_by: MadeBy
    """What made it."""
    report: Report
    """What it was made from."""
    statements: Tuple[Statement, ...]
    """Who says what."""
    events: Tuple[Event, ...]
    """What happened."""
    actors: Tuple[Actor, ...]
    """Who is who."""
    places: Tuple[PlaceMention, ...]
    """Every toponym."""
    times: Tuple[TimeMention, ...]
    """Every time expression."""
    notes: Tuple[Note, ...]
    """What a reader should know."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Sheet":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                schema=data["schema"],
                made_by=MadeBy.from_dict(data["made_by"]),
                report=Report.from_dict(data["report"]),
                statements=tuple(Statement.from_dict(one) for one in data["statements"]),
                events=tuple(Event.from_dict(one) for one in data["events"]),
                actors=tuple(Actor.from_dict(one) for one in data["actors"]),
                places=tuple(PlaceMention.from_dict(one) for one in data["places"]),
                times=tuple(TimeMention.from_dict(one) for one in data["times"]),
                notes=tuple(Note.from_dict(one) for one in data["notes"]),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class IncidentPlace(Record):
    """Where an incident happened."""

    name: str
    """Usual English name."""
    level: str
    """`Level` as printed."""
    where_prec: int
    """UCDP, 1 to 7."""
    admin1: Optional[str] = None
    """First-order division."""
    country: Optional[str] = None
    """ISO 3166-1 alpha-3."""
    geonames: Optional[int] = None
    """GeoNames id."""
    lat: Optional[float] = None
    """Degrees north."""
    lon: Optional[float] = None
    """Degrees east."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "IncidentPlace":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                name=data["name"],
                level=data["level"],
                where_prec=data["where_prec"],
                admin1=data.get("admin1"),
                country=data.get("country"),
                geonames=data.get("geonames"),
                lat=data.get("lat"),
                lon=data.get("lon"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class IncidentReport(Record):
    """A report of an incident."""

    id: str
    """Its id."""
    origin: str
    """Id of the origin of its own words."""
    role: str
    """`main`: what the report is about; `background`: what it only recalls."""
    events: Tuple[str, ...]
    """Ids of its events that belong to the incident."""
    outlet: Optional[str] = None
    """Who published it."""
    published: Optional[str] = None
    """When, as it was given."""
    withdrawn: bool = False
    """Whether the outlet took it back: then nothing that it says is among the findings."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "IncidentReport":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                id=data["id"],
                origin=data["origin"],
                role=data["role"],
                events=tuple(one for one in data["events"]),
                outlet=data.get("outlet"),
                published=data.get("published"),
                withdrawn=data.get("withdrawn", False),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Passage(Record):
    """The longest run of words that a print shares with the first print of its text."""

    report: str
    """Id of the print."""
    with_: str
    """Id of the first print."""
    span: Span
    """`[start, end)` in code points of the print's text."""
    quote: str
    """The text there."""
    words: int
    """How many words."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Passage":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                report=data["report"],
                with_=data["with"],
                span=span(data["span"]),
                quote=data["quote"],
                words=data["words"],
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Origin(Record):
    """Somebody on whose say-so a finding rests."""

    id: str
    """`o:…`, stable."""
    name: str
    """Who."""
    why: str
    """`speaker`, `wire-copy` or `own-reporting`."""
    reports: Tuple[str, ...]
    """Ids of the reports that carry its words."""
    passages: Tuple[Passage, ...] = ()
    """Of a wire copy: what each print has in common with the first one."""
    unreliable: bool = False
    """Whether an analyst marked it as unreliable: its figures count for no range."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Origin":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                id=data["id"],
                name=data["name"],
                why=data["why"],
                reports=tuple(one for one in data["reports"]),
                passages=tuple(Passage.from_dict(one) for one in data.get("passages", ())),
                unreliable=data.get("unreliable", False),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Evidence(Record):
    """The words that an answer rests on."""

    report: str
    """Id of the report."""
    field: str
    """The field of the sheet."""
    span: Span
    """`[start, end)` in code points of the report's text."""
    quote: str
    """The text there."""
    event: Optional[str] = None
    """Id of the event, where the writer says it."""
    statement: Optional[str] = None
    """Id of the statement, where somebody says it."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Evidence":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                report=data["report"],
                field=data["field"],
                span=span(data["span"]),
                quote=data["quote"],
                event=data.get("event"),
                statement=data.get("statement"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Answer(Record):
    """What one origin says."""

    stance: str
    """`asserts`, `denies` or `does-not-know`."""
    origin: str
    """Id of the origin."""
    superseded: bool
    """A later answer of the same origin stands in its place."""
    evidence: Tuple[Evidence, ...]
    """Where it says so."""
    published: Optional[str] = None
    """When it was published, as given."""
    value: Optional[str] = None
    """The answer; `None` where the origin does not know."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Answer":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                stance=data["stance"],
                origin=data["origin"],
                superseded=data["superseded"],
                evidence=tuple(Evidence.from_dict(one) for one in data["evidence"]),
                published=data.get("published"),
                value=data.get("value"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Finding(Record):
    """What is known about one question."""

    question: str
    """`happened`, `type`, `who-did-it`, `to-whom`, `killed`, `injured`, …, `place`, `time`."""
    status: str
    """`corroborated`, `single-source`, `disputed`, `denied` or `unknown`."""
    answers: Tuple[Answer, ...]
    """What each origin says."""
    conservative: Optional[int] = None
    """The lowest that an origin still stands by, vague words at ACLED's values."""
    high: Optional[int] = None
    """The highest of the latest figures."""
    low: Optional[int] = None
    """Of a number: the lowest of the latest figures."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Finding":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                question=data["question"],
                status=data["status"],
                answers=tuple(Answer.from_dict(one) for one in data["answers"]),
                conservative=data.get("conservative"),
                high=data.get("high"),
                low=data.get("low"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class IncidentDecision(Record):
    """A merge or a split, where reports are kept in a ledger."""

    kind: str
    """`merge` or `split`."""
    recorded: str
    """When it was recorded."""
    by: str
    """By whom."""
    incidents: Tuple[str, ...]
    """Ids that the incidents had then: those that were merged, or the one that was split."""
    reports: Tuple[str, ...]
    """Of a split: ids of the reports that were taken out."""
    why: Optional[str] = None
    """The reason; `None` also where a report that it spoke of was erased."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "IncidentDecision":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                kind=data["kind"],
                recorded=data["recorded"],
                by=data["by"],
                incidents=tuple(one for one in data["incidents"]),
                reports=tuple(one for one in data["reports"]),
                why=data.get("why"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error


@dataclass(frozen=True, repr=False)
class Incident(IncidentMethods, Record):
    """What several reports tell of."""

    schema: str
    """Its schema."""
    id: str
    """`i:…`, stable."""
    title: str
    """In a few words."""
    reports: Tuple[IncidentReport, ...]
    """Its reports, by publication."""
    origins: Tuple[Origin, ...]
    """Who its reports go back to."""
    findings: Tuple[Finding, ...]
    """What is known, question by question."""
    why: Tuple[str, ...]
    """Why its reports belong together."""
    acled: Optional[str] = None
    """ACLED sub-event type that most origins give."""
    decisions: Tuple[IncidentDecision, ...] = ()
    """What analysts decided on what belongs together here, oldest first."""
    end: Optional[str] = None
    """Last day."""
    place: Optional[IncidentPlace] = None
    """Where, as most origins give it."""
    start: Optional[str] = None
    """First day, ISO 8601."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Incident":
        """Reads what ``to_dict`` gives, and what the program prints."""
        try:
            return cls(
                schema=data["schema"],
                id=data["id"],
                title=data["title"],
                reports=tuple(IncidentReport.from_dict(one) for one in data["reports"]),
                origins=tuple(Origin.from_dict(one) for one in data["origins"]),
                findings=tuple(Finding.from_dict(one) for one in data["findings"]),
                why=tuple(one for one in data["why"]),
                acled=data.get("acled"),
                decisions=tuple(IncidentDecision.from_dict(one) for one in data.get("decisions", ())),
                end=data.get("end"),
                place=optional(IncidentPlace.from_dict, data.get("place")),
                start=data.get("start"),
            )
        except MISFIT as error:
            raise misfit(cls, data) from error
