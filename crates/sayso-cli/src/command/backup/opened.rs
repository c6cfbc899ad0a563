//! A backup opened: checked, and its files read in clear.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use sayso_ledger::{FileKey, Passphrase, Tombstone, keys_open_with, tombstones_of};
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::super::Failure;
use super::super::ledger::of_file;
use super::{DESK, ENTRIES, KEYS, MANIFEST, Manifest, SCHEMA, SEALED_SCHEMA, hex, stored_as};

/// Longest manifest that is read, in bytes.
const LONGEST: u64 = 1_000_000;

type Archive = ZipArchive<BufReader<File>>;

/// A backup whose checksums were looked at.
pub(super) struct Backup {
    path: PathBuf,
    archive: Archive,
    pub(super) manifest: Manifest,
    /// What opens its entries and desk, where they are sealed.
    key: Option<FileKey>,
}

impl Backup {
    /// Opens the file and looks at the checksum of each file in it.
    ///
    /// # Errors
    /// Where it is no whole backup.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let file = File::open(path).map_err(|error| Failure::File(path.to_path_buf(), error))?;
        let mut archive = ZipArchive::new(BufReader::new(file))
            .map_err(|error| damaged(path, &format!("it is no whole archive ({error})")))?;
        let manifest = manifest(&mut archive).map_err(|what| damaged(path, &what))?;
        check(&mut archive, &manifest).map_err(|what| damaged(path, &what))?;
        Ok(Self {
            path: path.to_path_buf(),
            archive,
            manifest,
            key: None,
        })
    }

    /// Finds out whether the passphrase opens it, before anything is made.
    ///
    /// # Errors
    /// Where a passphrase is needed, or this is another one.
    pub(super) fn unlock(&mut self, passphrase: Option<&Passphrase>) -> Result<(), Failure> {
        let path = self.path.clone();
        let master =
            keys_open_with(&mut *self.member(KEYS)?, passphrase).map_err(of_file(&path))?;
        let Some(wrapped) = &self.manifest.sealed else {
            return Ok(());
        };
        self.key = master.and_then(|master| master.file_key(wrapped));
        match self.key {
            Some(_) => Ok(()),
            None => Err(damaged(&path, "its keys do not open it")),
        }
    }

    /// Whether it has rows of a desk.
    pub(super) fn has_desk(&self) -> bool {
        let name = stored_as(DESK, self.manifest.sealed.is_some());
        self.manifest.files.iter().any(|member| member.name == name)
    }

    /// What one of its files says. Of a sealed backup it has to be unlocked.
    ///
    /// # Errors
    /// Where there is no such file.
    pub(super) fn member(&mut self, name: &str) -> Result<Box<dyn BufRead + Send + '_>, Failure> {
        let key = self.key.as_ref().filter(|_| name != KEYS);
        let path = &self.path;
        let stored = stored_as(name, key.is_some());
        let file = self
            .archive
            .by_name(&stored)
            .map_err(|_| damaged(path, &format!("there is no {stored} in it")))?;
        match key {
            None => Ok(Box::new(BufReader::new(file))),
            Some(key) => {
                let opened = key.reader(name, BufReader::new(file));
                let opened = opened.map_err(|error| damaged(path, &format!("{stored} {error}")))?;
                Ok(Box::new(opened))
            }
        }
    }

    /// Says of this backup that something in it is not right.
    pub(super) fn damaged(&self, what: &str) -> Failure {
        damaged(&self.path, what)
    }
}

/// What an export, or a backup, of a later time says was erased.
///
/// # Errors
/// Where the file is neither, is not whole, or the passphrase does not open it.
pub(super) fn tombstones_in(
    path: &Path,
    passphrase: Option<&Passphrase>,
) -> Result<Vec<Tombstone>, Failure> {
    let failed = |error| Failure::File(path.to_path_buf(), error);
    let mut file = BufReader::new(File::open(path).map_err(failed)?);
    let is_archive = file.fill_buf().map_err(failed)?.starts_with(b"PK");
    if !is_archive {
        return tombstones_of(&mut file).map_err(of_file(path));
    }
    let mut backup = Backup::open(path)?;
    backup.unlock(passphrase)?;
    tombstones_of(&mut *backup.member(ENTRIES)?).map_err(of_file(path))
}

fn damaged(path: &Path, what: &str) -> Failure {
    Failure::Told(format!(
        "{}: {what}: this is no backup that can be trusted; nothing is known to be lost where it \
         comes from: make another, or take an earlier one",
        path.display()
    ))
}

fn manifest(archive: &mut Archive) -> Result<Manifest, String> {
    let file = archive
        .by_name(MANIFEST)
        .map_err(|_| format!("there is no {MANIFEST} in it"))?;
    let manifest: Manifest = serde_json::from_reader(file.take(LONGEST))
        .map_err(|error| format!("{MANIFEST} cannot be read ({error})"))?;
    let wanted = match manifest.sealed {
        Some(_) => SEALED_SCHEMA,
        None => SCHEMA,
    };
    if manifest.schema != wanted {
        return Err(format!(
            "its form is `{}`; this version reads {SCHEMA} and {SEALED_SCHEMA}",
            manifest.schema
        ));
    }
    Ok(manifest)
}

/// Looks at the checksum of every file.
fn check(archive: &mut Archive, manifest: &Manifest) -> Result<(), String> {
    for wanted in [&*stored_as(ENTRIES, manifest.sealed.is_some()), KEYS] {
        if !manifest.files.iter().any(|member| member.name == wanted) {
            return Err(format!("{MANIFEST} does not name {wanted}"));
        }
    }
    for member in &manifest.files {
        let name = &member.name;
        let mut file = archive
            .by_name(name)
            .map_err(|_| format!("there is no {name} in it"))?
            // A packed file can grow to anything; no more is read than was written.
            .take(member.bytes.saturating_add(1));
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
