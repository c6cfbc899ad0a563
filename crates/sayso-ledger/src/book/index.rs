//! The index of words, made anew: it is made from the reports, and lost with no more than time.

use super::add::{WORDS, words_of};
use super::{Book, PAGE_WITH_BODIES, is_content};
use crate::entry::{Derived, Entry, Kind, ReportRef};
use crate::error::LedgerError;
use crate::opened::{Opened, What};
use crate::payload::{About, Content};
use crate::seal::{self, Part, Secret};

/// Reports whose rows are written in one step.
const AT_ONCE: usize = 100;

impl Book {
    /// Makes the rows that are missing. Reports that do not open are left out.
    pub(super) async fn index_again(&self, own_key: &Secret) -> Result<(), LedgerError> {
        let keys = self.all_keys().await?;
        let mut after = 0;
        loop {
            let page = self.store.entries(after, PAGE_WITH_BODIES, true).await?;
            let mut rows = Vec::new();
            for entry in page.iter().filter(|entry| is_content(entry)) {
                match words_row(own_key, entry, &|name| keys.get(name).cloned()) {
                    Ok(row) => rows.extend(row),
                    Err(error) if error.is_of_one_report() => {}
                    Err(error) => return Err(error),
                }
            }
            if !rows.is_empty() {
                self.store.keep_derived(rows).await?;
            }
            match page.last() {
                Some(last) => after = last.number,
                None => return Ok(()),
            }
        }
    }

    /// Reads these reports and makes their rows anew; gives those that do not open.
    pub(super) async fn index_anew(
        &self,
        own_key: &Secret,
        reports: &[ReportRef],
    ) -> Result<Vec<ReportRef>, LedgerError> {
        let mut closed = Vec::new();
        for some in reports.chunks(AT_ONCE) {
            let mut rows = Vec::new();
            for report in some {
                match self.rows_of(own_key, report).await {
                    // One without words is as good as none.
                    Ok(made) => rows.extend(made.into_iter().filter(|row| !row.bytes.is_empty())),
                    Err(error) if error.is_of_one_report() => closed.push(report.clone()),
                    Err(error) => return Err(error),
                }
            }
            if !rows.is_empty() {
                self.store.renew_derived(rows).await?;
            }
        }
        Ok(closed)
    }

    /// The rows of every version of a report.
    async fn rows_of(
        &self,
        own_key: &Secret,
        report: &ReportRef,
    ) -> Result<Vec<Derived>, LedgerError> {
        let entries = self.store.of_report(report).await?;
        let contents = entries.iter().filter(|entry| is_content(entry));
        let numbers: Vec<u64> = contents.map(|entry| entry.number).collect();
        let secret = self.store.key(report.as_str()).await?;
        let key = |name: &str| secret.clone().filter(|_| name == report.as_str());
        let mut rows = Vec::with_capacity(numbers.len());
        for entry in self.store.some(&numbers).await? {
            let row = words_row(own_key, &entry, &key)?;
            rows.push(row.ok_or_else(|| LedgerError::Locked {
                report: report.to_string(),
            })?);
        }
        Ok(rows)
    }
}

/// What an entry that is one version of a report holds; `None` where its key is not there.
///
/// # Errors
/// [`LedgerError::Unreadable`] where it does not open.
pub(super) fn version(
    entry: &Entry,
    key: &impl Fn(&str) -> Option<Secret>,
) -> Result<Option<(About, Content)>, LedgerError> {
    let (Some(report), Some(body)) = (&entry.report, &entry.body) else {
        return Ok(None);
    };
    let Some(secret) = key(report) else {
        return Ok(None);
    };
    let What::Content {
        correction,
        head: Some(head),
    } = Opened::of(entry, key)?.what
    else {
        return Ok(None);
    };
    let kind = if correction {
        Kind::Correction
    } else {
        Kind::Report
    };
    let content = seal::open(&secret, (kind, Part::Body, report), body)
        .and_then(|plain| Content::read(&plain))
        .ok_or(LedgerError::Unreadable {
            number: entry.number,
            what: "content",
        })?;
    Ok(Some((head.about, content)))
}

/// The row of one version of a report; `None` where its key is not there.
fn words_row(
    own_key: &Secret,
    entry: &Entry,
    key: &impl Fn(&str) -> Option<Secret>,
) -> Result<Option<Derived>, LedgerError> {
    let (Some(report), Some((about, content))) = (&entry.report, version(entry, key)?) else {
        return Ok(None);
    };
    // Under a key that is not this ledger's own, no row would ever be found again.
    if own_key.report(&about.id).as_str() != report {
        return Err(LedgerError::Unreadable {
            number: entry.number,
            what: "name",
        });
    }
    Ok(Some(row(
        own_key,
        (entry.number, report),
        &about,
        &content.text,
    )))
}

/// The row of the version in the entry of this number, about the report that entries name so.
pub(super) fn row(
    own_key: &Secret,
    (number, report): (u64, &str),
    about: &About,
    text: &str,
) -> Derived {
    Derived {
        number,
        kind: WORDS.to_owned(),
        report: report.to_owned(),
        bytes: words_of(own_key, about, text),
    }
}
