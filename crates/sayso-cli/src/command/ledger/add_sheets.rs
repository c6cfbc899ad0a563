//! `sayso add --sheets`: sheets that were made elsewhere, checked and kept.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use sayso_api::SheetJson;
use sayso_ledger::{About, Added, Book, Content, Incoming, Missing, check_sheet};
use sayso_text::Published;

use super::super::Failure;
use super::add::{Count, is_of_this_report};
use super::{now, open, runtime};
use crate::arguments::ledger::AddOptions;
use crate::batch;
use crate::show::progress::Progress;
use crate::show::style::safe;

/// Keeps every sheet of the input with its report; gives how many were left out.
///
/// # Errors
/// Where a file cannot be read, or nothing can be kept at all.
pub(super) fn run(options: &AddOptions) -> Result<usize, Failure> {
    let runtime = runtime()?;
    let book = runtime.block_on(open(&options.ledger, Missing::Make))?;
    let jobs = options
        .jobs
        .unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let mut progress = Progress::lines();
    let mut count = Count::default();
    let mut left_out: Vec<String> = Vec::new();
    for path in &options.input.inputs {
        let lines = opened(path)?.split(b'\n').enumerate();
        batch::in_order(
            lines,
            jobs,
            |(number, line)| (number, line.map(|line| read(&line))),
            |(number, sheet)| {
                let place = format!("{}, line {}", path.display(), number + 1);
                let sheet = sheet.map_err(|error| Failure::File(path.clone(), error))?;
                match sheet {
                    Ok(None) => return Ok(()),
                    Ok(Some(sheet)) => {
                        let id = safe(&sheet.report.id);
                        match runtime.block_on(keep(&book, &sheet, options.corrections)) {
                            Ok(added) => count.add(added),
                            Err(Failure::Ledger(error)) if is_of_this_report(&error) => {
                                left_out.push(format!("{place}: {id}: {error}"));
                            }
                            Err(failure) => return Err(failure),
                        }
                    }
                    Err(what) => left_out.push(format!("{place}: {what}")),
                }
                progress.step();
                Ok::<(), Failure>(())
            },
        )?;
    }
    progress.finish(0);
    count.tell(&left_out);
    runtime.block_on(book.close())?;
    Ok(left_out.len())
}

fn opened(path: &Path) -> Result<Box<dyn BufRead + Send>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).map_err(|error| Failure::File(path.to_path_buf(), error))?;
    Ok(Box::new(BufReader::new(file)))
}

/// A sheet that fits its report; `None` for an empty line. The error is in words.
fn read(line: &[u8]) -> Result<Option<SheetJson<'static>>, String> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let sheet: SheetJson<'static> =
        serde_json::from_slice(line).map_err(|error| format!("is no sheet: {error}"))?;
    if let Some(published) = &sheet.report.published {
        Published::parse(published).map_err(|error| format!("report.published: {error}"))?;
    }
    check_sheet(&sheet)?;
    Ok(Some(sheet))
}

/// Keeps a report and its sheet; of a report that is there, a sheet by other versions.
async fn keep(book: &Book, sheet: &SheetJson<'_>, corrections: bool) -> Result<Added, Failure> {
    let report = &sheet.report;
    let owned = |field: &Option<std::borrow::Cow<'_, str>>| field.as_deref().map(str::to_owned);
    let incoming = Incoming {
        about: About {
            id: report.id.to_string(),
            title: owned(&report.title),
            outlet: owned(&report.outlet),
            url: owned(&report.url),
            published: owned(&report.published),
            language: Some(report.language.to_string()),
            author: owned(&report.author),
            updated: owned(&report.updated),
            forwarded_from: owned(&report.forwarded_from),
            reply_to: owned(&report.reply_to),
            // Whoever made the sheet knows; the sheet does not say.
            ..About::default()
        },
        content: Content {
            text: report.text.to_string(),
            bytes: report.text.as_bytes().to_vec(),
        },
        sheet,
    };
    match book.add(&incoming, corrections, now()).await? {
        Added::Known => Ok(book.recode(sheet, now()).await?),
        added => Ok(added),
    }
}
