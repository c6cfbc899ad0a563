//! Incidents.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sayso_api::{IncidentJson, StepJson};
use sayso_ledger::ReportRef;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refused;
use super::filter::{Filter, wanted};
use crate::archive::{Brief, BriefJson, Opened, Snapshot};
use crate::asked::{Asked, Listed, Named, Part, When};
use crate::auth::Reader;
use crate::problem::Problem;
use crate::state::Desk;

/// How many a list gives where nothing is asked.
const MANY: usize = 100;

/// Incidents of one view.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct IncidentsJson {
    /// The incidents.
    items: Vec<BriefJson>,
    /// What to send as `cursor` for the next part; `null` at the end.
    next: Option<String>,
    /// How many there are in all.
    total: usize,
}

/// An incident in full.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentView {
    #[serde(flatten)]
    incident: IncidentJson,
    /// What the reports of each day changed.
    history: Vec<StepJson>,
    /// When the ledger last recorded anything about it.
    updated: String,
    /// What `If-Match` of a decision has to name.
    etag: String,
    /// The moment that the view is of, where one was asked for.
    as_of: Option<String>,
    /// What had been published by this moment, where one was asked for.
    published_by: Option<String>,
}

/// Moments at which an incident changed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct MomentsJson {
    /// The moments, oldest first.
    items: Vec<MomentJson>,
}

/// A moment at which something was recorded about an incident.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub(crate) struct MomentJson {
    /// When it was recorded.
    at: String,
    /// `report`, `correction`, `withdrawal`, `coding`, `review`, `addition`, `merge` or `split`.
    what: String,
    /// The report that it is about, where it is about one.
    report: Option<String>,
    /// When the report had been published, as it was given.
    published: Option<String>,
    /// By whom, where a person did it.
    by: Option<String>,
}

/// The incidents that are asked for.
#[utoipa::path(get, path = "/incidents", tag = "incidents", params(Filter, When, Part),
    responses((status = 200, body = IncidentsJson), Refused))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    _: Reader,
    Asked(filter): Asked<Filter>,
    Asked(when): Asked<When>,
    Asked(part): Asked<Part>,
) -> Result<Json<Listed<BriefJson>>, Problem> {
    let snapshot = desk.0.archive.within(when.bounds()?, None).await?;
    let wanted = wanted(&snapshot, &filter, &desk.0.coder.knowledge())?;
    let of = |brief: &Arc<Brief>| brief.json.id.clone();
    part.of(&wanted, MANY, of, |brief| brief.json.clone())
        .map(Json)
}

/// One incident with its history, by an id that it has or ever had.
#[utoipa::path(get, path = "/incidents/{id}", tag = "incidents",
    params(("id" = String, Path), When),
    responses((status = 200, body = IncidentView, headers(("ETag" = String))), Refused))]
pub(crate) async fn one(
    State(desk): State<Desk>,
    _: Reader,
    Named(id): Named<String>,
    Asked(when): Asked<When>,
) -> Result<Response, Problem> {
    let bounds = when.bounds()?;
    let now = desk.0.archive.now();
    let only: Option<BTreeSet<ReportRef>> = now
        .find(&id)
        .map(|number| now.references(number).into_iter().collect());
    let snapshot = desk.0.archive.within(bounds, only).await?;
    let opened = open(&desk, &snapshot, &id).await?;
    let tag = HeaderValue::from_str(&format!("\"{}\"", opened.version));
    let tag = tag.map_err(|error| Problem::failed(&error))?;
    let view = IncidentView {
        incident: opened.incident,
        history: opened.history,
        updated: opened.updated,
        etag: opened.version,
        as_of: bounds.as_of.map(|moment| moment.to_string()),
        published_by: bounds.published_by.map(|moment| moment.to_string()),
    };
    Ok(([(header::ETAG, tag)], Json(view)).into_response())
}

/// When anything was recorded about an incident: the moments that `as_of` can usefully name.
#[utoipa::path(get, path = "/incidents/{id}/history", tag = "incidents",
    params(("id" = String, Path)),
    responses((status = 200, body = MomentsJson), Refused))]
pub(crate) async fn history(
    State(desk): State<Desk>,
    _: Reader,
    Named(id): Named<String>,
) -> Result<Json<MomentsJson>, Problem> {
    let snapshot = desk.0.archive.now();
    let number = snapshot.find(&id).ok_or_else(|| no_such(&id))?;
    let mut items = Vec::new();
    for reference in snapshot.references(number) {
        let Some(kept) = snapshot.reports.get(&reference) else {
            continue;
        };
        let about = kept.about();
        let at = |recorded: &sayso_ledger::Moment, what: &str, by: Option<&str>| MomentJson {
            at: recorded.to_string(),
            what: what.to_owned(),
            report: about.map(|about| about.id.clone()),
            published: about.and_then(|about| about.published.clone()),
            by: by.map(str::to_owned),
        };
        for version in &kept.versions {
            let what = if version.correction {
                "correction"
            } else {
                "report"
            };
            items.push(at(&version.recorded, what, None));
        }
        items.extend(
            kept.coded
                .iter()
                .map(|recorded| at(recorded, "coding", None)),
        );
        let reviews = kept.reviews.iter();
        items.extend(reviews.map(|(s, _)| at(&s.recorded, "review", Some(&s.by))));
        let own = kept.own.iter();
        items.extend(own.map(|(s, ..)| at(&s.recorded, "addition", Some(&s.by))));
        let withdrawn = kept.withdrawal.iter();
        items.extend(withdrawn.map(|(s, _)| at(&s.recorded, "withdrawal", Some(&s.by))));
    }
    for decision in snapshot.decisions_on(number) {
        items.push(MomentJson {
            at: decision.recorded,
            what: decision.kind,
            report: None,
            published: None,
            by: Some(decision.by),
        });
    }
    items.sort();
    Ok(Json(MomentsJson { items }))
}

/// An incident in full, or that there is none.
pub(crate) async fn open(desk: &Desk, snapshot: &Snapshot, id: &str) -> Result<Opened, Problem> {
    let number = snapshot.find(id).ok_or_else(|| no_such(id))?;
    let archive = &desk.0.archive;
    Ok(snapshot
        .open(&archive.book, &archive.sheets, number)
        .await?)
}

pub(crate) fn no_such(id: &str) -> Problem {
    Problem::not_found(format!("there is no incident `{id}` in this view"))
}
