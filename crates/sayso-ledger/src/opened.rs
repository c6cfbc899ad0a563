//! An entry read: its clear part, and its small sealed part where the key is there.

use crate::entry::{Entry, Kind, ReportRef};
use crate::error::LedgerError;
use crate::moment::Moment;
use crate::payload::{
    self, ByClear, ContentHead, ErasureClear, MergeClear, OriginClear, OwnHead, ReviewHead,
    SheetClear, SplitClear, WhyHead, WithdrawalHead,
};
use crate::seal::{self, Part, Secret};

/// An entry read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opened {
    pub(crate) number: u64,
    pub(crate) recorded: Moment,
    pub(crate) report: Option<ReportRef>,
    pub(crate) what: What,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// A report or its correction; nothing is known about it without the key.
    Content {
        correction: bool,
        head: Option<ContentHead>,
    },
    Sheet(SheetClear),
    Withdrawal(ByClear, Option<WithdrawalHead>),
    Review(ByClear, Option<ReviewHead>),
    Own {
        event: bool,
        by: ByClear,
        head: Option<OwnHead>,
    },
    Merge(MergeClear, Option<WhyHead>),
    Split(SplitClear, Option<WhyHead>),
    Origin(OriginClear, Option<WhyHead>),
    Erasure(ErasureClear),
}

impl Opened {
    /// Reads `entry` with the keys that `key` gives by their names.
    ///
    /// # Errors
    /// [`LedgerError::Unreadable`] where a part is not what this version writes, or where a key is
    /// there and does not fit.
    pub(crate) fn of(
        entry: &Entry,
        key: &impl Fn(&str) -> Option<Secret>,
    ) -> Result<Self, LedgerError> {
        let wrong = |what| LedgerError::Unreadable {
            number: entry.number,
            what,
        };
        let kind: Kind = entry.kind.parse().map_err(|()| wrong("kind"))?;
        let recorded = Moment::parse(&entry.recorded).ok_or_else(|| wrong("moment"))?;
        let report = entry.report.clone().map(ReportRef);
        let clear = Clear(entry);
        // Everything about one report is sealed under that report's key.
        let own_key = entry.report.as_deref();
        let what = match kind {
            Kind::Report | Kind::Correction => What::Content {
                correction: kind == Kind::Correction,
                head: head(entry, kind, own_key, key)?,
            },
            Kind::Sheet => What::Sheet(clear.read()?),
            Kind::Withdrawal => What::Withdrawal(clear.read()?, head(entry, kind, own_key, key)?),
            Kind::Review => What::Review(clear.read()?, head(entry, kind, own_key, key)?),
            Kind::Statement | Kind::Event => What::Own {
                event: kind == Kind::Event,
                by: clear.read()?,
                head: head(entry, kind, own_key, key)?,
            },
            Kind::Merge => {
                let merge: MergeClear = clear.read()?;
                let why = head(entry, kind, merge.key.as_deref(), key)?;
                What::Merge(merge, why)
            }
            Kind::Split => {
                let split: SplitClear = clear.read()?;
                let why = head(entry, kind, split.key.as_deref(), key)?;
                What::Split(split, why)
            }
            Kind::Origin => {
                let origin: OriginClear = clear.read()?;
                let why = head(entry, kind, origin.key.as_deref(), key)?;
                What::Origin(origin, why)
            }
            Kind::Erasure => What::Erasure(clear.read()?),
        };
        Ok(Self {
            number: entry.number,
            recorded,
            report,
            what,
        })
    }
}

struct Clear<'a>(&'a Entry);

impl Clear<'_> {
    fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, LedgerError> {
        payload::read(self.0.payload.as_bytes()).ok_or(LedgerError::Unreadable {
            number: self.0.number,
            what: "payload",
        })
    }
}

/// The small sealed part; `None` where there is none or its key is not there.
fn head<T: serde::de::DeserializeOwned>(
    entry: &Entry,
    kind: Kind,
    name: Option<&str>,
    key: &impl Fn(&str) -> Option<Secret>,
) -> Result<Option<T>, LedgerError> {
    let (Some(name), Some(sealed)) = (name, &entry.head) else {
        return Ok(None);
    };
    let Some(secret) = key(name) else {
        return Ok(None);
    };
    seal::open(&secret, (kind, Part::Head, name), sealed)
        .and_then(|plain| payload::read(&plain))
        .map(Some)
        .ok_or(LedgerError::Unreadable {
            number: entry.number,
            what: "sealed part",
        })
}
