//! Whether the keys that are there are this ledger's, and all of them.

use std::collections::BTreeSet;

use super::{Book, PAGE};
use crate::error::LedgerError;

impl Book {
    /// How many reports cannot be read though nobody erased them: their keys are not there.
    ///
    /// # Errors
    /// [`LedgerError::NoKeys`] where no report's key is there, be it that the keys are of another
    /// ledger; where the store cannot be read.
    pub async fn without_key(&self) -> Result<usize, LedgerError> {
        if self.own_key().await?.is_none() {
            return Ok(0);
        }
        let mut reports = BTreeSet::new();
        let mut after = 0;
        loop {
            let page = self.store.entries(after, PAGE, false).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = last.number;
            reports.extend(page.into_iter().filter_map(|entry| entry.report));
        }
        let all = reports.len();
        // After the entries: keys are kept before the entries that they open.
        let mut after = String::new();
        loop {
            let page = self.store.keys(&after, PAGE).await?;
            let Some(last) = page.last() else {
                break;
            };
            after.clone_from(&last.name);
            for row in &page {
                reports.remove(&row.name);
            }
        }
        let found = reports.len() < all;
        // Last of all: whatever was erased meanwhile is not missing.
        let mut erased = 0;
        for report in self.store.erased().await? {
            erased += usize::from(reports.remove(report.as_str()));
        }
        if !found && erased < all {
            return Err(LedgerError::NoKeys);
        }
        Ok(reports.len())
    }
}
