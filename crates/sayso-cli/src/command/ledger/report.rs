//! `sayso report`: one report of the ledger.

use std::io::{self, Write as _};

use sayso_ledger::Missing;

use super::super::Failure;
use super::{open, runtime};
use crate::arguments::ledger::{ReportOptions, Shown};
use crate::show::{self, kept};

/// Prints a report with its sheet and what analysts decided.
///
/// # Errors
/// Where the report is not in view, or the ledger cannot be read.
pub(crate) fn run(options: &ReportOptions) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let report = book.report(&options.report, options.view.bounds()).await?;
        let reviewed = book.reviewed(&report).await?;
        let mut out = anstream::AutoStream::auto(io::stdout());
        match options.format {
            Shown::Text => write!(out, "{}", kept::report(&report, &reviewed, show::width()))?,
            Shown::Json => {
                let json = sayso_archive::report_json(&report, &reviewed);
                writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
            }
        }
        book.close().await?;
        Ok(0)
    })
}
