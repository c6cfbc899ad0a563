//! What was added together, and taking it back.

use axum::Json;
use axum::extract::State;
use sayso_ledger::{Bounds, Kept, ReportRef, WithdrawalHead};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refused;
use super::reviews::{WhyAsked, now};
use crate::asked::{Asked, Body, Listed, Named, Part};
use crate::auth::{Analyst, Reader, Role};
use crate::problem::Problem;
use crate::state::Desk;
use crate::store::Import;

/// How many a list gives where nothing is asked.
const MANY: usize = 50;

/// Reports that were added together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ImportJson {
    /// `m:…`
    id: String,
    /// When.
    at: String,
    /// Who added them.
    by: String,
    /// Ids of its reports that can still be seen.
    reports: Vec<String>,
    /// How many were new.
    new: usize,
    /// How many were known before.
    known: i64,
    /// How many could not be read or kept.
    refused: i64,
    /// When it was taken back; `null` where it was not.
    undone: Option<String>,
    /// Who took it back.
    undone_by: Option<String>,
}

/// Imports.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ImportsJson {
    /// The imports, the latest first.
    items: Vec<ImportJson>,
    /// What to send as `cursor` for the next part; `null` at the end.
    next: Option<String>,
    /// How many there are in all.
    total: usize,
}

/// The imports, the latest first.
#[utoipa::path(get, path = "/imports", tag = "imports", params(Part),
    responses((status = 200, body = ImportsJson), Refused))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    _: Reader,
    Asked(part): Asked<Part>,
) -> Result<Json<Listed<ImportJson>>, Problem> {
    let limit = part.limit(MANY)?;
    let cursor = part.cursor.unwrap_or_default();
    let store = &desk.0.store;
    let most = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let mut imports = store.imports(&cursor, most).await?;
    let has_more = imports.len() > limit;
    imports.truncate(limit);
    let last = imports.last().filter(|_| has_more);
    let next = last.map(|import| import.id.clone());
    let mut items = Vec::with_capacity(imports.len());
    for import in imports {
        items.push(shown(&desk, import).await?);
    }
    let total = store.count_imports().await?;
    Ok(Json(Listed {
        items,
        next,
        total: usize::try_from(total).unwrap_or_default(),
    }))
}

/// Takes an import back: its reports are in no view any more, though the ledger has them. Analysts
/// take back their own, editors anybody's. Adding the same reports again brings them back. An outlet's
/// corrections of reports that were known before stay.
#[utoipa::path(post, path = "/imports/{id}/undo", tag = "imports",
    params(("id" = String, Path)), request_body = WhyAsked,
    responses((status = 200, body = ImportJson), Refused))]
pub(crate) async fn undo(
    State(desk): State<Desk>,
    Analyst(who): Analyst,
    Named(id): Named<String>,
    Body(asked): Body<WhyAsked>,
) -> Result<Json<ImportJson>, Problem> {
    let store = &desk.0.store;
    let missing = || Problem::not_found(format!("there is no import `{id}`"));
    let import = store.import(&id).await?.ok_or_else(missing)?;
    if import.name != who.name && who.role < Role::Editor {
        let detail = format!("{} added this: an editor can take it back", import.name);
        return Err(Problem::forbidden(detail));
    }
    if !import.undone.is_empty() {
        return Err(Problem::conflict("this import was taken back before"));
    }
    let book = &desk.0.archive.book;
    let head = WithdrawalHead {
        why: asked
            .why
            .unwrap_or_else(|| "the import was taken back".to_owned()),
        published: None,
        undone: true,
    };
    for reference in references(&desk, &id).await? {
        let kept = book.kept_of(&reference, Bounds::ALL).await?;
        if let Some(Kept::Readable(report)) = kept
            && !report.is_undone()
            && let Some(about) = report.about()
        {
            book.withdraw(&about.id, &head, &who.name, now()).await?;
        }
    }
    // Last: where this fails, it can be asked for again.
    store
        .undo_import(&id, &who.name, &now().to_string())
        .await?;
    desk.0.archive.wrote();
    let import = store.import(&id).await?.ok_or_else(missing)?;
    shown(&desk, import).await.map(Json)
}

async fn references(desk: &Desk, id: &str) -> Result<Vec<ReportRef>, Problem> {
    let reports = desk.0.store.import_reports(id).await?;
    Ok(reports
        .iter()
        .filter_map(|report| report.parse().ok())
        .collect())
}

async fn shown(desk: &Desk, import: Import) -> Result<ImportJson, Problem> {
    let references = references(desk, &import.id).await?;
    let snapshot = desk.0.archive.now();
    let reports = references
        .iter()
        .filter_map(|reference| snapshot.reports.get(reference))
        .filter_map(|report| Some(report.about()?.id.clone()))
        .collect();
    let given = |field: String| Some(field).filter(|field| !field.is_empty());
    Ok(ImportJson {
        id: import.id,
        at: import.at,
        by: import.name,
        reports,
        new: references.len(),
        known: import.known,
        refused: import.refused,
        undone: given(import.undone),
        undone_by: given(import.undone_by),
    })
}
