//! What a ledger tells of within some bounds, at one moment: whoever reads it waits for nobody.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use sayso_api::{IncidentDecisionJson, IncidentJson, SheetJson, StepJson};
use sayso_ledger::{Book, Bounds, Decision, KeptReport, LedgerError, Moment, ReportRef};
use sayso_link::{Decisions, LinkKnowledge, Linked, Linking};

use super::brief::Brief;
use super::follow::Tell;
use super::queue::{Doubts, QueueItem, queue};
use super::sheets::{Sheet, Sheets};

/// The reports of a view by how entries name them.
pub(crate) type Reports = BTreeMap<ReportRef, Arc<KeptReport>>;

/// What a ledger tells of.
pub(crate) struct Snapshot {
    /// Number of the last entry that is in it.
    pub(crate) head: u64,
    /// When it, or an entry before it, was recorded.
    pub(crate) recorded: Option<Moment>,
    /// What it may know.
    pub(crate) bounds: Bounds,
    /// Every report, coded or not.
    pub(crate) reports: Arc<Reports>,
    /// The decisions on incidents and origins, oldest first.
    pub(crate) decisions: Arc<Vec<Decision>>,
    /// The incidents as a list shows them, those whose reports were all withdrawn left out.
    pub(crate) briefs: Vec<Arc<Brief>>,
    linked: Linked<'static>,
    /// For each report of `linked` how entries name it.
    numbers: Arc<Vec<ReportRef>>,
    by_id: BTreeMap<String, usize>,
    /// What briefs were made of, to be used again.
    made: BTreeMap<String, (u64, Arc<Brief>)>,
    doubts: Arc<Doubts>,
    /// Laid out when it is first asked for.
    queue: OnceLock<Vec<QueueItem>>,
}

/// An incident with its sheets.
pub(crate) struct Opened {
    pub(crate) incident: IncidentJson,
    pub(crate) history: Vec<StepJson>,
    pub(crate) updated: String,
    /// Stands for this very state.
    pub(crate) version: String,
}

impl Snapshot {
    /// Of a ledger of which nothing has been read yet.
    pub(crate) fn empty(knowledge: &'static LinkKnowledge) -> Self {
        Self {
            head: 0,
            recorded: None,
            bounds: Bounds::ALL,
            reports: Arc::default(),
            decisions: Arc::default(),
            briefs: Vec::new(),
            linked: Linking::new(knowledge).finish(Decisions::default()),
            numbers: Arc::default(),
            by_id: BTreeMap::new(),
            made: BTreeMap::new(),
            doubts: Arc::default(),
            queue: OnceLock::new(),
        }
    }

    /// Lays out what is linked; briefs of `before` that still hold are used again.
    pub(crate) async fn of(
        (book, sheets): (&Book, &Sheets),
        (linked, numbers, doubts): (Linked<'static>, Arc<Vec<ReportRef>>, Arc<Doubts>),
        (reports, decisions): (Arc<Reports>, Arc<Vec<Decision>>),
        (head, recorded, bounds): (u64, Option<Moment>, Bounds),
        before: Option<&Self>,
        tell: Tell<'_>,
    ) -> Result<Self, LedgerError> {
        let mut snapshot = Self {
            head,
            recorded,
            bounds,
            reports,
            decisions,
            briefs: Vec::new(),
            linked,
            numbers,
            by_id: BTreeMap::new(),
            made: BTreeMap::new(),
            doubts,
            queue: OnceLock::new(),
        };
        for number in 0..snapshot.linked.len() {
            let id = snapshot.linked.id(number);
            snapshot.by_id.insert(id.clone(), number);
            if snapshot.linked.is_withdrawn(number) {
                continue;
            }
            let mark = snapshot.mark(number);
            let known = before.and_then(|before| before.made.get(&id));
            let brief = match known {
                Some((same, brief)) if *same == mark => Arc::clone(brief),
                _ => {
                    let sheets = snapshot.sheets(book, sheets, number).await?;
                    let incident = snapshot.incident(number, &sheets);
                    let updated = snapshot.updated(number);
                    Arc::new(Brief::of(&incident, updated, tag(mark)))
                }
            };
            snapshot.made.insert(id, (mark, Arc::clone(&brief)));
            snapshot.briefs.push(brief);
            tell(number + 1, snapshot.linked.len());
        }
        Ok(snapshot)
    }

    /// The number of the incident that has, or once had, this id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied().or_else(|| self.linked.find(id))
    }

    /// Whether its outlets have taken back every report of an incident: no list has it then.
    pub(crate) fn is_withdrawn(&self, number: usize) -> bool {
        self.linked.is_withdrawn(number)
    }

    /// Stands for this very state of an incident.
    pub(crate) fn version(&self, number: usize) -> String {
        tag(self.mark(number))
    }

    /// The number of the incident that the report with this id is about.
    pub(crate) fn incident_of(&self, report: &str) -> Option<usize> {
        self.linked.incident_of(report)
    }

    /// The findings to review, the most pressing first.
    pub(crate) fn queue(&self) -> &[QueueItem] {
        self.queue.get_or_init(|| {
            let hangs = self.briefs.iter().flat_map(|brief| &brief.hangs);
            let hangs = hangs
                .map(|((report, finding), hangs)| ((report.as_str(), finding.as_str()), hangs))
                .collect();
            let incidents: BTreeMap<&str, String> = (0..self.linked.len())
                .flat_map(|number| {
                    let id = self.linked.id(number);
                    let reports = self.linked.main_reports(number);
                    reports.map(move |report| (self.linked.report(report), id.clone()))
                })
                .collect();
            let incident_of = |report: &str| incidents.get(report).cloned();
            queue(&self.reports, &self.doubts, &hangs, incident_of)
        })
    }

    /// The id of an incident.
    pub(crate) fn id(&self, number: usize) -> String {
        self.linked.id(number)
    }

    /// Ids of the reports that an incident is the main one of.
    pub(crate) fn main_ids(&self, number: usize) -> Vec<String> {
        let reports = self.linked.main_reports(number);
        reports
            .map(|report| self.linked.report(report).to_owned())
            .collect()
    }

    /// How entries name the reports that an incident asks for.
    pub(crate) fn references(&self, number: usize) -> Vec<ReportRef> {
        let reports = self.linked.reports(number);
        reports
            .filter_map(|report| self.numbers.get(report as usize).cloned())
            .collect()
    }

    /// The incidents that there are now in place of those of `before` that are not the same.
    pub(crate) fn changed_since(&self, before: &Self) -> Vec<String> {
        let is_new = |id: &&String| {
            let then = before.made.get(*id).map(|(mark, _)| mark);
            then != self.made.get(*id).map(|(mark, _)| mark)
        };
        let now = self.made.keys().filter(is_new);
        let gone = before.made.keys().filter(|id| !self.made.contains_key(*id));
        now.chain(gone).cloned().collect()
    }

    /// An incident in full.
    pub(crate) async fn open(
        &self,
        book: &Book,
        sheets: &Sheets,
        number: usize,
    ) -> Result<Opened, LedgerError> {
        let sheets = self.sheets(book, sheets, number).await?;
        let of = |report: u32| sheets.get(&report).map(|sheet| &**sheet as &SheetJson<'_>);
        Ok(Opened {
            incident: self.incident(number, &sheets),
            history: self.linked.history(number, of),
            updated: self.updated(number),
            version: self.version(number),
        })
    }

    /// An incident as lists and pages show it, with the sheets of its reports.
    pub(crate) async fn leaving(
        &self,
        book: &Book,
        sheets: &Sheets,
        number: usize,
    ) -> Result<(IncidentJson, Vec<SheetJson<'static>>), LedgerError> {
        let sheets = self.sheets(book, sheets, number).await?;
        let incident = self.incident(number, &sheets);
        let sheets = sheets.into_values().map(|sheet| (*sheet).clone());
        Ok((incident, sheets.collect()))
    }

    fn kept(&self, number: u32) -> Option<&Arc<KeptReport>> {
        self.reports.get(self.numbers.get(number as usize)?)
    }

    async fn sheets(
        &self,
        book: &Book,
        sheets: &Sheets,
        number: usize,
    ) -> Result<BTreeMap<u32, Sheet>, LedgerError> {
        let reports = self.linked.reports(number);
        let (numbers, kept): (Vec<u32>, Vec<Arc<KeptReport>>) = reports
            .filter_map(|report| Some((report, Arc::clone(self.kept(report)?))))
            .unzip();
        let opened = sheets.of_all(book, &kept).await?;
        let opened = numbers.into_iter().zip(opened);
        Ok(opened
            .filter_map(|(report, sheet)| Some((report, sheet?)))
            .collect())
    }

    fn incident(&self, number: usize, sheets: &BTreeMap<u32, Sheet>) -> IncidentJson {
        let of = |report: u32| sheets.get(&report).map(|sheet| &**sheet as &SheetJson<'_>);
        let mut incident = self.linked.incident(number, of);
        incident.decisions = self.decisions_on(number);
        incident
    }

    /// Stands for what an incident is made of.
    fn mark(&self, number: usize) -> u64 {
        use std::fmt::Write as _;
        let mut written = self.linked.fingerprint(number).to_string();
        for report in self.linked.reports(number) {
            let last = self.kept(report).map_or(0, |kept| kept.last);
            let _ = write!(written, ",{last}");
        }
        for decision in self.decisions_touching(number) {
            let _ = write!(written, ";{}", signed(decision).entry);
        }
        sayso_link::words::hash(&written)
    }

    /// When anything was last recorded about an incident.
    fn updated(&self, number: usize) -> String {
        let reports = self.linked.main_reports(number);
        let of_reports = reports
            .filter_map(|report| self.kept(report))
            .map(|kept| last(kept));
        let decided = self
            .decisions_touching(number)
            .map(|d| signed(d).recorded.to_string());
        of_reports.chain(decided).max().unwrap_or_default()
    }

    fn decisions_touching(&self, number: usize) -> impl Iterator<Item = &Decision> {
        // Most ledgers have few decisions and most incidents few reports.
        let here: Vec<&ReportRef> = if self.decisions.is_empty() {
            Vec::new()
        } else {
            let reports = self.linked.main_reports(number);
            reports
                .filter_map(|report| self.numbers.get(report as usize))
                .collect()
        };
        sayso_archive::decisions_touching(&self.decisions, here)
    }

    /// The merges and splits that a report of an incident was part of.
    pub(crate) fn decisions_on(&self, number: usize) -> Vec<IncidentDecisionJson> {
        let of = |decision| sayso_archive::decision_json(decision, |r| id(&self.reports, r));
        self.decisions_touching(number).filter_map(of).collect()
    }
}

/// A mark as tags have it.
fn tag(mark: u64) -> String {
    format!("{mark:016x}")
}

/// Who decided, and when.
pub(crate) fn signed(decision: &Decision) -> &sayso_ledger::Signed {
    match decision {
        Decision::Merge { signed, .. }
        | Decision::Split { signed, .. }
        | Decision::Origin { signed, .. } => signed,
    }
}

/// When anything was last recorded about a report.
pub(crate) fn last(report: &KeptReport) -> String {
    let versions = report.versions.iter().map(|v| v.recorded);
    let sheets = report.sheets.iter().map(|s| s.recorded);
    let reviews = report.reviews.iter().map(|(signed, _)| signed.recorded);
    let own = report.own.iter().map(|(signed, ..)| signed.recorded);
    let withdrawn = report.withdrawal.iter().map(|(signed, _)| signed.recorded);
    let all = versions
        .chain(sheets)
        .chain(reviews)
        .chain(own)
        .chain(withdrawn);
    all.max()
        .map_or_else(String::new, |moment| moment.to_string())
}

/// What analysts decided, by ids of reports.
pub(super) fn decisions(reports: &Reports, decisions: &[Decision]) -> Decisions {
    sayso_archive::decisions(decisions, |report| id(reports, report))
}

/// The id of a report that is in view.
fn id(reports: &Reports, report: &ReportRef) -> Option<String> {
    Some(reports.get(report)?.about()?.id.clone())
}
