//! Verifying the chain: what was changed, what is missing, what was cut off.

use std::fmt;

use crate::entry::{Entry, Hash, Head, ReportRef};

/// One thing that is wrong with a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The entry's fields do not give its hash.
    Changed {
        /// Its number.
        number: u64,
    },
    /// Entries are not there.
    Missing {
        /// The first of them.
        from: u64,
        /// The last of them.
        to: u64,
    },
    /// The entry does not follow the one before it: one of the two was put in, put elsewhere or
    /// written anew.
    Unlinked {
        /// Its number.
        number: u64,
    },
    /// The entry was recorded before the one that it follows.
    Backwards {
        /// Its number.
        number: u64,
    },
    /// The hash that was kept elsewhere is of no entry: the ledger was cut off before it, or
    /// written anew.
    CutOff {
        /// The hash.
        head: Hash,
    },
    /// A report does not open, and nobody erased it.
    Closed {
        /// How entries name it.
        report: ReportRef,
        /// The first of its entries that does not open.
        number: u64,
        /// Whether there is a key for it, which is then another.
        has_key: bool,
    },
    /// A decision on incidents or an origin does not open.
    Sealed {
        /// Number of its entry.
        number: u64,
    },
    /// The ledger's own key is missing, or another.
    OwnKey,
    /// The index of words had no row for a version of a report, or not the one that it should have.
    Index {
        /// Number of the version's entry.
        number: u64,
        /// The report's id.
        id: String,
    },
}

impl Fault {
    /// Whether entries are not what they were: changed, lost or moved. The other faults are of what
    /// opens them and of what is made from them.
    pub fn is_of_the_chain(&self) -> bool {
        match self {
            Self::Changed { .. }
            | Self::Missing { .. }
            | Self::Unlinked { .. }
            | Self::Backwards { .. }
            | Self::CutOff { .. } => true,
            Self::Closed { .. } | Self::Sealed { .. } | Self::OwnKey | Self::Index { .. } => false,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { number } => write!(f, "entry {number} was changed"),
            Self::Missing { from, to } if from == to => write!(f, "entry {from} is missing"),
            Self::Missing { from, to } => write!(f, "entries {from} to {to} are missing"),
            Self::Unlinked { number } => write!(
                f,
                "entry {number} does not follow the one before it: one of them was replaced or moved"
            ),
            Self::Backwards { number } => {
                write!(f, "entry {number} is older than the one before it")
            }
            Self::CutOff { head } => write!(
                f,
                "no entry has the hash {head}: the ledger was cut off before it, or written anew"
            ),
            Self::Closed {
                report,
                number,
                has_key,
            } => {
                let why = if *has_key {
                    "its key is not the one that it was sealed with"
                } else {
                    "its key is missing or damaged, and nobody erased it"
                };
                write!(
                    f,
                    "report {report} cannot be opened (entry {number}): {why}"
                )
            }
            Self::Sealed { number } => write!(
                f,
                "the decision in entry {number} cannot be opened: its key is not the one that it \
                 was sealed with"
            ),
            Self::OwnKey => f.write_str(
                "the ledger's own key is missing, damaged or another's: no report is found by its \
                 id or by its words",
            ),
            Self::Index { number, id } => write!(
                f,
                "report `{id}` (entry {number}): its row of the index of words was missing or \
                 damaged, and was made anew"
            ),
        }
    }
}

/// What verifying found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The end of the ledger as it stands.
    pub head: Head,
    /// Number of the entry whose hash was asked for.
    pub kept: Option<u64>,
    /// What is wrong: with the chain, in order of the entries, then with what is sealed. Empty for a
    /// sound ledger.
    pub faults: Vec<Fault>,
    /// Whether everything that is sealed was opened; not where the keys are elsewhere.
    pub has_opened: bool,
}

/// Walks over the entries in order.
///
/// Whoever rewrites every entry from some point to the end leaves a sound chain; only a head that
/// was kept elsewhere shows that, as it shows a ledger that was cut off.
#[derive(Debug)]
pub struct Verifier {
    head: Head,
    wanted: Option<Hash>,
    kept: Option<u64>,
    faults: Vec<Fault>,
}

impl Verifier {
    /// Starts before the first entry; `wanted` is a head that was kept elsewhere.
    pub fn new(wanted: Option<Hash>) -> Self {
        // The head of an empty ledger is met before its first entry.
        let kept = wanted
            .as_ref()
            .is_some_and(|hash| hash.as_str() == Hash::START)
            .then_some(0);
        Self {
            head: Head::start(),
            wanted,
            kept,
            faults: Vec::new(),
        }
    }

    /// Looks at the next entry in order of the numbers.
    pub fn push(&mut self, entry: &Entry) {
        let expected = self.head.number + 1;
        if entry.number > expected {
            self.faults.push(Fault::Missing {
                from: expected,
                to: entry.number - 1,
            });
        }
        if entry.computed_hash().as_str() != entry.hash {
            self.faults.push(Fault::Changed {
                number: entry.number,
            });
        }
        if entry.previous != self.head.hash && entry.number <= expected {
            self.faults.push(Fault::Unlinked {
                number: entry.number,
            });
        }
        if entry.recorded < self.head.recorded {
            self.faults.push(Fault::Backwards {
                number: entry.number,
            });
        }
        if self.wanted.as_ref().map(Hash::as_str) == Some(entry.hash.as_str()) {
            self.kept = Some(entry.number);
        }
        self.head = Head {
            number: entry.number,
            hash: entry.hash.clone(),
            recorded: entry.recorded.clone(),
        };
    }

    /// The last entry so far.
    pub(crate) fn head(&self) -> &Head {
        &self.head
    }

    /// What is wrong so far.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The end: what was found.
    pub fn finish(mut self) -> Verdict {
        if let (Some(head), None) = (self.wanted, self.kept) {
            self.faults.push(Fault::CutOff { head });
        }
        Verdict {
            head: self.head,
            kept: self.kept,
            faults: self.faults,
            has_opened: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::entry::{chained, tests::draft};
    use crate::moment::Moment;

    fn ledger(sealed: &[Vec<u8>]) -> Vec<Entry> {
        let moment = Moment::latest("2025-10-22").unwrap();
        let drafts: Vec<_> = sealed
            .iter()
            .enumerate()
            .map(|(n, bytes)| {
                let payload = format!("{{\"n\":{n}}}");
                draft(
                    &payload,
                    Some(bytes.clone()),
                    (n % 2 == 0).then(|| bytes.clone()),
                )
            })
            .collect();
        chained(&Head::start(), moment, &drafts)
    }

    fn verdict(entries: &[Entry], head: Option<&str>) -> Verdict {
        let mut verifier = Verifier::new(head.and_then(Hash::parse));
        for entry in entries {
            verifier.push(entry);
        }
        verifier.finish()
    }

    fn contents() -> impl Strategy<Value = Vec<Vec<u8>>> {
        prop::collection::vec(prop::collection::vec(any::<u8>(), 1..40), 2..12)
    }

    /// One change to one field of an entry.
    fn tamper(entry: &mut Entry, which: usize) {
        match which {
            0 => entry.recorded.replace_range(0..4, "2031"),
            1 => entry.kind = "review".to_owned(),
            2 => entry.report = None,
            3 => entry.payload.push(' '),
            4 => entry.head = None,
            5 => {
                if let Some(byte) = entry.head.as_mut().and_then(|head| head.first_mut()) {
                    *byte ^= 1;
                }
            }
            6 => entry.body = Some(vec![7; 41]),
            7 => entry.previous = "f".repeat(64),
            _ => entry.hash = "e".repeat(64),
        }
    }

    proptest! {
        #[test]
        fn a_sound_ledger_has_no_fault(sealed in contents(), at in any::<prop::sample::Index>()) {
            let entries = ledger(&sealed);
            let kept = at.index(entries.len());
            let found = verdict(&entries, Some(&entries[kept].hash));
            prop_assert_eq!(found.faults, []);
            prop_assert_eq!(found.kept, Some(entries[kept].number));
            prop_assert_eq!(found.head.number, entries.len() as u64);
        }

        #[test]
        fn any_changed_field_is_found(
            sealed in contents(), at in any::<prop::sample::Index>(), which in 0_usize..9,
        ) {
            let mut entries = ledger(&sealed);
            let changed = at.index(entries.len());
            tamper(&mut entries[changed], which);
            let number = changed as u64 + 1;
            let wanted = Fault::Changed { number };
            prop_assert!(verdict(&entries, None).faults.contains(&wanted));
        }

        #[test]
        fn a_changed_entry_with_a_new_hash_is_found_by_the_next_or_by_the_head(
            sealed in contents(), at in any::<prop::sample::Index>(), which in 0_usize..7,
        ) {
            let mut entries = ledger(&sealed);
            let head = entries.last().map(|e| e.hash.clone()).unwrap();
            let changed = at.index(entries.len());
            tamper(&mut entries[changed], which);
            entries[changed].hash = entries[changed].computed_hash().as_str().to_owned();
            prop_assert!(!verdict(&entries, Some(&head)).faults.is_empty());
        }

        #[test]
        fn a_missing_entry_is_found(sealed in contents(), at in any::<prop::sample::Index>()) {
            let mut entries = ledger(&sealed);
            let head = entries.last().map(|e| e.hash.clone()).unwrap();
            let gone = at.index(entries.len());
            let number = entries.remove(gone).number;
            let last = gone == entries.len();
            let faults = verdict(&entries, Some(&head)).faults;
            if last {
                let cut_off = matches!(faults[..], [Fault::CutOff { .. }]);
                prop_assert!(cut_off);
            } else {
                let wanted = Fault::Missing { from: number, to: number };
                prop_assert!(faults.contains(&wanted));
            }
        }

        #[test]
        fn entries_in_another_order_are_found(
            sealed in contents(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(),
        ) {
            let mut entries = ledger(&sealed);
            let (a, b) = (a.index(entries.len()), b.index(entries.len()));
            prop_assume!(a != b);
            entries.swap(a, b);
            let (x, y) = (entries[a].number, entries[b].number);
            entries[a].number = y;
            entries[b].number = x;
            prop_assert!(!verdict(&entries, None).faults.is_empty());
        }

        #[test]
        fn what_is_cut_off_is_found_by_the_head(sealed in contents(), at in any::<prop::sample::Index>()) {
            let mut entries = ledger(&sealed);
            let head = entries.last().map(|e| e.hash.clone()).unwrap();
            entries.truncate(at.index(entries.len()));
            prop_assert_eq!(verdict(&entries, None).faults, []);
            let faults = verdict(&entries, Some(&head)).faults;
            let cut_off = matches!(faults[..], [Fault::CutOff { .. }]);
            prop_assert!(cut_off);
        }
    }
}
