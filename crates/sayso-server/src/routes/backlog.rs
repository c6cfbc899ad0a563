//! What waits to be coded, and what has changed.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::BroadcastStream;

use super::Refused;
use crate::auth::Reader;
use crate::events::{Backlog, Event};
use crate::state::Desk;

/// A listener has to come again after this long, and is then asked again who it is.
const LISTENS: Duration = Duration::from_mins(15);

/// What waits to be coded.
#[utoipa::path(get, path = "/backlog", tag = "events",
    responses((status = 200, body = Backlog), Refused))]
pub(crate) async fn backlog(State(desk): State<Desk>, _: Reader) -> Json<Backlog> {
    Json(desk.0.work.backlog())
}

/// Server-sent events: `report` and `incident` with an id, `backlog` with what waits, `reset` where
/// the listener has missed something, or something was erased or taken back: what was read should be
/// forgotten and read again. The data of each is JSON.
#[utoipa::path(get, path = "/events", tag = "events",
    responses((status = 200, body = String, content_type = "text/event-stream"), Refused))]
pub(crate) async fn events(State(desk): State<Desk>, _: Reader) -> impl IntoResponse {
    let began = Instant::now();
    let first = Event::Backlog(desk.0.work.backlog());
    let events = BroadcastStream::new(desk.0.archive.events.subscribe());
    let events = events.map(|event| event.unwrap_or(Event::Reset));
    let stream = tokio_stream::once(first)
        .chain(events)
        .take_while(move |_| began.elapsed() < LISTENS)
        .map(|event| Ok::<_, Infallible>(written(&event)));
    Sse::new(stream).keep_alive(KeepAlive::default())
}

fn written(event: &Event) -> sse::Event {
    let data = serde_json::to_string(event).unwrap_or_default();
    sse::Event::default().event(event.name()).data(data)
}
