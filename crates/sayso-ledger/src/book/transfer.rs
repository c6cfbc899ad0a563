//! Export and import, without loss, from one store to any other.
//!
//! An export is lines of JSON: the first says what it is and where it ends, then one entry a line
//! with its hashes, sealed parts in base64. Keys go into a file of their own, or nowhere.
//!
//! Long because what writes a line and what reads it again have to be seen together.

use std::io::{BufRead, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::lines::Lines;
use super::{Book, PAGE, PAGE_WITH_BODIES};
use crate::chain::{Fault, Verifier};
use crate::entry::{Entry, Kind, ReportRef};
use crate::error::LedgerError;
use crate::ledger::{FULL_PAGE, KeyRow};
use crate::lock::{Lock, LockState, Master, Passphrase};
use crate::moment::Moment;
use crate::payload::{self, ErasureClear};
use crate::random::random;
use crate::seal::{LEDGER_KEY, Secret};
use crate::sealed_file::FileKey;

/// Name and number of the form of an export.
pub const EXPORT_SCHEMA: &str = "sayso.ledger/1";

/// Name and number of the form of a file of keys.
pub const KEYS_SCHEMA: &str = "sayso.keys/1";

/// How much was written or read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transferred {
    /// Entries.
    pub entries: u64,
    /// Of these, entries that were there before.
    pub known: u64,
    /// Keys, the ledger's own not counted.
    pub keys: u64,
}

#[derive(Serialize, Deserialize)]
struct First {
    schema: String,
    entries: u64,
    head: String,
}

#[derive(Serialize, Deserialize)]
struct Line {
    number: u64,
    recorded: String,
    kind: String,
    report: Option<String>,
    payload: String,
    sealed_head: Option<String>,
    sealed_body: Option<String>,
    previous: String,
    hash: String,
}

#[derive(Serialize, Deserialize)]
struct FirstKey {
    schema: String,
    ledger: Option<String>,
    /// Where there is one, the keys are wrapped as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lock: Option<Lock>,
}

/// The tombstone of a report, as an export tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The report, as entries name it.
    pub report: ReportRef,
    /// By whom and why.
    pub clear: ErasureClear,
}

#[derive(Serialize, Deserialize)]
struct KeyLine {
    name: String,
    key: String,
    reports: Vec<String>,
}

impl Book {
    /// Writes every entry up to the one that is last now.
    ///
    /// # Errors
    /// Where the store cannot be read; `LedgerError::File` where `out` cannot be written.
    pub async fn export(&self, out: &mut (dyn Write + Send)) -> Result<Transferred, LedgerError> {
        let head = self.store.head().await?;
        let first = First {
            schema: EXPORT_SCHEMA.to_owned(),
            entries: head.number,
            head: head.hash,
        };
        put(out, &first)?;
        let mut after = 0;
        while after < head.number {
            let page = self.store.entries(after, PAGE_WITH_BODIES, true).await?;
            let Some(last) = page.last() else {
                break;
            };
            let next = last.number;
            for entry in page {
                if entry.number <= head.number {
                    put(out, &Line::of(entry))?;
                }
            }
            after = next;
        }
        out.flush().map_err(unwritable)?;
        Ok(Transferred {
            entries: head.number,
            ..Transferred::default()
        })
    }

    /// Writes every key in clear: whoever has this and the export can read everything.
    ///
    /// # Errors
    /// As [`Book::export`].
    pub async fn export_keys(
        &self,
        out: &mut (dyn Write + Send),
    ) -> Result<Transferred, LedgerError> {
        self.write_keys(out, None).await
    }

    /// Writes every key as it lies in the ledger: wrapped, where the ledger is encrypted, so that it
    /// takes the passphrase to read them.
    ///
    /// # Errors
    /// As [`Book::export`].
    pub async fn export_keys_as_kept(
        &self,
        out: &mut (dyn Write + Send),
    ) -> Result<Transferred, LedgerError> {
        let lock = self.store.lock().await?;
        self.write_keys(out, lock.filter(|lock| lock.state != LockState::Open))
            .await
    }

    async fn write_keys(
        &self,
        out: &mut (dyn Write + Send),
        lock: Option<Lock>,
    ) -> Result<Transferred, LedgerError> {
        let is_locked = lock.is_some();
        let written_as = |name: &str, key: &Secret| -> Result<String, LedgerError> {
            Ok(STANDARD.encode(if is_locked {
                self.store.wrapped(name, key)?
            } else {
                key.as_bytes().to_vec()
            }))
        };
        let own = self.store.ledger_key(None).await?;
        let first = FirstKey {
            schema: KEYS_SCHEMA.to_owned(),
            ledger: own.map(|key| written_as(LEDGER_KEY, &key)).transpose()?,
            lock,
        };
        put(out, &first)?;
        let mut written = Transferred::default();
        let mut after = String::new();
        loop {
            let page = self.store.keys(&after, PAGE).await?;
            match page.last() {
                Some(last) => after.clone_from(&last.name),
                None => break,
            }
            for row in page {
                let line = KeyLine {
                    key: written_as(&row.name, &row.secret)?,
                    name: row.name,
                    reports: row.reports.iter().map(ToString::to_string).collect(),
                };
                put(out, &line)?;
                written.keys += 1;
            }
        }
        out.flush().map_err(unwritable)?;
        Ok(written)
    }

    /// A new key for files that are to be as readable as the ledger is, and the same wrapped, to be
    /// kept beside them ([`Master::file_key`] opens it); `None` for a ledger that is not encrypted.
    ///
    /// # Errors
    /// [`LedgerError::Encrypted`] where it was encrypted since it was opened; where the store cannot
    /// be read.
    pub async fn file_key(&self) -> Result<Option<(FileKey, String)>, LedgerError> {
        if !self.is_encrypted().await? {
            return Ok(None);
        }
        let secret = Secret::new(random()?);
        let wrapped = self.store.wrapped(FileKey::NAME, &secret)?;
        if wrapped == secret.as_bytes() {
            return Err(LedgerError::Encrypted {
                place: "the ledger".to_owned(),
            });
        }
        Ok(Some((FileKey::new(secret), STANDARD.encode(wrapped))))
    }

    /// The reports that have a tombstone, as entries name them.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn tombstones(&self) -> Result<Vec<ReportRef>, LedgerError> {
        self.store.erased().await
    }

    /// Reads an export into a ledger that is empty or holds its beginning, so that an import that
    /// was cut short is simply run again. Every hash is checked before anything is written.
    ///
    /// What the export says was erased is erased here too.
    ///
    /// Without keys the ledger can be verified and exported, not read; `import_keys` may follow.
    ///
    /// # Errors
    /// [`LedgerError::Import`] names the line: what is no export, a faulty chain, a ledger that has
    /// gone another way, an export that ends early.
    pub async fn import(
        &self,
        lines: &mut (dyn BufRead + Send),
    ) -> Result<Transferred, LedgerError> {
        let mut lines = Lines::new(lines);
        let mut export = Export::begin(&mut lines)?;
        let here = self.store.head().await?.number;
        let mut read = Transferred::default();
        let (mut waiting, mut waiting_bytes) = (Vec::new(), 0);
        while let Some(entry) = export.next(&mut lines)? {
            read.entries += 1;
            if entry.number <= here {
                let there = self.store.entry(entry.number).await?;
                if there.is_none_or(|there| there.hash != entry.hash) {
                    return Err(
                        lines.wrong("this ledger has another entry here: import into a new one")
                    );
                }
                read.known += 1;
                continue;
            }
            waiting_bytes += sealed_bytes(&entry);
            waiting.push(entry);
            if waiting.len() >= PAGE_WITH_BODIES as usize || waiting_bytes >= FULL_PAGE {
                self.store.copy(std::mem::take(&mut waiting)).await?;
                waiting_bytes = 0;
            }
        }
        if !waiting.is_empty() {
            self.store.copy(waiting).await?;
        }
        // A tombstone that came in names a report whose key may have been here already.
        self.finish_erasures().await?;
        Ok(read)
    }

    /// Reads a file of keys and makes the index of words anew. Keys of reports that have a
    /// tombstone here are left out.
    ///
    /// # Errors
    /// [`LedgerError::Import`] names the line; where the keys are of another ledger.
    pub async fn import_keys(
        &self,
        lines: &mut (dyn BufRead + Send),
    ) -> Result<Transferred, LedgerError> {
        self.import_keys_with(lines, None).await
    }

    /// As [`Book::import_keys`], of keys that may be wrapped. A ledger that has no keys yet is then
    /// locked as the one was that they come from.
    ///
    /// # Errors
    /// As [`Book::import_keys`]; [`LedgerError::Encrypted`], [`LedgerError::WrongPassphrase`].
    pub async fn import_keys_with(
        &self,
        lines: &mut (dyn BufRead + Send),
        passphrase: Option<&Passphrase>,
    ) -> Result<Transferred, LedgerError> {
        let mut lines = Lines::new(lines);
        let first: FirstKey = lines.next()?.ok_or_else(|| lines.wrong("is empty"))?;
        if first.schema != KEYS_SCHEMA {
            return Err(lines.wrong(&format!(
                "`{}` is no file of keys: use {KEYS_SCHEMA}",
                first.schema
            )));
        }
        let master = match &first.lock {
            Some(lock) => Some(self.take_lock(lock, passphrase).await?),
            None => None,
        };
        let secret = |name: &str, written: &str| secret(name, written, master.as_ref());
        if let Some(key) = &first.ledger {
            let key = secret(LEDGER_KEY, key).ok_or_else(|| lines.wrong("is no key"))?;
            let kept = self.store.ledger_key(Some(key.clone())).await?;
            if kept.as_ref() != Some(&key) {
                return Err(lines.wrong("these are the keys of another ledger"));
            }
        }
        let erased = self.store.erased().await?;
        let mut read = Transferred::default();
        while let Some(line) = lines.next::<KeyLine>()? {
            let reports: Vec<ReportRef> = line.reports.into_iter().map(ReportRef).collect();
            if reports.iter().any(|report| erased.contains(report)) {
                continue;
            }
            let row = KeyRow {
                secret: secret(&line.name, &line.key).ok_or_else(|| lines.wrong("is no key"))?,
                name: line.name,
                reports,
            };
            let wanted = row.secret.clone();
            if self.store.put_key(row).await? != wanted {
                return Err(lines.wrong("the ledger has another key of this name"));
            }
            read.keys += 1;
        }
        if let Some(own_key) = self.own_key().await? {
            self.index_again(own_key).await?;
        }
        Ok(read)
    }

    /// Opens the lock of keys that come in. Where this ledger has neither lock nor keys, it takes it
    /// over.
    async fn take_lock(
        &self,
        lock: &Lock,
        passphrase: Option<&Passphrase>,
    ) -> Result<Master, LedgerError> {
        let place = || "the file of keys".to_owned();
        let given = passphrase.ok_or_else(|| LedgerError::Encrypted { place: place() })?;
        let master = lock
            .master(Some(given))
            .ok_or_else(|| LedgerError::WrongPassphrase { place: place() })?;
        let here = self.store.lock().await?;
        if here.is_none() && self.store.ledger_key(None).await?.is_none() {
            let lock = Lock {
                state: LockState::Sealing,
                ..lock.clone()
            };
            self.store.put_lock(lock.clone()).await?;
            self.store.unlock(master.clone(), true);
            super::opening::seal(&*self.store, lock).await?;
        }
        Ok(master)
    }

    /// Destroys what `tombstones` name, as [`Book::erase`] does: for a ledger that was brought back
    /// from a time before they were set. Gives how many were new here. A report that is not in this
    /// ledger is passed over.
    ///
    /// # Errors
    /// As [`Book::erase`].
    pub async fn erase_again(
        &self,
        tombstones: &[Tombstone],
        now: Moment,
    ) -> Result<usize, LedgerError> {
        let mut erased = 0;
        for tombstone in tombstones {
            let is_here = !self.store.of_report(&tombstone.report).await?.is_empty();
            if is_here
                && self
                    .erase_reference(&tombstone.report, &tombstone.clear, now)
                    .await?
            {
                erased += 1;
            }
        }
        Ok(erased)
    }
}

/// How long the sealed parts are.
fn sealed_bytes(entry: &Entry) -> u64 {
    let parts = entry.head.iter().chain(&entry.body);
    parts.map(|part| part.len() as u64).sum()
}

impl Line {
    fn of(entry: Entry) -> Self {
        Self {
            number: entry.number,
            recorded: entry.recorded,
            kind: entry.kind,
            report: entry.report,
            payload: entry.payload,
            sealed_head: entry.head.map(|bytes| STANDARD.encode(bytes)),
            sealed_body: entry.body.map(|bytes| STANDARD.encode(bytes)),
            previous: entry.previous,
            hash: entry.hash,
        }
    }

    /// `None` where a part is not what an export has. A payload that is no JSON object would pass for
    /// one that is sealed as soon as it is stored.
    fn entry(self) -> Option<Entry> {
        let _: serde_json::Map<String, serde_json::Value> = payload::read(self.payload.as_bytes())?;
        let bytes = |sealed: Option<String>| match sealed {
            Some(sealed) => STANDARD.decode(sealed).ok().map(Some),
            None => Some(None),
        };
        Some(Entry {
            number: self.number,
            recorded: self.recorded,
            kind: self.kind,
            report: self.report,
            payload: self.payload,
            head: bytes(self.sealed_head)?,
            body: bytes(self.sealed_body)?,
            previous: self.previous,
            hash: self.hash,
        })
    }
}

/// A key as it is written, in clear or wrapped.
fn secret(name: &str, written: &str, master: Option<&Master>) -> Option<Secret> {
    let bytes = STANDARD.decode(written).ok()?;
    match master {
        Some(master) => master.key(name, &bytes),
        None => Secret::from_slice(&bytes),
    }
}

/// What opens the keys in a file of keys: `None` where they lie in clear. Nothing is kept.
///
/// # Errors
/// [`LedgerError::Import`] where it is no file of keys; [`LedgerError::Encrypted`],
/// [`LedgerError::WrongPassphrase`].
pub fn keys_open_with(
    lines: &mut (dyn BufRead + Send),
    passphrase: Option<&Passphrase>,
) -> Result<Option<Master>, LedgerError> {
    let mut lines = Lines::new(lines);
    let first: FirstKey = lines.next()?.ok_or_else(|| lines.wrong("is empty"))?;
    let place = || "the backup".to_owned();
    match (first.lock, passphrase) {
        (None, _) => Ok(None),
        (Some(_), None) => Err(LedgerError::Encrypted { place: place() }),
        (Some(lock), Some(passphrase)) => lock
            .master(Some(passphrase))
            .map(Some)
            .ok_or_else(|| LedgerError::WrongPassphrase { place: place() }),
    }
}

/// The tombstones of an export, without a ledger to read it into. The chain is verified to its end: of
/// an export that was cut off, the last tombstones would be missing unseen.
///
/// # Errors
/// [`LedgerError::Import`] names the line.
pub fn tombstones_of(lines: &mut (dyn BufRead + Send)) -> Result<Vec<Tombstone>, LedgerError> {
    let mut lines = Lines::new(lines);
    let mut export = Export::begin(&mut lines)?;
    let mut tombstones = Vec::new();
    while let Some(entry) = export.next(&mut lines)? {
        if entry.kind != Kind::Erasure.as_str() {
            continue;
        }
        let report = entry
            .report
            .as_deref()
            .and_then(|report| report.parse().ok());
        let clear = payload::read(entry.payload.as_bytes());
        let (Some(report), Some(clear)) = (report, clear) else {
            return Err(lines.wrong("is no tombstone"));
        };
        tombstones.push(Tombstone { report, clear });
    }
    Ok(tombstones)
}

/// An export while it is read: every entry is verified, and that none is missing at the end.
struct Export {
    first: First,
    verifier: Verifier,
}

impl Export {
    fn begin(lines: &mut Lines<'_>) -> Result<Self, LedgerError> {
        let first: First = lines.next()?.ok_or_else(|| lines.wrong("is empty"))?;
        if first.schema != EXPORT_SCHEMA {
            return Err(lines.wrong(&format!(
                "`{}` is no export of a ledger: use {EXPORT_SCHEMA}",
                first.schema
            )));
        }
        let verifier = Verifier::new(None);
        Ok(Self { first, verifier })
    }

    /// The next entry; `None` behind the last, which is the one that the first line names.
    fn next(&mut self, lines: &mut Lines<'_>) -> Result<Option<Entry>, LedgerError> {
        let Some(line) = lines.next::<Line>()? else {
            let head = self.verifier.head();
            if head.number != self.first.entries || head.hash != self.first.head {
                return Err(lines.wrong("the export ends before its last entry"));
            }
            return Ok(None);
        };
        let entry = line.entry().ok_or_else(|| lines.wrong("is no entry"))?;
        self.verifier.push(&entry);
        match self.verifier.faults().first() {
            Some(Fault::Changed { .. }) => {
                Err(lines.wrong("the entry was changed: its hash is another"))
            }
            Some(_) => Err(lines.wrong("the entry does not follow the one before it")),
            None => Ok(Some(entry)),
        }
    }
}

fn put(out: &mut (dyn Write + Send), line: &impl Serialize) -> Result<(), LedgerError> {
    let mut written = serde_json::to_vec(line)?;
    written.push(b'\n');
    out.write_all(&written).map_err(unwritable)
}

fn unwritable(source: std::io::Error) -> LedgerError {
    LedgerError::File {
        path: "the export".to_owned(),
        source,
    }
}
