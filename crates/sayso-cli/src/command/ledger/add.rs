//! `sayso add`: reports in, sheets made, both kept.

use sayso_api::{SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_ledger::{About, Added, Book, Content, Incoming, Known, LedgerError, Missing};
use sayso_text::Report;
use sayso_text::input::InputError;

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
    back: usize,
    away: usize,
    gone: usize,
}

/// What became of a report.
pub(super) enum Became {
    Added(Added),
    /// It had been taken back with its import, and is there again.
    Back,
    /// It was taken back with its import, and stays so.
    Away,
    /// It was erased, and its outlet goes on to send it.
    Gone,
}

impl Count {
    pub(super) fn add(&mut self, became: &Became) {
        let count = match became {
            Became::Added(Added::New) => &mut self.new,
            Became::Added(Added::Known) => &mut self.known,
            Became::Added(Added::Corrected) => &mut self.corrected,
            Became::Added(Added::Recoded) => &mut self.recoded,
            Became::Added(Added::Superseded) => &mut self.superseded,
            Became::Back => &mut self.back,
            Became::Away => &mut self.away,
            Became::Gone => &mut self.gone,
        };
        *count += 1;
    }

    /// Says how many went which way, and lists what was left out.
    pub(super) fn tell(&self, left_out: &[String]) {
        let Self {
            new,
            known,
            corrected,
            recoded,
            superseded,
            back,
            away,
            gone,
        } = self;
        let recoded = match recoded {
            0 => String::new(),
            recoded => format!(", {recoded} with a newer sheet"),
        };
        let superseded = match superseded {
            0 => String::new(),
            superseded => format!(", {superseded} older or shorter than what is kept"),
        };
        let back = match back {
            0 => String::new(),
            back => format!(", {back} brought back"),
        };
        anstream::eprintln!(
            "{new} added, {known} known before, {corrected} corrected{recoded}{superseded}{back}"
        );
        if *away > 0 {
            anstream::eprintln!(
                "{away} taken back with their import, and left so: --bring-back NAME brings them back"
            );
        }
        if *gone > 0 {
            anstream::eprintln!("{gone} erased before, and not taken in again");
        }
        for what in left_out {
            anstream::eprintln!("{}: {what}", paint(ERROR, "left out"));
        }
    }
}

/// A report on its way: coded, or known to be there.
enum OnItsWay {
    Known,
    /// Known, and taken back with its import: its id.
    TakenBack(String),
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
    // Whether anything was left out that may be taken in when it is asked for again.
    let mut again = false;
    let mut feeds = Feeds::of(&options.ledger.place(), &runtime, &book)?;
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
                let (id, versioned) = (report.id.clone(), About::of(&report).versioned);
                let on_its_way = runtime.block_on(code(&coder, &book, report, bytes, options));
                (id, versioned, on_its_way)
            })
        },
        |outcome| {
            match outcome {
                Ok((id, versioned, on_its_way)) => {
                    match on_its_way.and_then(|item| runtime.block_on(keep(&book, item, options))) {
                        Ok(became) => count.add(&became),
                        // Nobody can keep an outlet from sending it again with every other entry.
                        Err(Failure::Ledger(LedgerError::Erased { .. })) if versioned => {
                            count.add(&Became::Gone);
                        }
                        Err(Failure::Ledger(error)) if is_of_this_report(&error) => {
                            again |= !is_for_good(&error);
                            left_out.push(format!("{}: {}", safe(&id), safe(&error.to_string())));
                        }
                        Err(failure) => return Err(failure),
                    }
                }
                Err(error) => {
                    progress.print(&error);
                    if !error.is_notice() {
                        if !is_wrong_for_good(&error) {
                            feeds.forget(error.name());
                        }
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
    // What was left out is asked for again the next time, unless it would be left out again.
    if !again {
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
    match book.has(&about, &report.text, options.corrections).await? {
        Known::Kept => return Ok(OnItsWay::Known),
        Known::TakenBack => return Ok(OnItsWay::TakenBack(about.id)),
        Known::Not => {}
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

async fn keep(book: &Book, item: OnItsWay, options: &AddOptions) -> Result<Became, Failure> {
    let coded = match item {
        OnItsWay::Known => return Ok(Became::Added(Added::Known)),
        OnItsWay::TakenBack(id) => return taken_back(book, &id, options).await,
        OnItsWay::Coded(coded) => coded,
    };
    let sheet: SheetJson<'static> = serde_json::from_str(&coded.sheet)?;
    let incoming = Incoming {
        about: coded.about,
        content: coded.content,
        sheet: &sheet,
    };
    let added = book.add(&incoming, options.corrections, now()).await?;
    Ok(Became::Added(added))
}

/// Brings a report back that was taken back with its import, where that is asked for.
pub(super) async fn taken_back(
    book: &Book,
    id: &str,
    options: &AddOptions,
) -> Result<Became, Failure> {
    let Some(by) = &options.bring_back else {
        return Ok(Became::Away);
    };
    book.bring_back(id, by, now()).await?;
    Ok(Became::Back)
}

/// Whether the same input will be refused whenever it is read: a file or a server that is not there,
/// a page that is no feed. What could not be had is not known by its version anyhow; an entry that
/// or a line that could not be read is asked for again, with all of its feed.
fn is_wrong_for_good(error: &InputError) -> bool {
    !matches!(
        error,
        InputError::Item { .. }
            | InputError::Json { .. }
            | InputError::Field { .. }
            | InputError::LineTooLong { .. }
    )
}

/// Whether the same report will be refused whenever it comes in.
fn is_for_good(error: &LedgerError) -> bool {
    matches!(
        error,
        LedgerError::Erased { .. } | LedgerError::OtherContent { .. }
    )
}

/// Whether the error is about one report, so that the others can still be added.
pub(super) fn is_of_this_report(error: &LedgerError) -> bool {
    error.is_of_one_report()
}
