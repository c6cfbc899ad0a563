//! Reports.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sayso_ledger::{Bounds, KeptReport};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Refused;
use crate::asked::{Asked, Listed, Named, Part, When};
use crate::auth::Reader;
use crate::problem::Problem;
use crate::reading::{ReportBrief, ReportState, ReportView};
use crate::secret;
use crate::state::Desk;

/// How many a list gives where nothing is asked.
const MANY: usize = 100;

/// Which reports.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Filter {
    /// Words that all stand in the headline, the outlet or the id; the text has /search.
    q: Option<String>,
    /// `waiting`, `coded` or `failed`.
    state: Option<String>,
}

/// Reports of the ledger.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ReportsJson {
    /// The reports, the newest first.
    items: Vec<ReportBrief>,
    /// What to send as `cursor` for the next part; `null` at the end.
    next: Option<String>,
    /// How many there are in all.
    total: usize,
}

/// The reports, the latest published first.
#[utoipa::path(get, path = "/reports", tag = "reports", params(Filter, When, Part),
    responses((status = 200, body = ReportsJson), Refused))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    _: Reader,
    Asked(filter): Asked<Filter>,
    Asked(when): Asked<When>,
    Asked(part): Asked<Part>,
) -> Result<Json<Listed<ReportBrief>>, Problem> {
    let state = match filter.state.as_deref() {
        None | Some("") => None,
        Some("waiting") => Some(ReportState::Waiting),
        Some("coded") => Some(ReportState::Coded),
        Some("failed") => Some(ReportState::Failed),
        Some(other) => {
            let detail = format!("`{other}` is no state");
            let allowed = "waiting, coded or failed".to_owned();
            return Err(Problem::field("state", detail, allowed));
        }
    };
    let words: Vec<String> = filter
        .q
        .iter()
        .flat_map(|q| q.split_whitespace())
        .map(str::to_lowercase)
        .collect();
    let snapshot = desk.0.archive.within(when.bounds()?, None).await?;
    let failed = desk.0.work.failed();
    let mut found: Vec<ReportBrief> = snapshot
        .reports
        .values()
        .filter_map(|report| Some(ReportBrief::of(report, report.about()?).or_failed(&failed)))
        .filter(|report| state.is_none_or(|state| report.state == state))
        .filter(|report| {
            let named = [
                Some(&report.id),
                report.title.as_ref(),
                report.outlet.as_ref(),
            ];
            let named: Vec<String> = named
                .into_iter()
                .flatten()
                .map(|n| n.to_lowercase())
                .collect();
            let has = |word: &String| named.iter().any(|name| name.contains(word.as_str()));
            words.iter().all(has)
        })
        .collect();
    found.sort_by(|a, b| {
        (&b.published, &b.received, &a.id).cmp(&(&a.published, &a.received, &b.id))
    });
    part.of(&found, MANY, |report| report.id.clone(), Clone::clone)
        .map(Json)
}

/// One report with its sheet and what analysts decided.
#[utoipa::path(get, path = "/reports/{id}", tag = "reports", params(("id" = String, Path), When),
    responses((status = 200, body = ReportView, headers(("ETag" = String))), Refused))]
pub(crate) async fn one(
    State(desk): State<Desk>,
    _: Reader,
    Named(id): Named<String>,
    Asked(when): Asked<When>,
) -> Result<Response, Problem> {
    let view = view(&desk, &id, when.bounds()?).await?;
    Ok(tagged(view)?.into_response())
}

/// A report as it is now or was then.
pub(crate) async fn view(desk: &Desk, id: &str, bounds: Bounds) -> Result<ReportView, Problem> {
    let archive = &desk.0.archive;
    let kept = archive.book.report(id, bounds).await?;
    is_there(id, &kept)?;
    let mut snapshot = archive.now();
    if bounds != Bounds::ALL {
        // What was taken back is in no view, be it of a moment before that.
        is_there(id, &archive.book.report(id, Bounds::ALL).await?)?;
        // What it was about then is looked for among the reports that it is seen with now.
        let only = match snapshot.incident_of(id) {
            Some(number) => snapshot.references(number).into_iter().collect(),
            None => BTreeSet::from([kept.reference.clone()]),
        };
        snapshot = archive.within(bounds, Some(only)).await?;
    }
    let mut view = ReportView::of(&archive.book, &snapshot, &kept).await?;
    view.report = view.report.or_failed(&desk.0.work.failed());
    view.as_of = bounds.as_of.map(|moment| moment.to_string());
    view.published_by = bounds.published_by.map(|moment| moment.to_string());
    Ok(view)
}

/// Refuses a report that is in no view: its import was taken back.
pub(crate) fn is_there(id: &str, kept: &KeptReport) -> Result<(), Problem> {
    if kept.is_undone() {
        let detail =
            format!("report `{id}` was taken back with its import; added again, it is there again");
        return Err(Problem::not_found(detail));
    }
    Ok(())
}

/// A report with its tag.
pub(crate) fn tagged(view: ReportView) -> Result<impl IntoResponse, Problem> {
    // The incidents follow the report a moment later: a client that has it without them asks again.
    let incidents = secret::hash(&view.incidents.join("\n"));
    let tag = HeaderValue::from_str(&format!("\"{}.{incidents}\"", view.etag));
    let tag = tag.map_err(|error| Problem::failed(&error))?;
    Ok(([(header::ETAG, tag)], Json(view)))
}
