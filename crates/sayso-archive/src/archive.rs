//! The first look at every report, and the second at those of one incident.
//!
//! The reports are read twice, and only those of one incident are in memory at once: first all of
//! them, on every core, a few kilobytes kept of each; then those of the incidents that are asked for.

use std::collections::BTreeMap;
use std::fmt;

use sayso_api::{IncidentJson, SheetJson};
use sayso_coder::batch;
use sayso_ledger::{Book, Bounds, Kept, KeptReport, LedgerError, ReportRef, View};
use sayso_link::{Decisions, Intake, LinkKnowledge, Linked, Linking};
use tokio::runtime::Handle;

use crate::decided::{OriginMark, decision_json, decisions, decisions_touching, marks};

/// The sheets of one incident, by the numbers of its reports.
pub type Sheets = BTreeMap<u32, SheetJson<'static>>;

/// Reports that are asked for at once: enough for the way to the store to cost little, few enough
/// for their sheets to cost little memory.
const AT_ONCE: usize = 8;

/// What could not be read.
#[derive(Debug)]
pub enum LeftOut {
    /// A report, by its id.
    Report(String, LedgerError),
    /// A report that does not open, as entries name it.
    Locked(ReportRef),
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(id, error) => write!(f, "{id}: {error}"),
            Self::Locked(report) => {
                let report = report.to_string();
                write!(f, "{}", LedgerError::Locked { report })
            }
        }
    }
}

/// What a ledger tells of within some bounds.
pub struct Archive<'k> {
    view: View,
    linked: Linked<'k>,
    /// For each report of `linked` how entries name it.
    kept: Vec<ReportRef>,
    decisions: Decisions,
    left_out: Vec<LeftOut>,
}

impl<'k> Archive<'k> {
    /// Reads and links every report within `bounds`, on every core; `step` is told after each how
    /// many there are. Needs a runtime of Tokio with threads.
    ///
    /// # Errors
    /// Where the ledger cannot be read; what cannot be read of one report is left out.
    pub async fn open(
        book: &Book,
        bounds: Bounds,
        knowledge: &'k LinkKnowledge,
        mut step: impl FnMut(usize),
    ) -> Result<Self, LedgerError> {
        let step = |total| {
            step(total);
            Ok(())
        };
        Self::open_until(book, bounds, knowledge, step).await
    }

    /// As [`Self::open`]; an error of `step` ends it, so that whoever waits may stop it.
    ///
    /// # Errors
    /// As [`Self::open`], and what `step` answers.
    pub async fn open_until<E: From<LedgerError>>(
        book: &Book,
        bounds: Bounds,
        knowledge: &'k LinkKnowledge,
        mut step: impl FnMut(usize) -> Result<(), E>,
    ) -> Result<Self, E> {
        let view = book.view(bounds).await?;
        let mut reports: Vec<&KeptReport> = view.readable();
        reports.sort_by(|a, b| day(a).cmp(day(b)));
        let total = reports.len();
        let mut linking = Linking::by_publication(knowledge);
        let mut kept = Vec::with_capacity(reports.len());
        let mut left_out: Vec<LeftOut> = Vec::new();
        let runtime = Handle::current();
        batch::in_order(
            reports.chunks(AT_ONCE),
            batch::jobs(None),
            |reports| (reports, runtime.block_on(book.reviewed_all(reports))),
            |(reports, read)| {
                for (report, reviewed) in reports.iter().zip(read?) {
                    step(total)?;
                    let sheet = match reviewed {
                        Ok(reviewed) => reviewed.sheet,
                        // A version may be in view before it was coded.
                        Err(LedgerError::NoReport { .. }) => continue,
                        Err(error) if error.is_of_one_report() => {
                            let id = report.about().map_or("", |about| about.id.as_str());
                            left_out.push(LeftOut::Report(id.to_owned(), error));
                            continue;
                        }
                        Err(error) => return Err(error.into()),
                    };
                    let intake = Intake {
                        arrival: report.versions.first().map(|first| first.entry),
                        withdrawn: report.withdrawal.is_some(),
                    };
                    if linking.insert(&sheet, intake) {
                        kept.push(report.reference.clone());
                    }
                }
                Ok::<(), E>(())
            },
        )?;
        let locked = view.reports.iter();
        let locked = locked.filter(|(_, kept)| **kept == Kept::Locked);
        left_out.extend(locked.map(|(report, _)| LeftOut::Locked(report.clone())));
        let decisions = decisions(&view.decisions, |report| id(&view, report));
        Ok(Self {
            linked: linking.finish(decisions.clone()),
            view,
            kept,
            decisions,
            left_out,
        })
    }

    /// What could not be read.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The incidents.
    pub fn linked(&self) -> &Linked<'k> {
        &self.linked
    }

    /// The report of this number.
    pub fn report(&self, number: u32) -> Option<&KeptReport> {
        match self.view.reports.get(self.kept.get(number as usize)?)? {
            Kept::Readable(report) => Some(report),
            Kept::Erased(..) | Kept::Locked => None,
        }
    }

    /// Ids of the reports that are about an incident.
    pub fn main_ids(&self, number: usize) -> Vec<String> {
        let reports = self.linked.main_reports(number);
        reports
            .map(|report| self.linked.report(report).to_owned())
            .collect()
    }

    /// The sheets of the reports of an incident.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub async fn sheets(&self, book: &Book, number: usize) -> Result<Sheets, LedgerError> {
        let mut sheets = Sheets::new();
        for report in self.linked.reports(number) {
            if let Some(kept) = self.report(report) {
                sheets.insert(report, book.reviewed(kept).await?.sheet);
            }
        }
        Ok(sheets)
    }

    /// An incident in full, with the decisions that made it.
    pub fn incident(&self, number: usize, sheets: &Sheets) -> IncidentJson {
        let mut incident = self.linked.incident(number, |report| sheets.get(&report));
        let reports = self.linked.main_reports(number);
        let here: Vec<&ReportRef> = reports
            .filter_map(|report| self.kept.get(report as usize))
            .collect();
        incident.decisions = decisions_touching(&self.view.decisions, here)
            .filter_map(|decision| decision_json(decision, |report| id(&self.view, report)))
            .collect();
        incident
    }

    /// What analysts said of how reliable the origins of an incident are, oldest first; each by the id
    /// that the origin has in `incident`, incident number `number` made of `sheets`.
    pub fn marks(
        &self,
        number: usize,
        sheets: &Sheets,
        incident: &IncidentJson,
    ) -> Vec<OriginMark> {
        let sheet = |report: u32| sheets.get(&report);
        let parts = self.linked.origin_parts(number, sheet);
        marks(&self.view.decisions, |marked| {
            let origins = incident.origins.iter().map(|origin| &origin.id);
            let mut here = origins.filter(|id| {
                *id == marked || parts.get(*id).is_some_and(|parts| parts.contains(marked))
            });
            here.next().cloned()
        })
    }

    /// Takes one more decision, as it was just recorded.
    pub fn decide(&mut self, decision: &sayso_link::Decision) {
        self.decisions.take(decision);
        self.linked.decide(self.decisions.clone());
    }
}

/// The id of a report that is in view.
fn id(view: &View, report: &ReportRef) -> Option<String> {
    match view.reports.get(report)? {
        Kept::Readable(report) => report.about().map(|about| about.id.clone()),
        Kept::Erased(..) | Kept::Locked => None,
    }
}

/// The day of publication; reports without one come first.
fn day(report: &KeptReport) -> &str {
    let published = report.about().and_then(|about| about.published.as_deref());
    published.and_then(|p| p.get(..10)).unwrap_or_default()
}
