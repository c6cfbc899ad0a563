//! `sayso restore`: bringing one back.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write as _};
use std::path::Path;

use sayso_ledger::{
    Book, Hash, LedgerError, Missing, Passphrase, Place, keys_open_with, tombstones_of,
};
use sayso_server::Store;
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::super::Failure;
use super::super::ledger::{now, open_with, runtime};
use super::super::passphrase;
use super::{DESK, ENTRIES, KEYS, MANIFEST, Manifest, SCHEMA, hex};
use crate::arguments::keep::RestoreOptions;

/// Longest manifest and longest row of the desk's tables that are read, in bytes.
const LONGEST: u64 = 1_000_000;

type Backup = ZipArchive<BufReader<File>>;

/// Brings a backup back into a ledger that is empty.
///
/// # Errors
/// Where the file is no whole backup, the ledger has entries, or cannot be written.
pub(crate) fn run(options: &RestoreOptions) -> Result<usize, Failure> {
    let path = &options.input;
    let mut backup = opened(path)?;
    let manifest = manifest(&mut backup).map_err(|what| damaged(path, &what))?;
    check(&mut backup, &manifest).map_err(|what| damaged(path, &what))?;
    let tombstones = match &options.erased_in {
        Some(export) => tombstones_of(&mut BufReader::new(
            File::open(export).map_err(|error| Failure::File(export.clone(), error))?,
        ))?,
        None => Vec::new(),
    };
    let given = passphrase::given(options.ledger.passphrase_file.as_deref())?;
    let passphrase = match given {
        None if manifest.encrypted && passphrase::can_ask() => Some(passphrase::ask()?),
        given => given,
    };
    // Before anything is made.
    keys_open_with(&mut member(&mut backup, path, KEYS)?, passphrase.as_ref())?;
    let place = options.ledger.place();
    if !options.resume {
        is_free(&place)?;
    }
    runtime()?.block_on(async {
        let book = open_with(&options.ledger, Missing::Make, passphrase.clone()).await?;
        let there = book.head().await?.number;
        if there > 0 && !options.resume {
            return Err(not_empty(&options.ledger.ledger, there));
        }
        fill(&book, &mut backup, (path, &manifest), passphrase.as_ref()).await?;
        let desk = bring_desk(&place, &mut backup, path, &manifest).await?;
        let erased = book.erase_again(&tombstones, now()).await?;
        let verdict = book.verify(Hash::parse(&manifest.head)).await?;
        if let Some(fault) = verdict.faults.first() {
            return Err(damaged(path, &fault.to_string()));
        }
        book.close().await?;
        writeln!(io::stdout(), "{}", verdict.head.hash)?;
        anstream::eprintln!(
            "{} entries, {} keys and {desk} rows of the desk, as they were on {}; sound",
            manifest.entries,
            manifest.keys,
            manifest.made
        );
        if erased > 0 {
            anstream::eprintln!("{erased} reports erased again that were erased since");
        }
        Ok(0)
    })
}

fn opened(path: &Path) -> Result<Backup, Failure> {
    let file = File::open(path).map_err(|error| Failure::File(path.to_path_buf(), error))?;
    ZipArchive::new(BufReader::new(file))
        .map_err(|error| damaged(path, &format!("it is no whole archive ({error})")))
}

fn damaged(path: &Path, what: &str) -> Failure {
    Failure::Told(format!(
        "{}: {what}: this is no backup that can be trusted; nothing is known to be lost where it \
         comes from: make another, or take an earlier one",
        path.display()
    ))
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

fn manifest(backup: &mut Backup) -> Result<Manifest, String> {
    let file = backup
        .by_name(MANIFEST)
        .map_err(|_| format!("there is no {MANIFEST} in it"))?;
    let manifest: Manifest = serde_json::from_reader(file.take(LONGEST))
        .map_err(|error| format!("{MANIFEST} cannot be read ({error})"))?;
    if manifest.schema != SCHEMA {
        return Err(format!(
            "its form is `{}`; this version reads {SCHEMA}",
            manifest.schema
        ));
    }
    Ok(manifest)
}

/// Looks at the checksum of every file.
fn check(backup: &mut Backup, manifest: &Manifest) -> Result<(), String> {
    for wanted in [ENTRIES, KEYS] {
        if !manifest.files.iter().any(|member| member.name == wanted) {
            return Err(format!("{MANIFEST} does not name {wanted}"));
        }
    }
    for member in &manifest.files {
        let name = &member.name;
        let mut file = backup
            .by_name(name)
            .map_err(|_| format!("there is no {name} in it"))?
            // A packed file can grow to anything; no more is read than was written.
            .take(member.bytes + 1);
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        let mut bytes = 0;
        loop {
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => {
                    hash.update(&buffer[..read]);
                    bytes += read as u64;
                }
                Err(error) => return Err(format!("{name} cannot be read ({error})")),
            }
        }
        if bytes != member.bytes || hex(&hash.finalize()) != member.sha256 {
            return Err(format!("{name} is not what was written"));
        }
    }
    Ok(())
}

fn member<'a>(
    backup: &'a mut Backup,
    path: &Path,
    name: &str,
) -> Result<impl BufRead + Send + 'a, Failure> {
    let file = backup
        .by_name(name)
        .map_err(|_| damaged(path, &format!("there is no {name} in it")))?;
    Ok(BufReader::new(file))
}

/// Reads the entries, then the keys.
async fn fill(
    book: &Book,
    backup: &mut Backup,
    (path, manifest): (&Path, &Manifest),
    passphrase: Option<&Passphrase>,
) -> Result<(), Failure> {
    let read = book
        .import(&mut member(backup, path, ENTRIES)?)
        .await
        .map_err(|error| match error {
            LedgerError::Import { what, .. } => {
                Failure::Told(format!("{}: {ENTRIES}: {what}", path.display()))
            }
            other => Failure::Ledger(other),
        })?;
    if read.entries != manifest.entries {
        return Err(damaged(
            path,
            "it has another number of entries than it says",
        ));
    }
    book.import_keys_with(&mut member(backup, path, KEYS)?, passphrase)
        .await?;
    Ok(())
}

/// Brings the desk's tables back; rows that are there stay as they are.
async fn bring_desk(
    place: &Place,
    backup: &mut Backup,
    path: &Path,
    manifest: &Manifest,
) -> Result<u64, Failure> {
    if !manifest.files.iter().any(|member| member.name == DESK) {
        return Ok(0);
    }
    let store = Store::open(place).await?;
    let mut rows = 0;
    let mut lines = member(backup, path, DESK)?;
    let mut line = String::new();
    while lines.by_ref().take(LONGEST).read_line(&mut line)? > 0 {
        store.put_row(line.trim_end()).await?;
        line.clear();
        rows += 1;
    }
    store.close().await;
    Ok(rows)
}
