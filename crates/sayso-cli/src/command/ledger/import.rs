//! `sayso import-ledger`: an export becomes a ledger.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::super::Failure;
use super::{of_file, open_to_import, runtime};
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
    let keys = match &options.with_keys {
        Some(path) => Some((path, opened(path)?)),
        None => None,
    };
    runtime()?.block_on(async {
        let book = open_to_import(&options.ledger, keys.is_some()).await?;
        let read = book.import(&mut *entries).await;
        let read = read.map_err(of_file(&options.input))?;
        anstream::eprintln!("{} entries, {} known before", read.entries, read.known);
        if let Some((path, mut keys)) = keys {
            let read = book.import_keys(&mut keys).await.map_err(of_file(path))?;
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
