//! What editors decide on incidents.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sayso_ledger::LedgerError;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::Refused;
use super::incidents::{no_such, open};
use super::reviews::now;
use crate::archive::{BriefJson, Snapshot};
use crate::asked::{Body, Named, if_match, tag};
use crate::auth::Editor;
use crate::problem::{Problem, RETRY_AFTER};
use crate::state::Desk;

/// A decision is told with what became of it where that is seen so soon.
const SOON: Duration = Duration::from_secs(2);

/// How long a decision waits for what was written before it.
const UP_TO_DATE: Duration = Duration::from_secs(20);

/// Incidents that are one.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MergeAsked {
    /// The other incidents, each as it was looked at.
    with: Vec<OtherAsked>,
    /// The reason.
    why: String,
}

/// An incident that is to be joined to another.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct OtherAsked {
    /// Its id.
    id: String,
    /// Its ETag, or `etag` of the list or of the incident.
    etag: String,
}

/// Reports that are not of an incident.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SplitAsked {
    /// Ids of the reports.
    reports: Vec<String>,
    /// The reason.
    why: String,
}

/// What became of the incidents.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct DecidedJson {
    /// The incidents that there are now in their place.
    incidents: Vec<BriefJson>,
}

/// Joins incidents. Needs the incident's ETag as If-Match, and those of the others in the body.
#[utoipa::path(post, path = "/incidents/{id}/merge", tag = "incidents",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = MergeAsked,
    responses((status = 201, body = DecidedJson), Refused))]
pub(crate) async fn merge(
    State(desk): State<Desk>,
    Editor(who): Editor,
    Named(id): Named<String>,
    headers: HeaderMap,
    Body(asked): Body<MergeAsked>,
) -> Result<Response, Problem> {
    let _alone = desk.0.deciding.lock().await;
    let mut seen = vec![(id.as_str(), if_match(&headers)?)];
    let others = asked.with.iter();
    seen.extend(others.map(|other| (other.id.as_str(), tag(&other.etag))));
    let (snapshot, mut numbers) = looked_at(&desk, &seen).await?;
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() < 2 {
        let allowed = "incidents that are not one already".to_owned();
        return Err(Problem::field("with", "there is nothing to join", allowed));
    }
    let ids: Vec<String> = numbers.iter().map(|&n| snapshot.id(n)).collect();
    let reports: Vec<String> = numbers.iter().flat_map(|&n| snapshot.main_ids(n)).collect();
    let why = reason(&asked.why)?;
    let book = &desk.0.archive.book;
    let signed = (who.name.as_str(), now(), Some(snapshot.head));
    let decided = book.merge_at(&ids, &reports, Some(why), signed).await;
    told(&desk, &id, decided, &reports).await
}

/// Takes reports out of an incident. Needs the incident's ETag as If-Match.
#[utoipa::path(post, path = "/incidents/{id}/split", tag = "incidents",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = SplitAsked,
    responses((status = 201, body = DecidedJson), Refused))]
pub(crate) async fn split(
    State(desk): State<Desk>,
    Editor(who): Editor,
    Named(id): Named<String>,
    headers: HeaderMap,
    Body(asked): Body<SplitAsked>,
) -> Result<Response, Problem> {
    let _alone = desk.0.deciding.lock().await;
    let seen = [(id.as_str(), if_match(&headers)?)];
    let (snapshot, numbers) = looked_at(&desk, &seen).await?;
    let number = numbers.first().copied().ok_or_else(|| no_such(&id))?;
    let all = snapshot.main_ids(number);
    if let Some(other) = asked.reports.iter().find(|report| !all.contains(report)) {
        let detail = format!("`{other}` is no report of this incident");
        return Err(Problem::field("reports", detail, all.join(", ")));
    }
    let (off, from): (Vec<String>, Vec<String>) = all
        .into_iter()
        .partition(|report| asked.reports.contains(report));
    let why = reason(&asked.why)?;
    let id = snapshot.id(number);
    let book = &desk.0.archive.book;
    let signed = (who.name.as_str(), now(), Some(snapshot.head));
    let decided = book.split_at(&id, (&off, &from), Some(why), signed).await;
    let reports: Vec<String> = off.into_iter().chain(from).collect();
    told(&desk, &id, decided, &reports).await
}

/// A reason is asked for: the decision holds for everybody.
pub(crate) fn reason(why: &str) -> Result<&str, Problem> {
    let why = why.trim();
    if why.is_empty() {
        let allowed = "a reason in words".to_owned();
        return Err(Problem::field("why", "no reason is given", allowed));
    }
    Ok(why)
}

/// The snapshot in which every incident is as the client has seen it, and the numbers of them. Whoever
/// calls this holds `deciding` until the decision is recorded, so that two at this server do not both
/// try; of two at different servers the ledger refuses one.
///
/// # Errors
/// Where the incident has changed, and where the snapshot does not get there.
async fn looked_at(
    desk: &Desk,
    seen: &[(&str, String)],
) -> Result<(Arc<Snapshot>, Vec<usize>), Problem> {
    let archive = &desk.0.archive;
    let head = archive.book.head().await?.number;
    archive.wrote();
    archive.sees(head, UP_TO_DATE).await;
    let snapshot = archive.now();
    if snapshot.head < head {
        // Whether the tag is stale is not known yet: that contradicts nothing.
        let detail = "the incidents are still being linked anew: nothing was decided, try again";
        return Err(Problem::busy(detail, RETRY_AFTER));
    }
    let mut numbers = Vec::with_capacity(seen.len());
    for (id, version) in seen {
        let number = snapshot.find(id).ok_or_else(|| no_such(id))?;
        if snapshot.version(number) != *version {
            let detail = format!("incident `{id}` has changed since it was looked at");
            return Err(Problem::stale(detail, current(desk, &snapshot, id).await));
        }
        numbers.push(number);
    }
    Ok((snapshot, numbers))
}

/// The incident as it is now. What was looked at is stale also where nobody can tell that.
async fn current(desk: &Desk, snapshot: &Snapshot, id: &str) -> Option<Value> {
    let opened = open(desk, snapshot, id).await.ok()?;
    serde_json::to_value(&opened.incident).ok()
}

/// The incidents of these reports, as soon as the decision is seen; or the incident as it is where
/// somebody else was first.
async fn told(
    desk: &Desk,
    id: &str,
    decided: Result<(), LedgerError>,
    reports: &[String],
) -> Result<Response, Problem> {
    let archive = &desk.0.archive;
    if let Err(LedgerError::Overtaken { entry, .. }) = &decided {
        archive.wrote();
        archive.sees(*entry, UP_TO_DATE).await;
        let current = current(desk, &archive.now(), id).await;
        let told = decided.map_or_else(|error| error.to_string(), |()| String::new());
        return Err(Problem::stale(told, current));
    }
    decided?;
    let head = archive.book.head().await.map_err(Problem::from);
    let head = head.map_err(Problem::after_it_was_recorded)?.number;
    archive.wrote();
    archive.sees(head, SOON).await;
    let snapshot = archive.now();
    let ids: std::collections::BTreeSet<String> = reports
        .iter()
        .filter_map(|report| snapshot.incident_of(report))
        .map(|number| snapshot.id(number))
        .collect();
    let briefs = snapshot.briefs.iter();
    let incidents = briefs
        .filter(|brief| ids.contains(&brief.json.id))
        .map(|brief| brief.json.clone())
        .collect();
    Ok((StatusCode::CREATED, Json(DecidedJson { incidents })).into_response())
}
