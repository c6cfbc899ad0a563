//! A report as the desk shows it: its sheet with every decision, and how each of them stands.

use std::collections::BTreeSet;

use sayso_api::SheetJson;
use sayso_ledger::{About, Book, KeptReport, LedgerError, Mark, OwnMark, Reviewed, Ruling};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::archive::{Snapshot, last};

/// A report with its sheet and what analysts decided.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ReportView {
    /// What is known about it.
    pub(crate) report: ReportBrief,
    /// Its text; spans of the sheet index its code points.
    pub(crate) text: String,
    /// The sheet in force with the analysts' decisions in it; `null` while the report waits.
    pub(crate) sheet: Option<SheetJson<'static>>,
    /// What analysts decided, oldest first.
    pub(crate) reviews: Vec<ReviewJson>,
    /// What analysts added, oldest first.
    pub(crate) additions: Vec<AdditionJson>,
    /// Set where it was taken back.
    pub(crate) withdrawn: Option<WithdrawnJson>,
    /// Its texts as the outlet published them, the first one first.
    pub(crate) versions: Vec<VersionJson>,
    /// Its codings, the first one first.
    pub(crate) sheets: Vec<CodingJson>,
    /// Ids of the incidents that it is about.
    pub(crate) incidents: Vec<String>,
    /// What `If-Match` of a review has to name.
    pub(crate) etag: String,
    /// The moment that the view is of, where one was asked for.
    pub(crate) as_of: Option<String>,
    /// What had been published by this moment, where one was asked for.
    pub(crate) published_by: Option<String>,
}

/// A report as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ReportBrief {
    /// Its id.
    pub(crate) id: String,
    /// Headline.
    pub(crate) title: Option<String>,
    /// Who published it.
    pub(crate) outlet: Option<String>,
    /// Where.
    pub(crate) url: Option<String>,
    /// When, as it was given.
    pub(crate) published: Option<String>,
    /// ISO 639-1.
    pub(crate) language: Option<String>,
    /// When the ledger first had it.
    pub(crate) received: String,
    /// When the ledger last recorded anything about it.
    pub(crate) updated: String,
    /// Whether it has a sheet.
    pub(crate) state: ReportState,
    /// How many decisions and additions analysts made.
    pub(crate) reviews: usize,
    /// Whether the outlet published it anew.
    pub(crate) corrected: bool,
    /// Whether it was taken back.
    pub(crate) withdrawn: bool,
}

/// Whether a report has a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReportState {
    /// It is kept, and waits to be coded.
    Waiting,
    /// It has a sheet.
    Coded,
    /// It is kept, and could not be coded: the server's log says why. It is tried again when it is sent
    /// again.
    Failed,
}

/// What an analyst decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ReviewJson {
    /// Number of its entry: by it the decision is taken back.
    pub(crate) number: u64,
    /// `s:…` or `e:…`.
    pub(crate) finding: String,
    /// Path of the field; `null` for the finding as a whole.
    pub(crate) field: Option<String>,
    /// `accept`, `correct`, `reject` or `retract`.
    pub(crate) ruling: String,
    /// What the analyst saw: of a field its value, else the finding.
    pub(crate) was: Value,
    /// The right value, where it was corrected.
    pub(crate) now: Option<Value>,
    /// Who decided.
    pub(crate) by: String,
    /// When it was recorded.
    pub(crate) at: String,
    /// The reason.
    pub(crate) why: Option<String>,
    /// `holds`, `changed`, `orphaned`, `superseded` or `retracted`.
    pub(crate) standing: String,
    /// Of a decision that takes another back: the number of that one's entry.
    pub(crate) of: Option<u64>,
}

/// What an analyst added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct AdditionJson {
    /// Number of its entry.
    pub(crate) number: u64,
    /// Id of the statement or event.
    pub(crate) finding: String,
    /// Who added it.
    pub(crate) by: String,
    /// When it was recorded.
    pub(crate) at: String,
    /// The reason.
    pub(crate) why: Option<String>,
    /// `holds`, or `orphaned` where the outlet changed the words it rests on.
    pub(crate) standing: String,
}

/// That a report was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct WithdrawnJson {
    /// Who recorded it.
    pub(crate) by: String,
    /// When it was recorded.
    pub(crate) at: String,
    /// What the outlet said, or why the import was taken back.
    pub(crate) why: String,
    /// When the outlet said so, where known.
    pub(crate) published: Option<String>,
}

/// A text of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct VersionJson {
    /// Number of its entry.
    pub(crate) number: u64,
    /// When it was recorded.
    pub(crate) at: String,
    /// Whether it is a correction.
    pub(crate) correction: bool,
    /// Headline.
    pub(crate) title: Option<String>,
    /// When it was published, as it was given.
    pub(crate) published: Option<String>,
    /// When the outlet changed it, as it was given.
    pub(crate) updated: Option<String>,
    /// SHA-256 of the bytes as received.
    pub(crate) sha256: String,
}

/// A coding of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct CodingJson {
    /// Number of its entry.
    pub(crate) number: u64,
    /// When it was recorded.
    pub(crate) at: String,
    /// The versions that made it.
    pub(crate) made_by: sayso_api::MadeBy,
}

impl ReportBrief {
    pub(crate) fn of(report: &KeptReport, about: &About) -> Self {
        let first = report.versions.first();
        Self {
            id: about.id.clone(),
            title: about.title.clone(),
            outlet: about.outlet.clone(),
            url: about.url.clone(),
            published: about.published.clone(),
            language: about.language.clone(),
            received: first.map_or_else(String::new, |first| first.recorded.to_string()),
            updated: last(report),
            state: match report.sheet() {
                Some(_) => ReportState::Coded,
                None => ReportState::Waiting,
            },
            reviews: report.reviews.len() + report.own.len(),
            corrected: report.versions.len() > 1,
            withdrawn: report.withdrawal.is_some(),
        }
    }
}

impl ReportBrief {
    /// The same, told that it could not be coded where it is among those.
    pub(crate) fn or_failed(mut self, failed: &BTreeSet<String>) -> Self {
        if self.state == ReportState::Waiting && failed.contains(&self.id) {
            self.state = ReportState::Failed;
        }
        self
    }
}

impl ReportView {
    /// A report as the ledger has it in some bounds; `snapshot` says what it is about.
    pub(crate) async fn of(
        book: &Book,
        snapshot: &Snapshot,
        report: &KeptReport,
    ) -> Result<Self, LedgerError> {
        let missing = || LedgerError::NoReport { id: String::new() };
        let version = report.version().ok_or_else(missing)?;
        let reviewed = match book.reviewed(report).await {
            Ok(reviewed) => Some(reviewed),
            Err(LedgerError::NoReport { .. }) => None,
            Err(error) => return Err(error),
        };
        let text = match &reviewed {
            Some(reviewed) => reviewed.sheet.report.text.to_string(),
            None => book.content(report, version.entry).await?.text,
        };
        let (marks, own) = reviewed.as_ref().map_or((&[][..], &[][..]), |reviewed| {
            (&reviewed.marks[..], &reviewed.own[..])
        });
        let about = &version.about;
        let incidents = snapshot
            .incident_of(&about.id)
            .map(|number| snapshot.id(number));
        Ok(Self {
            report: ReportBrief::of(report, about),
            text,
            reviews: marks.iter().map(ReviewJson::of).collect(),
            additions: own.iter().map(AdditionJson::of).collect(),
            withdrawn: report
                .withdrawal
                .as_ref()
                .map(|(signed, head)| WithdrawnJson {
                    by: signed.by.clone(),
                    at: signed.recorded.to_string(),
                    why: head.why.clone(),
                    published: head.published.clone(),
                }),
            versions: versions(report),
            sheets: codings(report),
            incidents: incidents.into_iter().collect(),
            etag: etag(report),
            as_of: snapshot.bounds.as_of.map(|moment| moment.to_string()),
            published_by: snapshot
                .bounds
                .published_by
                .map(|moment| moment.to_string()),
            sheet: reviewed.map(|Reviewed { sheet, .. }| sheet),
        })
    }
}

/// Names the state of a report: the number of its last entry.
pub(crate) fn etag(report: &KeptReport) -> String {
    report.last.to_string()
}

fn versions(report: &KeptReport) -> Vec<VersionJson> {
    let versions = report.versions.iter();
    versions
        .map(|version| VersionJson {
            number: version.entry,
            at: version.recorded.to_string(),
            correction: version.correction,
            title: version.about.title.clone(),
            published: version.about.published.clone(),
            updated: version.about.updated.clone(),
            sha256: version.sha256.clone(),
        })
        .collect()
}

fn codings(report: &KeptReport) -> Vec<CodingJson> {
    let sheets = report.sheets.iter();
    sheets
        .map(|sheet| CodingJson {
            number: sheet.entry,
            at: sheet.recorded.to_string(),
            made_by: sheet.made_by.clone(),
        })
        .collect()
}

impl ReviewJson {
    fn of(mark: &Mark) -> Self {
        let review = &mark.review;
        let was = match &review.field {
            Some(field) => {
                let pointer = format!("/{}", field.replace('.', "/"));
                review.saw.pointer(&pointer).cloned().unwrap_or_default()
            }
            None => review.saw.clone(),
        };
        let now = match review.ruling {
            Ruling::Correct => review.value.clone(),
            Ruling::Accept | Ruling::Reject | Ruling::Retract => None,
        };
        Self {
            number: mark.entry,
            finding: review.finding.clone(),
            field: review.field.clone(),
            ruling: review.ruling.as_str().to_owned(),
            was,
            now,
            by: mark.by.clone(),
            at: mark.recorded.to_string(),
            why: review.why.clone(),
            standing: mark.standing.as_str().to_owned(),
            of: review.of,
        }
    }
}

impl AdditionJson {
    fn of(own: &OwnMark) -> Self {
        Self {
            number: own.entry,
            finding: own.finding.clone(),
            by: own.by.clone(),
            at: own.recorded.to_string(),
            why: own.why.clone(),
            standing: own.standing.as_str().to_owned(),
        }
    }
}
