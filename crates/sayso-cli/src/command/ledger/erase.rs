//! `sayso erase`: a report's content is destroyed for good.

use sayso_ledger::Missing;

use super::super::Failure;
use super::{now, open, runtime};
use crate::arguments::ledger::EraseOptions;

/// Erases one report.
///
/// # Errors
/// Where there is no such report, or the ledger cannot be written.
pub(crate) fn run(options: &EraseOptions) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let erased = book
            .erase(&options.report, &options.by, &options.why, now())
            .await?;
        if erased {
            anstream::eprintln!(
                "erased; copies of the file of keys, backups among them, can still open the report"
            );
        } else {
            anstream::eprintln!("it was erased before");
        }
        book.close().await?;
        Ok(0)
    })
}
