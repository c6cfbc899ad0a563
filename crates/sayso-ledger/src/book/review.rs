//! What analysts decide and add.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{Book, TRIES, sealed};
use crate::entry::{Draft, Kind, ReportRef};
use crate::error::LedgerError;
use crate::framed::hex;
use crate::ledger::{Basis, Seen};
use crate::moment::{Bounds, Moment};
use crate::own::{OwnEvent, OwnStatement};
use crate::payload::{
    MergeClear, OriginClear, OwnHead, ReviewHead, Ruling, SplitClear, WhyHead, written,
};
use crate::references;
use crate::reviewed::{finding, to_review, with_review};
use crate::seal::{LEDGER_KEY, Part};
use crate::sound::is_sound;
use crate::view::{Decision, Kept, KeptReport};

/// A review to be.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewDraft {
    /// `s:…` or `e:…`.
    pub finding: String,
    /// Path of the field (`acled`, `place.country`); `None` for the finding as a whole.
    pub field: Option<String>,
    /// What is decided.
    pub ruling: Ruling,
    /// The right value, for a correction.
    pub value: Option<Value>,
    /// The reason.
    pub why: Option<String>,
}

impl Book {
    /// Records a review of a finding of the sheet in force, as the reviews before it left it.
    ///
    /// # Errors
    /// [`LedgerError::NoFinding`]; [`LedgerError::BadField`] where the field is not there, the value
    /// is of the wrong form or code, or a quote is not the text at its span.
    pub async fn review(
        &self,
        report: &str,
        draft: &ReviewDraft,
        by: &str,
        now: Moment,
    ) -> Result<(), LedgerError> {
        self.review_at(report, draft, (by, now, None)).await
    }

    /// As [`Book::review`], but only where `seen` is still the last entry about the report: a
    /// decision that another one overtook is refused, not lost.
    ///
    /// # Errors
    /// [`LedgerError::Stale`], and as [`Book::review`].
    pub async fn review_at(
        &self,
        report: &str,
        draft: &ReviewDraft,
        (by, now, seen): (&str, Moment, Option<u64>),
    ) -> Result<(), LedgerError> {
        self.change(report, Kind::Review, (by, now, seen), |kept| {
            Box::pin(async move {
                let sheet = self.sheet(&kept).await?;
                let seen = to_review(&sheet, &kept.reviews, &kept.own);
                let saw = seen
                    .as_ref()
                    .and_then(|seen| finding(seen, &draft.finding))
                    .ok_or_else(|| LedgerError::NoFinding {
                        report: report.to_owned(),
                        finding: draft.finding.clone(),
                    })?
                    .clone();
                let head = ReviewHead {
                    finding: draft.finding.clone(),
                    field: draft.field.clone(),
                    ruling: draft.ruling,
                    value: draft.value.clone(),
                    saw,
                    why: draft.why.clone(),
                    of: None,
                };
                let bad = |what| LedgerError::BadField {
                    field: draft.field.clone().unwrap_or_default(),
                    what,
                };
                let changed = with_review(&head.saw, &head, &sheet.report.text).map_err(bad)?;
                stands(changed.as_ref(), seen.as_ref()).map_err(bad)?;
                Ok(((), written(&head)?))
            })
        })
        .await
    }

    /// Takes a review back, by the number of its entry: the finding is again as the reviews around it
    /// leave it; or what was added by hand, which is in the sheet no more. With `seen` as
    /// [`Book::review_at`].
    ///
    /// # Errors
    /// [`LedgerError::BadValue`] where the report has no such review or addition, or it was taken
    /// back before.
    pub async fn take_back(
        &self,
        report: &str,
        entry: u64,
        why: Option<&str>,
        (by, now, seen): (&str, Moment, Option<u64>),
    ) -> Result<(), LedgerError> {
        self.change(report, Kind::Review, (by, now, seen), |kept| {
            Box::pin(async move {
                let is_taken_back = kept.reviews.iter().any(|(_, r)| r.of == Some(entry));
                let review = kept.reviews.iter().find(|(signed, review)| {
                    signed.entry == entry && review.ruling != Ruling::Retract && !is_taken_back
                });
                let added = kept.own.iter();
                let mut added =
                    added.filter(|(signed, ..)| signed.entry == entry && !is_taken_back);
                let (finding, field, saw) = match (review, added.next()) {
                    (Some((_, review)), _) => (
                        review.finding.clone(),
                        review.field.clone(),
                        review.saw.clone(),
                    ),
                    (None, Some((.., own))) => {
                        let id = own.value["id"].as_str().unwrap_or_default();
                        (id.to_owned(), None, own.value.clone())
                    }
                    (None, None) => {
                        return Err(LedgerError::BadValue {
                            what: "review to take back",
                            value: entry.to_string(),
                            allowed: "the number of a review or addition of this report that \
                                      still stands"
                                .to_owned(),
                        });
                    }
                };
                let head = ReviewHead {
                    finding,
                    field,
                    ruling: Ruling::Retract,
                    value: None,
                    saw,
                    why: why.map(str::to_owned),
                    of: Some(entry),
                };
                Ok(((), written(&head)?))
            })
        })
        .await
    }

    /// Adds a statement by hand; gives its id.
    ///
    /// # Errors
    /// [`LedgerError::NoQuote`], [`LedgerError::BadField`].
    pub async fn add_statement(
        &self,
        report: &str,
        own: &OwnStatement,
        why: Option<&str>,
        by: &str,
        now: Moment,
    ) -> Result<String, LedgerError> {
        self.add_statement_at(report, own, why, (by, now, None))
            .await
    }

    /// As [`Book::add_statement`], with `seen` as [`Book::review_at`].
    ///
    /// # Errors
    /// [`LedgerError::Stale`], and as [`Book::add_statement`].
    pub async fn add_statement_at(
        &self,
        report: &str,
        own: &OwnStatement,
        why: Option<&str>,
        (by, now, seen): (&str, Moment, Option<u64>),
    ) -> Result<String, LedgerError> {
        self.change(report, Kind::Statement, (by, now, seen), |kept| {
            Box::pin(async move {
                let text = self.text(&kept).await?;
                let laid_out = own.laid_out(report, &text, kept.own.len())?;
                let seen = self.seen(&kept).await?;
                own_head(serde_json::to_value(&laid_out)?, &text, seen.as_ref(), why)
            })
        })
        .await
    }

    /// Adds an event by hand; gives its id.
    ///
    /// # Errors
    /// [`LedgerError::NoQuote`], [`LedgerError::BadField`].
    pub async fn add_event(
        &self,
        report: &str,
        own: &OwnEvent,
        why: Option<&str>,
        by: &str,
        now: Moment,
    ) -> Result<String, LedgerError> {
        self.add_event_at(report, own, why, (by, now, None)).await
    }

    /// As [`Book::add_event`], with `seen` as [`Book::review_at`].
    ///
    /// # Errors
    /// [`LedgerError::Stale`], and as [`Book::add_event`].
    pub async fn add_event_at(
        &self,
        report: &str,
        own: &OwnEvent,
        why: Option<&str>,
        (by, now, seen): (&str, Moment, Option<u64>),
    ) -> Result<String, LedgerError> {
        self.change(report, Kind::Event, (by, now, seen), |kept| {
            Box::pin(async move {
                let text = self.text(&kept).await?;
                let laid_out = own.laid_out(report, &text, kept.own.len())?;
                let seen = self.seen(&kept).await?;
                own_head(serde_json::to_value(&laid_out)?, &text, seen.as_ref(), why)
            })
        })
        .await
    }

    /// Records that incidents are one: their `reports` stay together. The reason is sealed; erasing
    /// any of the reports destroys it, since it may repeat what they say.
    ///
    /// # Errors
    /// [`LedgerError::BadValue`] for fewer than two incidents or reports; [`LedgerError::NoReport`].
    pub async fn merge(
        &self,
        incidents: &[String],
        reports: &[String],
        why: Option<&str>,
        by: &str,
        now: Moment,
    ) -> Result<(), LedgerError> {
        self.merge_at(incidents, reports, why, (by, now, None))
            .await
    }

    /// As [`Book::merge`], but only where nobody has merged or split any of these incidents since
    /// `seen`, the number of the last entry of what the caller looked at. Two who decide at once,
    /// on two servers over one database, are told apart by this.
    ///
    /// # Errors
    /// [`LedgerError::Overtaken`], and as [`Book::merge`].
    pub async fn merge_at(
        &self,
        incidents: &[String],
        reports: &[String],
        why: Option<&str>,
        (by, now, seen): (&str, Moment, Option<u64>),
    ) -> Result<(), LedgerError> {
        let mut distinct = incidents.to_vec();
        distinct.sort();
        distinct.dedup();
        if distinct.len() < 2 || reports.len() < 2 {
            return Err(LedgerError::BadValue {
                what: "set of incidents to merge",
                value: incidents.join(" "),
                allowed: "two or more different ids, each of an incident with a report".to_owned(),
            });
        }
        let by = super::by(by)?;
        let ids: Vec<&str> = distinct.iter().map(String::as_str).collect();
        self.decide(
            (Kind::Merge, &ids),
            reports,
            why,
            (now, seen),
            |ids, key, references| {
                written(&MergeClear {
                    by: by.clone(),
                    incidents: ids,
                    reports: references.iter().map(ToString::to_string).collect(),
                    key,
                })
            },
        )
        .await
    }

    /// Records that `reports` are not of an incident but make one of their own, apart from the
    /// other reports of the incident, `from`. The reason is sealed as that of a merge.
    ///
    /// # Errors
    /// [`LedgerError::BadValue`] where nothing is taken out or nothing is left;
    /// [`LedgerError::NoReport`].
    pub async fn split(
        &self,
        incident: &str,
        (reports, from): (&[String], &[String]),
        why: Option<&str>,
        by: &str,
        now: Moment,
    ) -> Result<(), LedgerError> {
        self.split_at(incident, (reports, from), why, (by, now, None))
            .await
    }

    /// As [`Book::split`], with `seen` as [`Book::merge_at`].
    ///
    /// # Errors
    /// [`LedgerError::Overtaken`], and as [`Book::split`].
    pub async fn split_at(
        &self,
        incident: &str,
        (reports, from): (&[String], &[String]),
        why: Option<&str>,
        (by, now, seen): (&str, Moment, Option<u64>),
    ) -> Result<(), LedgerError> {
        if reports.is_empty() || from.is_empty() {
            return Err(LedgerError::BadValue {
                what: "set of reports to split off",
                value: reports.join(" "),
                allowed: "some, but not all, of the reports of the incident".to_owned(),
            });
        }
        let by = super::by(by)?;
        let all = [reports, from].concat();
        let ids = [incident];
        self.decide(
            (Kind::Split, &ids),
            &all,
            why,
            (now, seen),
            |ids, key, references| {
                let mut names = references.iter().map(ToString::to_string);
                written(&SplitClear {
                    by: by.clone(),
                    incident: ids,
                    reports: names.by_ref().take(reports.len()).collect(),
                    from: names.collect(),
                    key,
                })
            },
        )
        .await
    }

    /// Records that an origin (`o:…`) is not reliable, or is after all. The reason is sealed;
    /// erasing any of the `reports` that carry its words destroys it.
    ///
    /// # Errors
    /// [`LedgerError::BadValue`] for what is no id of an origin, or without a report;
    /// [`LedgerError::NoReport`].
    pub async fn judge_origin(
        &self,
        judged: (&str, bool),
        reports: &[String],
        why: Option<&str>,
        by: &str,
        now: Moment,
    ) -> Result<(), LedgerError> {
        self.judge_origin_at(judged, reports, why, (by, now, None))
            .await
    }

    /// As [`Book::judge_origin`], but only where nobody has judged this origin since `seen`, the
    /// number of the last entry of what the caller looked at.
    ///
    /// # Errors
    /// [`LedgerError::Overtaken`], and as [`Book::judge_origin`].
    pub async fn judge_origin_at(
        &self,
        (origin, reliable): (&str, bool),
        reports: &[String],
        why: Option<&str>,
        (by, now, seen): (&str, Moment, Option<u64>),
    ) -> Result<(), LedgerError> {
        if !origin.starts_with("o:") || reports.is_empty() {
            return Err(LedgerError::BadValue {
                what: "origin",
                value: origin.to_owned(),
                allowed: "the id of an origin with a report (o:…)".to_owned(),
            });
        }
        let by = super::by(by)?;
        let ids = [origin];
        self.decide(
            (Kind::Origin, &ids),
            reports,
            why,
            (now, seen),
            |ids, key, _| {
                written(&OriginClear {
                    by: by.clone(),
                    origin: ids,
                    reliable,
                    key,
                })
            },
        )
        .await
    }

    /// Appends a decision about incidents or an origin, their ids sealed under the ledger's own key,
    /// its reason under one that dies with any of the reports. What was decided since entry `since`
    /// is looked at, and in the step that appends once more.
    async fn decide(
        &self,
        (kind, ids): (Kind, &[&str]),
        reports: &[String],
        why: Option<&str>,
        (now, mut since): (Moment, Option<u64>),
        clear: impl Fn(String, Option<String>, &[ReportRef]) -> Result<String, serde_json::Error>,
    ) -> Result<(), LedgerError> {
        for _ in 0..TRIES {
            if let Some(seen) = since {
                since = Some(self.nobody_decided(kind, ids, reports, seen).await?);
            }
            let mut seen = Vec::new();
            for id in reports {
                let reference = self.reference(id).await?;
                let (kept, last) = self.kept(&reference, Bounds::ALL).await?;
                super::readable(id, &reference, kept)?;
                seen.push(Seen {
                    report: reference,
                    last,
                });
            }
            let references: Vec<ReportRef> = seen.iter().map(|s| s.report.clone()).collect();
            let (key, head) = match why {
                Some(why) => {
                    let name = hex(&super::random::<16>()?);
                    let secret = self.new_key(&name, references.clone()).await?;
                    let plain = written(&WhyHead {
                        why: why.to_owned(),
                    })?;
                    let head = sealed(&secret, kind, Part::Head, &name, plain.as_bytes())?;
                    (Some(name), Some(head))
                }
                None => (None, None),
            };
            let own_key = self.own_key().await?.ok_or(LedgerError::NoKeys)?;
            let ids = sealed(
                own_key,
                kind,
                Part::Ids,
                LEDGER_KEY,
                written(&ids)?.as_bytes(),
            )?;
            let draft = Draft {
                kind,
                report: None,
                payload: clear(STANDARD.encode(ids), key, &references)?,
                head,
                body: None,
                derived: Vec::new(),
            };
            let basis = Basis {
                seen,
                undecided_since: since,
            };
            match self.store.append(vec![draft], now, basis).await {
                Err(LedgerError::Moved) => {}
                outcome => return outcome.map(drop),
            }
        }
        Err(LedgerError::Moved)
    }

    /// Gives the last entry, where no decision after entry `since` is on the same as the one that is
    /// to be recorded.
    ///
    /// # Errors
    /// [`LedgerError::Overtaken`]; as [`Book::changes`].
    async fn nobody_decided(
        &self,
        kind: Kind,
        ids: &[&str],
        reports: &[String],
        since: u64,
    ) -> Result<u64, LedgerError> {
        let changes = self.changes(since).await?;
        let mut references = Vec::new();
        for id in reports {
            references.push(self.reference(id).await?);
        }
        let first = changes.decisions.iter().find(|decision| match kind {
            Kind::Origin => ids.iter().any(|id| decision.judges(id)),
            _ => decision.groups(ids, &references),
        });
        match first.map(Decision::signed) {
            Some(signed) => Err(LedgerError::Overtaken {
                entry: signed.entry,
                by: signed.by.clone(),
            }),
            None => Ok(changes.upto),
        }
    }

    /// The sheet in force as an analyst has it before them; `None` where there is none yet.
    async fn seen(&self, report: &KeptReport) -> Result<Option<Value>, LedgerError> {
        match self.sheet(report).await {
            Ok(sheet) => Ok(to_review(&sheet, &report.reviews, &report.own)),
            Err(LedgerError::NoReport { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The text of the version in force.
    pub(super) async fn text(&self, report: &KeptReport) -> Result<String, LedgerError> {
        let version = report.version().map_or(0, |version| version.entry);
        Ok(self.content(report, version).await?.text)
    }

    /// The ids of the readable reports that entries name so.
    ///
    /// # Errors
    /// As [`Book::view`].
    pub async fn ids(
        &self,
        references: &[ReportRef],
        bounds: Bounds,
    ) -> Result<Vec<String>, LedgerError> {
        let mut ids = Vec::new();
        for reference in references {
            if let (Some(Kept::Readable(report)), _) = self.kept(reference, bounds).await? {
                ids.extend(report.about().map(|about| about.id.clone()));
            }
        }
        Ok(ids)
    }
}

/// Whether what a finding refers to is in the sheet.
fn stands(finding: Option<&Value>, sheet: Option<&Value>) -> Result<(), String> {
    let there = sheet.map(references::ids).unwrap_or_default();
    match finding.and_then(|finding| references::dangling(finding, &there)) {
        Some(missing) => Err(format!("there is no `{missing}` in the sheet")),
        None => Ok(()),
    }
}

fn own_head(
    value: Value,
    text: &str,
    seen: Option<&Value>,
    why: Option<&str>,
) -> Result<(String, String), LedgerError> {
    let bad = |what| LedgerError::BadField {
        field: "added finding".to_owned(),
        what,
    };
    is_sound(&value, text).map_err(bad)?;
    stands(Some(&value), seen).map_err(bad)?;
    let id = value["id"].as_str().unwrap_or_default().to_owned();
    let head = OwnHead {
        value,
        why: why.map(str::to_owned),
    };
    Ok((id, written(&head)?))
}
