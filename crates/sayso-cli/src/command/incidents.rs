//! `sayso incidents`: what several reports tell of; of a ledger, or of files of which nothing is
//! kept.

use std::io::{self, BufWriter, Write};

use sayso_api::{IncidentJson, SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_link::{LinkKnowledge, incidents};
use sayso_text::Report;
use sayso_text::input::InputError;

use super::Failure;
use crate::arguments::Format;
use crate::arguments::incidents::{IncidentsOptions, WhichOptions};
use crate::batch;
use crate::show::{self, incident, progress::Progress};

/// Prints the incidents that are asked for; gives how many inputs were bad.
///
/// # Errors
/// Where nothing can be coded or read at all, or the output cannot be written.
pub(crate) fn run(options: &IncidentsOptions) -> Result<usize, Failure> {
    if options.which.inputs.is_empty() {
        super::ledger::incidents::run(options)
    } else {
        directly(options)
    }
}

/// Codes every report of the input; nothing is kept.
fn directly(options: &IncidentsOptions) -> Result<usize, Failure> {
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    let wanted = options.which.filter.read(&options.which.own.own())?;
    let (sheets, bad) = coded(&options.which)?;
    let mut printer = Printer::new(options.format);
    for found in incidents(&sheets, &knowledge) {
        if wanted.wants(&found) {
            printer.print(&found)?;
        }
    }
    printer.finish()?;
    Ok(bad)
}

/// The sheets of all reports of the input, and how many inputs were bad.
pub(super) fn coded(options: &WhichOptions) -> Result<(Vec<SheetJson<'static>>, usize), Failure> {
    if options.view.as_of.is_some() || options.view.published_by.is_some() {
        return Err(Failure::Word {
            what: "view of files",
            word: "--as-of, --published-by".to_owned(),
            allowed: "them for a ledger: `sayso add` the files first".to_owned(),
        });
    }
    let coder = Coder::with(&options.own.own())?;
    let jobs = batch::jobs(options.jobs);
    let mut progress = Progress::start(&options.inputs);
    let mut sheets: Vec<SheetJson<'static>> = Vec::new();
    let mut bad = 0_usize;
    batch::in_order(
        options.reports(),
        jobs,
        |report: Result<Report, InputError>| {
            report.map(|mut report| {
                options.date(&mut report);
                kept(&coder, report)
            })
        },
        |outcome| {
            match outcome {
                Ok(sheet) => sheets.push(sheet?),
                Err(error) => {
                    bad += usize::from(!error.is_notice());
                    progress.print(&error);
                }
            }
            progress.step();
            Ok::<(), Failure>(())
        },
    )?;
    progress.finish(bad);
    Ok((sheets, bad))
}

/// The sheet of a report as it would be read again from its JSON: it outlives the reading.
fn kept(coder: &Coder, report: Report) -> Result<SheetJson<'static>, serde_json::Error> {
    let coded = coder.code(report);
    let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
    serde_json::from_str(&serde_json::to_string(&json)?)
}

/// Prints incidents one after another.
pub(super) struct Printer {
    format: Format,
    printed: usize,
    out: BufWriter<anstream::AutoStream<io::Stdout>>,
}

impl Printer {
    pub(super) fn new(format: Format) -> Self {
        Self {
            format,
            printed: 0,
            out: BufWriter::new(anstream::AutoStream::auto(io::stdout())),
        }
    }

    pub(super) fn print(&mut self, found: &IncidentJson) -> Result<(), Failure> {
        let first = self.printed == 0;
        match self.format {
            Format::Text => {
                if !first {
                    self.out.write_all(b"\n\n")?;
                }
                let page = incident::page(found, &[], show::width());
                self.out.write_all(page.as_bytes())?;
            }
            Format::Json => {
                self.out.write_all(if first { b"[\n" } else { b",\n" })?;
                serde_json::to_writer_pretty(&mut self.out, found)?;
            }
            Format::Jsonl => {
                serde_json::to_writer(&mut self.out, found)?;
                self.out.write_all(b"\n")?;
            }
        }
        self.printed += 1;
        Ok(())
    }

    /// Ends the output; that there was nothing to print is told beside it.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        if self.format == Format::Json {
            let end: &[u8] = if self.printed == 0 { b"[]\n" } else { b"\n]\n" };
            self.out.write_all(end)?;
        }
        self.out.flush()?;
        if self.printed == 0 {
            anstream::eprintln!("no incident is like that");
        }
        Ok(())
    }
}
