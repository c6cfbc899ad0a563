//! Origins: on whose say-so findings rest.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Refused;
use super::decide::reason;
use super::reviews::now;
use crate::archive::Snapshot;
use crate::asked::{Asked, Body, Listed, Named, Part};
use crate::auth::{Editor, Reader};
use crate::problem::Problem;
use crate::state::Desk;

/// Which origins.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Words that all stand in the name.
    q: Option<String>,
    /// `speaker`, `wire-copy` or `own-reporting`.
    why: Option<String>,
    /// Only those that are marked as unreliable, or only the others.
    unreliable: Option<bool>,
}

/// An origin over all incidents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct OriginBrief {
    /// `o:…`, stable.
    id: String,
    /// Who.
    name: String,
    /// `speaker`, `wire-copy` or `own-reporting`.
    why: String,
    /// Ids of the reports that carry its words.
    reports: Vec<String>,
    /// Ids of the incidents that rest on it.
    incidents: Vec<String>,
    /// Whether it is marked as unreliable: its figures count for no range.
    unreliable: bool,
}

/// Origins.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct OriginsJson {
    /// The origins, those of most incidents first.
    items: Vec<OriginBrief>,
    /// What to send as `cursor` for the next part; `null` at the end.
    next: Option<String>,
    /// How many there are in all.
    total: usize,
}

/// Why an origin is, or is not, reliable.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Judged {
    /// The reason.
    why: String,
}

/// The origins.
#[utoipa::path(get, path = "/origins", tag = "origins", params(Filter, Part),
    responses((status = 200, body = OriginsJson), Refused))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    _: Reader,
    Asked(filter): Asked<Filter>,
    Asked(part): Asked<Part>,
) -> Result<Json<Listed<OriginBrief>>, Problem> {
    let words: Vec<String> = filter
        .q
        .iter()
        .flat_map(|q| q.split_whitespace())
        .map(str::to_lowercase)
        .collect();
    let why = filter.why.filter(|why| !why.is_empty());
    let mut found: Vec<OriginBrief> = all(&desk.0.archive.now())
        .into_values()
        .filter(|origin| {
            let name = origin.name.to_lowercase();
            words.iter().all(|word| name.contains(word.as_str()))
        })
        .filter(|origin| why.as_ref().is_none_or(|why| origin.why == *why))
        .filter(|origin| {
            filter
                .unreliable
                .is_none_or(|asked| origin.unreliable == asked)
        })
        .collect();
    found.sort_by(|a, b| {
        let by = |origin: &OriginBrief| (origin.incidents.len(), origin.reports.len());
        by(b).cmp(&by(a)).then_with(|| a.id.cmp(&b.id))
    });
    part.of(&found, 100, |origin| origin.id.clone(), Clone::clone)
        .map(Json)
}

/// Marks an origin as unreliable: its figures count for no range, in any incident.
#[utoipa::path(post, path = "/origins/{id}/distrust", tag = "origins",
    params(("id" = String, Path)), request_body = Judged,
    responses((status = 204), Refused))]
pub(crate) async fn distrust(
    State(desk): State<Desk>,
    Editor(who): Editor,
    Named(id): Named<String>,
    Body(asked): Body<Judged>,
) -> Result<StatusCode, Problem> {
    judge(&desk, &who.name, (&id, false), &asked.why).await
}

/// Takes that mark away.
#[utoipa::path(post, path = "/origins/{id}/trust", tag = "origins",
    params(("id" = String, Path)), request_body = Judged,
    responses((status = 204), Refused))]
pub(crate) async fn trust(
    State(desk): State<Desk>,
    Editor(who): Editor,
    Named(id): Named<String>,
    Body(asked): Body<Judged>,
) -> Result<StatusCode, Problem> {
    judge(&desk, &who.name, (&id, true), &asked.why).await
}

async fn judge(
    desk: &Desk,
    by: &str,
    (id, reliable): (&str, bool),
    why: &str,
) -> Result<StatusCode, Problem> {
    let why = reason(why)?;
    let snapshot = desk.0.archive.now();
    let origin = all(&snapshot)
        .remove(id)
        .ok_or_else(|| Problem::not_found(format!("there is no origin `{id}`")))?;
    let book = &desk.0.archive.book;
    let signed = (by, now(), Some(snapshot.head));
    book.judge_origin_at((id, reliable), &origin.reports, Some(why), signed)
        .await?;
    desk.0.archive.wrote();
    Ok(StatusCode::NO_CONTENT)
}

/// The origins of all incidents, by id.
fn all(snapshot: &Snapshot) -> BTreeMap<String, OriginBrief> {
    let mut all: BTreeMap<String, OriginBrief> = BTreeMap::new();
    for brief in &snapshot.briefs {
        for origin in &brief.origins {
            let found = all.entry(origin.id.clone()).or_insert_with(|| OriginBrief {
                id: origin.id.clone(),
                name: origin.name.clone(),
                why: origin.why.clone(),
                reports: Vec::new(),
                incidents: Vec::new(),
                unreliable: origin.unreliable,
            });
            found.incidents.push(brief.json.id.clone());
            found.reports.extend(origin.reports.iter().cloned());
        }
    }
    for origin in all.values_mut() {
        origin.reports.sort();
        origin.reports.dedup();
    }
    all
}
