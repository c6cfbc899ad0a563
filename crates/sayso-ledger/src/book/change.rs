//! One more entry about a report that is there.

use super::{Book, TRIES, readable, sealed};
use crate::entry::{Draft, Kind};
use crate::error::LedgerError;
use crate::ledger::{Answer, Seen};
use crate::moment::{Bounds, Moment};
use crate::payload::{ByClear, WithdrawalHead, salted, written};
use crate::random::random;
use crate::seal::Part;
use crate::view::KeptReport;

impl Book {
    /// Records that the outlet took a report back. The report stays, marked; its findings count no
    /// more as its outlet's.
    ///
    /// # Errors
    /// [`LedgerError::NoReport`], [`LedgerError::Erased`], [`LedgerError::BadValue`].
    pub async fn withdraw(
        &self,
        id: &str,
        head: &WithdrawalHead,
        by: &str,
        now: Moment,
    ) -> Result<(), LedgerError> {
        super::published(head.published.as_deref())?;
        let plain = written(head)?;
        self.change(id, Kind::Withdrawal, (by, now, None), |_| {
            let plain = plain.clone();
            Box::pin(async move { Ok(((), plain)) })
        })
        .await
    }

    /// Records that a withdrawal holds no more: the outlet stands by the report as it is, or never
    /// took it back. A report that the outlet publishes with another content needs no such word.
    ///
    /// # Errors
    /// As [`Book::withdraw`]; [`LedgerError::BadValue`] too for a report that is not withdrawn.
    pub async fn reinstate(
        &self,
        id: &str,
        head: &WithdrawalHead,
        by: &str,
        now: Moment,
    ) -> Result<(), LedgerError> {
        super::published(head.published.as_deref())?;
        let plain = written(head)?;
        self.change(id, Kind::Reinstatement, (by, now, None), |report| {
            let plain = plain.clone();
            Box::pin(async move {
                if report.withdrawal.is_none() {
                    return Err(LedgerError::BadValue {
                        what: "withdrawn report",
                        value: id.to_owned(),
                        allowed: "the id of a report that its outlet took back".to_owned(),
                    });
                }
                Ok(((), plain))
            })
        })
        .await
    }

    /// Brings a report back that was taken back with its import; `false` where it was not, which
    /// changes nothing.
    ///
    /// # Errors
    /// As [`Book::withdraw`].
    pub async fn bring_back(&self, id: &str, by: &str, now: Moment) -> Result<bool, LedgerError> {
        if !self.report(id, Bounds::ALL).await?.is_undone() {
            return Ok(false);
        }
        let head = WithdrawalHead {
            why: "added again".to_owned(),
            published: None,
            undone: false,
        };
        self.reinstate(id, &head, by, now).await?;
        Ok(true)
    }

    /// Appends one entry about a report, sealed under its key. `decide` sees the report as it is
    /// by then and gives the sealed part; it is asked again where somebody else came in between.
    /// With `seen`, only where that is still the last entry about the report.
    pub(super) async fn change<'f, T>(
        &'f self,
        id: &'f str,
        kind: Kind,
        (by, now, seen): (&'f str, Moment, Option<u64>),
        decide: impl Fn(KeptReport) -> Answer<'f, (T, String)> + Send,
    ) -> Result<T, LedgerError> {
        let clear = salted(&ByClear { by: super::by(by)? }, &random()?)?;
        let reference = self.reference(id).await?;
        for _ in 0..TRIES {
            let (kept, last) = self.kept(&reference, Bounds::ALL).await?;
            let report = readable(id, &reference, kept)?;
            if seen.is_some_and(|seen| seen != last) {
                return Err(LedgerError::Stale { id: id.to_owned() });
            }
            let (answer, plain) = decide(report).await?;
            let secret = self.report_key(id, &reference).await?;
            let name = reference.as_str();
            let draft = Draft {
                kind,
                report: Some(reference.clone()),
                payload: clear.clone(),
                head: Some(sealed(&secret, kind, Part::Head, name, plain.as_bytes())?),
                body: None,
                derived: Vec::new(),
            };
            let seen = Seen {
                report: reference.clone(),
                last,
            };
            match self.store.append(vec![draft], now, seen.into()).await {
                Err(LedgerError::Moved) => {}
                outcome => return outcome.map(|_| answer),
            }
        }
        Err(LedgerError::Moved)
    }
}
