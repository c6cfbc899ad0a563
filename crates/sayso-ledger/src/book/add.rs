//! Reports come in.

use sayso_api::SheetJson;
use sha2::{Digest as _, Sha256};

use super::{Book, TRIES, readable, sealed};
use crate::entry::{DerivedDraft, Draft, Kind, ReportRef};
use crate::error::LedgerError;
use crate::framed::hex;
use crate::ledger::Seen;
use crate::moment::{Bounds, Moment};
use crate::payload::{About, Content, ContentHead, SheetClear, written};
use crate::seal::{Part, Secret};
use crate::view::{Kept, KeptReport};
use crate::words;

/// Name of the derived rows that words are looked up in.
pub(super) const WORDS: &str = "words";

/// A report that comes in, coded.
#[derive(Clone, Debug)]
pub struct Incoming<'a> {
    /// What is known about it.
    pub about: About,
    /// Its text and the bytes as received.
    pub content: Content,
    /// What was coded from it.
    pub sheet: &'a SheetJson<'a>,
}

/// What became of a report that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Added {
    /// It is new.
    New,
    /// It was there already; nothing was written.
    Known,
    /// It was there with another content; this one is recorded as the outlet's correction.
    Corrected,
    /// It was there, coded by other versions; its new sheet was recorded.
    Recoded,
    /// What is there is a newer version of it, or the whole of which this is a summary; nothing was
    /// written.
    Superseded,
}

/// Whether a report that comes in is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It is not, or would be recorded as a correction.
    Not,
    /// This very report is, or what supersedes it: it need not be coded.
    Kept,
    /// The same, and it was taken back with its import: [`Book::bring_back`].
    TakenBack,
}

impl Book {
    /// Keeps a report and its sheet, in one step.
    ///
    /// The same report again changes nothing. A report of a known id with another content is
    /// recorded as a correction where `corrections` says so: an id such as `1` may as well stand
    /// for two reports in two files, and that must not pass for a correction unseen. Where the id
    /// is the outlet's own ([`About::versioned`]), another content is its newer version, unless it
    /// is an older one or less of the same.
    ///
    /// # Errors
    /// [`LedgerError::OtherContent`]; [`LedgerError::Erased`]: what was erased does not come back.
    pub async fn add(
        &self,
        incoming: &Incoming<'_>,
        corrections: bool,
        now: Moment,
    ) -> Result<Added, LedgerError> {
        let (about, content) = (&incoming.about, &incoming.content);
        let sheet = Some(incoming.sheet);
        self.take(about, content, sheet, corrections, now).await
    }

    /// Keeps a report before it is coded; [`Book::recode`] gives it its sheet. Otherwise as
    /// [`Book::add`].
    ///
    /// # Errors
    /// As [`Book::add`].
    pub async fn receive(
        &self,
        about: &About,
        content: &Content,
        corrections: bool,
        now: Moment,
    ) -> Result<Added, LedgerError> {
        self.take(about, content, None, corrections, now).await
    }

    async fn take(
        &self,
        about: &About,
        content: &Content,
        sheet: Option<&SheetJson<'_>>,
        corrections: bool,
        now: Moment,
    ) -> Result<Added, LedgerError> {
        let own_key = self.own_key_made().await?;
        let reference = own_key.report(&about.id);
        for _ in 0..TRIES {
            let (kept, last) = self.kept(&reference, Bounds::ALL).await?;
            let (kind, added) = match kept {
                None => (Kind::Report, Added::New),
                Some(kept) => {
                    let report = readable(&about.id, &reference, Some(kept))?;
                    let differs = self.difference(&report, about, &content.text).await?;
                    if differs.is_empty() {
                        return Ok(Added::Known);
                    }
                    if is_superseded(&report, about) {
                        return Ok(Added::Superseded);
                    }
                    if !corrections && !about.versioned {
                        return Err(LedgerError::OtherContent {
                            id: about.id.clone(),
                            fields: differs,
                        });
                    }
                    (Kind::Correction, Added::Corrected)
                }
            };
            let secret = self.report_key(&about.id, &reference).await?;
            let named = (kind, &reference, &secret);
            let mut drafts = vec![content_draft(own_key, named, about, content)?];
            if let Some(sheet) = sheet {
                drafts.push(sheet_draft(&reference, &secret, sheet)?);
            }
            let seen = Seen {
                report: reference.clone(),
                last,
            };
            match self.store.append(drafts, now, seen.into()).await {
                Err(LedgerError::Moved) => {}
                outcome => return outcome.map(|_| added),
            }
        }
        Err(LedgerError::Moved)
    }

    /// Whether this very report is there, or what supersedes it.
    ///
    /// # Errors
    /// [`LedgerError::Erased`], and [`LedgerError::OtherContent`] unless `corrections` is set.
    pub async fn has(
        &self,
        about: &About,
        text: &str,
        corrections: bool,
    ) -> Result<Known, LedgerError> {
        let Some(own_key) = self.own_key().await? else {
            return Ok(Known::Not);
        };
        let reference = own_key.report(&about.id);
        let (Some(kept), _) = self.kept(&reference, Bounds::ALL).await? else {
            return Ok(Known::Not);
        };
        let report = readable(&about.id, &reference, Some(kept))?;
        let differs = self.difference(&report, about, text).await?;
        if differs.is_empty() || is_superseded(&report, about) {
            return Ok(if report.is_undone() {
                Known::TakenBack
            } else {
                Known::Kept
            });
        }
        if corrections || about.versioned {
            return Ok(Known::Not);
        }
        Err(LedgerError::OtherContent {
            id: about.id.clone(),
            fields: differs,
        })
    }

    /// Keeps a newer coding of the version in force; nothing where the same versions made it.
    ///
    /// # Errors
    /// [`LedgerError::NoReport`], [`LedgerError::Erased`]; [`LedgerError::OtherContent`] where the
    /// sheet is of another text.
    pub async fn recode(&self, sheet: &SheetJson<'_>, now: Moment) -> Result<Added, LedgerError> {
        let id = sheet.report.id.as_ref();
        let reference = self.reference(id).await?;
        for _ in 0..TRIES {
            let (kept, last) = self.kept(&reference, Bounds::ALL).await?;
            let report = readable(id, &reference, kept)?;
            let made_by = sheet.made_by.as_ref();
            if report.sheet().is_some_and(|kept| kept.made_by == *made_by) {
                return Ok(Added::Known);
            }
            let version = report.version().map_or(0, |version| version.entry);
            if self.content(&report, version).await?.text != sheet.report.text {
                return Err(LedgerError::OtherContent {
                    id: id.to_owned(),
                    fields: vec!["text"],
                });
            }
            let secret = self.report_key(id, &reference).await?;
            let drafts = vec![sheet_draft(&reference, &secret, sheet)?];
            let seen = Seen {
                report: reference.clone(),
                last,
            };
            match self.store.append(drafts, now, seen.into()).await {
                Err(LedgerError::Moved) => {}
                outcome => return outcome.map(|_| Added::Recoded),
            }
        }
        Err(LedgerError::Moved)
    }

    /// Where a report differs from what is kept of it; empty where one of the kept versions is the
    /// same, so that files that are read again tell nothing new. What the outlet put out after the
    /// version in force is held against that one alone: it may have gone back to an earlier text.
    async fn difference(
        &self,
        report: &KeptReport,
        about: &About,
        text: &str,
    ) -> Result<Vec<&'static str>, LedgerError> {
        let mut fields = Vec::new();
        // One entry stands in several feeds of an outlet, each with a title and links of its own.
        let same_place = about.versioned;
        let is_later = report
            .about()
            .is_some_and(|kept| updated(about) > updated(kept));
        let all = report.versions.as_slice();
        let held = match all.split_last() {
            Some((last, _)) if is_later => std::slice::from_ref(last),
            _ => all,
        };
        for version in held {
            let kept = &version.about;
            let content = self.content(report, version.entry).await?;
            fields = [
                ("text", content.text != text),
                ("title", kept.title != about.title),
                ("outlet", !same_place && kept.outlet != about.outlet),
                ("url", !same_place && kept.url != about.url),
                ("published", kept.published != about.published),
            ]
            .into_iter()
            .filter_map(|(field, differs)| differs.then_some(field))
            .collect();
            if fields.is_empty() {
                break;
            }
        }
        Ok(fields)
    }
}

/// Whether a version that comes in is older than the one in force, or only a summary of it.
fn is_superseded(kept: &KeptReport, about: &About) -> bool {
    let Some(current) = kept.about().filter(|_| about.versioned) else {
        return false;
    };
    (about.summary && !current.summary) || updated(about) < updated(current)
}

/// When the outlet last changed it, where it says so.
fn updated(about: &About) -> Option<Moment> {
    about.updated.as_deref().and_then(Moment::latest)
}

fn content_draft(
    own_key: &Secret,
    (kind, reference, secret): (Kind, &ReportRef, &Secret),
    about: &About,
    content: &Content,
) -> Result<Draft, LedgerError> {
    let name = reference.as_str();
    let head = written(&ContentHead {
        about: about.clone(),
        sha256: hex(&Sha256::digest(&content.bytes)),
    })?;
    let body = content.written();
    Ok(Draft {
        kind,
        report: Some(reference.clone()),
        payload: "{}".to_owned(),
        head: Some(sealed(secret, kind, Part::Head, name, head.as_bytes())?),
        body: Some(sealed(secret, kind, Part::Body, name, &body)?),
        derived: vec![DerivedDraft {
            kind: WORDS,
            bytes: words_of(own_key, about, &content.text),
        }],
    })
}

/// The row of the index of words.
pub(super) fn words_of(own_key: &Secret, about: &About, text: &str) -> Vec<u8> {
    let title = about.title.as_deref().unwrap_or_default();
    words::index(own_key, [title, text])
}

fn sheet_draft(
    reference: &ReportRef,
    secret: &Secret,
    sheet: &SheetJson<'_>,
) -> Result<Draft, LedgerError> {
    let body = serde_json::to_vec(sheet)?;
    let clear = SheetClear {
        made_by: sheet.made_by.as_ref().clone(),
    };
    let name = reference.as_str();
    Ok(Draft {
        kind: Kind::Sheet,
        report: Some(reference.clone()),
        payload: written(&clear)?,
        head: None,
        body: Some(sealed(secret, Kind::Sheet, Part::Body, name, &body)?),
        derived: Vec::new(),
    })
}

/// Whether a report in a view has a tombstone.
pub(super) fn is_erased(kept: Option<&Kept>) -> bool {
    matches!(kept, Some(Kept::Erased(..)))
}
