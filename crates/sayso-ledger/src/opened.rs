//! An entry read: its clear part, and its small sealed part where the key is there.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::entry::{Entry, Kind, ReportRef};
use crate::error::LedgerError;
use crate::moment::Moment;
use crate::payload::{
    self, ByClear, ContentHead, ErasureClear, MergeClear, OriginClear, OwnHead, ReviewHead,
    SheetClear, SplitClear, WhyHead, WithdrawalHead,
};
use crate::seal::{self, LEDGER_KEY, Part, Secret};

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
    Reinstatement(Option<WithdrawalHead>),
    Review(ByClear, Option<ReviewHead>),
    Own {
        event: bool,
        by: ByClear,
        head: Option<OwnHead>,
    },
    /// With the ids of the incidents.
    Merge(MergeClear, Vec<String>, Option<WhyHead>),
    /// With the id of the incident.
    Split(SplitClear, String, Option<WhyHead>),
    /// With the id of the origin.
    Origin(OriginClear, String, Option<WhyHead>),
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
            Kind::Reinstatement => {
                let _: ByClear = clear.read()?;
                What::Reinstatement(head(entry, kind, own_key, key)?)
            }
            Kind::Review => What::Review(clear.read()?, head(entry, kind, own_key, key)?),
            Kind::Statement | Kind::Event => What::Own {
                event: kind == Kind::Event,
                by: clear.read()?,
                head: head(entry, kind, own_key, key)?,
            },
            Kind::Merge => {
                let merge: MergeClear = clear.read()?;
                let why = head(entry, kind, merge.key.as_deref(), key)?;
                let incidents = ids(entry, kind, &merge.incidents, key)?;
                What::Merge(merge, incidents, why)
            }
            Kind::Split => {
                let split: SplitClear = clear.read()?;
                let why = head(entry, kind, split.key.as_deref(), key)?;
                let incident = id(entry, kind, &split.incident, key)?;
                What::Split(split, incident, why)
            }
            Kind::Origin => {
                let origin: OriginClear = clear.read()?;
                let why = head(entry, kind, origin.key.as_deref(), key)?;
                let of = id(entry, kind, &origin.origin, key)?;
                What::Origin(origin, of, why)
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

/// Ids that are sealed under the ledger's own key.
fn ids(
    entry: &Entry,
    kind: Kind,
    sealed: &str,
    key: &impl Fn(&str) -> Option<Secret>,
) -> Result<Vec<String>, LedgerError> {
    key(LEDGER_KEY)
        .zip(STANDARD.decode(sealed).ok())
        .and_then(|(own, sealed)| seal::open(&own, (kind, Part::Ids, LEDGER_KEY), &sealed))
        .and_then(|plain| payload::read(&plain))
        .ok_or(LedgerError::Unreadable {
            number: entry.number,
            what: "sealed part",
        })
}

/// The one id that is sealed under the ledger's own key.
fn id(
    entry: &Entry,
    kind: Kind,
    sealed: &str,
    key: &impl Fn(&str) -> Option<Secret>,
) -> Result<String, LedgerError> {
    match <[String; 1]>::try_from(ids(entry, kind, sealed, key)?) {
        Ok([id]) => Ok(id),
        Err(_) => Err(LedgerError::Unreadable {
            number: entry.number,
            what: "sealed part",
        }),
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
