//! `sayso import-ledger`: an export becomes a ledger.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use sayso_ledger::Missing;

use super::super::Failure;
use super::{open, runtime};
use crate::arguments::ledger::ImportLedgerOptions;

/// Reads entries, and keys where they are given. An import that was interrupted is run again.
///
/// # Errors
/// Where a file is no export, or the ledger has other entries.
pub(crate) fn run(options: &ImportLedgerOptions) -> Result<usize, Failure> {
    let mut entries: Box<dyn BufRead + Send> = if options.input.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(opened(&options.input)?)
    };
    let keys = options.with_keys.as_deref().map(opened).transpose()?;
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Make).await?;
        let read = book.import(&mut *entries).await?;
        anstream::eprintln!("{} entries, {} known before", read.entries, read.known);
        if let Some(mut keys) = keys {
            let read = book.import_keys(&mut keys).await?;
            anstream::eprintln!("{} keys", read.keys);
        }
        book.close().await?;
        Ok(0)
    })
}

fn opened(path: &Path) -> Result<BufReader<File>, Failure> {
    File::open(path)
        .map(BufReader::new)
        .map_err(|error| Failure::File(path.to_path_buf(), error))
}
