//! `sayso incidents`: reports in, what several of them tell of out. Nothing is kept.

use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::thread;

use sayso_api::{IncidentJson, SheetJson, sheet_json};
use sayso_coder::Coder;
use sayso_link::{LinkKnowledge, incidents};
use sayso_text::Report;
use sayso_text::input::{self, InputError};

use super::Failure;
use crate::arguments::{Format, IncidentsOptions};
use crate::batch;
use crate::show::{self, incident, progress::Progress};

/// Codes every report of the input and prints the incidents; gives how many inputs were bad.
///
/// # Errors
/// Where nothing can be coded at all, or the output cannot be written.
pub(crate) fn run(options: &IncidentsOptions) -> Result<usize, Failure> {
    let coder = Coder::with(&options.own.own())?;
    let knowledge = LinkKnowledge::builtin().map_err(sayso_coder::CoderError::from)?;
    let jobs = options
        .jobs
        .unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let mut progress = Progress::start(&options.input.inputs);
    let mut sheets: Vec<SheetJson<'static>> = Vec::new();
    let mut bad = 0_usize;
    batch::in_order(
        input::reports(&options.input.inputs),
        jobs,
        |report: Result<Report, InputError>| {
            report.map(|mut report| {
                options.input.date(&mut report);
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
    let found: Vec<IncidentJson> = incidents(&sheets, &knowledge)
        .into_iter()
        .filter(|incident| options.filter.wants(incident))
        .collect();
    print(&found, options.format)?;
    Ok(bad)
}

/// The sheet of a report as it would be read again from its JSON: it outlives the reading.
fn kept(coder: &Coder, report: Report) -> Result<SheetJson<'static>, serde_json::Error> {
    let coded = coder.code(report);
    let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
    serde_json::from_str(&serde_json::to_string(&json)?)
}

fn print(found: &[IncidentJson], format: Format) -> Result<(), Failure> {
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    match format {
        Format::Text => {
            for (number, found) in found.iter().enumerate() {
                if number > 0 {
                    out.write_all(b"\n\n")?;
                }
                out.write_all(incident::page(found, show::width()).as_bytes())?;
            }
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, found)?;
            out.write_all(b"\n")?;
        }
        Format::Jsonl => {
            for incident in found {
                serde_json::to_writer(&mut out, incident)?;
                out.write_all(b"\n")?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
