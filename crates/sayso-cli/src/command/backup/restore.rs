//! `sayso restore`: bringing one back.

use std::io::{self, BufRead as _, Read as _, Write as _};
use std::path::Path;

use sayso_ledger::{Book, Hash, LedgerError, Missing, Opening, Passphrase, Place};
use sayso_server::Store;

use super::super::Failure;
use super::super::ledger::{now, of_file, open_as, runtime};
use super::super::passphrase;
use super::opened::{Backup, tombstones_in};
use super::{DESK, ENTRIES, KEYS};
use crate::arguments::keep::RestoreOptions;
use crate::show::style::{ERROR, paint, safe};

/// Longest row of the desk's tables that is read, in bytes.
const LONGEST: u64 = 1_000_000;

/// Brings a backup back into a ledger that is empty.
///
/// # Errors
/// Where the file is no whole backup, the ledger has entries, or cannot be written.
pub(crate) fn run(options: &RestoreOptions) -> Result<usize, Failure> {
    let path = &options.input;
    let mut backup = Backup::open(path)?;
    let manifest = backup.manifest.clone();
    let given = passphrase::given(options.ledger.passphrase_file.as_deref())?;
    let passphrase = match given {
        None if manifest.encrypted && passphrase::can_ask() => Some(passphrase::ask()?),
        given => given,
    };
    // Before anything is made.
    backup.unlock(passphrase.as_ref())?;
    let tombstones = match &options.erased_in {
        Some(later) => tombstones_in(later, passphrase.as_ref())?,
        None => Vec::new(),
    };
    let place = options.ledger.place();
    if !options.resume {
        is_free(&place)?;
    }
    runtime()?.block_on(async {
        let opening = Opening {
            brings_keys: true,
            ..Opening::new(Missing::Make)
        };
        let book = open_as(&options.ledger, opening, passphrase.clone()).await?;
        let there = book.head().await?.number;
        if there > 0 && !options.resume {
            return Err(not_empty(&options.ledger.ledger, there));
        }
        fill(&book, &mut backup, path, passphrase.as_ref()).await?;
        let desk = bring_desk(&place, &mut backup).await?;
        let erased = book.erase_again(&tombstones, now()).await?;
        let verdict = book.verify(Hash::parse(&manifest.head)).await?;
        let mut faults = verdict.faults.iter();
        if let Some(fault) = faults.find(|fault| fault.is_of_the_chain()) {
            return Err(backup.damaged(&fault.to_string()));
        }
        // What did not open when it was backed up does not open now: all the rest is back.
        for fault in &verdict.faults {
            let fault = safe(&fault.to_string());
            anstream::eprintln!("{}: {fault}", paint(ERROR, "cannot be read"));
        }
        book.close().await?;
        writeln!(io::stdout(), "{}", verdict.head.hash)?;
        anstream::eprintln!(
            "{} entries, {} keys and {desk} rows of the desk, as they were on {}{}",
            manifest.entries,
            manifest.keys,
            manifest.made,
            if verdict.faults.is_empty() {
                "; sound"
            } else {
                ""
            }
        );
        if erased > 0 {
            anstream::eprintln!("{erased} reports erased again that were erased since");
        }
        Ok(verdict.faults.len())
    })
}

fn not_empty(ledger: &str, entries: u64) -> Failure {
    Failure::Told(format!(
        "{ledger} has {entries} entries, and nothing is written over: name another place with \
         --ledger, or move what is there away (--resume goes on with a restore that was interrupted)"
    ))
}

/// Whether files lie where the ledger's will.
fn is_free(place: &Place) -> Result<(), Failure> {
    let Place::Sqlite { ledger, keys } = place else {
        return Ok(());
    };
    let mut desk = ledger.clone().into_os_string();
    desk.push(".desk");
    for path in [keys.as_path(), Path::new(&desk)] {
        let is_there = path.metadata().is_ok_and(|file| file.len() > 0);
        if is_there && !ledger.exists() {
            return Err(Failure::Told(format!(
                "{} is there without its ledger, and nothing is written over: move it away first",
                path.display()
            )));
        }
    }
    Ok(())
}

/// Reads the entries, then the keys.
async fn fill(
    book: &Book,
    backup: &mut Backup,
    path: &Path,
    passphrase: Option<&Passphrase>,
) -> Result<(), Failure> {
    let read = book
        .import(&mut *backup.member(ENTRIES)?)
        .await
        .map_err(|error| match error {
            LedgerError::Import { what, .. } => {
                Failure::Told(format!("{}: {ENTRIES}: {what}", path.display()))
            }
            other => Failure::Ledger(other),
        })?;
    if read.entries != backup.manifest.entries {
        return Err(backup.damaged("it has another number of entries than it says"));
    }
    book.import_keys_with(&mut *backup.member(KEYS)?, passphrase)
        .await
        .map_err(of_file(path))?;
    Ok(())
}

/// Brings the desk's tables back; rows that are there stay as they are.
async fn bring_desk(place: &Place, backup: &mut Backup) -> Result<u64, Failure> {
    if !backup.has_desk() {
        return Ok(0);
    }
    let store = Store::open(place).await?;
    let mut rows = 0;
    let mut lines = backup.member(DESK)?;
    let mut line = String::new();
    loop {
        let read = lines.by_ref().take(LONGEST).read_line(&mut line);
        match read {
            Ok(0) => break,
            Ok(_) => store.put_row(line.trim_end()).await?,
            Err(error) => {
                drop(lines);
                return Err(backup.damaged(&format!("{DESK} {error}")));
            }
        }
        line.clear();
        rows += 1;
    }
    store.close().await;
    Ok(rows)
}
