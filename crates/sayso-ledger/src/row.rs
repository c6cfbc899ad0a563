//! Rows, as both databases give them.

use crate::entry::{Derived, Entry, Hash, Head, ReportRef};
use crate::error::LedgerError;
use crate::ledger::KeyRow;
use crate::seal::Secret;

/// number, recorded, kind, report, payload, previous, hash, head, body.
pub(crate) type EntryRow = (
    i64,
    String,
    String,
    Option<String>,
    String,
    String,
    String,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
);

pub(crate) fn entry(row: EntryRow) -> Entry {
    let (number, recorded, kind, report, payload, previous, hash, head, body) = row;
    Entry {
        number: unsigned(number),
        recorded,
        kind,
        report,
        payload,
        head,
        body,
        previous,
        hash,
    }
}

/// number, hash, recorded of the last entry.
pub(crate) fn head(row: Option<(i64, String, String)>) -> Head {
    row.map_or_else(Head::start, |(number, hash, recorded)| Head {
        number: unsigned(number),
        hash,
        recorded,
    })
}

/// Whether `entries` follow `head`.
pub(crate) fn follows(entries: &[Entry], head: &Head) -> bool {
    entries.first().is_none_or(|first| {
        first.number == head.number + 1
            && first.previous == head.hash
            && (head.number > 0 || first.previous == Hash::START)
    })
}

/// number, kind, report, bytes.
pub(crate) fn derived(row: (i64, String, String, Vec<u8>)) -> Derived {
    let (number, kind, report, bytes) = row;
    Derived {
        number: unsigned(number),
        kind,
        report,
        bytes,
    }
}

pub(crate) fn secret(bytes: &[u8]) -> Result<Secret, LedgerError> {
    Secret::from_slice(bytes).ok_or(LedgerError::NoKeys)
}

/// Keys with their names.
pub(crate) fn secrets(rows: Vec<(String, Vec<u8>)>) -> Result<Vec<(String, Secret)>, LedgerError> {
    rows.into_iter()
        .map(|(name, bytes)| Ok((name, secret(&bytes)?)))
        .collect()
}

/// Keys from rows of (name, secret, report), in the order of the names.
pub(crate) fn keys(
    rows: Vec<(String, Vec<u8>, Option<String>)>,
) -> Result<Vec<KeyRow>, LedgerError> {
    let mut keys: Vec<KeyRow> = Vec::new();
    for (name, bytes, report) in rows {
        let report = report.map(ReportRef);
        match keys.last_mut() {
            Some(last) if last.name == name => last.reports.extend(report),
            _ => keys.push(KeyRow {
                name,
                secret: secret(&bytes)?,
                reports: report.into_iter().collect(),
            }),
        }
    }
    Ok(keys)
}

/// A number for the database, which counts with a sign.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
