//! `sayso code`: reports in, sheets out.

use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use sayso_api::sheet_json;
use sayso_coder::Coder;
use sayso_text::Report;
use sayso_text::input::{Format as InputFormat, InputError};

use super::Failure;
use crate::arguments::{CodeOptions, Format};
use crate::batch;
use crate::show::{self, progress::Progress, readable};

/// Codes every report of the input; gives how many inputs were bad.
///
/// # Errors
/// Where nothing can be coded at all, or the output cannot be written.
pub(crate) fn run(options: &CodeOptions) -> Result<usize, Failure> {
    let coder = Coder::with(&options.own.own())?;
    let jobs = batch::jobs(options.jobs);
    // A single report has nobody to share the threads with.
    let threads = if is_one_report(&options.input.inputs) {
        jobs
    } else {
        NonZeroUsize::MIN
    };
    let width = show::width();
    let mut progress = Progress::beside_sheets(&options.input.inputs);
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    let mut written = 0_usize;
    let mut bad = 0_usize;

    out.write_all(opening(options.format))?;
    batch::in_order(
        options.input.reports(),
        jobs,
        |report: Result<Report, InputError>| {
            report.map(|report| lay_out(&coder, report, threads, options, width))
        },
        |outcome| {
            match outcome {
                Ok(sheet) => {
                    if written > 0 {
                        out.write_all(between(options.format))?;
                    }
                    out.write_all(sheet?.as_bytes())?;
                    written += 1;
                }
                Err(error) => {
                    bad += usize::from(!error.is_notice());
                    progress.print(&error);
                }
            }
            progress.step();
            Ok::<(), Failure>(())
        },
    )?;
    out.write_all(closing(options.format))?;
    out.flush()?;
    progress.finish(bad);
    Ok(bad)
}

/// Codes one report and lays its sheet out; runs on a worker's thread.
fn lay_out(
    coder: &Coder,
    mut report: Report,
    threads: NonZeroUsize,
    options: &CodeOptions,
    width: usize,
) -> Result<String, Failure> {
    options.input.date(&mut report);
    let coded = coder.code_on(report, threads);
    Ok(match options.format {
        Format::Text => readable::sheet(&coded.reading, &coded.sheet, width),
        Format::Jsonl => {
            let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
            serde_json::to_string(&json)? + "\n"
        }
        Format::Json => {
            let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
            serde_json::to_string_pretty(&json)?
        }
    })
}

/// Whether the input is a single file of one report.
fn is_one_report(inputs: &[PathBuf]) -> bool {
    match inputs {
        [one] => {
            let format = InputFormat::of_path(one);
            one.is_file() && matches!(format, None | Some(InputFormat::Text | InputFormat::Html))
        }
        _ => false,
    }
}

fn opening(format: Format) -> &'static [u8] {
    match format {
        Format::Text | Format::Jsonl => b"",
        Format::Json => b"[",
    }
}

fn between(format: Format) -> &'static [u8] {
    match format {
        Format::Text => b"\n\n",
        Format::Json => b",\n",
        Format::Jsonl => b"",
    }
}

fn closing(format: Format) -> &'static [u8] {
    match format {
        Format::Text | Format::Jsonl => b"",
        Format::Json => b"]\n",
    }
}
