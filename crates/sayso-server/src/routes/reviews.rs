//! What analysts decide on findings.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sayso_ledger::{Bounds, KeptReport, LedgerError, Moment, ReviewDraft, Ruling};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::Refused;
use super::reports::{is_there, tagged, view};
use crate::asked::{Body, Named, if_match};
use crate::auth::{Analyst, Role};
use crate::problem::Problem;
use crate::reading::ReportView;
use crate::state::Desk;

/// A decision on a finding, or on a field of it.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ReviewAsked {
    /// `s:…` or `e:…`.
    finding: String,
    /// Path of the field (`acled`, `place.country`, `tolls.0.low`); none for the finding as a whole.
    #[serde(default)]
    field: Option<String>,
    /// What is decided.
    ruling: RulingAsked,
    /// The right value, for a correction.
    #[serde(default)]
    value: Option<Value>,
    /// The reason.
    #[serde(default)]
    why: Option<String>,
}

/// What is decided.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RulingAsked {
    /// It is right.
    Accept,
    /// It should be another value.
    Correct,
    /// It is wrong.
    Reject,
}

/// Why a decision is taken back.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct WhyAsked {
    /// The reason.
    #[serde(default)]
    pub(crate) why: Option<String>,
}

/// Accepts, corrects or rejects a finding. Needs the report's ETag as If-Match.
#[utoipa::path(post, path = "/reports/{id}/reviews", tag = "reports",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = ReviewAsked,
    responses((status = 201, body = ReportView, headers(("ETag" = String))), Refused))]
pub(crate) async fn review(
    State(desk): State<Desk>,
    Analyst(who): Analyst,
    Named(id): Named<String>,
    headers: HeaderMap,
    Body(asked): Body<ReviewAsked>,
) -> Result<Response, Problem> {
    let seen = seen(&headers)?;
    known(&desk, &id).await?;
    let draft = ReviewDraft {
        finding: asked.finding,
        field: asked.field.filter(|field| !field.is_empty()),
        ruling: match asked.ruling {
            RulingAsked::Accept => Ruling::Accept,
            RulingAsked::Correct => Ruling::Correct,
            RulingAsked::Reject => Ruling::Reject,
        },
        value: asked.value,
        why: asked.why.filter(|why| !why.trim().is_empty()),
    };
    let signed = (who.name.as_str(), now(), Some(seen));
    let decided = desk.0.archive.book.review_at(&id, &draft, signed).await;
    told(&desk, &id, decided).await
}

/// Takes a decision, or what was added by hand, back, by its number. Analysts take back their own, editors anybody's.
#[utoipa::path(post, path = "/reports/{id}/reviews/{number}/undo", tag = "reports",
    params(("id" = String, Path), ("number" = u64, Path), ("If-Match" = String, Header)),
    request_body = WhyAsked,
    responses((status = 201, body = ReportView, headers(("ETag" = String))), Refused))]
pub(crate) async fn undo(
    State(desk): State<Desk>,
    Analyst(who): Analyst,
    Named((id, number)): Named<(String, u64)>,
    headers: HeaderMap,
    Body(asked): Body<WhyAsked>,
) -> Result<Response, Problem> {
    let seen = seen(&headers)?;
    let book = &desk.0.archive.book;
    let kept = known(&desk, &id).await?;
    let reviews = kept.reviews.iter().map(|(signed, _)| signed);
    let added = kept.own.iter().map(|(signed, ..)| signed);
    let of = reviews.chain(added).find(|signed| signed.entry == number);
    if let Some(signed) = of
        && signed.by != who.name
        && who.role < Role::Editor
    {
        let detail = format!(
            "this is a decision of {}: an editor can take it back",
            signed.by
        );
        return Err(Problem::forbidden(detail));
    }
    let signed = (who.name.as_str(), now(), Some(seen));
    let decided = book
        .take_back(&id, number, asked.why.as_deref(), signed)
        .await;
    told(&desk, &id, decided).await
}

/// A report that can be decided on.
pub(super) async fn known(desk: &Desk, id: &str) -> Result<KeptReport, Problem> {
    let kept = desk.0.archive.book.report(id, Bounds::ALL).await?;
    is_there(id, &kept)?;
    Ok(kept)
}

/// The state of the report that the client has seen.
pub(super) fn seen(headers: &HeaderMap) -> Result<u64, Problem> {
    let tag = if_match(headers)?;
    // After the point is what is no part of the report itself.
    tag.split_once('.')
        .map_or(tag.as_str(), |(entry, _)| entry)
        .parse()
        .map_err(|_| Problem::stale("If-Match names no state of this report", None))
}

/// The report as it is after a decision, or as it is where somebody else was first.
pub(super) async fn told<T>(
    desk: &Desk,
    id: &str,
    decided: Result<T, LedgerError>,
) -> Result<Response, Problem> {
    match decided {
        Ok(_) => {
            desk.0.archive.wrote();
            let view = view(desk, id, Bounds::ALL).await;
            let view = view.map_err(Problem::after_it_was_recorded)?;
            Ok((StatusCode::CREATED, tagged(view)?).into_response())
        }
        Err(error @ LedgerError::Stale { .. }) => {
            // Stale it is, also where nobody can tell what there is now.
            let current = view(desk, id, Bounds::ALL).await.ok();
            let current = current.and_then(|view| serde_json::to_value(view).ok());
            Err(Problem::stale(error.to_string(), current))
        }
        Err(error) => Err(error.into()),
    }
}

/// The moment that is recorded. The shell has the clock; the ledger has none.
pub(crate) fn now() -> Moment {
    Moment::new(Timestamp::now())
}
