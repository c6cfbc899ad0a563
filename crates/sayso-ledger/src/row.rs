//! Rows, as both databases give them.

use crate::entry::{Derived, Entry, Hash, Head, ReportRef};
use crate::error::LedgerError;
use crate::ledger::KeyRow;
use crate::lock::{Cost, Lock, LockState, Wrapping};
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

pub(crate) fn entry(row: EntryRow, wrapping: &Wrapping) -> Result<Entry, LedgerError> {
    let (number, recorded, kind, report, payload, previous, hash, head, body) = row;
    let number = unsigned(number);
    Ok(Entry {
        number,
        recorded,
        kind,
        report,
        payload: wrapping.payload_out(number, payload)?,
        head,
        body,
        previous,
        hash,
    })
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
pub(crate) fn derived(
    row: (i64, String, String, Vec<u8>),
    wrapping: &Wrapping,
) -> Result<Derived, LedgerError> {
    let (number, kind, report, bytes) = row;
    let number = unsigned(number);
    let (kind, bytes) = match wrapping.row_out(kind.clone(), number, bytes) {
        // A damaged row says nothing of its report: whoever reads it sees that it is not whole.
        Err(LedgerError::Unreadable { .. }) => (kind, Vec::new()),
        read => read?,
    };
    Ok(Derived {
        number,
        kind,
        report,
        bytes,
    })
}

/// Two pages of derived rows, of which either may end early, as one page in order of the numbers.
pub(crate) fn merged(mut one: Vec<Derived>, mut other: Vec<Derived>) -> Vec<Derived> {
    if let (Some(last), Some(other_last)) = (one.last(), other.last()) {
        // What lies behind may not have been read of both.
        let upto = last.number.min(other_last.number);
        one.append(&mut other);
        one.retain(|row| row.number <= upto);
        one.sort_by_key(|row| row.number);
        one.dedup_by_key(|row| row.number);
    } else {
        one.append(&mut other);
    }
    one
}

/// state, memory, passes, lanes, salt, wrapped.
pub(crate) type LockRow = (String, i64, i64, i64, Vec<u8>, Vec<u8>);

/// A lock; one that this version cannot read is an error, not a ledger in clear.
pub(crate) fn lock(row: LockRow) -> Result<Lock, LedgerError> {
    let (state, memory, passes, lanes, salt, wrapped) = row;
    let part = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Lock {
        state: LockState::parse(&state).ok_or(LedgerError::Unreadable {
            number: 0,
            what: "lock",
        })?,
        cost: Cost {
            memory: part(memory),
            passes: part(passes),
            lanes: part(lanes),
        },
        salt,
        wrapped,
    })
}

/// Keys with their names; those that are damaged are left out.
pub(crate) fn secrets(
    rows: Vec<(String, Vec<u8>)>,
    wrapping: &Wrapping,
) -> Result<Vec<(String, Secret)>, LedgerError> {
    let mut secrets = Vec::with_capacity(rows.len());
    for (name, bytes) in rows {
        if let Some(secret) = wrapping.whole_key(&name, &bytes)? {
            secrets.push((name, secret));
        }
    }
    Ok(secrets)
}

/// Keys from rows of (name, secret, report), in the order of the names; those that are damaged are
/// left out.
pub(crate) fn keys(
    rows: Vec<(String, Vec<u8>, Option<String>)>,
    wrapping: &Wrapping,
) -> Result<Vec<KeyRow>, LedgerError> {
    let mut keys: Vec<KeyRow> = Vec::new();
    for (name, bytes, report) in rows {
        let report = report.map(ReportRef);
        match keys.last_mut() {
            Some(last) if last.name == name => last.reports.extend(report),
            _ => {
                if let Some(secret) = wrapping.whole_key(&name, &bytes)? {
                    keys.push(KeyRow {
                        secret,
                        name,
                        reports: report.into_iter().collect(),
                    });
                }
            }
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
