//! The book: what may be written, and what is read, over any store.

mod add;
mod beside;
mod change;
mod erase;
mod follow;
mod index;
mod keys;
mod lines;
mod opening;
mod review;
mod search;
mod transfer;
mod verify;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sayso_api::SheetJson;

pub use add::{Added, Incoming, Known};
pub use follow::Changes;
pub use opening::Opening;
pub use review::ReviewDraft;
pub use search::{Found, Hit};
pub use transfer::{
    EXPORT_SCHEMA, KEYS_SCHEMA, Tombstone, Transferred, keys_open_with, tombstones_of,
};

use crate::entry::{Entry, Head, Kind, ReportRef};
use crate::error::LedgerError;
use crate::ledger::{KeyRow, Ledger};
use crate::moment::{Bounds, Moment};
use crate::payload::Content;
use crate::random::random;
use crate::reviewed::{self, Reviewed};
use crate::seal::{self, LEDGER_KEY, NONCE, Part, Secret};
use crate::view::{Folder, Kept, KeptReport, View};

/// Entries fetched at once without their bodies, and with them; fewer where they are long.
const PAGE: u32 = 2_000;
const PAGE_WITH_BODIES: u32 = 100;

/// How often a decision is taken anew because somebody else wrote about the same report.
const TRIES: usize = 50;

/// Where a ledger lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file of SQLite, and one of keys beside it.
    Sqlite {
        /// The file of the entries.
        ledger: PathBuf,
        /// The file of the keys.
        keys: PathBuf,
    },
    /// A database of PostgreSQL; entries and keys in a schema each.
    Postgres {
        /// `postgres://…`
        url: String,
    },
}

impl Place {
    /// Reads a path, or an address that begins with `postgres://` or `postgresql://`.
    ///
    /// The keys of `sayso.db` lie in `sayso.db.keys`, where `keys` names no other file.
    pub fn parse(written: &str, keys: Option<&Path>) -> Self {
        if written.starts_with("postgres://") || written.starts_with("postgresql://") {
            return Self::Postgres {
                url: written.to_owned(),
            };
        }
        Self::Sqlite {
            ledger: PathBuf::from(written),
            keys: keys.map_or_else(
                || PathBuf::from(format!("{written}.keys")),
                Path::to_path_buf,
            ),
        }
    }
}

/// Whether a ledger that is not there is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// An empty one is made.
    Make,
    /// That is an error.
    Refuse,
}

/// A ledger opened: reports come in, analysts decide, views are asked.
///
/// Every method that writes takes the moment from its caller and is atomic: after a crash all of it
/// is there or nothing. Two books over one ledger, in two processes, wait for each other.
pub struct Book {
    store: Box<dyn Ledger>,
    /// The ledger's own key, made with its first report; empty where a ledger was imported without
    /// keys.
    key: OnceLock<Secret>,
}

impl Book {
    /// Opens the ledger at `place`, and finishes erasures that a crash cut short.
    ///
    /// # Errors
    /// Where it is not there (and not to be made), or the database cannot be used.
    pub async fn open(place: &Place, missing: Missing) -> Result<Self, LedgerError> {
        Self::open_as(place, &Opening::new(missing)).await
    }

    /// A book over a store that is open.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn over(store: Box<dyn Ledger>) -> Result<Self, LedgerError> {
        let book = Self {
            store,
            key: OnceLock::new(),
        };
        book.finish_erasures().await?;
        Ok(book)
    }

    /// Ends the connections; what was written is safe without it.
    ///
    /// # Errors
    /// Where the database reports an error while it closes.
    pub async fn close(self) -> Result<(), LedgerError> {
        self.store.close().await
    }

    /// The last entry: keep its hash elsewhere, to find out later whether the ledger was cut off.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn head(&self) -> Result<Head, LedgerError> {
        self.store.head().await
    }

    /// The hash of the entry of this number; that of an empty ledger for 0.
    ///
    /// # Errors
    /// [`LedgerError::Unreadable`] where there is no such entry; where the store cannot be read.
    pub async fn hash_of(&self, number: u64) -> Result<String, LedgerError> {
        if number == 0 {
            return Ok(Head::start().hash);
        }
        let entry = self.store.entry(number).await?;
        let what = "place in the ledger";
        let entry = entry.ok_or(LedgerError::Unreadable { number, what })?;
        Ok(entry.hash)
    }

    /// Whether this entry is part of the ledger: `head` as it was once, and may no longer be the
    /// last.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn holds(&self, head: &Head) -> Result<bool, LedgerError> {
        if head.number == 0 {
            return Ok(true);
        }
        let entry = self.store.entry(head.number).await?;
        Ok(entry.is_some_and(|entry| entry.hash == head.hash))
    }

    /// What the ledger knows within `bounds`. Memory grows with the number of reports, not with
    /// their length. A report that does not open is [`Kept::Locked`].
    ///
    /// # Errors
    /// [`LedgerError::NoKeys`]; [`LedgerError::Unreadable`] for a decision on incidents; where the
    /// store cannot be read.
    pub async fn view(&self, bounds: Bounds) -> Result<View, LedgerError> {
        let mut folder = Folder::new(bounds);
        let Some(own_key) = self.own_key().await? else {
            return Ok(folder.finish());
        };
        // Keys are kept before the entries that they open: those of all entries so far are there.
        let mut upto = self.store.head().await?.number;
        let mut keys = self.all_keys().await?;
        keys.insert(LEDGER_KEY.to_owned(), own_key.clone());
        let mut after = 0;
        loop {
            let page = self.store.entries(after, PAGE, false).await?;
            if page.last().is_some_and(|last| last.number > upto) {
                // What came in meanwhile has keys that came in meanwhile.
                upto = self.store.head().await?.number;
                keys.extend(self.all_keys().await?);
            }
            for entry in &page {
                folder.read(entry, &|name| keys.get(name).cloned())?;
            }
            match page.last() {
                Some(last) => after = last.number,
                None => return Ok(folder.finish()),
            }
        }
    }

    /// One report within `bounds`.
    ///
    /// # Errors
    /// [`LedgerError::NoReport`], [`LedgerError::Erased`], [`LedgerError::Locked`], and as
    /// [`Book::view`].
    pub async fn report(&self, id: &str, bounds: Bounds) -> Result<KeptReport, LedgerError> {
        let reference = self.reference(id).await?;
        let (kept, _) = self.kept(&reference, bounds).await?;
        readable(id, &reference, kept)
    }

    /// The sheet in force, as the program made it.
    ///
    /// # Errors
    /// [`LedgerError::Unreadable`] where it is of a form that this version does not know;
    /// [`LedgerError::NoReport`] where the version in force has none in these bounds.
    pub async fn sheet(&self, report: &KeptReport) -> Result<SheetJson<'static>, LedgerError> {
        let number = report.sheet().ok_or_else(|| no_sheet(report))?.entry;
        let plain = self.body(number, Kind::Sheet, &report.reference).await?;
        sheet(number, &plain)
    }

    /// The sheet in force with the analysts' decisions in it.
    ///
    /// # Errors
    /// As [`Book::sheet`].
    pub async fn reviewed(&self, report: &KeptReport) -> Result<Reviewed, LedgerError> {
        with_decisions(report, self.sheet(report).await?)
    }

    /// [`Book::reviewed`] of several reports, in their order and each with an answer of its own; in a
    /// fraction of the time, which is mostly the way to the store and back.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub async fn reviewed_all(
        &self,
        reports: &[&KeptReport],
    ) -> Result<Vec<Result<Reviewed, LedgerError>>, LedgerError> {
        let sheets = reports.iter().filter_map(|report| report.sheet());
        let numbers: Vec<u64> = sheets.map(|sheet| sheet.entry).collect();
        let names: Vec<&str> = reports.iter().map(|r| r.reference.as_str()).collect();
        let entries = self.store.some(&numbers).await?.into_iter();
        let entries: BTreeMap<u64, Entry> = entries.map(|e| (e.number, e)).collect();
        let keys: BTreeMap<String, Secret> =
            self.store.some_keys(&names).await?.into_iter().collect();
        let reviewed = |report: &KeptReport| {
            let number = report.sheet().ok_or_else(|| no_sheet(report))?.entry;
            let secret = keys.get(report.reference.as_str());
            let entry = entries.get(&number);
            let plain = opened(number, entry, secret, (Kind::Sheet, &report.reference))?;
            with_decisions(report, sheet(number, &plain)?)
        };
        Ok(reports.iter().map(|report| reviewed(report)).collect())
    }

    /// Text and bytes of the version whose entry has this number.
    ///
    /// # Errors
    /// Where the entry is none of this report's, or cannot be opened.
    pub async fn content(&self, report: &KeptReport, entry: u64) -> Result<Content, LedgerError> {
        let version = report
            .versions
            .iter()
            .find(|version| version.entry == entry)
            .ok_or_else(|| no_sheet(report))?;
        let kind = if version.correction {
            Kind::Correction
        } else {
            Kind::Report
        };
        let plain = self.body(entry, kind, &report.reference).await?;
        Content::read(&plain).ok_or(LedgerError::Unreadable {
            number: entry,
            what: "content",
        })
    }

    /// Opens the large part of an entry about `report`.
    async fn body(
        &self,
        number: u64,
        kind: Kind,
        report: &ReportRef,
    ) -> Result<Vec<u8>, LedgerError> {
        let secret = self.store.key(report.as_str()).await?;
        let entry = self.store.entry(number).await?;
        opened(number, entry.as_ref(), secret.as_ref(), (kind, report))
    }

    /// A report within `bounds`, and the number of its last entry in or out of them.
    async fn kept(
        &self,
        reference: &ReportRef,
        bounds: Bounds,
    ) -> Result<(Option<Kept>, u64), LedgerError> {
        let entries = self.store.of_report(reference).await?;
        let secret = self.store.key(reference.as_str()).await?;
        let key = |name: &str| secret.clone().filter(|_| name == reference.as_str());
        let last = entries.last().map_or(0, |entry| entry.number);
        let mut folder = Folder::new(bounds);
        for entry in &entries {
            folder.read(entry, &key)?;
        }
        Ok((folder.finish().reports.remove(reference), last))
    }

    /// How entries name the report of this id.
    async fn reference(&self, id: &str) -> Result<ReportRef, LedgerError> {
        match self.own_key().await? {
            Some(key) => Ok(key.report(id)),
            None => Err(LedgerError::NoReport { id: id.to_owned() }),
        }
    }

    /// The ledger's own key; `None` where there is no report yet.
    ///
    /// # Errors
    /// [`LedgerError::NoKeys`] where there are entries.
    async fn own_key(&self) -> Result<Option<&Secret>, LedgerError> {
        if self.key.get().is_none() {
            match self.store.ledger_key(None).await? {
                Some(key) => drop(self.key.set(key)),
                None if self.store.head().await?.number == 0 => {}
                // The first report may have come in between, with the key before it.
                None => match self.store.ledger_key(None).await? {
                    Some(key) => drop(self.key.set(key)),
                    None => return Err(LedgerError::NoKeys),
                },
            }
        }
        Ok(self.key.get())
    }

    /// The ledger's own key, made where there is no report yet.
    async fn own_key_made(&self) -> Result<&Secret, LedgerError> {
        if self.own_key().await?.is_none() {
            let new = Secret::new(random()?);
            if let Some(key) = self.store.ledger_key(Some(new)).await? {
                let _ = self.key.set(key);
            }
        }
        self.key.get().ok_or(LedgerError::NoKeys)
    }

    async fn all_keys(&self) -> Result<BTreeMap<String, Secret>, LedgerError> {
        let mut keys = BTreeMap::new();
        let mut after = String::new();
        loop {
            let page = self.store.keys(&after, PAGE).await?;
            match page.last() {
                Some(last) => after.clone_from(&last.name),
                None => return Ok(keys),
            }
            keys.extend(page.into_iter().map(|row| (row.name, row.secret)));
        }
    }

    /// The key of a report, made where there is none. One that was erased, be it since the caller
    /// looked, gets no new key.
    ///
    /// # Errors
    /// [`LedgerError::Erased`].
    async fn report_key(&self, id: &str, report: &ReportRef) -> Result<Secret, LedgerError> {
        if let Some(secret) = self.store.key(report.as_str()).await? {
            return Ok(secret);
        }
        if !self.has_tombstone(report).await? {
            let secret = self.new_key(report.as_str(), vec![report.clone()]).await?;
            if !self.has_tombstone(report).await? {
                return Ok(secret);
            }
            // Whoever erased it in between found no key to destroy.
            self.store.destroy(report).await?;
        }
        let (kept, _) = self.kept(report, Bounds::ALL).await?;
        readable(id, report, kept)?;
        // Unreachable: a tombstone is never taken away.
        Err(LedgerError::Moved)
    }

    async fn has_tombstone(&self, report: &ReportRef) -> Result<bool, LedgerError> {
        let entries = self.store.of_report(report).await?;
        Ok(entries
            .iter()
            .any(|entry| entry.kind == Kind::Erasure.as_str()))
    }

    async fn new_key(&self, name: &str, reports: Vec<ReportRef>) -> Result<Secret, LedgerError> {
        let row = KeyRow {
            name: name.to_owned(),
            secret: Secret::new(random()?),
            reports,
        };
        self.store.put_key(row).await
    }
}

/// Opens the large part of entry `number` about a report.
fn opened(
    number: u64,
    entry: Option<&Entry>,
    secret: Option<&Secret>,
    (kind, report): (Kind, &ReportRef),
) -> Result<Vec<u8>, LedgerError> {
    let name = report.as_str();
    let secret = secret.ok_or_else(|| LedgerError::Locked {
        report: name.to_owned(),
    })?;
    entry
        .filter(|entry| entry.kind == kind.as_str() && entry.report.as_deref() == Some(name))
        .and_then(|entry| seal::open(secret, (kind, Part::Body, name), entry.body.as_ref()?))
        .ok_or(LedgerError::Unreadable {
            number,
            what: "content",
        })
}

/// The sheet in the opened body of entry `number`.
fn sheet(number: u64, plain: &[u8]) -> Result<SheetJson<'static>, LedgerError> {
    serde_json::from_slice(plain).map_err(|_| LedgerError::Unreadable {
        number,
        what: "sheet",
    })
}

/// The sheet in force with what analysts decided in it.
fn with_decisions(report: &KeptReport, sheet: SheetJson<'static>) -> Result<Reviewed, LedgerError> {
    if report.reviews.is_empty() && report.own.is_empty() {
        return Ok(Reviewed {
            sheet,
            marks: Vec::new(),
            own: Vec::new(),
        });
    }
    reviewed::reviewed(&sheet, &report.reviews, &report.own).ok_or(LedgerError::Unreadable {
        number: report.sheet().map_or(0, |sheet| sheet.entry),
        what: "sheet",
    })
}

/// The report of a view, or why it cannot be read.
fn readable(
    id: &str,
    reference: &ReportRef,
    kept: Option<Kept>,
) -> Result<KeptReport, LedgerError> {
    match kept {
        Some(Kept::Readable(report)) => Ok(*report),
        Some(Kept::Erased(recorded, tombstone)) => Err(LedgerError::Erased {
            id: id.to_owned(),
            recorded: recorded.to_string(),
            tombstone,
        }),
        Some(Kept::Locked) => Err(LedgerError::Locked {
            report: reference.to_string(),
        }),
        None => Err(LedgerError::NoReport { id: id.to_owned() }),
    }
}

fn no_sheet(report: &KeptReport) -> LedgerError {
    LedgerError::NoReport {
        id: report
            .about()
            .map_or_else(|| report.reference.to_string(), |about| about.id.clone()),
    }
}

/// Seals one part of an entry.
fn sealed(
    secret: &Secret,
    kind: Kind,
    part: Part,
    name: &str,
    plain: &[u8],
) -> Result<Vec<u8>, LedgerError> {
    let nonce: [u8; NONCE] = random()?;
    seal::seal(secret, &nonce, (kind, part, name), plain).ok_or(LedgerError::Seal)
}

/// Whether an entry holds a report's text.
fn is_content(entry: &Entry) -> bool {
    entry.kind == Kind::Report.as_str() || entry.kind == Kind::Correction.as_str()
}

/// Clear part of what an analyst does.
fn by(name: &str) -> Result<String, LedgerError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(LedgerError::BadValue {
            what: "name of an analyst",
            value: name.to_owned(),
            allowed: "--by NAME".to_owned(),
        });
    }
    Ok(name.to_owned())
}

/// A moment as an analyst gives it.
fn published(written: Option<&str>) -> Result<(), LedgerError> {
    match written {
        Some(written) if Moment::latest(written).is_none() => Err(LedgerError::BadValue {
            what: "date",
            value: written.to_owned(),
            allowed: "a day such as 2025-10-22 or a time such as 2025-10-22T14:00:00Z".to_owned(),
        }),
        _ => Ok(()),
    }
}
