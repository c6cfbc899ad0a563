//! What editors decide on incidents.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refused;
use super::incidents::{no_such, open};
use super::reviews::now;
use crate::archive::{BriefJson, Snapshot};
use crate::asked::{Body, Named, if_match};
use crate::auth::Editor;
use crate::problem::Problem;
use crate::state::Desk;

/// A decision is told with what became of it where that is seen so soon.
const SOON: Duration = Duration::from_secs(2);

/// How long a decision waits for what was written before it.
const UP_TO_DATE: Duration = Duration::from_secs(20);

/// Incidents that are one.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MergeAsked {
    /// Ids of the other incidents.
    with: Vec<String>,
    /// The reason.
    why: String,
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

/// Joins incidents. Needs the incident's ETag as If-Match.
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
    let snapshot = looked_at(&desk, &id, &headers).await?;
    let mut numbers = Vec::new();
    for id in std::iter::once(&id).chain(&asked.with) {
        numbers.push(snapshot.find(id).ok_or_else(|| no_such(id))?);
    }
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
    book.merge(&ids, &reports, Some(why), &who.name, now())
        .await?;
    told(&desk, &reports).await
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
    let snapshot = looked_at(&desk, &id, &headers).await?;
    let number = snapshot.find(&id).ok_or_else(|| no_such(&id))?;
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
    book.split(&id, (&off, &from), Some(why), &who.name, now())
        .await?;
    let reports: Vec<String> = off.into_iter().chain(from).collect();
    told(&desk, &reports).await
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

/// The snapshot in which the incident is as the client has seen it. Whoever calls this holds
/// `deciding` until the decision is recorded: what another has decided before is in the snapshot.
///
/// # Errors
/// Where the incident has changed, and where the snapshot does not get there.
async fn looked_at(
    desk: &Desk,
    id: &str,
    headers: &HeaderMap,
) -> Result<std::sync::Arc<Snapshot>, Problem> {
    let seen = if_match(headers)?;
    let archive = &desk.0.archive;
    let head = archive.book.head().await?.number;
    archive.wrote();
    archive.sees(head, UP_TO_DATE).await;
    let snapshot = archive.now();
    if snapshot.head < head {
        return Err(Problem::conflict(
            "the incidents are still being linked anew: try again in a moment",
        ));
    }
    let opened = open(desk, &snapshot, id).await?;
    if opened.version == seen {
        return Ok(snapshot);
    }
    let current = serde_json::to_value(&opened.incident)?;
    let detail = "the incident has changed since it was looked at";
    Err(Problem::stale(detail, Some(current)))
}

/// The incidents of these reports, as soon as the decision is seen.
async fn told(desk: &Desk, reports: &[String]) -> Result<Response, Problem> {
    let archive = &desk.0.archive;
    let head = archive.book.head().await?.number;
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
