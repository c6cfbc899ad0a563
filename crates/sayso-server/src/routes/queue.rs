//! What a person should look at first.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refused;
use crate::archive::QueueItem;
use crate::asked::{Asked, Listed, Part};
use crate::auth::Reader;
use crate::problem::Problem;
use crate::state::Desk;

/// Findings to review.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct QueueJson {
    /// The findings, the most pressing first.
    items: Vec<QueueItem>,
    /// What to send as `cursor` for the next part; `null` at the end.
    next: Option<String>,
    /// How many there are in all.
    total: usize,
}

/// Findings that nobody has looked at, by how unsure the program is of them times what hangs on them.
#[utoipa::path(get, path = "/review-queue", tag = "reports", params(Part),
    responses((status = 200, body = QueueJson), Refused))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    _: Reader,
    Asked(part): Asked<Part>,
) -> Result<Json<Listed<QueueItem>>, Problem> {
    let snapshot = desk.0.archive.now();
    let of = |item: &QueueItem| format!("{} {}", item.finding, item.report);
    part.of(snapshot.queue(), 50, of, Clone::clone).map(Json)
}
