//! The types that are printed, field by field in the order of SCHEMA.md.

use std::collections::BTreeMap;

use sayso_core::{Edge, Event, Place, Reason, Sheet, Side, Statement, Why};
use sayso_text::{Reading, Span};
use serde::Serialize;

use crate::CodePoints;

/// Name and number of the schema.
pub const SCHEMA: &str = "sayso.sheet/1";

/// What made a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct MadeBy {
    /// Version of the program.
    pub sayso: String,
    /// Version of the model.
    pub model: String,
    /// Version of the lexicon.
    pub lexicon: String,
    /// Version of the gazetteer.
    pub gazetteer: String,
}

/// One sheet as printed; see SCHEMA.md for every field.
#[derive(Debug, Serialize)]
pub struct SheetJson<'a> {
    schema: &'static str,
    made_by: &'a MadeBy,
    report: ReportJson<'a>,
    statements: Vec<StatementJson<'a>>,
    events: Vec<EventJson<'a>>,
    actors: Vec<ActorJson<'a>>,
    places: Vec<PlaceMentionJson<'a>>,
    times: Vec<TimeMentionJson<'a>>,
    notes: Vec<NoteJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ReportJson<'a> {
    id: &'a str,
    title: Option<&'a str>,
    text: &'a str,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<&'a str>,
    language: &'a str,
}

#[derive(Debug, Serialize)]
struct Quoted<'a> {
    span: [usize; 2],
    quote: &'a str,
}

#[derive(Debug, Serialize)]
struct ReasonJson<'a> {
    rule: &'a str,
    span: Option<[usize; 2]>,
}

type WhyJson<'a> = BTreeMap<&'static str, ReasonJson<'a>>;

#[derive(Debug, Serialize)]
struct SourceJson<'a> {
    span: [usize; 2],
    quote: &'a str,
    kind: &'static str,
    actor: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct StatementJson<'a> {
    id: &'a str,
    act: &'static str,
    polarity: &'static str,
    certainty: &'static str,
    plover: Option<&'static str>,
    plover_mode: Option<&'static str>,
    cameo: Option<&'static str>,
    sources: Vec<SourceJson<'a>>,
    cue: Option<Quoted<'a>>,
    content: Vec<Quoted<'a>>,
    to: Option<Quoted<'a>>,
    medium: Option<Quoted<'a>>,
    within: Option<&'a str>,
    events: Vec<&'a str>,
    confidence: f64,
    why: WhyJson<'a>,
    edges: Vec<EdgeJson<'a>>,
}

/// Why a span of a statement starts and ends where it does.
#[derive(Debug, Serialize)]
struct EdgeJson<'a> {
    part: &'static str,
    span: [usize; 2],
    starts: ReasonJson<'a>,
    ends: ReasonJson<'a>,
}

#[derive(Debug, Serialize)]
struct SideJson<'a> {
    span: [usize; 2],
    quote: &'a str,
    actor: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct PlaceJson<'a> {
    span: [usize; 2],
    quote: &'a str,
    name: &'a str,
    country: Option<&'a str>,
    admin1: Option<&'a str>,
    admin2: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
    geonames: Option<u32>,
    pcode: Option<&'a str>,
    level: &'static str,
    where_prec: u8,
}

#[derive(Debug, Serialize)]
struct EventTimeJson<'a> {
    span: Option<[usize; 2]>,
    quote: Option<&'a str>,
    start: Option<String>,
    end: Option<String>,
    date_prec: u8,
}

#[derive(Debug, Serialize)]
struct TollJson<'a> {
    span: [usize; 2],
    quote: &'a str,
    effect: &'static str,
    who: &'static str,
    low: u64,
    high: Option<u64>,
    bound: &'static str,
    by: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct EventJson<'a> {
    id: &'a str,
    anchor: Quoted<'a>,
    acled: Option<&'static str>,
    plover: &'static str,
    plover_mode: Option<&'static str>,
    cameo: &'static str,
    side_a: Vec<SideJson<'a>>,
    side_b: Vec<SideJson<'a>>,
    weapons: Vec<Quoted<'a>>,
    place: Option<PlaceJson<'a>>,
    time: Option<EventTimeJson<'a>>,
    tolls: Vec<TollJson<'a>>,
    toll_status: &'static str,
    status: &'static str,
    aggregate: bool,
    statements: Vec<&'a str>,
    confidence: f64,
    why: WhyJson<'a>,
}

#[derive(Debug, Serialize)]
struct ActorJson<'a> {
    id: &'a str,
    name: &'a str,
    aliases: &'a [String],
    kind: &'static str,
    country: Option<&'a str>,
    member_of: Option<&'a str>,
    role: Option<&'a str>,
    protect: Option<&'static str>,
    mentions: Vec<[usize; 2]>,
}

#[derive(Debug, Serialize)]
struct PlaceMentionJson<'a> {
    span: [usize; 2],
    quote: &'a str,
    name: &'a str,
    country: Option<&'a str>,
    admin1: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
    geonames: Option<u32>,
    pcode: Option<&'a str>,
    level: &'static str,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct TimeMentionJson<'a> {
    span: [usize; 2],
    quote: &'a str,
    r#type: &'static str,
    value: &'a str,
    start: Option<String>,
    end: Option<String>,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct NoteJson<'a> {
    code: &'static str,
    span: Option<[usize; 2]>,
    message: &'a str,
}

/// Lays out `sheet` for printing. Spans become code points of the report's text; indexes become
/// ids.
pub fn sheet_json<'a>(
    reading: &'a Reading,
    sheet: &'a Sheet,
    made_by: &'a MadeBy,
) -> SheetJson<'a> {
    let layout = Layout {
        text: reading.text(),
        points: CodePoints::of(reading.text()),
        sheet,
    };
    let report = &reading.report;
    SheetJson {
        schema: SCHEMA,
        made_by,
        report: ReportJson {
            id: &report.id,
            title: report.title.as_deref(),
            text: &report.text,
            outlet: report.outlet.as_deref(),
            url: report.url.as_deref(),
            published: report
                .published
                .as_ref()
                .map(sayso_text::Published::as_written),
            language: &reading.language,
        },
        statements: sheet
            .statements
            .iter()
            .map(|s| layout.statement(s))
            .collect(),
        events: sheet.events.iter().map(|e| layout.event(e)).collect(),
        actors: sheet
            .actors
            .iter()
            .map(|actor| ActorJson {
                id: &actor.id,
                name: &actor.name,
                aliases: &actor.aliases,
                kind: actor.kind.as_str(),
                country: actor.country.as_deref(),
                member_of: actor.member_of.and_then(|a| layout.actor_id(a)),
                role: actor.role.as_deref(),
                protect: actor.protect.map(sayso_core::Protect::as_str),
                mentions: actor
                    .mentions
                    .iter()
                    .map(|&m| layout.points.span(m))
                    .collect(),
            })
            .collect(),
        places: sheet
            .places
            .iter()
            .map(|mention| {
                let place = layout.place(&mention.place);
                PlaceMentionJson {
                    span: place.span,
                    quote: place.quote,
                    name: place.name,
                    country: place.country,
                    admin1: place.admin1,
                    lat: place.lat,
                    lon: place.lon,
                    geonames: place.geonames,
                    pcode: place.pcode,
                    level: place.level,
                    rule: &mention.rule,
                }
            })
            .collect(),
        times: sheet
            .times
            .iter()
            .map(|time| TimeMentionJson {
                span: layout.points.span(time.span),
                quote: time.span.of(layout.text),
                r#type: time.kind.as_str(),
                value: &time.value,
                start: time.start.map(|d| d.to_string()),
                end: time.end.map(|d| d.to_string()),
                rule: time.rule,
            })
            .collect(),
        notes: sheet
            .notes
            .iter()
            .map(|note| NoteJson {
                code: note.code.as_str(),
                span: note.span.map(|s| layout.points.span(s)),
                message: &note.message,
            })
            .collect(),
    }
}

struct Layout<'a> {
    text: &'a str,
    points: CodePoints<'a>,
    sheet: &'a Sheet,
}

impl<'a> Layout<'a> {
    fn quoted(&self, span: Span) -> Quoted<'a> {
        Quoted {
            span: self.points.span(span),
            quote: span.of(self.text),
        }
    }

    fn why(&self, why: &'a Why) -> WhyJson<'a> {
        why.iter()
            .map(|(&field, reason)| (field, self.reason(reason)))
            .collect()
    }

    fn reason(&self, reason: &'a Reason) -> ReasonJson<'a> {
        ReasonJson {
            rule: &reason.rule,
            span: reason.span.map(|s| self.points.span(s)),
        }
    }

    fn edge(&self, edge: &'a Edge) -> EdgeJson<'a> {
        EdgeJson {
            part: edge.part.as_str(),
            span: self.points.span(edge.span),
            starts: self.reason(&edge.starts),
            ends: self.reason(&edge.ends),
        }
    }

    fn statement_id(&self, index: usize) -> Option<&'a str> {
        self.sheet.statements.get(index).map(|s| s.id.as_str())
    }

    fn event_id(&self, index: usize) -> Option<&'a str> {
        self.sheet.events.get(index).map(|e| e.id.as_str())
    }

    fn actor_id(&self, index: usize) -> Option<&'a str> {
        self.sheet.actors.get(index).map(|a| a.id.as_str())
    }

    fn statement(&self, statement: &'a Statement) -> StatementJson<'a> {
        StatementJson {
            id: &statement.id,
            act: statement.act.as_str(),
            polarity: statement.polarity.as_str(),
            certainty: statement.certainty.as_str(),
            plover: statement.plover,
            plover_mode: statement.plover_mode,
            cameo: statement.cameo,
            sources: statement
                .sources
                .iter()
                .map(|source| SourceJson {
                    span: self.points.span(source.span),
                    quote: source.span.of(self.text),
                    kind: source.kind.as_str(),
                    actor: source.actor.and_then(|a| self.actor_id(a)),
                })
                .collect(),
            cue: statement.cue.map(|s| self.quoted(s)),
            content: statement.content.iter().map(|&s| self.quoted(s)).collect(),
            to: statement.to.map(|s| self.quoted(s)),
            medium: statement.medium.map(|s| self.quoted(s)),
            within: statement.within.and_then(|s| self.statement_id(s)),
            events: statement
                .events
                .iter()
                .filter_map(|&e| self.event_id(e))
                .collect(),
            confidence: hundredths(statement.confidence),
            why: self.why(&statement.why),
            edges: statement.edges.iter().map(|e| self.edge(e)).collect(),
        }
    }

    fn sides(&self, sides: &[Side]) -> Vec<SideJson<'a>> {
        sides
            .iter()
            .map(|side| SideJson {
                span: self.points.span(side.span),
                quote: side.span.of(self.text),
                actor: side.actor.and_then(|a| self.actor_id(a)),
            })
            .collect()
    }

    fn place(&self, place: &'a Place) -> PlaceJson<'a> {
        PlaceJson {
            span: self.points.span(place.span),
            quote: place.span.of(self.text),
            name: &place.name,
            country: place.country.as_deref(),
            admin1: place.admin1.as_deref(),
            admin2: place.admin2.as_deref(),
            lat: place.lat,
            lon: place.lon,
            geonames: place.geonames,
            pcode: place.pcode.as_deref(),
            level: place.level.as_str(),
            where_prec: place.where_prec,
        }
    }

    fn event(&self, event: &'a Event) -> EventJson<'a> {
        EventJson {
            id: &event.id,
            anchor: self.quoted(event.anchor),
            acled: event.acled,
            plover: event.plover,
            plover_mode: event.plover_mode,
            cameo: event.cameo,
            side_a: self.sides(&event.side_a),
            side_b: self.sides(&event.side_b),
            weapons: event.weapons.iter().map(|&s| self.quoted(s)).collect(),
            place: event.place.as_ref().map(|p| self.place(p)),
            time: event.time.as_ref().map(|time| EventTimeJson {
                span: time.span.map(|s| self.points.span(s)),
                quote: time.span.map(|s| s.of(self.text)),
                start: time.start.map(|d| d.to_string()),
                end: time.end.map(|d| d.to_string()),
                date_prec: time.date_prec,
            }),
            tolls: event
                .tolls
                .iter()
                .map(|toll| TollJson {
                    span: self.points.span(toll.span),
                    quote: toll.span.of(self.text),
                    effect: toll.effect.as_str(),
                    who: toll.who.as_str(),
                    low: toll.low,
                    high: toll.high,
                    bound: toll.bound.as_str(),
                    by: toll.by.and_then(|s| self.statement_id(s)),
                })
                .collect(),
            toll_status: event.toll_status.as_str(),
            status: event.status.as_str(),
            aggregate: event.aggregate,
            statements: event
                .statements
                .iter()
                .filter_map(|&s| self.statement_id(s))
                .collect(),
            confidence: hundredths(event.confidence),
            why: self.why(&event.why),
        }
    }
}

/// Two decimals: a confidence is no more exact than that, and prints the same everywhere.
fn hundredths(value: f32) -> f64 {
    (f64::from(value).clamp(0.0, 1.0) * 100.0).round() / 100.0
}
