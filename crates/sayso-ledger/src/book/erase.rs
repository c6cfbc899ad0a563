//! Erasing: a report's content is destroyed for good, a tombstone stays.

use super::add::is_erased;
use super::{Book, TRIES};
use crate::entry::{Draft, Kind, ReportRef};
use crate::error::LedgerError;
use crate::ledger::Seen;
use crate::moment::{Bounds, Moment};
use crate::payload::{ErasureClear, salted};
use crate::random::random;

impl Book {
    /// Destroys the content of a report: its bytes, its text, its sheets, what analysts wrote about
    /// it and the reasons of merges and splits that spoke of it. `why` and `by` stay readable for
    /// ever.
    ///
    /// First the tombstone is recorded, then the keys are destroyed. Where a crash comes between,
    /// the next [`Book::open`] destroys them. `false` where the report was erased before; what may
    /// be left of it is then destroyed again.
    ///
    /// # Errors
    /// [`LedgerError::NoReport`]; [`LedgerError::BadValue`] without name or reason;
    /// [`LedgerError::StillInUse`].
    pub async fn erase(
        &self,
        id: &str,
        by: &str,
        why: &str,
        now: Moment,
    ) -> Result<bool, LedgerError> {
        let why = why.trim();
        if why.is_empty() {
            return Err(LedgerError::BadValue {
                what: "reason",
                value: why.to_owned(),
                allowed: "words that say why the report is erased".to_owned(),
            });
        }
        let clear = ErasureClear {
            by: super::by(by)?,
            why: why.to_owned(),
        };
        let reference = self.reference(id).await?;
        match self.erase_reference(&reference, &clear, now).await {
            Err(LedgerError::NoReport { .. }) => Err(LedgerError::NoReport { id: id.to_owned() }),
            outcome => outcome,
        }
    }

    /// Erases the report that entries name so.
    pub(super) async fn erase_reference(
        &self,
        reference: &ReportRef,
        clear: &ErasureClear,
        now: Moment,
    ) -> Result<bool, LedgerError> {
        for _ in 0..TRIES {
            let (kept, last) = self.kept(reference, Bounds::ALL).await?;
            if kept.is_none() {
                return Err(LedgerError::NoReport {
                    id: reference.to_string(),
                });
            }
            if is_erased(kept.as_ref()) {
                self.store.destroy(reference).await?;
                return Ok(false);
            }
            let draft = Draft {
                kind: Kind::Erasure,
                report: Some(reference.clone()),
                payload: salted(clear, &random()?)?,
                head: None,
                body: None,
                derived: Vec::new(),
            };
            let seen = Seen {
                report: reference.clone(),
                last,
            };
            match self.store.append(vec![draft], now, seen.into()).await {
                Ok(_) => {
                    self.store.destroy(reference).await?;
                    return Ok(true);
                }
                Err(LedgerError::Moved) => {}
                Err(error) => return Err(error),
            }
        }
        Err(LedgerError::Moved)
    }

    /// Destroys what tombstones name and a crash, or a writer who had the key already, left.
    pub(super) async fn finish_erasures(&self) -> Result<(), LedgerError> {
        for report in self.store.erased().await? {
            if self.store.key(report.as_str()).await?.is_some() {
                self.store.destroy(&report).await?;
            }
        }
        Ok(())
    }
}
