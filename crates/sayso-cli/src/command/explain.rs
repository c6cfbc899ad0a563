//! `sayso explain`: the words and the rule behind each field.

use std::io::{self, BufWriter, Write};

use sayso_api::sheet_json;
use sayso_coder::Coder;

use super::Failure;
use crate::arguments::ExplainOptions;
use crate::show::explanation;
use crate::show::progress::Progress;

/// Explains every report of the input; gives how many inputs were bad.
///
/// # Errors
/// Where nothing can be coded at all, or the output cannot be written.
pub(crate) fn run(options: &ExplainOptions) -> Result<usize, Failure> {
    let coder = Coder::with(&options.own.own())?;
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout().lock()));
    let progress = Progress::none();
    let mut bad = 0;
    for report in options.input.reports() {
        match report {
            Ok(mut report) => {
                options.input.date(&mut report);
                let coded = coder.code(report);
                let json = sheet_json(&coded.reading, &coded.sheet, coder.made_by());
                writeln!(out, "{}", explanation::sheet(&json)?)?;
            }
            Err(error) => {
                bad += usize::from(!error.is_notice());
                progress.print(&error);
            }
        }
    }
    out.flush()?;
    Ok(bad)
}
