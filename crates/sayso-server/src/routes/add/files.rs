//! What a request brings: read in whole, which its size bounds, and handed on report by report. What is
//! read out of it may be hundreds of times as much (a web archive is packed), and is never held whole.
//! Nothing is put aside on disk: there it would lie in clear beside a ledger that is sealed.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use sayso_text::input::{Format, received_of};
use sayso_text::{Published, Report};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::timeout;

use super::{AddAsked, MOST, RefusedJson};
use crate::asked::Body;
use crate::problem::Problem;
use crate::state::Desk;

/// What stands for a file's name where reports came as JSON.
const PASTED: &str = "reports";

/// A request of more bytes waits for its turn.
const LARGE: usize = 1_000_000;

/// Fewer bytes do not hold more reports than are taken in: they are counted while they are read.
const COUNTED: usize = 20_000;

/// So long the bytes of a request may take to come in.
const PATIENCE: Duration = Duration::from_mins(10);

/// So many reports are read ahead of those that are being kept.
const AHEAD: usize = 16;

/// A report that was read, or why one was not.
pub(super) enum Item {
    Report(Box<Read>),
    Refused(RefusedJson),
}

/// A report that was read.
pub(super) struct Read {
    pub(super) file: String,
    pub(super) report: Report,
    pub(super) bytes: Vec<u8>,
}

/// A file: its name and its bytes.
type File = (String, Vec<u8>);

/// The reports of a request, as they are read.
///
/// # Errors
/// Where it cannot be read, or has more reports than are taken in at once.
pub(super) async fn taken(
    desk: &Desk,
    request: Request,
    published: Option<Published>,
) -> Result<mpsc::Receiver<Item>, Problem> {
    let turn = turn(desk, request.headers()).await?;
    let too_slow = |_| Problem::bad("the request took too long to come in");
    let files = timeout(PATIENCE, files(request))
        .await
        .map_err(too_slow)??;
    let counting = tokio::task::spawn_blocking(move || {
        let count = count(&files);
        (files, count)
    });
    let (files, count) = counting.await.map_err(|error| Problem::failed(&error))?;
    if count > MOST {
        return Err(too_many());
    }
    let (send, items) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        read(files, published.as_ref(), &send);
        drop(turn);
    });
    Ok(items)
}

/// Waits until few enough large requests are held.
async fn turn(desk: &Desk, headers: &HeaderMap) -> Result<Option<OwnedSemaphorePermit>, Problem> {
    let length = headers.get(header::CONTENT_LENGTH);
    let length: Option<usize> = length.and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length| length <= LARGE) {
        return Ok(None);
    }
    let turn = Arc::clone(&desk.0.taking_in).acquire_owned().await;
    turn.map(Some).map_err(|error| Problem::failed(&error))
}

fn too_many() -> Problem {
    let detail = format!("there are more than {MOST} reports in it");
    let allowed = format!("at most {MOST} at once; `sayso add` has no such limit");
    Problem::field("reports", detail, allowed)
}

/// The files of a request, by name; reports in JSON are a file of lines.
async fn files(request: Request) -> Result<Vec<File>, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        let Body(asked): Body<AddAsked> = Body::from_request(request, &()).await?;
        if asked.reports.len() > MOST {
            return Err(too_many());
        }
        let mut lines = Vec::new();
        for report in &asked.reports {
            serde_json::to_writer(&mut lines, report)?;
            lines.push(b'\n');
        }
        return Ok(vec![(PASTED.to_owned(), lines)]);
    }
    let unread = |error: MultipartError| {
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
        if files.len() > MOST {
            return Err(too_many());
        }
    }
    Ok(files)
}

fn format(file: &str) -> Option<Format> {
    if file == PASTED {
        Some(Format::Lines)
    } else {
        Format::of_path(Path::new(file))
    }
}

/// How many reports and errors there are, as far as that matters.
fn count(files: &[File]) -> usize {
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    if bytes < COUNTED {
        return 0;
    }
    let mut count = 0;
    for (file, bytes) in files {
        count += match format(file) {
            Some(Format::Text | Format::Html | Format::Pdf | Format::Docx) => 1,
            known => received_of(file, bytes.clone(), known)
                .take(MOST + 1)
                .count(),
        };
        if count > MOST {
            break;
        }
    }
    count
}

/// Reads every file and hands on what is in it. What cannot be read never stops the rest.
fn read(files: Vec<File>, published: Option<&Published>, send: &mpsc::Sender<Item>) {
    let mut left = MOST;
    for (file, bytes) in files {
        for found in received_of(&file, bytes, format(&file)) {
            let item = match found {
                _ if left == 0 => {
                    let message = format!("only the first {MOST} reports were taken in");
                    Item::Refused(RefusedJson::told(&file, message))
                }
                Ok((mut report, bytes)) => {
                    if report.published.is_none() {
                        report.published = published.cloned();
                    }
                    let file = file.clone();
                    Item::Report(Box::new(Read {
                        file,
                        report,
                        bytes,
                    }))
                }
                Err(error) => Item::Refused(RefusedJson::of(&error)),
            };
            // Where nobody takes it any more the rest need not be read.
            if send.blocking_send(item).is_err() || left == 0 {
                return;
            }
            left -= 1;
        }
    }
}
