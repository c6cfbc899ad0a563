//! Statements and events that the program missed, added by hand.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use sayso_ledger::{OwnEvent, OwnStatement, OwnWords};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refused;
use super::reviews::{known, now, seen, told};
use crate::asked::{Body, Named};
use crate::auth::{Analyst, Reader};
use crate::problem::Problem;
use crate::reading::ReportView;
use crate::state::Desk;

/// Words of a report.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct WordsAsked {
    /// The words, as they stand in the text.
    quote: String,
    /// Where they start, in code points of the text; none: where the text has them first.
    #[serde(default)]
    start: Option<usize>,
}

/// A statement to add.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct StatementAsked {
    /// What is said.
    content: WordsAsked,
    /// The words that report.
    #[serde(default)]
    cue: Option<WordsAsked>,
    /// The speaker nearest the content first, then who passes it on; none: nobody is named.
    #[serde(default)]
    sources: Vec<SpeakerAsked>,
    /// What the speaker does by saying it (`report`, `deny`, `accuse`, …).
    act: String,
    /// Whether the content is negated.
    #[serde(default)]
    negated: bool,
    /// `certain`, `probable` or `possible`; none: certain.
    #[serde(default)]
    certainty: Option<String>,
    /// Ids of the events that it tells of.
    #[serde(default)]
    events: Vec<String>,
    /// The reason.
    #[serde(default)]
    why: Option<String>,
}

/// Who says something.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SpeakerAsked {
    /// The words.
    quote: String,
    /// Where they start; none: nearest to what is said.
    #[serde(default)]
    start: Option<usize>,
    /// `eyewitness`, `monitor`, …; none: unknown.
    #[serde(default)]
    kind: Option<String>,
}

/// An event to add.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct EventAsked {
    /// The words that tell of it.
    anchor: WordsAsked,
    /// What it is: one of `GET /event-types`.
    r#type: String,
    /// Who did it; of a clash, either side.
    #[serde(default)]
    side_a: Vec<WordsAsked>,
    /// To whom.
    #[serde(default)]
    side_b: Vec<WordsAsked>,
    /// `asserted`, `denied`, `disputed`, `alleged` or `planned`; none: asserted.
    #[serde(default)]
    status: Option<String>,
    /// Ids of the statements that tell of it.
    #[serde(default)]
    statements: Vec<String>,
    /// The reason.
    #[serde(default)]
    why: Option<String>,
}

/// A type that an event can have.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct EventTypeJson {
    /// What `type` of an event to add can be.
    name: String,
    /// ACLED sub-event type; `null` for what ACLED does not code.
    acled: Option<String>,
    /// PLOVER event.
    plover: String,
}

/// Types of events.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct EventTypesJson {
    /// The types, by name.
    items: Vec<EventTypeJson>,
    /// Always `null`.
    next: Option<String>,
    /// How many there are.
    total: usize,
}

impl From<WordsAsked> for OwnWords {
    fn from(WordsAsked { quote, start }: WordsAsked) -> Self {
        Self { quote, start }
    }
}

/// The types that an event can have.
#[utoipa::path(get, path = "/event-types", tag = "reports",
    responses((status = 200, body = EventTypesJson), Refused))]
pub(crate) async fn types(State(desk): State<Desk>, _: Reader) -> Json<EventTypesJson> {
    let frames = &desk.0.coder.knowledge().lexicon.events.frames;
    let items: Vec<EventTypeJson> = frames
        .types()
        .filter_map(|name| {
            let frame = frames.of_type(name)?;
            Some(EventTypeJson {
                name: name.to_owned(),
                acled: frame.acled.map(str::to_owned),
                plover: frame.codes.plover.to_owned(),
            })
        })
        .collect();
    Json(EventTypesJson {
        total: items.len(),
        items,
        next: None,
    })
}

/// Adds a statement that was missed, in the words of the report. It is marked as added by hand, and
/// taken back as reviews are. Needs the report's ETag as If-Match.
#[utoipa::path(post, path = "/reports/{id}/statements", tag = "reports",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = StatementAsked,
    responses((status = 201, body = ReportView, headers(("ETag" = String))), Refused))]
pub(crate) async fn statement(
    State(desk): State<Desk>,
    Analyst(who): Analyst,
    Named(id): Named<String>,
    headers: HeaderMap,
    Body(asked): Body<StatementAsked>,
) -> Result<Response, Problem> {
    let signed = (who.name.as_str(), now(), Some(seen(&headers)?));
    known(&desk, &id).await?;
    let speaker = |speaker: SpeakerAsked| {
        let SpeakerAsked { quote, start, kind } = speaker;
        let kind = kind.unwrap_or_else(|| "unknown".to_owned());
        (OwnWords { quote, start }, kind)
    };
    let own = OwnStatement {
        content: asked.content.into(),
        cue: asked.cue.map(OwnWords::from),
        sources: asked.sources.into_iter().map(speaker).collect(),
        act: asked.act,
        negated: asked.negated,
        certainty: asked.certainty.unwrap_or_else(|| "certain".to_owned()),
        events: asked.events,
    };
    let why = reason(asked.why.as_deref());
    let book = &desk.0.archive.book;
    let added = book.add_statement_at(&id, &own, why, signed).await;
    told(&desk, &id, added).await
}

/// Adds an event that was missed, in the words of the report. Place, date and tolls are then given as
/// corrections of it. It is marked as added by hand, and taken back as reviews are. Needs the report's
/// ETag as If-Match.
#[utoipa::path(post, path = "/reports/{id}/events", tag = "reports",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = EventAsked,
    responses((status = 201, body = ReportView, headers(("ETag" = String))), Refused))]
pub(crate) async fn event(
    State(desk): State<Desk>,
    Analyst(who): Analyst,
    Named(id): Named<String>,
    headers: HeaderMap,
    Body(asked): Body<EventAsked>,
) -> Result<Response, Problem> {
    let signed = (who.name.as_str(), now(), Some(seen(&headers)?));
    known(&desk, &id).await?;
    let frames = &desk.0.coder.knowledge().lexicon.events.frames;
    let frame = frames.of_type(&asked.r#type).ok_or_else(|| {
        let allowed: Vec<&str> = frames.types().collect();
        let detail = format!("`{}` is no type of event", asked.r#type);
        Problem::field("type", detail, allowed.join(", "))
    })?;
    let words = |all: Vec<WordsAsked>| all.into_iter().map(OwnWords::from).collect();
    let own = OwnEvent {
        anchor: asked.anchor.into(),
        acled: frame.acled.map(str::to_owned),
        plover: frame.codes.plover.to_owned(),
        plover_mode: frame.codes.mode.map(str::to_owned),
        cameo: frame.codes.cameo.to_owned(),
        side_a: words(asked.side_a),
        side_b: words(asked.side_b),
        status: asked.status.unwrap_or_else(|| "asserted".to_owned()),
        statements: asked.statements,
    };
    let why = reason(asked.why.as_deref());
    let book = &desk.0.archive.book;
    let added = book.add_event_at(&id, &own, why, signed).await;
    told(&desk, &id, added).await
}

fn reason(why: Option<&str>) -> Option<&str> {
    why.filter(|why| !why.trim().is_empty())
}
