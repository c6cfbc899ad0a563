//! `sayso add --sheets`: sheets that were made elsewhere, checked and kept.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::iter;
use std::path::Path;

use sayso_api::SheetJson;
use sayso_ledger::{About, Added, Book, Content, Incoming, Known, Missing, check_sheet};
use sayso_text::Published;
use sayso_text::input::{Bounded, bounded_line};

use super::super::Failure;
use super::add::{Became, Count, is_of_this_report, taken_back};
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
    let mut progress = Progress::lines();
    let mut count = Count::default();
    let mut left_out: Vec<String> = Vec::new();
    let mut outcome = Ok(());
    for path in &options.input.inputs {
        let opened = match opened(path) {
            Ok(opened) => opened,
            Err(failure) => {
                outcome = Err(failure);
                break;
            }
        };
        let lines = lines(opened, LONGEST_LINE).enumerate();
        outcome = batch::in_order(
            lines,
            options.jobs(),
            |(number, line)| (number, line.map(|line| line.and_then(|line| read(&line)))),
            |(number, sheet)| {
                let file = path.display().to_string();
                let place = format!("{}, line {}", safe(&file), number + 1);
                let sheet = sheet.map_err(|error| Failure::File(path.clone(), error))?;
                match sheet {
                    Ok(None) => return Ok(()),
                    Ok(Some(sheet)) => {
                        let id = safe(&sheet.report.id);
                        match runtime.block_on(keep(&book, &sheet, options)) {
                            Ok(became) => count.add(&became),
                            Err(Failure::Ledger(error)) if is_of_this_report(&error) => {
                                let error = safe(&error.to_string());
                                left_out.push(format!("{place}: {id}: {error}"));
                            }
                            Err(failure) => return Err(failure),
                        }
                    }
                    Err(what) => left_out.push(format!("{place}: {}", safe(&what))),
                }
                progress.step();
                Ok::<(), Failure>(())
            },
        );
        if outcome.is_err() {
            break;
        }
    }
    progress.finish(0);
    // What was kept is kept, also where the rest could not be.
    count.tell(&left_out);
    outcome?;
    runtime.block_on(book.close())?;
    Ok(left_out.len())
}

/// Longest line that is read, in bytes: several times the longest report.
const LONGEST_LINE: u64 = 256_000_000;

/// The lines of a stream; the inner error is that of one line, in words.
fn lines(
    mut stream: Box<dyn BufRead + Send>,
    limit: u64,
) -> impl Iterator<Item = io::Result<Result<Vec<u8>, String>>> + Send {
    iter::from_fn(move || {
        let mut line = Vec::new();
        match bounded_line(&mut *stream, limit, &mut line) {
            Ok(Bounded::Line) => Some(Ok(Ok(line))),
            Ok(Bounded::TooLong) => Some(Ok(Err(format!(
                "is longer than {} MB: give one sheet a line",
                limit / 1_000_000
            )))),
            Ok(Bounded::End) => None,
            Err(error) => Some(Err(error)),
        }
    })
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
async fn keep(book: &Book, sheet: &SheetJson<'_>, options: &AddOptions) -> Result<Became, Failure> {
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
    let (about, corrections) = (&incoming.about, options.corrections);
    if book.has(about, &incoming.content.text, corrections).await? == Known::TakenBack {
        return taken_back(book, &about.id, options).await;
    }
    let added = match book.add(&incoming, corrections, now()).await? {
        Added::Known => book.recode(sheet, now()).await?,
        added => added,
    };
    Ok(Became::Added(added))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;

    #[test]
    fn a_line_without_an_end_is_passed_over() {
        let endless = io::repeat(b' ').take(3_000_000);
        let stream = Cursor::new("{}\n")
            .chain(endless)
            .chain(Cursor::new("\n[]"));
        let read: Vec<Result<Vec<u8>, String>> = lines(Box::new(BufReader::new(stream)), 1_000_000)
            .map(Result::unwrap)
            .collect();
        assert_eq!(read[0].as_deref(), Ok(&b"{}\n"[..]));
        assert!(read[1].as_ref().unwrap_err().contains("1 MB"));
        assert_eq!(read[2].as_deref(), Ok(&b"[]"[..]));
        assert_eq!(read.len(), 3);
    }
}
