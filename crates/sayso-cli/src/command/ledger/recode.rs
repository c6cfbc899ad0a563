//! `sayso recode`: what other versions coded is coded again; reviews stay with their findings.

use sayso_api::{NoteJson, SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_ledger::{Added, Book, Bounds, Kept, KeptReport, LedgerError, Missing};
use sayso_text::{Note, NoteCode};

use super::super::Failure;
use super::add::is_of_this_report;
use super::{now, open, runtime};
use crate::arguments::ledger::RecodeOptions;
use crate::batch;
use crate::show::progress::Progress;
use crate::show::style::{ERROR, paint, safe};

/// Codes again; the former sheets stay in the ledger. Gives how many reports could not be read; they
/// are listed.
///
/// # Errors
/// Where the ledger cannot be read or written.
pub(crate) fn run(options: &RecodeOptions) -> Result<usize, Failure> {
    let coder = Coder::with(&options.own.own())?;
    let runtime = runtime()?;
    let book = runtime.block_on(open(&options.ledger, Missing::Refuse))?;
    let view = runtime.block_on(book.view(Bounds::ALL))?;
    let all = view.readable();
    let made_by_us = |kept: &&KeptReport| {
        let sheet = kept.sheet();
        sheet.is_some_and(|sheet| sheet.made_by == *coder.made_by())
    };
    let old: Vec<&KeptReport> = all
        .iter()
        .copied()
        .filter(|kept| !made_by_us(kept))
        .collect();
    let (mut recoded, mut current) = (0, all.len() - old.len());
    let locked = view.reports.iter();
    let locked = locked.filter(|(_, kept)| **kept == Kept::Locked);
    let mut left_out: Vec<String> = locked
        .map(|(report, _)| {
            let report = report.to_string();
            LedgerError::Locked { report }.to_string()
        })
        .collect();
    let mut progress = Progress::over(old.len());
    batch::in_order(
        old.into_iter(),
        options.jobs(),
        |kept| (kept, runtime.block_on(again(&coder, &book, kept))),
        |(kept, sheet)| {
            match sheet.and_then(|sheet| runtime.block_on(keep(&book, &sheet))) {
                Ok(true) => recoded += 1,
                Ok(false) => current += 1,
                Err(Failure::Ledger(error)) if is_of_this_report(&error) => {
                    let id = kept.about().map_or("", |about| about.id.as_str());
                    left_out.push(format!("{}: {}", safe(id), safe(&error.to_string())));
                }
                Err(failure) => return Err(failure),
            }
            progress.step();
            Ok::<(), Failure>(())
        },
    )?;
    progress.finish(0);
    anstream::eprintln!("{recoded} coded again, {current} up to date");
    for what in &left_out {
        anstream::eprintln!("{}: {what}", paint(ERROR, "left out"));
    }
    runtime.block_on(book.close())?;
    Ok(left_out.len())
}

/// Codes one report; gives its sheet as JSON, which outlives the reading. Runs on a worker's thread.
async fn again(coder: &Coder, book: &Book, kept: &KeptReport) -> Result<String, Failure> {
    // A report that can be read has a version.
    let version = kept.version().ok_or(LedgerError::Moved)?;
    let content = book.content(kept, version.entry).await?;
    let notes = match book.sheet(kept).await {
        Ok(sheet) => of_the_reader(&sheet.notes),
        // Not coded yet, or by a version whose sheets are of another form.
        Err(LedgerError::NoReport { .. } | LedgerError::Unreadable { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let coded = coder.code(version.about.report(content.text, notes));
    let sheet = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
    Ok(serde_json::to_string(&sheet)?)
}

/// Keeps a sheet; `false` where somebody else kept such a one meanwhile.
async fn keep(book: &Book, sheet: &str) -> Result<bool, Failure> {
    let sheet: SheetJson<'static> = serde_json::from_str(sheet)?;
    Ok(book.recode(&sheet, now()).await? == Added::Recoded)
}

/// What was noted when the report was read: its bytes are not read again.
fn of_the_reader(notes: &[NoteJson<'_>]) -> Vec<Note> {
    let notes = notes.iter().filter_map(|note| {
        let code = NoteCode::OF_READERS
            .into_iter()
            .find(|code| code.as_str() == note.code)?;
        Some(Note {
            code,
            span: None,
            message: note.message.to_string(),
        })
    });
    notes.collect()
}
