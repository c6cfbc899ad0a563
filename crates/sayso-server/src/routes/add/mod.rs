//! Reports come in: pasted, or as files of any format that is read.

mod files;
mod keep;
mod preview;
mod spool;

pub(crate) use spool::Room;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sayso_ledger::LedgerError;
use sayso_text::Published;
use sayso_text::input::InputError;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::Refused;
use crate::asked::Asked;
use crate::auth::Analyst;
use crate::problem::{Problem, RETRY_AFTER};
use crate::reading::ReportState;
use crate::state::Desk;

/// So many reports are taken in at once.
const MOST: usize = 10_000;

/// How reports are taken in.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// Read and code them, keep nothing.
    #[serde(default)]
    preview: bool,
    /// Of a known id with another content: take it for the outlet's correction.
    #[serde(default)]
    corrections: bool,
    /// When reports were published that do not say so (2025-10-22).
    published: Option<String>,
}

/// Reports to take in, in at most 8 MB. For more, send a file of JSON lines as multipart.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AddAsked {
    /// The reports, at most 10,000.
    #[schema(value_type = Vec<ReportAsked>, max_items = 10000)]
    reports: Vec<Value>,
}

/// A report to take in; fields as in the lines of a `.jsonl` file.
#[derive(Debug, ToSchema)]
#[allow(dead_code)]
pub(crate) struct ReportAsked {
    /// Its id; else made from the text.
    id: Option<String>,
    /// Headline.
    title: Option<String>,
    /// The text.
    text: String,
    /// Who published it.
    outlet: Option<String>,
    /// Where.
    url: Option<String>,
    /// When: a day or an RFC 3339 time.
    published: Option<String>,
    /// BCP 47.
    language: Option<String>,
}

/// Files to take in.
#[derive(Debug, ToSchema)]
#[allow(dead_code)]
pub(crate) struct FilesAsked {
    /// Files: text, pages, PDF and Word documents, JSON lines, feeds, web archives, exports of Telegram.
    #[schema(value_type = Vec<String>, content_media_type = "application/octet-stream")]
    file: Vec<Vec<u8>>,
}

/// What became of reports that came in.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub(crate) struct AddedJson {
    /// Those that are kept, durably.
    kept: Vec<KeptJson>,
    /// Those that are not, each with why.
    refused: Vec<RefusedJson>,
    /// Id of the import, by which it is taken back; `null` where nothing new was kept.
    import: Option<String>,
    /// Of a preview: what was read.
    previewed: Vec<PreviewJson>,
}

/// A report that is kept.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct KeptJson {
    /// Its id.
    id: String,
    /// Headline.
    title: Option<String>,
    /// `new`, `known` (nothing was written), `corrected`, or `superseded` (what is kept is newer).
    outcome: String,
    /// Whether it has a sheet by now.
    state: ReportState,
}

/// A report, file or part of one that could not be read or kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct RefusedJson {
    /// The file.
    file: String,
    /// The line, from 1, where the file has lines.
    line: Option<u64>,
    /// The field at fault.
    field: Option<String>,
    /// Its value.
    value: Option<String>,
    /// What is allowed there.
    allowed: Option<String>,
    /// All of it in words.
    message: String,
    /// Whether it was passed over, which is no error.
    notice: bool,
    /// Whether the ledger has a report of its id with another content, so that it is kept where
    /// `corrections` says that it is the outlet's correction.
    other_content: bool,
}

/// A report of which nothing is kept yet.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct PreviewJson {
    /// The file it comes from.
    file: String,
    /// Its id.
    id: String,
    /// Headline.
    title: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// When, as it was given.
    published: Option<String>,
    /// How its text begins.
    beginning: String,
    /// How many statements it has; `null` where it was not coded for the preview.
    statements: Option<usize>,
    /// How many events.
    events: Option<usize>,
    /// ACLED sub-event types of its events.
    types: Vec<String>,
    /// What its reader and the program have to tell.
    notes: Vec<String>,
    /// Whether the ledger has it already, so that nothing will be written.
    known: bool,
    /// Whether the ledger has it and it was taken back with its import: it will be brought back.
    back: bool,
}

/// Takes reports in. They are acknowledged when they are durable, and coded in the background; with
/// `preview` nothing is kept.
#[utoipa::path(post, path = "/reports", tag = "reports", params(How),
    request_body(content((AddAsked = "application/json"), (FilesAsked = "multipart/form-data"))),
    responses(
        (status = 200, description = "Of a preview, or where nothing new was kept.",
            body = AddedJson),
        (status = 201, description = "Something was kept.", body = AddedJson),
        (status = 207, description = "Something was kept, then the ledger could not be reached: what \
            is not is among the refused, and can be sent again.", body = AddedJson,
            headers(("Retry-After" = String))),
        Refused))]
pub(crate) async fn add(
    State(desk): State<Desk>,
    Analyst(who): Analyst,
    Asked(how): Asked<How>,
    request: Request,
) -> Result<Response, Problem> {
    let published = match how.published.as_deref().filter(|p| !p.is_empty()) {
        Some(published) => Some(Published::parse(published).map_err(|error| {
            let allowed = "a day such as 2025-10-22 or an RFC 3339 time".to_owned();
            Problem::field("published", error.to_string(), allowed)
        })?),
        None => None,
    };
    let taken = files::taken(&desk, request, published).await?;
    if how.preview {
        let answer = preview::preview(&desk, taken, how.corrections).await?;
        return Ok(Json(answer).into_response());
    }
    // A task of its own: a client that hangs up does not leave half of it unread.
    let kept = tokio::spawn(keep::keep(desk, who, taken, how.corrections)).await;
    let (answer, is_cut_short) = kept.map_err(|error| Problem::failed(&error))??;
    if is_cut_short {
        let headers = [(header::RETRY_AFTER, RETRY_AFTER.to_string())];
        return Ok((StatusCode::MULTI_STATUS, headers, Json(answer)).into_response());
    }
    // A correction is kept, though it is of no import.
    let is_kept = |kept: &KeptJson| ["new", "corrected"].contains(&kept.outcome.as_str());
    let status = if answer.kept.iter().any(is_kept) {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(answer)).into_response())
}

impl RefusedJson {
    fn of(error: &InputError) -> Self {
        let (field, value, allowed) = match error {
            InputError::Field {
                field,
                value,
                allowed,
                ..
            } => (Some(*field), Some(value.clone()), Some(*allowed)),
            _ => (None, None, None),
        };
        Self {
            line: error.line(),
            field: field.filter(|field| !field.is_empty()).map(str::to_owned),
            value,
            allowed: allowed.map(str::to_owned),
            notice: error.is_notice(),
            ..Self::told(error.name(), error.to_string())
        }
    }

    /// Of a report that the ledger does not take.
    fn of_ledger(file: &str, id: &str, error: &LedgerError) -> Self {
        let (message, other_content) = match error {
            LedgerError::OtherContent { fields, .. } => {
                let fields = fields.join(", ");
                let message = format!(
                    "report `{id}` is there with another {fields}; it is kept where you say that \
                     its outlet has corrected it"
                );
                (message, true)
            }
            other => (other.to_string(), false),
        };
        Self {
            field: Some("id".to_owned()),
            value: Some(id.to_owned()),
            other_content,
            ..Self::told(file, message)
        }
    }

    fn told(file: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            field: None,
            value: None,
            allowed: None,
            message: message.into(),
            notice: false,
            other_content: false,
        }
    }
}
