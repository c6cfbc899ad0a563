//! `sayso head`: the hash of the last entry.

use std::io::{self, Write as _};

use sayso_ledger::Missing;

use super::super::Failure;
use super::{open, runtime};
use crate::arguments::ledger::HeadOptions;

/// Prints the hash, alone on standard output, and which entry it is of on standard error.
///
/// # Errors
/// Where the ledger cannot be read.
pub(crate) fn run(options: &HeadOptions) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let head = book.head().await?;
        writeln!(io::stdout(), "{}", head.hash)?;
        anstream::eprintln!("entry {} of {}", head.number, head.recorded);
        book.close().await?;
        Ok(0)
    })
}
