//! `sayso backup`: writing one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sayso_ledger::{Book, LedgerError, Missing};
use sayso_server::Store;
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::Failure;
use super::super::ledger::{now, open, runtime};
use super::{DESK, ENTRIES, KEYS, MANIFEST, Manifest, Member, SCHEMA, hex};
use crate::arguments::keep::BackupOptions;

/// How often a backup is begun anew because a report was erased while it was written.
const TRIES: usize = 5;

/// Writes a backup; a file that is there is not written over.
///
/// # Errors
/// Where the ledger cannot be read or the file cannot be written. No half of a backup is left then.
pub(crate) fn run(options: &BackupOptions) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        let place = options.ledger.place();
        if options.out.exists() {
            let there = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(Failure::File(options.out.clone(), there));
        }
        let desk = if Store::is_there(&place).await? {
            Some(Store::open(&place).await?)
        } else {
            None
        };
        let part = part_of(&options.out);
        let written = written(&book, desk.as_ref(), &part).await;
        let manifest = match written {
            Ok(manifest) => manifest,
            Err(failure) => {
                let _ = fs::remove_file(&part);
                return Err(failure);
            }
        };
        fs::rename(&part, &options.out)
            .map_err(|error| Failure::File(options.out.clone(), error))?;
        if let Some(desk) = desk {
            desk.close().await;
        }
        book.close().await?;
        writeln!(io::stdout(), "{}", manifest.head)?;
        anstream::eprintln!(
            "{} entries, {} keys and {} rows of the desk in {}{}",
            manifest.entries,
            manifest.keys,
            manifest.desk,
            options.out.display(),
            if manifest.encrypted {
                ": it takes the passphrase to read it"
            } else {
                ": whoever has it can read everything"
            }
        );
        Ok(0)
    })
}

/// Where a backup is written before it is whole.
fn part_of(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Writes a whole backup, begun anew where a report was erased meanwhile: its key would be missing
/// from the keys, its tombstone from the entries.
async fn written(book: &Book, desk: Option<&Store>, part: &Path) -> Result<Manifest, Failure> {
    for _ in 0..TRIES {
        let before = book.tombstones().await?;
        let manifest = archive(book, desk, part).await?;
        if book.tombstones().await? == before {
            return Ok(manifest);
        }
    }
    Err(Failure::Ledger(LedgerError::Moved))
}

async fn archive(book: &Book, desk: Option<&Store>, part: &Path) -> Result<Manifest, Failure> {
    let failed = |error: io::Error| Failure::File(part.to_path_buf(), error);
    let mut archive = Archive {
        zip: ZipWriter::new(BufWriter::new(made(part).map_err(failed)?)),
        members: Vec::new(),
    };
    let made = now().to_string();
    let mut file = archive.begin(ENTRIES).map_err(failed)?;
    let entries = book.export(&mut file).await.map_err(at(part))?;
    let head = book.hash_of(entries.entries).await?;
    file.end();
    // After the entries: no entry lacks its key.
    let mut file = archive.begin(KEYS).map_err(failed)?;
    let keys = book
        .export_keys_as_kept(&mut file)
        .await
        .map_err(at(part))?;
    file.end();
    let mut rows = 0;
    if let Some(desk) = desk {
        let mut file = archive.begin(DESK).map_err(failed)?;
        for row in desk.rows().await? {
            file.write_all(row.as_bytes()).map_err(failed)?;
            file.write_all(b"\n").map_err(failed)?;
            rows += 1;
        }
        file.end();
    }
    let manifest = Manifest {
        schema: SCHEMA.to_owned(),
        made,
        sayso: env!("CARGO_PKG_VERSION").to_owned(),
        entries: entries.entries,
        head,
        keys: keys.keys,
        encrypted: book.is_encrypted().await?,
        desk: rows,
        files: archive.members.clone(),
    };
    let mut file = archive.begin(MANIFEST).map_err(failed)?;
    serde_json::to_writer_pretty(&mut file, &manifest)?;
    file.end();
    archive.finish().map_err(failed)?;
    Ok(manifest)
}

/// An export that cannot be written is about this file.
fn at(part: &Path) -> impl Fn(LedgerError) -> Failure {
    move |error| match error {
        LedgerError::File { source, .. } => Failure::File(part.to_path_buf(), source),
        other => Failure::Ledger(other),
    }
}

/// A file that only its owner can read; what an interrupted backup left is written over.
fn made(part: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(part)
}

struct Archive {
    zip: ZipWriter<BufWriter<File>>,
    members: Vec<Member>,
}

/// One file of an archive while it is written.
struct Writing<'a> {
    archive: &'a mut Archive,
    name: &'static str,
    hash: Sha256,
    bytes: u64,
}

impl Archive {
    fn begin(&mut self, name: &'static str) -> io::Result<Writing<'_>> {
        // Sealed parts are packed already, but stand in base64.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .large_file(true);
        self.zip.start_file(name, options)?;
        Ok(Writing {
            archive: self,
            name,
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    /// What is written is on the disk when this returns.
    fn finish(self) -> io::Result<()> {
        let mut file = self.zip.finish()?;
        file.flush()?;
        file.get_ref().sync_all()
    }
}

impl Writing<'_> {
    fn end(self) {
        self.archive.members.push(Member {
            name: self.name.to_owned(),
            bytes: self.bytes,
            sha256: hex(&self.hash.finalize()),
        });
    }
}

impl Write for Writing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.archive.zip.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.archive.zip.flush()
    }
}
