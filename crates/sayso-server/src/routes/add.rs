//! Reports come in: pasted, or as files of any format that is read.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sayso_api::sheet_json;
use sayso_ledger::{About, Added, Content, Known, LedgerError};
use sayso_text::input::{Format, InputError, received_of};
use sayso_text::{Published, Report};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::Refused;
use super::reviews::now;
use crate::asked::{Asked, Body};
use crate::auth::{Analyst, Who, written};
use crate::problem::Problem;
use crate::reading::ReportState;
use crate::secret;
use crate::state::Desk;
use crate::store::Import;

/// As many reports are coded for a preview; more are only read.
const PREVIEWED: usize = 30;

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

/// Reports to take in. For many, send a file of JSON lines as multipart.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AddAsked {
    /// The reports.
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

/// A report that was read.
struct Read {
    file: String,
    report: Report,
    bytes: Vec<u8>,
}

/// Takes reports in. They are acknowledged when they are durable, and coded in the background; with
/// `preview` nothing is kept.
#[utoipa::path(post, path = "/reports", tag = "reports", params(How),
    request_body(content((AddAsked = "application/json"), (FilesAsked = "multipart/form-data"))),
    responses(
        (status = 200, description = "Of a preview, or where nothing new was kept.",
            body = AddedJson),
        (status = 201, description = "Something was kept.", body = AddedJson),
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
    let files = files(request).await?;
    let (mut read, refused) = tokio::task::spawn_blocking(move || read(files))
        .await
        .map_err(|error| Problem::failed(&error))?;
    for one in &mut read {
        if one.report.published.is_none() {
            one.report.published.clone_from(&published);
        }
    }
    let answer = if how.preview {
        preview(&desk, read, refused, how.corrections).await?
    } else {
        // A task of its own: a client that hangs up does not leave half of it without an import.
        let keeping = keep(desk.clone(), who, read, refused, how.corrections);
        let kept = tokio::spawn(keeping).await;
        kept.map_err(|error| Problem::failed(&error))??
    };
    // A correction is kept, though it is of no import.
    let is_kept = |kept: &KeptJson| ["new", "corrected"].contains(&kept.outcome.as_str());
    let status = if answer.kept.iter().any(is_kept) {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(answer)).into_response())
}

/// The files of a request, by name; reports in JSON are a file of lines.
async fn files(request: Request) -> Result<Vec<(String, Vec<u8>)>, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        let Body(asked): Body<AddAsked> = Body::from_request(request, &()).await?;
        let mut lines = Vec::new();
        for report in &asked.reports {
            serde_json::to_writer(&mut lines, report)?;
            lines.push(b'\n');
        }
        return Ok(vec![(PASTED.to_owned(), lines)]);
    }
    let unread = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Problem::too_large(error.body_text())
        } else {
            Problem::bad(error.body_text())
        }
    };
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|error| Problem::bad(error.body_text()))?;
    let mut files = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(unread)? {
        let name = part.file_name().unwrap_or("file").to_owned();
        let bytes = part.bytes().await.map_err(unread)?;
        files.push((name, bytes.to_vec()));
    }
    Ok(files)
}

/// What stands for a file's name where reports came as JSON.
const PASTED: &str = "reports";

/// Reads every file. What cannot be read never stops the rest.
fn read(files: Vec<(String, Vec<u8>)>) -> (Vec<Read>, Vec<RefusedJson>) {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for (file, bytes) in files {
        let format = if file == PASTED {
            Some(Format::Lines)
        } else {
            Format::of_path(std::path::Path::new(&file))
        };
        for report in received_of(&file, bytes, format) {
            match report {
                Ok((report, bytes)) => found.push(Read {
                    file: file.clone(),
                    report,
                    bytes,
                }),
                Err(error) => refused.push(RefusedJson::of(&error)),
            }
        }
    }
    (found, refused)
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
            file: error.name().to_owned(),
            line: error.line(),
            field: field.filter(|field| !field.is_empty()).map(str::to_owned),
            value,
            allowed: allowed.map(str::to_owned),
            message: error.to_string(),
            notice: error.is_notice(),
        }
    }

    fn of_ledger(file: &str, error: &LedgerError) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            field: Some("id".to_owned()),
            value: None,
            allowed: None,
            message: error.to_string(),
            notice: false,
        }
    }
}

/// Whether the error is about one report, so that the others can still be kept.
fn is_of_one(error: &LedgerError) -> bool {
    matches!(
        error,
        LedgerError::OtherContent { .. } | LedgerError::Erased { .. } | LedgerError::Locked { .. }
    )
}

/// Keeps what was read. What was kept before an error is an import like any other.
async fn keep(
    desk: Desk,
    who: Arc<Who>,
    read: Vec<Read>,
    refused: Vec<RefusedJson>,
    corrections: bool,
) -> Result<AddedJson, Problem> {
    let mut answer = AddedJson {
        refused,
        ..AddedJson::default()
    };
    let mut new = Vec::new();
    let mut failed = None;
    for one in read {
        let file = one.file.clone();
        match keep_one(&desk, &who, one, corrections).await {
            Ok((kept, name)) => {
                answer.kept.push(kept);
                new.extend(name);
            }
            Err(error) if is_of_one(&error) => {
                answer.refused.push(RefusedJson::of_ledger(&file, &error));
            }
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
    }
    desk.0.archive.wrote();
    if !new.is_empty() {
        let at = Timestamp::now();
        let import = Import {
            id: format!("m:{}{}", at.as_microsecond(), secret::short()),
            at: written(at),
            name: who.name.clone(),
            known: count(answer.kept.len() - new.len()),
            refused: count(answer.refused.iter().filter(|r| !r.notice).count()),
            undone: String::new(),
            undone_by: String::new(),
        };
        desk.0.store.keep_import(&import, &new).await?;
        answer.import = Some(import.id);
    }
    match failed {
        None => Ok(answer),
        Some(error) => Err(error.into()),
    }
}

/// Keeps one report; with how entries name it where it came in new. An outlet's correction is of no
/// import: to take that back would take away what others had added before.
async fn keep_one(
    desk: &Desk,
    who: &Who,
    Read {
        file: _,
        report,
        bytes,
    }: Read,
    corrections: bool,
) -> Result<(KeptJson, Option<String>), LedgerError> {
    let book = &desk.0.archive.book;
    let about = About::of(&report);
    let content = Content {
        text: report.text,
        bytes,
    };
    let mut added = book.receive(&about, &content, corrections, now()).await?;
    let mut state = ReportState::Waiting;
    if matches!(added, Added::Known | Added::Superseded) {
        let kept = book.report(&about.id, sayso_ledger::Bounds::ALL).await?;
        if kept.is_undone() && book.bring_back(&about.id, &who.name, now()).await? {
            added = Added::New;
        }
        if kept.sheet().is_some() {
            state = ReportState::Coded;
        }
    }
    let name = match added {
        Added::New => Some(book.name_of(&about.id).await?.to_string()),
        _ => None,
    };
    if state == ReportState::Waiting {
        desk.0.work.put(&about.id, report.notes);
    }
    let outcome = match added {
        Added::New | Added::Recoded => "new",
        Added::Known => "known",
        Added::Corrected => "corrected",
        Added::Superseded => "superseded",
    };
    let kept = KeptJson {
        id: about.id,
        title: about.title,
        outcome: outcome.to_owned(),
        state,
    };
    Ok((kept, name))
}

/// As the desk's tables have it.
fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

async fn preview(
    desk: &Desk,
    read: Vec<Read>,
    refused: Vec<RefusedJson>,
    corrections: bool,
) -> Result<AddedJson, Problem> {
    let book = &desk.0.archive.book;
    let mut answer = AddedJson {
        refused,
        ..AddedJson::default()
    };
    for (number, one) in read.into_iter().enumerate() {
        let about = About::of(&one.report);
        let known = match book.has(&about, &one.report.text, corrections).await {
            Ok(known) => known,
            Err(error) if is_of_one(&error) => {
                answer
                    .refused
                    .push(RefusedJson::of_ledger(&one.file, &error));
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let beginning: String = one.report.text.chars().take(240).collect();
        let mut shown = PreviewJson {
            file: one.file,
            id: about.id,
            title: about.title,
            outlet: about.outlet,
            published: about.published,
            beginning,
            statements: None,
            events: None,
            types: Vec::new(),
            notes: one
                .report
                .notes
                .iter()
                .map(|note| note.message.clone())
                .collect(),
            known: known == Known::Kept,
            back: known == Known::TakenBack,
        };
        if number < PREVIEWED && !shown.known {
            let coder = std::sync::Arc::clone(&desk.0.coder);
            let report = one.report;
            shown = tokio::task::spawn_blocking(move || {
                let coded = coder.code(report);
                let sheet = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
                shown.statements = Some(sheet.statements.len());
                shown.events = Some(sheet.events.len());
                let types = sheet.events.iter().filter_map(|event| event.acled.as_ref());
                shown.types = types.map(ToString::to_string).collect();
                shown.notes = sheet
                    .notes
                    .iter()
                    .map(|note| note.message.to_string())
                    .collect();
                shown
            })
            .await
            .map_err(|error| Problem::failed(&error))?;
        }
        answer.previewed.push(shown);
    }
    Ok(answer)
}
