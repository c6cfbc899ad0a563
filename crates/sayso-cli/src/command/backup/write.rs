//! `sayso backup`: writing one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sayso_ledger::{Book, FileKey, LedgerError, Missing, SealedWriter};
use sayso_server::Store;
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::Failure;
use super::super::ledger::{now, open, runtime};
use super::{
    DESK, ENTRIES, KEYS, MANIFEST, Manifest, Member, SCHEMA, SEALED_SCHEMA, hex, stored_as,
};
use crate::arguments::keep::BackupOptions;
use crate::show::style::{ERROR, paint};

/// How often a backup is begun anew because a report was erased while it was written.
const TRIES: usize = 5;

/// Writes a backup; a file that is there is not written over. Gives how many reports in it cannot be
/// read because their keys are not in the ledger.
///
/// # Errors
/// Where the ledger or its keys cannot be read or the file cannot be written. No half of a backup is
/// left then.
pub(crate) fn run(options: &BackupOptions) -> Result<usize, Failure> {
    runtime()?.block_on(async {
        let book = open(&options.ledger, Missing::Refuse).await?;
        // What nobody can read any more is no backup.
        let locked = book.without_key().await?;
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
        if locked > 0 {
            let (has, it) = match locked {
                1 => ("report has", "it"),
                _ => ("reports have", "them"),
            };
            anstream::eprintln!(
                "{}: {locked} {has} no key in this ledger, and nobody erased {it}: what brings {it} \
                 back is an earlier backup, or the file of the keys (--keys)",
                paint(ERROR, "cannot be read")
            );
        }
        Ok(locked)
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
    let (key, sealed) = book.file_key().await?.unzip();
    let mut file = archive.begin(ENTRIES, key.as_ref()).map_err(failed)?;
    let entries = book.export(&mut file).await.map_err(at(part))?;
    let head = book.hash_of(entries.entries).await?;
    file.end().map_err(failed)?;
    // After the entries: no entry lacks its key.
    let mut file = archive.begin(KEYS, None).map_err(failed)?;
    let keys = book
        .export_keys_as_kept(&mut file)
        .await
        .map_err(at(part))?;
    file.end().map_err(failed)?;
    let mut rows = 0;
    if let Some(desk) = desk {
        let mut file = archive.begin(DESK, key.as_ref()).map_err(failed)?;
        for row in desk.rows().await? {
            file.write_all(row.as_bytes()).map_err(failed)?;
            file.write_all(b"\n").map_err(failed)?;
            rows += 1;
        }
        file.end().map_err(failed)?;
    }
    let is_sealed = sealed.is_some();
    if book.is_encrypted().await? != is_sealed {
        // It was encrypted, or decrypted, while it was backed up.
        return Err(Failure::Ledger(LedgerError::Moved));
    }
    let schema = if is_sealed { SEALED_SCHEMA } else { SCHEMA };
    let manifest = Manifest {
        schema: schema.to_owned(),
        made,
        sayso: env!("CARGO_PKG_VERSION").to_owned(),
        entries: entries.entries,
        head,
        keys: keys.keys,
        encrypted: is_sealed,
        sealed,
        desk: rows,
        files: archive.members.clone(),
    };
    let mut file = archive.begin(MANIFEST, None).map_err(failed)?;
    serde_json::to_writer_pretty(&mut file, &manifest)?;
    file.end().map_err(failed)?;
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
    name: String,
    hash: Sha256,
    bytes: u64,
}

/// The same, in clear or sealed.
enum Putting<'a> {
    Clear(Writing<'a>),
    Sealed(Box<SealedWriter<Writing<'a>>>),
}

impl Archive {
    /// Begins a file, sealed where there is a key for it.
    fn begin(&mut self, name: &str, key: Option<&FileKey>) -> io::Result<Putting<'_>> {
        let options = SimpleFileOptions::default().large_file(true);
        let options = match key {
            // It is packed before it is sealed.
            Some(_) => options.compression_method(CompressionMethod::Stored),
            // Sealed parts of entries are packed already, but stand in base64.
            None => options
                .compression_method(CompressionMethod::Deflated)
                .compression_level(Some(1)),
        };
        let stored = stored_as(name, key.is_some());
        self.zip.start_file(stored.as_str(), options)?;
        let writing = Writing {
            archive: self,
            name: stored,
            hash: Sha256::new(),
            bytes: 0,
        };
        Ok(match key {
            Some(key) => Putting::Sealed(Box::new(key.writer(name, writing)?)),
            None => Putting::Clear(writing),
        })
    }

    /// What is written is on the disk when this returns.
    fn finish(self) -> io::Result<()> {
        let mut file = self.zip.finish()?;
        file.flush()?;
        file.get_ref().sync_all()
    }
}

impl Putting<'_> {
    fn end(self) -> io::Result<()> {
        let writing = match self {
            Self::Clear(writing) => writing,
            Self::Sealed(sealed) => sealed.finish()?,
        };
        writing.archive.members.push(Member {
            name: writing.name,
            bytes: writing.bytes,
            sha256: hex(&writing.hash.finalize()),
        });
        Ok(())
    }
}

impl Write for Putting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Clear(writing) => writing.write(bytes),
            Self::Sealed(sealed) => sealed.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Clear(writing) => writing.flush(),
            Self::Sealed(sealed) => sealed.flush(),
        }
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
