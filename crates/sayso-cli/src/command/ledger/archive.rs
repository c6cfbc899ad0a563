//! The incidents of a ledger: its reports as analysts left them, linked within some bounds.
//!
//! The reports are read twice, and only those of one incident are in memory at once: first all of
//! them, on every core, a few kilobytes kept of each; then those of the incidents that are asked for.

use std::collections::BTreeMap;

use sayso_api::{IncidentDecisionJson, IncidentJson, SheetJson};
use sayso_ledger::{Book, Bounds, Decision, Kept, KeptReport, LedgerError, ReportRef, View};
use sayso_link::{Decisions, Intake, LinkKnowledge, Linked, Linking};
use tokio::runtime::Handle;

use super::super::Failure;
use super::add::is_of_this_report;
use crate::batch;
use crate::show::progress::Progress;
use crate::show::style::{ERROR, paint, safe};

/// The sheets of one incident, by the numbers of its reports.
pub(super) type Sheets = BTreeMap<u32, SheetJson<'static>>;

/// Reports that are asked for at once: enough for the way to the store to cost little, few enough
/// for their sheets to cost little memory.
const AT_ONCE: usize = 8;

/// What a ledger tells of within some bounds.
pub(super) struct Archive<'k> {
    view: View,
    linked: Linked<'k>,
    /// For each report of `linked` how entries name it.
    kept: Vec<ReportRef>,
    decisions: Decisions,
    left_out: usize,
}

impl<'k> Archive<'k> {
    /// Reads and links every report within `bounds`.
    pub(super) async fn open(
        book: &Book,
        bounds: Bounds,
        knowledge: &'k LinkKnowledge,
    ) -> Result<Self, Failure> {
        let view = book.view(bounds).await?;
        let mut reports: Vec<&KeptReport> = view.readable();
        reports.sort_by(|a, b| day(a).cmp(day(b)));
        let mut progress = Progress::over(reports.len());
        let mut linking = Linking::by_publication(knowledge);
        let mut kept = Vec::with_capacity(reports.len());
        let mut left_out: Vec<String> = Vec::new();
        let runtime = Handle::current();
        batch::in_order(
            reports.chunks(AT_ONCE),
            batch::jobs(None),
            |reports| (reports, runtime.block_on(book.reviewed_all(reports))),
            |(reports, read)| {
                for (report, reviewed) in reports.iter().zip(read?) {
                    progress.step();
                    let sheet = match reviewed {
                        Ok(reviewed) => reviewed.sheet,
                        // A version may be in view before it was coded.
                        Err(LedgerError::NoReport { .. }) => continue,
                        Err(error) if is_of_this_report(&error) => {
                            let id = report.about().map_or("", |about| about.id.as_str());
                            left_out.push(format!("{}: {}", safe(id), safe(&error.to_string())));
                            continue;
                        }
                        Err(error) => return Err(error),
                    };
                    let intake = Intake {
                        arrival: report.versions.first().map(|first| first.entry),
                        withdrawn: report.withdrawal.is_some(),
                    };
                    if linking.insert(&sheet, intake) {
                        kept.push(report.reference.clone());
                    }
                }
                Ok(())
            },
        )?;
        progress.finish(0);
        let locked = view.reports.values().filter(|kept| **kept == Kept::Locked);
        match locked.count() {
            0 => {}
            locked => left_out.push(format!("{locked} reports whose keys are missing")),
        }
        for what in &left_out {
            anstream::eprintln!("{}: {what}", paint(ERROR, "left out"));
        }
        let decisions = decisions(&view);
        Ok(Self {
            linked: linking.finish(decisions.clone()),
            view,
            kept,
            decisions,
            left_out: left_out.len(),
        })
    }

    /// How much could not be read; it has been listed.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// The incidents.
    pub(super) fn linked(&self) -> &Linked<'k> {
        &self.linked
    }

    /// The number of the incident that has, or once had, this id.
    pub(super) fn find(&self, id: &str) -> Result<usize, Failure> {
        self.linked.find(id).ok_or_else(|| Failure::Word {
            what: "incident in this view of the ledger",
            word: id.to_owned(),
            allowed: "an id that `sayso incidents` shows (i:…)".to_owned(),
        })
    }

    /// The report of this number.
    pub(super) fn report(&self, number: u32) -> Option<&KeptReport> {
        match self.view.reports.get(self.kept.get(number as usize)?)? {
            Kept::Readable(report) => Some(report),
            Kept::Erased(..) | Kept::Locked => None,
        }
    }

    /// Ids of the reports that are about an incident.
    pub(super) fn main_ids(&self, number: usize) -> Vec<String> {
        let reports = self.linked.main_reports(number);
        reports
            .map(|report| self.linked.report(report).to_owned())
            .collect()
    }

    /// The sheets of the reports of an incident.
    pub(super) async fn sheets(&self, book: &Book, number: usize) -> Result<Sheets, Failure> {
        let mut sheets = Sheets::new();
        for report in self.linked.reports(number) {
            if let Some(kept) = self.report(report) {
                sheets.insert(report, book.reviewed(kept).await?.sheet);
            }
        }
        Ok(sheets)
    }

    /// An incident in full, with the decisions that made it.
    pub(super) fn incident(&self, number: usize, sheets: &Sheets) -> IncidentJson {
        let mut incident = self.linked.incident(number, |report| sheets.get(&report));
        incident.decisions = self.decisions_on(number);
        incident
    }

    /// Takes one more decision, as it was just recorded.
    pub(super) fn decide(&mut self, decision: &sayso_link::Decision) {
        self.decisions.take(decision);
        self.linked.decide(self.decisions.clone());
    }

    /// The merges and splits that a report of an incident was part of.
    fn decisions_on(&self, number: usize) -> Vec<IncidentDecisionJson> {
        let here: Vec<&ReportRef> = self
            .linked
            .main_reports(number)
            .filter_map(|report| self.kept.get(report as usize))
            .collect();
        let touches = |reports: &[ReportRef]| reports.iter().any(|report| here.contains(&report));
        let decisions = self.view.decisions.iter();
        decisions
            .filter_map(|decision| match decision {
                Decision::Merge {
                    signed,
                    incidents,
                    reports,
                    why,
                } if touches(reports) => Some(IncidentDecisionJson {
                    kind: "merge".to_owned(),
                    recorded: signed.recorded.to_string(),
                    by: signed.by.clone(),
                    why: why.clone(),
                    incidents: incidents.clone(),
                    reports: Vec::new(),
                }),
                Decision::Split {
                    signed,
                    incident,
                    reports,
                    from,
                    why,
                } if touches(reports) || touches(from) => Some(IncidentDecisionJson {
                    kind: "split".to_owned(),
                    recorded: signed.recorded.to_string(),
                    by: signed.by.clone(),
                    why: why.clone(),
                    incidents: vec![incident.clone()],
                    reports: ids(&self.view, reports),
                }),
                Decision::Merge { .. } | Decision::Split { .. } | Decision::Origin { .. } => None,
            })
            .collect()
    }
}

/// The day of publication; reports without one come first.
fn day(report: &KeptReport) -> &str {
    let published = report.about().and_then(|about| about.published.as_deref());
    published.and_then(|p| p.get(..10)).unwrap_or_default()
}

/// What analysts decided, by ids of reports.
fn decisions(view: &View) -> Decisions {
    let mut decisions = Decisions::default();
    for decision in &view.decisions {
        match decision {
            Decision::Merge { reports, .. } => decisions.take(&sayso_link::Decision::Merge {
                reports: ids(view, reports),
            }),
            Decision::Split { reports, from, .. } => {
                decisions.take(&sayso_link::Decision::Split {
                    reports: ids(view, reports),
                    from: ids(view, from),
                });
            }
            Decision::Origin {
                origin, reliable, ..
            } if *reliable => decisions.trust(origin),
            Decision::Origin { origin, .. } => decisions.distrust(origin),
        }
    }
    decisions
}

/// Ids of the reports that are in view; the others are passed over.
fn ids(view: &View, references: &[ReportRef]) -> Vec<String> {
    references
        .iter()
        .filter_map(|reference| match view.reports.get(reference)? {
            Kept::Readable(report) => report.about().map(|about| about.id.clone()),
            Kept::Erased(..) | Kept::Locked => None,
        })
        .collect()
}
