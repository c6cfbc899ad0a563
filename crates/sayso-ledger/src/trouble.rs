//! Bad days: what kind of failure a database reports, and what whoever sees it can do.

use std::io;

/// A kind of failure that is nobody's mistake in the command that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// No room is left for what is to be written.
    Full,
    /// What is to be written may not be.
    ReadOnly,
    /// The file is damaged, or was never a ledger.
    Damaged,
    /// Another process holds the ledger for longer than anybody waits.
    Busy,
    /// The database does not answer.
    Away,
}

/// Result codes of SQLite (sqlite.org/rescode.html), without what extends them.
mod sqlite {
    pub(super) const BUSY: i32 = 5;
    pub(super) const LOCKED: i32 = 6;
    pub(super) const READ_ONLY: i32 = 8;
    pub(super) const IO: i32 = 10;
    /// Of those, what comes of writing.
    pub(super) const WRITING: [i32; 4] = [778, 1034, 1546, 4874];
    pub(super) const CORRUPT: i32 = 11;
    pub(super) const FULL: i32 = 13;
    pub(super) const CANNOT_OPEN: i32 = 14;
    pub(super) const NO_DATABASE: i32 = 26;
}

impl Trouble {
    /// Of what a database says.
    pub(crate) fn of(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::Database(told) => {
                let code = told.code()?;
                match code.parse::<i32>() {
                    Ok(number) if code.len() != SQLSTATE => Self::of_sqlite(number),
                    _ => Self::of_sqlstate(&code),
                }
            }
            sqlx::Error::Io(source) => Some(Self::of_system(source).unwrap_or(Self::Away)),
            sqlx::Error::PoolTimedOut | sqlx::Error::Protocol(_) | sqlx::Error::Tls(_) => {
                Some(Self::Away)
            }
            _ => None,
        }
    }

    fn of_sqlite(code: i32) -> Option<Self> {
        match code & 0xff {
            // Too large a file for the process or the file system is reported so, too.
            sqlite::IO if sqlite::WRITING.contains(&code) => Some(Self::Full),
            sqlite::FULL => Some(Self::Full),
            sqlite::READ_ONLY | sqlite::CANNOT_OPEN => Some(Self::ReadOnly),
            sqlite::IO | sqlite::CORRUPT | sqlite::NO_DATABASE => Some(Self::Damaged),
            sqlite::BUSY | sqlite::LOCKED => Some(Self::Busy),
            _ => None,
        }
    }

    /// PostgreSQL's codes (appendix A of its manual).
    fn of_sqlstate(code: &str) -> Option<Self> {
        match code {
            "53100" => Some(Self::Full),
            "25006" | "42501" => Some(Self::ReadOnly),
            "53300" | "57P01" | "57P02" | "57P03" => Some(Self::Away),
            _ if code.starts_with("08") => Some(Self::Away),
            _ if code.starts_with("XX") => Some(Self::Damaged),
            _ => None,
        }
    }

    /// Of what the system says.
    pub(crate) fn of_system(error: &io::Error) -> Option<Self> {
        match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Some(Self::Full),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Some(Self::ReadOnly)
            }
            _ => None,
        }
    }

    /// What to do, in whole sentences.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Full => {
                "The disk is full, or may take no more of this file: nothing of this step was kept, \
                 and everything before it was. Make room, then run the command again"
            }
            Self::ReadOnly => {
                "It may not be written, and a ledger is written to even where it is only read (its \
                 log lies beside it). Ask for the right to, or copy the ledger and its keys to a \
                 folder of your own"
            }
            Self::Damaged => {
                "The file is damaged, or is no ledger. Write nothing to it: keep a copy as it is, \
                 and bring the last backup back with `sayso restore`, or an export \
                 with `sayso import-ledger`"
            }
            Self::Busy => {
                "Another process has held the ledger all the time: end it, or wait for it, then run \
                 the command again"
            }
            Self::Away => {
                "Is the database running, and its address right? What was acknowledged is kept; run \
                 the command again, and it goes on where it stopped"
            }
        }
    }
}

/// A code of PostgreSQL has so many characters, one of SQLite fewer.
const SQLSTATE: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart() {
        // SQLITE_READONLY_DBMOVED, SQLITE_IOERR_WRITE, SQLITE_IOERR_SHORT_READ, SQLITE_CORRUPT_INDEX.
        for (code, trouble) in [
            (1032, Trouble::ReadOnly),
            (778, Trouble::Full),
            (522, Trouble::Damaged),
            (779, Trouble::Damaged),
            (13, Trouble::Full),
            (5, Trouble::Busy),
        ] {
            assert_eq!(Trouble::of_sqlite(code), Some(trouble), "{code}");
        }
        assert_eq!(Trouble::of_sqlite(19), None);
        assert_eq!(Trouble::of_sqlstate("53100"), Some(Trouble::Full));
        assert_eq!(Trouble::of_sqlstate("57P01"), Some(Trouble::Away));
        assert_eq!(Trouble::of_sqlstate("08006"), Some(Trouble::Away));
        assert_eq!(Trouble::of_sqlstate("23505"), None);
    }
}
