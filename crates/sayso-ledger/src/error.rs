//! Why the ledger could not do something.

use std::fmt;

use sqlx::migrate::MigrateError;

use crate::payload::ErasureClear;
use crate::trouble::Trouble;

/// Why the ledger could not do something; each names the value at fault.
#[derive(Debug)]
#[non_exhaustive]
pub enum LedgerError {
    /// The database answered with an error.
    Database {
        /// What was being done.
        doing: &'static str,
        /// The database's own words.
        source: sqlx::Error,
    },
    /// The database could not be brought to this program's form.
    Migration(sqlx::migrate::MigrateError),
    /// A newer version of the program brought the ledger to a form that this one does not know.
    Newer {
        /// The file or database.
        place: String,
        /// The number of its form.
        form: i64,
        /// The newest that this version knows.
        known: i64,
    },
    /// The file is a database of another program, or another file of a ledger.
    Foreign {
        /// The file or database.
        place: String,
    },
    /// The ledger is encrypted, and no passphrase was given.
    Encrypted {
        /// The file or database.
        place: String,
    },
    /// The passphrase is another.
    WrongPassphrase {
        /// The file or database.
        place: String,
    },
    /// What was given cannot be a passphrase. It is not repeated.
    BadPassphrase {
        /// Why.
        what: &'static str,
    },
    /// The ledger is not encrypted, or is already.
    LockIs {
        /// In words, after "the ledger is ".
        what: &'static str,
    },
    /// Everything is encrypted now, but old pages in clear are still in use by another process.
    OldPages {
        /// The file.
        path: String,
    },
    /// A file of the ledger cannot be used.
    File {
        /// Its path.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// No ledger lies there.
    NoLedger {
        /// The path or address.
        place: String,
    },
    /// The system gives no random bytes.
    Random(getrandom::Error),
    /// Somebody else wrote about the same report in the meantime; asking again helps.
    Moved,
    /// The report has changed since it was looked at: what was decided then is not recorded.
    Stale {
        /// The id.
        id: String,
    },
    /// Somebody else decided on the same incidents or origin since they were looked at: what was
    /// decided here is not recorded.
    Overtaken {
        /// Number of the entry of the decision that came first.
        entry: u64,
        /// Who made it.
        by: String,
    },
    /// The keys are not there: the ledger can be verified, not read.
    NoKeys,
    /// No such report in view.
    NoReport {
        /// The id.
        id: String,
    },
    /// The report's content was destroyed.
    Erased {
        /// The id.
        id: String,
        /// When.
        recorded: String,
        /// By whom and why.
        tombstone: ErasureClear,
    },
    /// A report does not open though nobody erased it: its key is missing or another, or an entry about
    /// it cannot be read.
    Locked {
        /// Its keyed hash.
        report: String,
    },
    /// A report of this id is there with another content.
    OtherContent {
        /// The id.
        id: String,
        /// What differs.
        fields: Vec<&'static str>,
    },
    /// The report has no such finding.
    NoFinding {
        /// The report.
        report: String,
        /// What was asked for.
        finding: String,
    },
    /// The finding has no such field, or the field cannot hold the value.
    BadField {
        /// The path.
        field: String,
        /// What is wrong.
        what: String,
    },
    /// Words that the text does not have.
    NoQuote {
        /// The words.
        quote: String,
    },
    /// A value that is not among the allowed ones.
    BadValue {
        /// What it is for.
        what: &'static str,
        /// The value.
        value: String,
        /// What is allowed.
        allowed: String,
    },
    /// An entry that this version cannot read: verify the ledger, or use a newer version.
    Unreadable {
        /// Its number.
        number: u64,
        /// What cannot be read.
        what: &'static str,
    },
    /// The key is destroyed, but old pages that hold it, or the report's row of the index of words,
    /// are still in use by another process.
    StillInUse {
        /// The file.
        path: String,
    },
    /// What is imported is no export, or not of this ledger.
    Import {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// The entry could not be sealed or written down.
    Seal,
}

impl LedgerError {
    /// Whether it is about one report alone, so that the others can still be added or read.
    pub fn is_of_one_report(&self) -> bool {
        matches!(
            self,
            Self::OtherContent { .. }
                | Self::Erased { .. }
                | Self::Locked { .. }
                | Self::Unreadable { .. }
        )
    }

    /// Names what was being done when the database failed.
    pub(crate) fn database(doing: &'static str) -> impl Fn(sqlx::Error) -> Self {
        move |source| Self::Database { doing, source }
    }

    /// What kind of failure it is, where the database or the system failed and something can be done.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Database { source, .. } => Trouble::of(source),
            Self::Migration(
                MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _),
            ) => Trouble::of(source),
            Self::File { source, .. } => Trouble::of_system(source),
            _ => None,
        }
    }
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database { doing, source } => {
                write!(f, "cannot {doing}: {source}")?;
                advice(f, self)
            }
            Self::Migration(source) => {
                write!(
                    f,
                    "cannot bring the ledger to this version's form: {source}"
                )?;
                advice(f, self)
            }
            Self::File { path, source } => {
                write!(f, "{path}: {source}")?;
                advice(f, self)
            }
            Self::Newer { place, form, known } => write!(
                f,
                "{place} was brought to form {form} by a newer version of sayso; this one knows \
                 forms up to {known}. Use the newer version: nothing was changed. Its \
                 `export-ledger` writes a file that this version can import into a new ledger"
            ),
            Self::Foreign { place } => write!(
                f,
                "{place} is a database, but not this one: another program's, or the other of a \
                 ledger's two files. Nothing was changed; look at --ledger and --keys"
            ),
            Self::Encrypted { place } => write!(
                f,
                "{place} is encrypted: give its passphrase with --passphrase-file FILE, in \
                 SAYSO_PASSPHRASE, or at a terminal"
            ),
            Self::WrongPassphrase { place } => write!(
                f,
                "this is not the passphrase of {place}. There is no other way in: without the \
                 passphrase what is in it is lost"
            ),
            Self::BadPassphrase { what } => write!(f, "the passphrase {what}"),
            Self::LockIs { what } => write!(f, "the ledger is {what}"),
            Self::OldPages { path } => write!(
                f,
                "the ledger is encrypted, but {path} still holds old pages in clear that another \
                 process is using: end it and run the command again"
            ),
            Self::NoLedger { place } => {
                write!(f, "{place}: there is no ledger; `sayso add` makes one")
            }
            Self::Random(source) => write!(f, "no random bytes from the system: {source}"),
            Self::Moved => f.write_str("the report was changed at the same moment; try again"),
            Self::Stale { id } => write!(
                f,
                "report `{id}` has changed since it was looked at: look again, then decide"
            ),
            Self::Overtaken { entry, by } => write!(
                f,
                "{by} decided on the same since it was looked at (entry {entry}): look again, then \
                 decide"
            ),
            Self::NoKeys => f.write_str(
                "the ledger's keys are not there: it can be verified and exported, not read; \
                 name the file of the keys with --keys",
            ),
            Self::NoReport { id } => write!(f, "the ledger has no report `{id}` in this view"),
            Self::Erased {
                id,
                recorded,
                tombstone,
            } => write!(
                f,
                "report `{id}` was erased on {recorded} by {}: {}",
                tombstone.by, tombstone.why
            ),
            Self::Locked { report } => write!(
                f,
                "report {report} does not open, though nobody erased it; `sayso verify` tells why, \
                 and what brings it back is an earlier backup"
            ),
            Self::OtherContent { id, fields } => write!(
                f,
                "report `{id}` is in the ledger with another {}; with --corrections it is recorded \
                 as the outlet's correction",
                fields.join(", ")
            ),
            Self::NoFinding { report, finding } => {
                write!(f, "report `{report}` has no finding `{finding}`")
            }
            Self::BadField { field, what } => write!(f, "field `{field}`: {what}"),
            Self::NoQuote { quote } => {
                write!(f, "the report's text does not have the words `{quote}`")
            }
            Self::BadValue {
                what,
                value,
                allowed,
            } => write!(f, "`{value}` is no {what}: use {allowed}"),
            Self::Unreadable { number, what } => write!(
                f,
                "entry {number}: its {what} cannot be read; run `sayso verify`, or use a newer version"
            ),
            Self::StillInUse { path } => write!(
                f,
                "the key is destroyed, but {path} still holds old pages that another process is \
                 using: end it and run the command again"
            ),
            Self::Import { line, what } => write!(f, "line {line}: {what}"),
            Self::Seal => f.write_str("an entry could not be sealed"),
        }
    }
}

/// What to do, where that is known.
fn advice(f: &mut fmt::Formatter<'_>, error: &LedgerError) -> fmt::Result {
    match error.trouble() {
        Some(trouble) => write!(f, ". {}", trouble.advice()),
        None => Ok(()),
    }
}

impl std::error::Error for LedgerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database { source, .. } => Some(source),
            Self::Migration(source) => Some(source),
            Self::File { source, .. } => Some(source),
            Self::Random(source) => Some(source),
            _ => None,
        }
    }
}

impl From<sqlx::migrate::MigrateError> for LedgerError {
    fn from(source: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(source)
    }
}

impl From<serde_json::Error> for LedgerError {
    fn from(_: serde_json::Error) -> Self {
        // Values of this crate are always JSON; only a map with keys that are no words is not.
        Self::Seal
    }
}
