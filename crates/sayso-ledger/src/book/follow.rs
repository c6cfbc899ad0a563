//! What came in since: for a reader who keeps a view and does not want to fold it all again.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Book, PAGE};
use crate::entry::{Entry, ReportRef};
use crate::error::LedgerError;
use crate::moment::Bounds;
use crate::opened::Opened;
use crate::seal::LEDGER_KEY;
use crate::view::{Decision, Folder, Kept};

/// What the entries after some entry are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The reports that they are about.
    pub reports: BTreeSet<ReportRef>,
    /// The decisions on incidents and origins among them, oldest first.
    pub decisions: Vec<Decision>,
    /// Number of the last of them; that of the entry asked from where there is none.
    pub upto: u64,
}

impl Book {
    /// What the entries after number `after` are about.
    ///
    /// # Errors
    /// As [`Book::view`].
    pub async fn changes(&self, after: u64) -> Result<Changes, LedgerError> {
        let mut changes = Changes {
            upto: after,
            ..Changes::default()
        };
        let mut folder = Folder::new(Bounds::ALL);
        loop {
            let page = self.store.entries(changes.upto, PAGE, false).await?;
            for entry in &page {
                match &entry.report {
                    Some(report) => drop(changes.reports.insert(ReportRef(report.clone()))),
                    None => folder.push(self.decision(entry).await?),
                }
            }
            match page.last() {
                Some(last) => changes.upto = last.number,
                None => break,
            }
        }
        changes.decisions = folder.finish().decisions;
        Ok(changes)
    }

    /// How entries name the report of this id, whether it is there or not.
    ///
    /// # Errors
    /// [`LedgerError::NoReport`] where the ledger is empty; as [`Book::view`].
    pub async fn name_of(&self, id: &str) -> Result<ReportRef, LedgerError> {
        self.reference(id).await
    }

    /// A report that entries name so, within `bounds`.
    ///
    /// # Errors
    /// As [`Book::view`].
    pub async fn kept_of(
        &self,
        reference: &ReportRef,
        bounds: Bounds,
    ) -> Result<Option<Kept>, LedgerError> {
        Ok(self.kept(reference, bounds).await?.0)
    }

    /// Opens an entry about no report: its ids are under the ledger's own key, its reason under one
    /// that its clear part names.
    pub(super) async fn decision(&self, entry: &Entry) -> Result<Opened, LedgerError> {
        let own_key = self.own_key().await?.cloned();
        let clear: Value = serde_json::from_str(&entry.payload).unwrap_or_default();
        let reason = match clear["key"].as_str() {
            Some(name) => self.store.key(name).await?.map(|secret| (name, secret)),
            None => None,
        };
        Opened::of(entry, &|asked| match &reason {
            _ if asked == LEDGER_KEY => own_key.clone(),
            Some((name, secret)) if asked == *name => Some(secret.clone()),
            _ => None,
        })
    }
}
