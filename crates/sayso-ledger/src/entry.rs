//! Entries: the lines of the ledger.

use std::fmt;
use std::str::FromStr;

use crate::framed::{Framed, hex};
use crate::moment::Moment;

/// What an entry records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A report came in: its bytes, its text and what is known about it.
    Report,
    /// A report was coded: its sheet, and by which versions.
    Sheet,
    /// The outlet published the report anew under the same id.
    Correction,
    /// The outlet took the report back.
    Withdrawal,
    /// The outlet stands by a report after all that it took back, or it never took it back.
    Reinstatement,
    /// An analyst accepted, corrected or rejected a finding.
    Review,
    /// An analyst added a statement.
    Statement,
    /// An analyst added an event.
    Event,
    /// An analyst joined incidents.
    Merge,
    /// An analyst took reports out of an incident.
    Split,
    /// An analyst marked an origin as unreliable, or took the mark away.
    Origin,
    /// A report's content was destroyed; the tombstone.
    Erasure,
}

impl Kind {
    /// Every kind, in the order above.
    pub const ALL: [Self; 12] = [
        Self::Report,
        Self::Sheet,
        Self::Correction,
        Self::Withdrawal,
        Self::Reinstatement,
        Self::Review,
        Self::Statement,
        Self::Event,
        Self::Merge,
        Self::Split,
        Self::Origin,
        Self::Erasure,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Sheet => "sheet",
            Self::Correction => "correction",
            Self::Withdrawal => "withdrawal",
            Self::Reinstatement => "reinstatement",
            Self::Review => "review",
            Self::Statement => "statement",
            Self::Event => "event",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Origin => "origin",
            Self::Erasure => "erasure",
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(written: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == written)
            .ok_or(())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How entries name a report: a keyed hash of its id, 32 hexadecimal digits.
///
/// Without the ledger's key nobody can tell which report it is, nor try out ids; with it, a report
/// that was erased is recognised when it comes in again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportRef(pub(crate) String);

impl ReportRef {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ReportRef {
    type Err = ();

    /// Reads the digits again.
    fn from_str(written: &str) -> Result<Self, ()> {
        let fits = written.len() == 32 && written.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| Self(written.to_owned())).ok_or(())
    }
}

impl fmt::Display for ReportRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One entry as stored. The fields are as they stand in the store, so that a changed one can be
/// named; [`crate::View`] reads them.
///
/// Invariants in a sound ledger: numbers run from 1 without a gap, `recorded` never falls,
/// `previous` is the `hash` of the entry before, `hash` is that of the entry's own fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1 for the first.
    pub number: u64,
    /// When it was recorded, as [`Moment`] writes it.
    pub recorded: String,
    /// [`Kind`] as stored.
    pub kind: String,
    /// The report it is about, where it is about one ([`ReportRef`]).
    pub report: Option<String>,
    /// What may be read by anyone: JSON that identifies no content.
    pub payload: String,
    /// The small sealed part, read for every view.
    pub head: Option<Vec<u8>>,
    /// The large sealed part, read on demand.
    pub body: Option<Vec<u8>>,
    /// Hash of the entry before; [`Hash::START`] for the first.
    pub previous: String,
    /// Hash of this entry.
    pub hash: String,
}

impl Entry {
    /// The hash that the fields of this entry ask for.
    ///
    /// SHA-256 over framed parts: number, moment, kind, report, payload, the SHA-256 of either
    /// sealed part, and the hash before. Sealed parts count by their ciphertext, so that destroying
    /// a key changes nothing.
    pub fn computed_hash(&self) -> Hash {
        use sha2::{Digest as _, Sha256};
        let head: Option<[u8; 32]> = self.head.as_deref().map(|b| Sha256::digest(b).into());
        let body: Option<[u8; 32]> = self.body.as_deref().map(|b| Sha256::digest(b).into());
        let bytes = Framed::new("sayso.entry/1")
            .part(&self.number.to_be_bytes())
            .part(self.recorded.as_bytes())
            .part(self.kind.as_bytes())
            .optional(self.report.as_deref().map(str::as_bytes))
            .part(self.payload.as_bytes())
            .optional(head.as_ref().map(<[u8; 32]>::as_slice))
            .optional(body.as_ref().map(<[u8; 32]>::as_slice))
            .part(self.previous.as_bytes())
            .finish();
        Hash(hex(&bytes))
    }
}

/// Hash of an entry: 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(String);

impl Hash {
    /// What the first entry names as the hash before it.
    pub const START: &'static str =
        "0000000000000000000000000000000000000000000000000000000000000000";

    /// Reads 64 hexadecimal digits, in either case.
    pub fn parse(written: &str) -> Option<Self> {
        let digits = written.trim().to_ascii_lowercase();
        let fits = digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then_some(Self(digits))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The end of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the last entry; 0 for an empty ledger.
    pub number: u64,
    /// Its hash; [`Hash::START`] for an empty ledger.
    pub hash: String,
    /// When it was recorded, as stored; empty for an empty ledger.
    pub recorded: String,
}

impl Head {
    /// Of a ledger without entries.
    pub fn start() -> Self {
        Self {
            number: 0,
            hash: Hash::START.to_owned(),
            recorded: String::new(),
        }
    }
}

/// An entry to be: everything but its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it records.
    pub kind: Kind,
    /// The report it is about.
    pub report: Option<ReportRef>,
    /// Canonical JSON, readable by anyone.
    pub payload: String,
    /// The small sealed part.
    pub head: Option<Vec<u8>>,
    /// The large sealed part.
    pub body: Option<Vec<u8>>,
    /// Rows that are made from the content and go when it goes.
    pub derived: Vec<DerivedDraft>,
}

/// A derived row to be, of the entry it comes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DerivedDraft {
    /// What it is: `words`.
    pub kind: &'static str,
    /// Its bytes; nothing readable.
    pub bytes: Vec<u8>,
}

/// A derived row: made from a report's content, no part of the chain, purged when the report is
/// erased, and made anew on import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The entry it is made from.
    pub number: u64,
    /// What it is.
    pub kind: String,
    /// The report.
    pub report: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Joins drafts to the chain behind `head`.
///
/// A clock that was set back does not make the ledger run backwards: an entry is never recorded
/// before the one that it follows.
pub(crate) fn chained(head: &Head, recorded: Moment, drafts: &[Draft]) -> Vec<Entry> {
    let recorded = recorded.to_string().max(head.recorded.clone());
    let mut previous = head.hash.clone();
    let mut entries = Vec::with_capacity(drafts.len());
    for (draft, number) in drafts.iter().zip(head.number + 1..) {
        let mut entry = Entry {
            number,
            recorded: recorded.clone(),
            kind: draft.kind.as_str().to_owned(),
            report: draft.report.as_ref().map(|report| report.0.clone()),
            payload: draft.payload.clone(),
            head: draft.head.clone(),
            body: draft.body.clone(),
            previous: previous.clone(),
            hash: String::new(),
        };
        entry.hash = entry.computed_hash().0;
        previous.clone_from(&entry.hash);
        entries.push(entry);
    }
    entries
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn draft(payload: &str, head: Option<Vec<u8>>, body: Option<Vec<u8>>) -> Draft {
        Draft {
            kind: Kind::Report,
            report: Some(ReportRef("0".repeat(32))),
            payload: payload.to_owned(),
            head,
            body,
            derived: Vec::new(),
        }
    }

    #[test]
    fn kinds_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert_eq!("rumour".parse::<Kind>(), Err(()));
    }

    #[test]
    fn the_hash_of_an_entry_never_changes_with_the_program() {
        let moment = Moment::latest("2025-10-22T14:00:00Z").unwrap();
        let drafts = [draft("{}", Some(vec![1, 2]), None)];
        let entry = &chained(&Head::start(), moment, &drafts)[0];
        // Worked out apart from this program, from the description at `computed_hash`.
        assert_eq!(
            entry.hash,
            "9fe1a95bade206d9cfd4957826e2124a2ed69f9ef4148d160a4a5c17f386f5fb"
        );
    }

    #[test]
    fn a_clock_set_back_does_not_turn_the_ledger_round() {
        let late = Moment::latest("2025-10-22T14:00:00Z").unwrap();
        let early = Moment::latest("2025-10-22T13:00:00Z").unwrap();
        let first = chained(&Head::start(), late, &[draft("{}", None, None)]);
        let head = Head {
            number: 1,
            hash: first[0].hash.clone(),
            recorded: first[0].recorded.clone(),
        };
        let second = chained(&head, early, &[draft("{}", None, None)]);
        assert_eq!(second[0].recorded, first[0].recorded);
        assert_eq!(second[0].number, 2);
    }
}
