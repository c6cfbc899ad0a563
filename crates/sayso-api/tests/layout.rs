//! The JSON of a sheet made by hand: every field stands where SCHEMA.md puts it.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

use std::collections::BTreeMap;

use sayso_api::{MadeBy, SheetJson, sheet_json};
use sayso_core::{
    Act, Actor, ActorKind, Bound, Certainty, Effect, Event, EventTime, Level, Place, PlaceMention,
    Polarity, Reason, Sheet, Side, Source, SourceKind, Statement, Status, TimeMention, TimeType,
    Toll, TollStatus, Who, Why,
};
use sayso_text::{Note, NoteCode, Published, Reading, Report, Span};

const TEXT: &str =
    "“Séraphin's men” attacked Ndélé on 3 May, killing at least 4 guards, police said.";

/// The span of the first occurrence of `words`.
fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn why(field: &'static str, rule: &str, words: &str) -> Why {
    let reason = Reason {
        rule: rule.to_owned(),
        span: Some(span(words)),
    };
    Why::from([(field, reason)])
}

fn place() -> Place {
    Place {
        span: span("Ndélé"),
        name: "Ndélé".to_owned(),
        country: Some("CAF".to_owned()),
        admin1: Some("Bamingui-Bangoran".to_owned()),
        admin2: None,
        lat: Some(8.41),
        lon: Some(20.65),
        geonames: Some(2_384_770),
        pcode: None,
        level: Level::Settlement,
        where_prec: 1,
    }
}

fn sheet() -> Sheet {
    let content = Span::new(0, span(", police").start());
    let day = "2025-05-03".parse().unwrap();
    let side = |words: &str, actor| Side {
        span: span(words),
        token: 0,
        entity: None,
        actor,
    };
    let actor = |id: &str, name: &str, kind, words: &str| Actor {
        id: id.to_owned(),
        name: name.to_owned(),
        aliases: Vec::new(),
        names: Vec::new(),
        kind,
        country: None,
        member_of: None,
        role: None,
        protect: None,
        registry: None,
        sector: None,
        mentions: vec![span(words)],
        why: BTreeMap::new(),
    };
    Sheet {
        statements: vec![Statement {
            id: "s:1".to_owned(),
            act: Act::Report,
            polarity: Polarity::Affirmed,
            certainty: Certainty::Certain,
            plover: None,
            plover_mode: None,
            cameo: None,
            sources: vec![Source {
                span: span("police"),
                kind: SourceKind::Government,
                entity: None,
                actor: Some(1),
            }],
            cue: Some(span("said")),
            content: vec![content],
            to: None,
            medium: None,
            within: None,
            events: vec![0],
            confidence: 0.876,
            signs: sayso_core::Signs::default(),
            why: why("act", "cue:say", "said"),
            edges: Vec::new(),
            cue_token: None,
            content_tokens: Vec::new(),
        }],
        events: vec![Event {
            id: "e:1".to_owned(),
            anchor: span("attacked"),
            anchor_token: 0,
            mention_tokens: Vec::new(),
            acled: Some("Attack"),
            plover: "ASSAULT",
            plover_mode: None,
            cameo: "190",
            side_a: vec![side("Séraphin's men", Some(0))],
            side_b: vec![side("guards", None)],
            weapons: Vec::new(),
            place: Some(place()),
            time: Some(EventTime {
                span: Some(span("on 3 May")),
                start: Some(day),
                end: Some(day),
                date_prec: 1,
            }),
            tolls: vec![Toll {
                span: span("at least 4 guards"),
                token: 0,
                effect_token: 0,
                effect: Effect::Killed,
                who: Who::Other,
                low: 4,
                high: None,
                bound: Bound::AtLeast,
                by: Some(0),
                aggregate: false,
            }],
            toll_status: TollStatus::Counted,
            status: Status::Asserted,
            aggregate: false,
            statements: vec![0],
            confidence: 0.5,
            signs: sayso_core::Signs::default(),
            why: why("acled", "frame:attack/verb", "attacked"),
        }],
        actors: vec![
            actor(
                "a:1",
                "Séraphin's men",
                ActorKind::Unknown,
                "Séraphin's men",
            ),
            actor("a:2", "police", ActorKind::StateForces, "police"),
        ],
        places: vec![PlaceMention {
            tokens: 0..1,
            place: place(),
            demonym: false,
            rule: "only-one".to_owned(),
        }],
        times: vec![TimeMention {
            tokens: 0..1,
            span: span("3 May"),
            kind: TimeType::Date,
            value: "2025-05-03".to_owned(),
            start: Some(day),
            end: Some(day),
            rule: sayso_core::TimeRule::CalendarDate,
        }],
        notes: vec![Note {
            code: NoteCode::NoPublicationDate,
            span: None,
            message: "An example.".to_owned(),
        }],
    }
}

fn made_by() -> MadeBy {
    MadeBy {
        sayso: "0".to_owned(),
        model: "m".to_owned(),
        lexicon: "l".to_owned(),
        gazetteer: "g".to_owned(),
        registry: "r".to_owned(),
    }
}

fn reading() -> Reading {
    let mut report = Report::from_text(TEXT);
    "r1".clone_into(&mut report.id);
    report.published = Some(Published::parse("2025-05-04").unwrap());
    report.language = Some("en".to_owned());
    sayso_text::read(report)
}

#[test]
fn a_sheet_is_laid_out_as_the_schema_says() {
    let (reading, sheet, made_by) = (reading(), sheet(), made_by());
    let json = sheet_json(&reading, &sheet, &made_by);
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn a_sheet_that_was_kept_is_read_again_whole() {
    let (reading, sheet, made_by) = (reading(), sheet(), made_by());
    let json = sheet_json(&reading, &sheet, &made_by);
    let printed = serde_json::to_string(&json).unwrap();
    let kept: SheetJson<'static> = serde_json::from_str(&printed).unwrap();
    assert_eq!(kept, json);
    assert_eq!(serde_json::to_string(&kept).unwrap(), printed);
}
