//! From a reading and its sheet to what is printed.

use std::borrow::Cow;

use sayso_core::{Edge, Event, Place, Reason, Sheet, Side, Statement, Why};
use sayso_text::{Reading, Span};

use crate::CodePoints;
use crate::json::{
    ActorJson, EdgeJson, EventJson, EventTimeJson, MadeBy, NoteJson, PlaceJson, PlaceMentionJson,
    Quoted, ReasonJson, ReportJson, SCHEMA, SheetJson, SideJson, SourceJson, StatementJson,
    TimeMentionJson, TollJson, WhyJson,
};

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
        schema: SCHEMA.into(),
        made_by: Cow::Borrowed(made_by),
        report: ReportJson {
            id: report.id.as_str().into(),
            title: report.title.as_deref().map(Cow::Borrowed),
            text: report.text.as_str().into(),
            outlet: report.outlet.as_deref().map(Cow::Borrowed),
            url: report.url.as_deref().map(Cow::Borrowed),
            published: report.published.as_ref().map(|p| p.as_written().into()),
            language: reading.language.as_str().into(),
            author: report.author.as_deref().map(Cow::Borrowed),
            updated: report.updated.as_ref().map(|p| p.as_written().into()),
            forwarded_from: report.forwarded_from.as_deref().map(Cow::Borrowed),
            reply_to: report.reply_to.as_deref().map(Cow::Borrowed),
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
                id: actor.id.as_str().into(),
                name: actor.name.as_str().into(),
                aliases: actor.aliases.iter().map(|a| a.as_str().into()).collect(),
                names: actor.names.iter().map(|a| a.as_str().into()).collect(),
                kind: actor.kind.as_str().into(),
                country: actor.country.as_deref().map(Cow::Borrowed),
                member_of: actor.member_of.and_then(|a| layout.actor_id(a)),
                role: actor.role.as_deref().map(Cow::Borrowed),
                protect: actor.protect.map(|p| p.as_str().into()),
                registry: actor.registry.as_deref().map(Cow::Borrowed),
                sector: actor.sector.map(Cow::Borrowed),
                mentions: actor
                    .mentions
                    .iter()
                    .map(|&m| layout.points.span(m))
                    .collect(),
                why: layout.why(&actor.why),
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
                    admin2: place.admin2,
                    lat: place.lat,
                    lon: place.lon,
                    geonames: place.geonames,
                    pcode: place.pcode,
                    level: place.level,
                    where_prec: Some(place.where_prec),
                    rule: mention.rule.as_str().into(),
                }
            })
            .collect(),
        times: sheet
            .times
            .iter()
            .map(|time| TimeMentionJson {
                span: layout.points.span(time.span),
                quote: time.span.of(layout.text).into(),
                r#type: time.kind.as_str().into(),
                value: time.value.as_str().into(),
                start: time.start.map(|d| d.to_string()),
                end: time.end.map(|d| d.to_string()),
                rule: time.rule.name().into(),
            })
            .collect(),
        notes: sheet
            .notes
            .iter()
            .map(|note| NoteJson {
                code: note.code.as_str().into(),
                span: note.span.map(|s| layout.points.span(s)),
                message: note.message.as_str().into(),
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
            quote: span.of(self.text).into(),
        }
    }

    fn why(&self, why: &'a Why) -> WhyJson<'a> {
        why.iter()
            .map(|(&field, reason)| (field.into(), self.reason(reason)))
            .collect()
    }

    fn reason(&self, reason: &'a Reason) -> ReasonJson<'a> {
        ReasonJson {
            rule: reason.rule.as_str().into(),
            span: reason.span.map(|s| self.points.span(s)),
        }
    }

    fn edge(&self, edge: &'a Edge) -> EdgeJson<'a> {
        EdgeJson {
            part: edge.part.as_str().into(),
            span: self.points.span(edge.span),
            starts: self.reason(&edge.starts),
            ends: self.reason(&edge.ends),
        }
    }

    fn statement_id(&self, index: usize) -> Option<Cow<'a, str>> {
        self.sheet
            .statements
            .get(index)
            .map(|s| s.id.as_str().into())
    }

    fn event_id(&self, index: usize) -> Option<Cow<'a, str>> {
        self.sheet.events.get(index).map(|e| e.id.as_str().into())
    }

    fn actor_id(&self, index: usize) -> Option<Cow<'a, str>> {
        self.sheet.actors.get(index).map(|a| a.id.as_str().into())
    }

    fn statement(&self, statement: &'a Statement) -> StatementJson<'a> {
        StatementJson {
            id: statement.id.as_str().into(),
            act: statement.act.as_str().into(),
            polarity: statement.polarity.as_str().into(),
            certainty: statement.certainty.as_str().into(),
            plover: statement.plover.map(Cow::Borrowed),
            plover_mode: statement.plover_mode.map(Cow::Borrowed),
            cameo: statement.cameo.map(Cow::Borrowed),
            sources: statement
                .sources
                .iter()
                .map(|source| SourceJson {
                    span: self.points.span(source.span),
                    quote: source.span.of(self.text).into(),
                    kind: source.kind.as_str().into(),
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
                quote: side.span.of(self.text).into(),
                actor: side.actor.and_then(|a| self.actor_id(a)),
            })
            .collect()
    }

    fn place(&self, place: &'a Place) -> PlaceJson<'a> {
        PlaceJson {
            span: self.points.span(place.span),
            quote: place.span.of(self.text).into(),
            name: place.name.as_str().into(),
            country: place.country.as_deref().map(Cow::Borrowed),
            admin1: place.admin1.as_deref().map(Cow::Borrowed),
            admin2: place.admin2.as_deref().map(Cow::Borrowed),
            lat: place.lat,
            lon: place.lon,
            geonames: place.geonames,
            pcode: place.pcode.as_deref().map(Cow::Borrowed),
            level: place.level.as_str().into(),
            where_prec: place.where_prec,
        }
    }

    fn event(&self, event: &'a Event) -> EventJson<'a> {
        EventJson {
            id: event.id.as_str().into(),
            anchor: self.quoted(event.anchor),
            acled: event.acled.map(Cow::Borrowed),
            plover: event.plover.into(),
            plover_mode: event.plover_mode.map(Cow::Borrowed),
            cameo: event.cameo.into(),
            side_a: self.sides(&event.side_a),
            side_b: self.sides(&event.side_b),
            weapons: event.weapons.iter().map(|&s| self.quoted(s)).collect(),
            place: event.place.as_ref().map(|p| self.place(p)),
            time: event.time.as_ref().map(|time| EventTimeJson {
                span: time.span.map(|s| self.points.span(s)),
                quote: time.span.map(|s| s.of(self.text).into()),
                start: time.start.map(|d| d.to_string()),
                end: time.end.map(|d| d.to_string()),
                date_prec: time.date_prec,
            }),
            tolls: event
                .tolls
                .iter()
                .map(|toll| TollJson {
                    span: self.points.span(toll.span),
                    quote: toll.span.of(self.text).into(),
                    effect: toll.effect.as_str().into(),
                    who: toll.who.as_str().into(),
                    low: toll.low,
                    high: toll.high,
                    bound: toll.bound.as_str().into(),
                    by: toll.by.and_then(|s| self.statement_id(s)),
                })
                .collect(),
            toll_status: event.toll_status.as_str().into(),
            status: event.status.as_str().into(),
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
