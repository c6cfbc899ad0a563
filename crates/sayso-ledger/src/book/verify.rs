//! Whether the ledger is as it was written, and whether it opens.

use std::collections::{BTreeMap, BTreeSet};

use super::add::WORDS;
use super::{Book, PAGE_WITH_BODIES, index, is_content};
use crate::chain::{Fault, Verdict, Verifier};
use crate::entry::{Derived, Entry, Hash, Kind, ReportRef};
use crate::error::LedgerError;
use crate::opened::Opened;
use crate::seal::{self, Part, Secret};

/// What is found where everything that is sealed is opened.
struct Contents {
    own_key: Option<Secret>,
    /// Whether the ledger's own key is not there, or another.
    is_strange: bool,
    /// Reports that do not open: the first of their entries that does not, and whether a key is there.
    closed: BTreeMap<ReportRef, (u64, bool)>,
    /// Numbers of decisions that do not open.
    decisions: Vec<u64>,
    /// Rows of the index of words that are missing or others: the number, the report and its id.
    rows: Vec<(u64, ReportRef, String)>,
}

impl Book {
    /// Looks at every entry, and opens whatever is sealed where the keys are at hand; `kept` is a head
    /// that was kept elsewhere. Rows of the index of words that are missing or damaged are made anew.
    ///
    /// # Errors
    /// Where the store cannot be read; a faulty ledger is no error but a verdict.
    pub async fn verify(&self, kept: Option<Hash>) -> Result<Verdict, LedgerError> {
        let mut verifier = Verifier::new(kept);
        let mut contents = self.contents().await?;
        let mut after = 0;
        loop {
            let page = self.store.entries(after, PAGE_WITH_BODIES, true).await?;
            let Some(last) = page.last() else {
                break;
            };
            let bounds = (after, last.number);
            let mut unchanged = Vec::with_capacity(page.len());
            for entry in &page {
                let before = verifier.faults().len();
                verifier.push(entry);
                let mut new = verifier.faults().iter().skip(before);
                // What was changed does not open, and is told already.
                if !new.any(|fault| matches!(fault, Fault::Changed { .. })) {
                    unchanged.push(entry);
                }
            }
            if let Some(contents) = &mut contents {
                self.open_all(&unchanged, bounds, contents).await?;
            }
            after = last.number;
        }
        let mut verdict = verifier.finish();
        verdict.has_opened = contents.is_some() || verdict.head.number == 0;
        if let Some(contents) = contents {
            // Last of all: whatever was erased meanwhile is not missing.
            let erased = self.store.erased().await?;
            verdict.faults.extend(contents.faults(&erased));
        }
        Ok(verdict)
    }

    /// Nothing found yet; `None` where no key is there.
    async fn contents(&self) -> Result<Option<Contents>, LedgerError> {
        let own_key = match self.own_key().await {
            Ok(own_key) => own_key.cloned(),
            Err(LedgerError::NoKeys) => None,
            Err(error) => return Err(error),
        };
        if own_key.is_none() && self.store.keys("", 1).await?.is_empty() {
            return Ok(None);
        }
        Ok(Some(Contents {
            own_key,
            is_strange: false,
            closed: BTreeMap::new(),
            decisions: Vec::new(),
            rows: Vec::new(),
        }))
    }

    /// Opens these entries, all of them with numbers after the first of `bounds` and up to the second.
    async fn open_all(
        &self,
        entries: &[&Entry],
        bounds: (u64, u64),
        contents: &mut Contents,
    ) -> Result<(), LedgerError> {
        let names = entries.iter().filter_map(|entry| entry.report.as_deref());
        let names: BTreeSet<&str> = names.collect();
        let names: Vec<&str> = names.into_iter().collect();
        // After the entries: keys and rows are kept before them or with them.
        let keys = self.store.some_keys(&names).await?;
        let keys: BTreeMap<String, Secret> = keys.into_iter().collect();
        let rows = self.rows_within(bounds).await?;
        let mut anew = Vec::new();
        for entry in entries {
            match entry.report.as_deref() {
                Some(report) => {
                    let secret = keys.get(report);
                    anew.extend(contents.open(entry, report, secret, &rows));
                }
                None => match self.decision(entry).await {
                    Ok(_) => {}
                    Err(LedgerError::NoKeys) => contents.is_strange = true,
                    Err(error) if error.is_of_one_report() => contents.decisions.push(entry.number),
                    Err(error) => return Err(error),
                },
            }
        }
        if !anew.is_empty() {
            self.store.renew_derived(anew).await?;
        }
        Ok(())
    }

    /// The rows of the index of words of the entries after `after` up to `upto`, by their numbers.
    async fn rows_within(
        &self,
        (mut after, upto): (u64, u64),
    ) -> Result<BTreeMap<u64, Derived>, LedgerError> {
        let mut rows = BTreeMap::new();
        while after < upto {
            let page = self.store.derived(WORDS, after, PAGE_WITH_BODIES).await?;
            match page.last() {
                Some(last) => after = last.number,
                None => break,
            }
            rows.extend(page.into_iter().map(|row| (row.number, row)));
        }
        Ok(rows)
    }
}

impl Contents {
    /// Opens an entry about a report; gives the row of the index of words that it should have, where
    /// it has another or none.
    fn open(
        &mut self,
        entry: &Entry,
        report: &str,
        secret: Option<&Secret>,
        rows: &BTreeMap<u64, Derived>,
    ) -> Option<Derived> {
        if entry.head.is_none() && entry.body.is_none() {
            return None;
        }
        let Some(secret) = secret else {
            self.close(report, entry.number, false);
            return None;
        };
        let key = |name: &str| (name == report).then(|| secret.clone());
        if !is_content(entry) {
            if !opens(entry, (report, secret)) || Opened::of(entry, &key).is_err() {
                self.close(report, entry.number, true);
            }
            return None;
        }
        let Ok(Some((about, content))) = index::version(entry, &key) else {
            self.close(report, entry.number, true);
            return None;
        };
        let is_own = |own: &&Secret| own.report(&about.id).as_str() == report;
        let Some(own_key) = self.own_key.as_ref().filter(is_own) else {
            self.is_strange = true;
            return None;
        };
        let row = index::row(own_key, (entry.number, report), &about, &content.text);
        if rows.get(&entry.number) == Some(&row) {
            return None;
        }
        let reference = ReportRef(report.to_owned());
        self.rows.push((entry.number, reference, about.id));
        Some(row)
    }

    fn close(&mut self, report: &str, number: u64, has_key: bool) {
        let report = ReportRef(report.to_owned());
        self.closed.entry(report).or_insert((number, has_key));
    }

    /// What is wrong; of what was `erased` nothing is.
    fn faults(self, erased: &[ReportRef]) -> Vec<Fault> {
        let erased: BTreeSet<&ReportRef> = erased.iter().collect();
        let closed = self.closed.into_iter();
        let closed = closed.filter(|(report, _)| !erased.contains(report));
        let mut faults: Vec<Fault> = closed
            .map(|(report, (number, has_key))| Fault::Closed {
                report,
                number,
                has_key,
            })
            .collect();
        if self.is_strange {
            // Then no decision opens, and no row is what it should be.
            faults.push(Fault::OwnKey);
            return faults;
        }
        let decisions = self.decisions.into_iter();
        faults.extend(decisions.map(|number| Fault::Sealed { number }));
        let rows = self.rows.into_iter();
        let rows = rows.filter(|(_, report, _)| !erased.contains(report));
        faults.extend(rows.map(|(number, _, id)| Fault::Index { number, id }));
        faults
    }
}

/// Whether the large sealed part of an entry opens, where it has one.
fn opens(entry: &Entry, (report, secret): (&str, &Secret)) -> bool {
    let Some(body) = &entry.body else {
        return true;
    };
    entry
        .kind
        .parse::<Kind>()
        .is_ok_and(|kind| seal::open(secret, (kind, Part::Body, report), body).is_some())
}
