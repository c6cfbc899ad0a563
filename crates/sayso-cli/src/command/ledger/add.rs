//! `sayso add`: reports in, sheets made, both kept.

use sayso_api::{SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_ledger::{About, Added, Book, Content, Incoming, LedgerError, Missing};
use sayso_text::Report;

use super::super::Failure;
use super::feeds::Feeds;
use super::{now, open, runtime};
use crate::arguments::ledger::AddOptions;
use crate::batch;
use crate::show::progress::Progress;
use crate::show::style::{ERROR, paint, safe};

/// How many reports went which way.
#[derive(Debug, Default)]
pub(super) struct Count {
    new: usize,
    known: usize,
    corrected: usize,
    recoded: usize,
    superseded: usize,
}

impl Count {
    pub(super) fn add(&mut self, added: Added) {
        match added {
            Added::New => self.new += 1,
            Added::Known => self.known += 1,
            Added::Corrected => self.corrected += 1,
            Added::Recoded => self.recoded += 1,
            Added::Superseded => self.superseded += 1,
        }
    }

    /// Says how many went which way, and lists what was left out.
    pub(super) fn tell(&self, left_out: &[String]) {
        let Self {
            new,
            known,
            corrected,
            recoded,
            superseded,
        } = self;
        let recoded = match recoded {
            0 => String::new(),
            recoded => format!(", {recoded} with a newer sheet"),
        };
        let superseded = match superseded {
            0 => String::new(),
            superseded => format!(", {superseded} older or shorter than what is kept"),
        };
        anstream::eprintln!(
            "{new} added, {known} known before, {corrected} corrected{recoded}{superseded}"
        );
        for what in left_out {
            anstream::eprintln!("{}: {what}", paint(ERROR, "left out"));
        }
    }
}

/// A report on its way: coded, or known to be there.
enum OnItsWay {
    Known,
    Coded(Box<Coded>),
}

struct Coded {
    about: About,
    content: Content,
    /// The sheet as JSON: it outlives the reading that it is made from.
    sheet: String,
}

/// Adds every report of the input; gives how many were left out.
///
/// Each report is kept in one step. What is there already is not coded again, so that a run that
/// was interrupted goes on where it stopped.
///
/// # Errors
/// Where nothing can be coded or kept at all.
pub(crate) fn run(options: &AddOptions) -> Result<usize, Failure> {
    if options.sheets {
        return super::add_sheets::run(options);
    }
    let coder = Coder::with(&options.own.own())?;
    let runtime = runtime()?;
    let book = runtime.block_on(open(&options.ledger, Missing::Make))?;
    let mut progress = Progress::start(&options.input.inputs);
    let mut count = Count::default();
    let mut left_out: Vec<String> = Vec::new();
    let feeds = Feeds::of(&options.ledger.place(), &runtime, &book)?;
    let outcome = batch::in_order(
        options
            .input
            .reports()
            .fetching(Box::new(feeds.fetcher(options.allow_private)))
            .received(),
        options.jobs(),
        |received| {
            received.map(|(mut report, bytes)| {
                options.input.date(&mut report);
                let id = report.id.clone();
                let on_its_way = runtime.block_on(code(&coder, &book, report, bytes, options));
                (id, on_its_way)
            })
        },
        |outcome| {
            match outcome {
                Ok((id, on_its_way)) => {
                    match on_its_way.and_then(|item| runtime.block_on(keep(&book, item, options))) {
                        Ok(added) => count.add(added),
                        Err(Failure::Ledger(error)) if is_of_this_report(&error) => {
                            left_out.push(format!("{}: {}", safe(&id), safe(&error.to_string())));
                        }
                        Err(failure) => return Err(failure),
                    }
                }
                Err(error) => {
                    progress.print(&error);
                    if !error.is_notice() {
                        left_out.push(safe(&error.to_string()));
                    }
                }
            }
            progress.step();
            Ok::<(), Failure>(())
        },
    );
    progress.finish(0);
    // What was kept is kept, also where the rest could not be.
    count.tell(&left_out);
    outcome?;
    // What was left out is asked for again the next time.
    if left_out.is_empty() {
        feeds.keep(&runtime, &book)?;
    }
    runtime.block_on(book.close())?;
    Ok(left_out.len())
}

/// Codes a report that is not there yet; runs on a worker's thread.
async fn code(
    coder: &Coder,
    book: &Book,
    report: Report,
    bytes: Vec<u8>,
    options: &AddOptions,
) -> Result<OnItsWay, Failure> {
    let about = About::of(&report);
    if book.has(&about, &report.text, options.corrections).await? {
        return Ok(OnItsWay::Known);
    }
    let content = Content {
        text: report.text.clone(),
        bytes,
    };
    let coded = coder.code(report);
    let sheet = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
    Ok(OnItsWay::Coded(Box::new(Coded {
        about,
        content,
        sheet: serde_json::to_string(&sheet)?,
    })))
}

async fn keep(book: &Book, item: OnItsWay, options: &AddOptions) -> Result<Added, Failure> {
    let OnItsWay::Coded(coded) = item else {
        return Ok(Added::Known);
    };
    let sheet: SheetJson<'static> = serde_json::from_str(&coded.sheet)?;
    let incoming = Incoming {
        about: coded.about,
        content: coded.content,
        sheet: &sheet,
    };
    Ok(book.add(&incoming, options.corrections, now()).await?)
}

/// Whether the error is about one report, so that the others can still be added.
pub(super) fn is_of_this_report(error: &LedgerError) -> bool {
    error.is_of_one_report()
}
