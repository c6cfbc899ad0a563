//! `sayso export-ledger`: the ledger in a file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use sayso_ledger::{LedgerError, Missing};

use super::super::Failure;
use super::{open, runtime};
use crate::arguments::ledger::ExportOptions;

/// Writes entries, and keys where they are asked for. Files that exist are not overwritten.
///
/// # Errors
/// Where the ledger cannot be read or a file cannot be made.
pub(crate) fn run(options: &ExportOptions) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        // First: where there is no ledger, no empty file is left that the next run would not overwrite.
        let book = open(&options.ledger, Missing::Refuse).await?;
        let mut out: Box<dyn Write + Send> = if options.out.as_os_str() == "-" {
            Box::new(BufWriter::new(io::stdout()))
        } else {
            Box::new(BufWriter::new(made(&options.out)?))
        };
        let keys = options.with_keys.as_deref().map(made).transpose()?;
        let written = book.export(&mut *out).await.map_err(half_of(&options.out));
        if let (Err(_), Some(keys)) = (&written, &options.with_keys) {
            let _ = fs::remove_file(keys);
        }
        anstream::eprintln!("{} entries", written?.entries);
        if let (Some(file), Some(path)) = (keys, &options.with_keys) {
            let written = book.export_keys(&mut BufWriter::new(file)).await;
            let written = written.map_err(half_of(path))?;
            anstream::eprintln!(
                "{} keys: with them anyone can read the export",
                written.keys
            );
        }
        book.close().await?;
        Ok(0)
    })
}

/// Half a file would not be written over by the next run; it is named and removed.
fn half_of(path: &Path) -> impl Fn(LedgerError) -> Failure {
    move |error| match error {
        LedgerError::File { source, .. } if path.as_os_str() != "-" => {
            let _ = fs::remove_file(path);
            Failure::File(path.to_path_buf(), source)
        }
        other => Failure::Ledger(other),
    }
}

/// A new file that only its owner can read.
fn made(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map_err(|error| Failure::File(path.to_path_buf(), error))
}
