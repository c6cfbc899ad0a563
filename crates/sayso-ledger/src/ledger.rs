//! What a store of the ledger does. Two do: [`crate::sqlite`] and [`crate::postgres`].
//!
//! A store knows nothing of what entries mean: it appends, reads and keeps keys. What is in them,
//! and who may follow whom, is decided by [`crate::Book`], the same for both.

use std::pin::Pin;

use crate::entry::{Derived, Draft, Entry, Head, ReportRef};
use crate::error::LedgerError;
use crate::lock::{Lock, Master};
use crate::moment::Moment;
use crate::seal::Secret;

/// A page is ended by the row with which it has so many bytes of what is sealed or derived: one long
/// report is read whole, a hundred are not.
pub const FULL_PAGE: u64 = 8 << 20;

/// What a store answers, some time.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, LedgerError>> + Send + 'a>>;

/// A key with its name and the reports whose content it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// Its name.
    pub name: String,
    /// The key.
    pub secret: Secret,
    /// Erasing any of these destroys it.
    pub reports: Vec<ReportRef>,
}

/// What the writer knew of a report when it decided what to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The report.
    pub report: ReportRef,
    /// Number of its last entry; 0 where there was none.
    pub last: u64,
}

/// What the writer knew when it decided what to append. It is looked at once more in the step that
/// appends, in which nobody else writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// The reports that it looked at.
    pub seen: Vec<Seen>,
    /// Number of an entry after which it knows of no decision on incidents or origins; `None` where
    /// it asked for none.
    pub undecided_since: Option<u64>,
}

impl From<Seen> for Basis {
    fn from(seen: Seen) -> Self {
        vec![seen].into()
    }
}

impl From<Vec<Seen>> for Basis {
    fn from(seen: Vec<Seen>) -> Self {
        Self {
            seen,
            undecided_since: None,
        }
    }
}

/// A store of entries and, kept apart from them, of keys.
pub trait Ledger: Send + Sync {
    /// Appends `drafts` with their derived rows, all or none, behind whatever is the last entry by
    /// then; gives the entries. Writers wait for one another.
    ///
    /// # Errors
    /// [`LedgerError::Moved`] where the basis holds no more: a report that was seen has a newer
    /// entry, or something was decided since. Nothing is written then.
    fn append(&self, drafts: Vec<Draft>, recorded: Moment, basis: Basis) -> Answer<'_, Vec<Entry>>;

    /// Appends entries of another ledger as they are, all or none.
    ///
    /// # Errors
    /// [`LedgerError::Moved`] where the first does not follow the last entry here.
    fn copy(&self, entries: Vec<Entry>) -> Answer<'_, ()>;

    /// At most `limit` entries after number `after`, in order, and no more than make a
    /// [full page](FULL_PAGE); with their bodies or without.
    fn entries(&self, after: u64, limit: u32, bodies: bool) -> Answer<'_, Vec<Entry>>;

    /// The entries about one report, in order, without bodies.
    fn of_report<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, Vec<Entry>>;

    /// The entries of these numbers with their bodies, in order.
    fn some<'a>(&'a self, numbers: &'a [u64]) -> Answer<'a, Vec<Entry>>;

    /// One entry with its body.
    fn entry(&self, number: u64) -> Answer<'_, Option<Entry>>;

    /// The last entry.
    fn head(&self) -> Answer<'_, Head>;

    /// The reports that have a tombstone.
    fn erased(&self) -> Answer<'_, Vec<ReportRef>>;

    /// At most `limit` derived rows of one kind with numbers after `after`, in order, and no more
    /// than make a [full page](FULL_PAGE).
    fn derived<'a>(&'a self, kind: &'a str, after: u64, limit: u32) -> Answer<'a, Vec<Derived>>;

    /// Keeps derived rows; those that are there already stay as they are.
    fn keep_derived(&self, rows: Vec<Derived>) -> Answer<'_, ()>;

    /// Keeps derived rows in the place of those that are there. A report that has a tombstone by then
    /// gets none.
    fn renew_derived(&self, rows: Vec<Derived>) -> Answer<'_, ()>;

    /// The reports that have entries, no tombstone and not one derived row.
    fn without_derived(&self) -> Answer<'_, Vec<ReportRef>>;

    /// The ledger's own key; where there is none, or only a damaged one, `new` becomes it.
    fn ledger_key(&self, new: Option<Secret>) -> Answer<'_, Option<Secret>>;

    /// Keeps a key; gives the one that is kept under the name, which an earlier writer may have
    /// put there. One that is damaged, and opens nothing, is replaced.
    fn put_key(&self, key: KeyRow) -> Answer<'_, Secret>;

    /// The key of a name.
    fn key<'a>(&'a self, name: &'a str) -> Answer<'a, Option<Secret>>;

    /// The keys of these names that there are, with their names.
    fn some_keys<'a>(&'a self, names: &'a [&'a str]) -> Answer<'a, Vec<(String, Secret)>>;

    /// At most `limit` keys with names after `after`, in the order of the names.
    fn keys<'a>(&'a self, after: &'a str, limit: u32) -> Answer<'a, Vec<KeyRow>>;

    /// Destroys every key that opens content of `report`, and its derived rows, and sees to it that
    /// neither is left in the files. Nothing to destroy is no error.
    ///
    /// # Errors
    /// [`LedgerError::StillInUse`] where another process holds old pages.
    fn destroy<'a>(&'a self, report: &'a ReportRef) -> Answer<'a, ()>;

    /// The lock of the keys, where there ever was one.
    fn lock(&self) -> Answer<'_, Option<Lock>>;

    /// Keeps a lock in the place of the one there is.
    fn put_lock(&self, lock: Lock) -> Answer<'_, ()>;

    /// From here on `master` opens what is sealed; what is written is sealed where `seals`.
    fn unlock(&self, master: Master, seals: bool);

    /// A key as this store keeps it now: wrapped, where it seals.
    ///
    /// # Errors
    /// [`LedgerError::Random`].
    fn wrapped(&self, name: &str, key: &Secret) -> Result<Vec<u8>, LedgerError>;

    /// Seals what lies in clear, and sees to it that it is left in no file. Cut short, it is begun
    /// again.
    ///
    /// # Errors
    /// [`LedgerError::OldPages`] where another process holds old pages.
    fn seal_all(&self) -> Answer<'_, ()>;

    /// Ends the connections.
    fn close(&self) -> Answer<'_, ()>;
}
