//! What a request brings: taken in as it comes ([`super::spool`]), and handed on report by report. What
//! is read out of it may be hundreds of times as much (a web archive is packed), and is never held whole.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body as Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use sayso_text::input::{Format, Received, received_from};
use sayso_text::{Published, Report};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::timeout;
use tokio_stream::StreamExt as _;

use super::spool::{HELD, Spool, Spooling};
use super::{AddAsked, MOST, RefusedJson};
use crate::asked::Body;
use crate::problem::Problem;
use crate::routes::LARGEST;
use crate::state::Desk;

/// What stands for a file's name where reports came as JSON.
const PASTED: &str = "reports";

/// Most bytes of reports that come as JSON: they are taken apart in memory.
const LARGEST_JSON: usize = 8_000_000;

/// Fewer bytes do not hold more reports than are taken in: they are counted while they are read.
const COUNTED: usize = 20_000;

/// So long the bytes of a request may take to come in.
const PATIENCE: Duration = Duration::from_mins(10);

/// And those of one that is refused: many clients hear why only when they have sent all of it.
const DRAINING: Duration = Duration::from_secs(30);

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

/// The files of a request.
struct Files {
    spool: Arc<Spool>,
    /// Their names, and where their bytes are.
    named: Vec<(String, Range<usize>)>,
}

/// The reports of a request, as they are read.
///
/// # Errors
/// Where it cannot be read, is too large, comes when there is no room for it, or has more reports than
/// are taken in at once.
pub(super) async fn taken(
    desk: &Desk,
    request: Request,
    published: Option<Published>,
) -> Result<mpsc::Receiver<Item>, Problem> {
    let too_slow = |_| Problem::bad("the request took too long to come in");
    let files = timeout(PATIENCE, files(desk, request))
        .await
        .map_err(too_slow)??;
    let turn = turn(desk, &files).await?;
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
        read(&files, published.as_ref(), &send);
        drop(turn);
    });
    Ok(items)
}

/// Waits until few enough large requests are read: what waits is on disk, what is read in memory.
async fn turn(desk: &Desk, files: &Files) -> Result<Option<OwnedSemaphorePermit>, Problem> {
    if files
        .named
        .iter()
        .map(|(_, bytes)| bytes.len())
        .sum::<usize>()
        < HELD
    {
        return Ok(None);
    }
    let turn = Arc::clone(&desk.0.reading).acquire_owned().await;
    turn.map(Some).map_err(|error| Problem::failed(&error))
}

fn too_many() -> Problem {
    let detail = format!("there are more than {MOST} reports in it");
    let allowed = format!("at most {MOST} at once; `sayso add` has no such limit");
    Problem::field("reports", detail, allowed)
}

fn too_large(most: usize) -> Problem {
    let most = most / 1_000_000;
    let detail = if most * 1_000_000 == LARGEST {
        format!("a request has at most {most} MB: send fewer files at once, or use `sayso add`")
    } else {
        format!("reports in JSON have at most {most} MB: send them as a file of lines (multipart)")
    };
    Problem::too_large(detail)
}

/// How many bytes a request says that it has.
fn expected(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// The files of a request, by name; reports in JSON are a file of lines.
async fn files(desk: &Desk, request: Request) -> Result<Files, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_files = kind.starts_with("multipart/form-data");
    let most = if is_files { LARGEST } else { LARGEST_JSON };
    let expected = expected(request.headers()).unwrap_or_default();
    let begun = if expected > most {
        Err(too_large(most))
    } else {
        Spooling::new(&desk.0.room, expected)
    };
    let mut spooling = match begun {
        Ok(begun) => begun,
        Err(refused) => {
            let _ = timeout(DRAINING, drained(request.into_body())).await;
            return Err(refused);
        }
    };
    let unread = |error: MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            too_large(LARGEST)
        } else {
            Problem::bad(error.body_text())
        }
    };
    let mut named = Vec::new();
    if is_files {
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|error| Problem::bad(error.body_text()))?;
        while let Some(mut part) = parts.next_field().await.map_err(unread)? {
            let name = part.file_name().unwrap_or("file").to_owned();
            let start = spooling.len();
            while let Some(bytes) = part.chunk().await.map_err(unread)? {
                spooling.push(&bytes).await?;
            }
            named.push((name, start..spooling.len()));
            if named.len() > MOST {
                return Err(too_many());
            }
        }
    } else {
        pasted(request, &mut spooling).await?;
        named.push((PASTED.to_owned(), 0..spooling.len()));
    }
    let spool = Arc::new(spooling.done());
    Ok(Files { spool, named })
}

/// Lets what comes go by, within bounds.
async fn drained(body: Bytes) {
    let mut left = 2 * LARGEST;
    let mut body = body.into_data_stream();
    while let Some(Ok(bytes)) = body.next().await
        && left > 0
    {
        left = left.saturating_sub(bytes.len());
    }
}

/// Reports that came as JSON, as lines.
async fn pasted(request: Request, lines: &mut Spooling) -> Result<(), Problem> {
    let (parts, body) = request.into_parts();
    let mut all = Vec::new();
    let mut body = body.into_data_stream();
    while let Some(bytes) = body.next().await {
        let bytes = bytes.map_err(|error| Problem::bad(error.to_string()))?;
        if all.len() + bytes.len() > LARGEST_JSON {
            return Err(too_large(LARGEST_JSON));
        }
        all.extend_from_slice(&bytes);
    }
    let request = Request::from_parts(parts, Bytes::from(all));
    let Body(asked): Body<AddAsked> = Body::from_request(request, &()).await?;
    if asked.reports.len() > MOST {
        return Err(too_many());
    }
    for report in &asked.reports {
        let mut line = serde_json::to_vec(report)?;
        line.push(b'\n');
        lines.push(&line).await?;
    }
    Ok(())
}

fn format(file: &str) -> Option<Format> {
    if file == PASTED {
        Some(Format::Lines)
    } else {
        Format::of_path(Path::new(file))
    }
}

impl Files {
    /// The reports of one of them.
    fn reports(&self, file: &str, bytes: &Range<usize>) -> Received {
        let reader = Box::new(self.spool.reader(bytes.clone()));
        received_from(file, reader, format(file))
    }
}

/// How many reports and errors there are, as far as that matters.
fn count(files: &Files) -> usize {
    let bytes: usize = files.named.iter().map(|(_, bytes)| bytes.len()).sum();
    if bytes < COUNTED {
        return 0;
    }
    let mut count = 0;
    for (file, bytes) in &files.named {
        count += match format(file) {
            Some(Format::Text | Format::Html | Format::Pdf | Format::Docx) => 1,
            _ => files.reports(file, bytes).take(MOST + 1).count(),
        };
        if count > MOST {
            break;
        }
    }
    count
}

/// Reads every file and hands on what is in it. What cannot be read never stops the rest.
fn read(files: &Files, published: Option<&Published>, send: &mpsc::Sender<Item>) {
    let mut left = MOST;
    for (file, bytes) in &files.named {
        for found in files.reports(file, bytes) {
            let item = match found {
                _ if left == 0 => {
                    let message = format!("only the first {MOST} reports were taken in");
                    Item::Refused(RefusedJson::told(file, message))
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
